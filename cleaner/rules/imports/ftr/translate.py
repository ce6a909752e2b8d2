"""Says the directives of a site file in our terms, and of each that has no counterpart, why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cleaner.blocks.html import UNREAD
from cleaner.rules.imports.ftr.site_file import KNOWN, Directive, SiteFile
from cleaner.rules.imports.xpath import NoCounterpart, Selection, XPathError, select
from cleaner.rules.imports.xpath.css import attribute
from cleaner.rules.lint import is_ordinary

Outcome: TypeAlias = Literal["turned over", "nothing to do", "no counterpart"]

HEADLINE = "h1"
"""The headline, where a file says no element for the title: the format leaves it out of the text, and we do not."""
SETTING = "a setting of the other program"
FETCHING = "pages are not fetched here"
PICTURE = "pictures are no text"
SOURCE = "it changes the source of the page before that is read"
ORDINARY = "it takes elements that every page has"
IS_HEADLINE = "it takes the headline, which is part of the text here"
LOOSE = "here it is all such elements, not the first alone"

_FIELDS = ("title", "author", "date")
_NOTHING_TO_DO = {
    **dict.fromkeys(
        ("autodetect_on_failure", "convert_double_br_tags", "dissolve", "parser", "prune", "skip_json_ld",
         "strip_comments", "tidy"), SETTING,
    ),
    **dict.fromkeys(("insert_detected_image", "src_lazy_load_attr", "strip_image_src"), PICTURE),
    **dict.fromkeys(("post_strip_attr", "strip_attr"), "attributes are no text"),
    "wrap_in": "it puts an element around text, which stays the same",
}  # fmt: skip
_NO_COUNTERPART = {
    **dict.fromkeys(
        ("autodetect_next_page", "http_header", "if_page_contains", "login_extra_fields", "login_password_field",
         "login_uri", "login_username_field", "next_page_link", "not_logged_in_xpath", "requires_login",
         "single_page_link", "single_page_link_in_feed"), FETCHING,
    ),
    "footnotes": "nothing here moves text",
    "move_into": "nothing here moves text",
    "native_ad_clue": "pages are cleaned here, and not sorted out",
    "skip_id_or_class": "what it exempts is not known here; a keep rule with css may be meant",
}  # fmt: skip
_WITHOUT_TEXT = UNREAD | {"img", "picture"}
_MARKUP = re.compile(r"[<>=\"'&{}/\\;#\ufffd]")
_TWO_WORDS = re.compile(r"\w\s+\w")


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a directive. ``why`` says it where that is not plain, and where it is true but in part."""

    directive: Directive
    outcome: Outcome
    why: str = ""


@dataclass(slots=True)
class Drop:
    """A rule in the making: selectors of what goes, and the comment that stood above them."""

    css: list[str] = field(default_factory=list)
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Capture:
    """A rule in the making: selectors of elements that are read, and how."""

    gives: str
    attribute: str | None
    after: str
    before: str
    css: list[str] = field(default_factory=list)
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Replace:
    """A rule in the making: a text, and what is written in its place."""

    find: str
    write: str
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Translation:
    """What a site file comes to."""

    site: SiteFile
    content: list[str] = field(default_factory=list)
    content_comments: tuple[str, ...] = ()
    drops: list[Drop] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    replaces: list[Replace] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    """All directives but the tests, in their order."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no rule in it."""
        return not (self.content or self.drops or self.captures or self.replaces)

    def with_outcome(self, outcome: Outcome) -> list[Judged]:
        """Give the directives that came out so."""
        return [each for each in self.judged if each.outcome == outcome]


def translate(site: SiteFile) -> Translation:
    """Say a site file in our terms."""
    translator = _Translator(site)
    return translator.translate()


