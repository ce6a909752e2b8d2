"""Writes what a site file comes to as a rule file, with what could not be turned over as comments in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cleaner.rules.ids import free, slug
from cleaner.rules.imports.ftr.site_file import SiteFile
from cleaner.rules.imports.ftr.translate import Capture, Drop, Judged, Replace, Translation
from cleaner.rules.json_schema import SCHEMA_COMMENT
from cleaner.rules.schema import CONTENT
from cleaner.rules.style import styled
from cleaner.rules.values import quoted, value

MAX_ID = 40
"""Characters of the id of a rule."""

_DEFAULTS = {"title": "The title.", "author": "The authors.", "date": "The date."}
_NAMES = re.compile(r"[.#]([\w-]+)|=\"([^\"]+)\"")


def id_of(site: SiteFile) -> str:
    """Give the id of the rule file, which names it too."""
    return f"{site.host}-subdomains" if site.for_subdomains and not site.is_for_many else site.host


def folder_of(site: SiteFile) -> str:
    """Give the folder below the rules' own that the file belongs into."""
    return "platforms" if site.is_for_many else "sites"


def to_toml(translation: Translation) -> str:
    """Write the rule file, in the style of ``clean rules fmt``."""
    ids = _Ids()
    tables = [
        *(_capture(capture, ids) for capture in translation.captures),
        *(_drop(drop, ids) for drop in translation.drops),
        *(_replace(replace, ids) for replace in translation.replaces),
    ]
    parts = [_head(translation), _match(translation.site), *tables, "\n".join(_tail(translation))]
    return styled("\n\n".join(filter(None, parts)) + "\n")


@dataclass(slots=True)
class _Ids:
    """Ids of rules that were given."""

    used: set[str] = field(default_factory=lambda: {CONTENT})

    def make(self, *wishes: str) -> str:
        """Make an id of the first of the wishes that has letters, with a number if it is taken."""
        found = free(next(filter(None, (slug(wish, MAX_ID) for wish in wishes)), "rule"), self.used)
        self.used.add(found)
        return found


def _comments(lines: Iterable[str]) -> str:
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _head(translation: Translation) -> str:
    site = translation.site
    lines = [f"{site.host}, from the FTR site file {site.name}.", *_pages(site)]
    head = f"{SCHEMA_COMMENT}\n\n{_comments(lines)}\nschema = 1\nid = {quoted(id_of(site))}"
    if not translation.content:
        return head
    said = translation.content_comments or ("The headline and the text.",)
    return f"{head}\n\n{_comments(said)}\ncontent = {value(translation.content)}"


def _pages(site: SiteFile) -> Iterator[str]:
    """Name the pages that the site file was tried on, as comments: they are what examples can be made of."""
    tests = [each for each in site.directives if each.name in ("test_url", "test_contains") and each.value]
    if tests:
        yield from ("", "Pages to try the rules on, and what must come out of them:")
    for each in tests:
        yield from (f"  # {comment}" for comment in each.comments)
        yield f"  {each.value}" if each.name == "test_url" else f"    {each.value}"


def _match(site: SiteFile) -> str:
    return f"[match]\nhost = {value(site.hosts)}"


def _drop(drop: Drop, ids: _Ids) -> str:
    names = [found[1] or found[2] for css in drop.css for found in _NAMES.finditer(css)]
    name = ids.make(*drop.comments, *names[:1]) if drop.comments else ids.make("stripped")
    said = drop.comments or ("What the site file strips.",)
    return f"{_comments(said)}\n[[drop]]\nid = {quoted(name)}\ncss = {value(drop.css)}"


def _capture(capture: Capture, ids: _Ids) -> str:
    said = capture.comments or (_DEFAULTS[capture.gives],)
    lines = [_comments(said), "[[capture]]", f"id = {quoted(ids.make(capture.gives))}", f"css = {value(capture.css)}"]
    if capture.attribute is not None:
        lines.append(f"attribute = {quoted(capture.attribute)}")
    if capture.after or capture.before:
        lines.append(f"pattern = {quoted(_pattern(capture))}")
    else:
        lines.append(f"field = {quoted(capture.gives)}")
    return "\n".join(lines)


def _pattern(capture: Capture) -> str:
    """Give the pattern that reads what lies behind one string and before another; white space in values is single."""
    after, before = (_escaped(re.sub(r"\s+", " ", text)) for text in (capture.after, capture.before))
    group = f"(?P<{capture.gives}>.+{'?' if before else ''})"
    return f"{after or '^'}{group}{before}"


def _escaped(text: str) -> str:
    return "".join(char if char.isalnum() or char == " " or not char.isascii() else f"\\{char}" for char in text)


def _replace(replace: Replace, ids: _Ids) -> str:
    said = replace.comments or ("What the site file replaces.",)
    lines = [_comments(said), "[[replace]]", f"id = {quoted(ids.make('replaced'))}"]
    lines += [
        f"pattern = {quoted(_escaped(replace.find))}",
        f"with = {quoted(replace.write.replace(chr(92), chr(92) * 2))}",
    ]
    return "\n".join(lines)


def _tail(translation: Translation) -> Iterator[str]:
    """Say what was turned over in part, what not, and what else the file says."""
    loose = [each for each in translation.with_outcome("turned over") if each.why]
    yield from _section("Turned over, but in part:", (line for each in loose for line in _said(each)))
    none = translation.with_outcome("no counterpart")
    yield from _section("Not turned over, and why:", (line for each in none for line in _said(each)))
    needless = translation.with_outcome("nothing to do")
    yield from _section("Nothing to do for these here:", (line for each in needless for line in _said(each)))
    rest = [f"line {number}: {line}" for number, line in translation.site.unread]
    yield from _section("Lines that are no directives:", rest)
    yield from _section("Other comments of the site file:", translation.site.comments)


def _said(each: Judged) -> Iterator[str]:
    if each.outcome != "turned over":
        yield from each.directive.comments
    yield f"line {each.directive.line}: {each.directive}"
    yield f"  {each.why}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield from (f"# {title}", *(f"#   {line}".rstrip() for line in lines), "")