class _Translator:
    def __init__(self, site: SiteFile) -> None:
        self._done = Translation(site)
        self._finds: list[Directive] = []
        self._group: tuple[int, Drop] | None = None
        """The rule for a commented paragraph of the file that is being read."""
        self._common = Drop()
        self._headlines: list[str] = []

    def translate(self) -> Translation:
        directives = self._done.site.directives
        self._headlines = list(_headlines(directives))
        handlers: dict[str, Callable[[Directive], str]] = {
            **dict.fromkeys(_FIELDS, self._capture),
            "body": self._body,
            "strip": self._strip,
            "strip_id_or_class": self._strip_names,
        }
        for each in directives:
            if each.name in ("test_url", "test_contains"):
                continue
            if each.name in ("find_string", "replace_string"):
                self._replace(each)
                continue
            try:
                outcome, why = self._judge(each, handlers)
            except NoCounterpart as error:
                outcome, why = "no counterpart", str(error)
            except XPathError as error:
                outcome, why = "no counterpart", f"it is no XPath: {error}"
            self._done.judged.append(Judged(each, outcome, why))
        self._done.judged += [Judged(each, "no counterpart", "no replace_string goes with it") for each in self._finds]
        self._done.judged.sort(key=lambda judged: judged.directive.line)
        self._done.drops = [drop for drop in self._done.drops if drop.css]
        return self._done

    def _judge(self, each: Directive, handlers: dict[str, Callable[[Directive], str]]) -> tuple[Outcome, str]:
        if each.name in _NOTHING_TO_DO:
            return "nothing to do", _NOTHING_TO_DO[each.name]
        if each.name not in handlers:
            unknown = "the format has no such directive" if each.name not in KNOWN else "it is not read here"
            return "no counterpart", _NO_COUNTERPART.get(each.name, unknown)
        if not each.value:
            return "no counterpart", "it has no value"
        why = handlers[each.name](each)
        return ("nothing to do" if why == PICTURE else "turned over"), why

    def _capture(self, each: Directive) -> str:
        found = select(each.value)
        css = ", ".join(found.css)
        captures = self._done.captures
        how = (each.name, found.attribute, found.after, found.before)
        mine = [capture for capture in captures if capture.gives == each.name]
        last = mine[-1] if mine else None
        if last is None or (last.gives, last.attribute, last.after, last.before) != how:
            last = Capture(*how)
            captures.append(last)
        if css not in last.css:
            last.css.append(css)
        last.comments += each.comments
        return LOOSE if found.is_first and each.name == "author" else ""

    def _body(self, each: Directive) -> str:
        found = _elements(each.value)
        css = ", ".join(dict.fromkeys((*self._headlines, *found.css)))
        if css not in self._done.content:
            self._done.content.append(css)
        self._done.content_comments += each.comments
        return LOOSE if found.is_first else ""

    def _strip(self, each: Directive) -> str:
        found = _elements(each.value)
        if found.tags <= _WITHOUT_TEXT:
            return PICTURE
        if found.is_first:
            raise NoCounterpart("it takes the first of such elements, and leaves the others")
        kept = [css for css in found.css if css in self._headlines]
        ordinary = [css for css in found.css if css not in kept and is_ordinary(css)]
        css = [css for css in found.css if css not in (*kept, *ordinary)]
        if not css:
            raise NoCounterpart(IS_HEADLINE if kept else ORDINARY)
        self._drop(each, css)
        return (
            f"but for {', '.join([*kept, *ordinary])}: {IS_HEADLINE if kept else ORDINARY}" if kept or ordinary else ""
        )

    def _strip_names(self, each: Directive) -> str:
        part = re.sub("[\"']", "", each.value).strip()  # as readers of the format do
        if not part:
            raise NoCounterpart("it has no value")
        self._drop(each, [attribute(name, "*=", part) for name in ("class", "id")])
        return ""

    def _drop(self, each: Directive, css: Sequence[str]) -> None:
        """Add selectors to the rule of the comment above them, or to that of all without one."""
        if each.comments:
            self._group = (each.paragraph, Drop(comments=each.comments))
            self._done.drops.append(self._group[1])
        elif self._group is not None and self._group[0] != each.paragraph:
            self._group = None
        if self._group is None and self._common not in self._done.drops:
            self._done.drops.insert(0, self._common)
        known = {selector for drop in self._done.drops for selector in drop.css}
        drop = self._group[1] if self._group else self._common
        drop.css += [selector for selector in css if selector not in known]

    def _replace(self, each: Directive) -> None:
        """Read ``find_string`` and the ``replace_string`` after it, or both in one line."""
        if each.name == "find_string":
            self._finds.append(each)
            return
        both = [each]
        find = each.argument
        if not find and self._finds:
            both = [self._finds.pop(0), each]
            find = both[0].value
        why = _why_not_replaced(find, each.value)
        if not why:
            self._done.replaces.append(Replace(find, each.value, both[0].comments))
        self._done.judged += [Judged(one, "no counterpart" if why else "turned over", why) for one in both]


def _headlines(directives: Iterable[Directive]) -> Iterable[str]:
    """Give the selectors of the headline: the elements that the file takes the title from, ``h1`` if there are none."""
    found: list[str] = []
    for each in directives:
        if each.name == "title":
            try:
                title = select(each.value)
            except (NoCounterpart, XPathError):
                continue
            if title.attribute is None and not title.tags & {"title", "meta"}:
                found += title.css
    return dict.fromkeys(found or [HEADLINE])


def _elements(xpath: str) -> Selection:
    found = select(xpath)
    if found.attribute is not None:
        raise NoCounterpart("attributes are no text")
    if found.is_text or found.after or found.before:
        raise NoCounterpart("it takes text out of elements, and selectors take elements")
    return found


def _why_not_replaced(find: str, write: str) -> str:
    """Say why a replacement cannot be made in the text. Only what is surely no markup can."""
    if not find:
        return "no find_string goes with it"
    if _MARKUP.search(find + write) or not _TWO_WORDS.search(find):
        return SOURCE
    return "what it writes would be replaced again" if find in write else ""
