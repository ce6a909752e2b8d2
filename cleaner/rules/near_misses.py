"""Finds the example that would catch a mutant: a page that comes out right with the file, and wrong with the mutant.

Pages are put together from lines that the rule takes in the file's own examples and from ordinary prose, in the
ways that a guard can be put to the test: in another place of the page, with a line less, as a part of a longer
line. Each is tried; what is proposed has been seen to pass with the file, and to fail with the mutant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from cleaner.blocks import read
from cleaner.phrases import Lexicon
from cleaner.rules import tables
from cleaner.rules.effect import groups, touched
from cleaner.rules.examples import actual, cleaned, lines_of
from cleaner.rules.growth import sample
from cleaner.rules.mutants import FIRST, LAST
from cleaner.rules.patterns import Pattern
from cleaner.rules.prose import PARAGRAPHS, prose
from cleaner.rules.schema import FIELDS, Block, Elements, Example, Inside, Line, Lines, Outside, Value
from cleaner.rules.syntax import Choice
from cleaner.rules.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from cleaner.model import Document
    from cleaner.rules.mutants import Mutant, Trial
    from cleaner.rules.schema import Rule, Where
    from cleaner.rules.tables import Meta, Table

_END = ".!?…。？！।¿¡ "
_MANY = 6
"""Lines of the examples, or branches of a pattern, that are tried."""
_LABEL = "Share this"
"""A title that reads like a button, which heuristics would take."""


class Wording(NamedTuple):
    """What near misses are put together from, in one language."""

    paragraphs: tuple[str, ...]
    title: str
    """A headline, which shows where a page's head begins."""
    short: str
    """A sentence of a few words, without its full stop."""
    before: tuple[str, ...]
    """What a line may begin with, so that what a rule takes stands further on in it: short, with a comma, with marks,
    long."""
    after: tuple[str, ...]
    """What a line may go on with: a few words, a full stop, ever more."""


@cache
def wording(language: str) -> Wording:
    """Give the wording of a language, or that of English where there is no prose in it."""
    return _worded(prose().get(language, prose()["en"]))


def _wording_of(trial: Trial) -> Wording:
    """Give the wording of the examples' language; where there is none, what their own paragraphs give of it."""
    if trial.language in prose() or len(trial.paragraphs) < PARAGRAPHS:
        return wording(trial.language)
    first, second, third = trial.paragraphs[:PARAGRAPHS]
    title, colon, short = (" ".join(line.split()[:count]) for line, count in ((second, 6), (third, 5), (first, 4)))
    return _worded((first, second, third, "", title, "", colon, short))


def _worded(sentences: Sequence[str]) -> Wording:
    first, second, third, _, question, _, colon, short, *_ = (sentence.rstrip(_END) for sentence in sentences)
    words = second.split(" ")
    opening = " ".join(words[:2]) + " " if len(words) > 2 else second[:4]
    return Wording(
        paragraphs=tuple(sentences[:PARAGRAPHS]),
        title=question,
        short=short,
        before=(opening, f"{colon}: ", f"{opening}*{words[0][:4]}*: ", f"{first}, {second}: "),
        after=(
            f" {short}",
            ".",
            f": {third}",
            f" {first}, {second}",
            f" {first}, {second}.",
            " " + " ".join([*sentences[:PARAGRAPHS]] * 2),
        ),
    )


class Page(NamedTuple):
    """A page to try: its text or HTML, and its address."""

    raw: str
    url: str | None = None
    is_html: bool = False


def near_miss(trial: Trial, mutant: Mutant) -> Table | None:
    """Give an example that the file passes and that catches the mutant, or None if none was found."""
    for page in dict.fromkeys(_pages(trial, mutant, _wording_of(trial))):
        found = _try(trial, mutant, page)
        if found is not None:
            return found
    return None


def _try(trial: Trial, mutant: Mutant, page: Page) -> Table | None:
    for forced in (True, False):
        after = _clean(trial, None, page, forced=forced)
        other = _clean(trial, mutant, page, forced=forced)
        lines, kept = lines_of(page.raw), lines_of(after.text)
        for meta in _metas(after, other):
            found: Table | None = None
            if page.is_html:
                found = tables.html(page.raw, kept, meta, page.url, is_near_miss=forced)
            elif kept == lines and (forced or page.url):
                found = tables.keep(page.raw, meta, page.url)
            elif kept != lines and not forced:
                found = tables.diff(page.raw, kept, meta, page.url)
            if found and trial.holds(found.example) and trial.with_example(found.example).catches(mutant):
                return found
    return None


def _clean(trial: Trial, mutant: Mutant | None, page: Page, *, forced: bool) -> Document:
    """Clean a page as an example of it would be: see :func:`cleaner.rules.examples.cleaned`."""
    raw = f"<!doctype html>\n{page.raw}" if page.is_html else page.raw
    example = Example(raw, page.raw, forced, ("example", 0), {}, page.url, page.is_html)
    file = mutant.file if mutant else trial.file
    return cleaned(file, example, lambda text, url: trial.clean(mutant, text, url, forced=forced))


def _metas(after: Document, other: Document) -> Iterator[Meta]:
    """Give what an example may say of metadata: nothing, or the values that the mutant would change."""
    yield {}
    changed = _meta(after, other)
    if changed:
        yield changed


def _meta(after: Document, other: Document) -> Meta:
    """Give the values that the mutant would change, as the file gives them."""
    meta: dict[str, str] = {}
    for key in FIELDS:
        value, wrong = actual(after, key), actual(other, key)
        if value != wrong:
            meta[key] = ", ".join(value) if isinstance(value, tuple) else value or ""
    return meta


def _pages(trial: Trial, mutant: Mutant, words: Wording) -> Iterator[Page]:
    """Give pages that may tell a mutant from the file, the plainest first."""
    rule = mutant.rule
    if rule is None:
        yield from _elsewhere(trial, words)
        return
    if isinstance(rule.selector, Elements | Value | Outside):
        yield from _html_pages(trial, rule, mutant, words)
        return
    for block in _blocks(trial, rule):
        for lines in _changed(block, rule, mutant, words):
            for place in _places(rule, mutant.guard):
                for page in _text_pages(lines, place, rule, mutant, words):
                    yield page
                    if mutant.guard in ("", "to") and not page.is_html:  # a diff shows it, and must be recognised
                        for mark in _marks(trial):
                            yield Page(f"{page.raw}\n\n{mark}")
                            yield Page(f"{mark}\n\n{page.raw}")


def _marks(trial: Trial) -> list[str]:
    """Give lines of the examples by which a page is recognised."""
    patterns = trial.file.contents.match.texts
    lines = dict.fromkeys(
        line
        for example in trial.file.contents.examples
        if not example.is_html and not example.is_near_miss
        for line in lines_of(example.raw)
        if any(pattern.whole.match(line) for pattern in patterns)
    )
    return list(lines)[:2]


def _elsewhere(trial: Trial, words: Wording) -> Iterator[Page]:
    """Give pages of the host that the file is not for, with what its examples drop."""
    host = trial.file.contents.match.hosts[0].removeprefix("=")
    for rule in trial.file.rules:
        if not isinstance(rule.selector, Elements | Value | Outside):
            for block in _blocks(trial, rule):
                for place in _places(rule, ""):
                    for raw in _placed(block, place, words):
                        yield Page(raw, f"https://{host}/cleaner/elsewhere")


def _blocks(trial: Trial, rule: Rule) -> list[list[str]]:
    """Give the lines that a rule takes in the examples, block by block, then lines made from its pattern."""
    shown = replace(rule, drops=True) if rule.verb == "capture" else rule
    found: list[list[str]] = []
    for example in trial.file.contents.examples:
        if not example.is_html:
            page = read(example.raw, Lexicon.load())
            for rows in groups(touched(shown, view_of(page))):
                if isinstance(rule.selector, Block | Line | Lines) and not _is_single(rule):
                    found.append([page.lines[row] for row in rows])
                else:
                    found += [[page.lines[row]] for row in rows]
    made = [[line] * _least(rule) for line in _made(rule)]
    unique = dict.fromkeys(tuple(lines) for lines in chain(found[:_MANY], made))
    return [list(lines) for lines in unique]


def _is_single(rule: Rule) -> bool:
    return isinstance(rule.selector, Line | Lines | Inside) and _least(rule) == 1


def _least(rule: Rule) -> int:
    return rule.selector.least if isinstance(rule.selector, Line | Lines) else 1


def _made(rule: Rule) -> list[str]:
    """Make lines that a rule is likely to take, of its literals or the branches of its pattern."""
    match rule.selector:
        case Lines(literals, _):
            return list(literals[:_MANY])
        case Line(pattern, _) | Block(pattern, _) | Inside(pattern):
            return list(dict.fromkeys(filter(None, _branches(pattern))))[:_MANY]
    return []


def _branches(pattern: Pattern) -> list[str]:
    node = pattern.node
    if isinstance(node, Choice):
        return [sample(branch).strip() for branch in node.branches]
    return [sample(node).strip()]


def _changed(block: list[str], rule: Rule, mutant: Mutant, words: Wording) -> Iterator[list[str]]:
    """Give the lines as the guard that is gone would have them, so that they must stay."""
    guard = mutant.guard
    if guard == "min":
        least = _least(rule)
        yield block[: max(1, least - 1)]
        yield block[:1]
    elif guard in (FIRST, LAST) and mutant.key == "to":
        assert isinstance(rule.selector, Block)
        ends = _branches(rule.selector.to) if isinstance(rule.selector.to, Pattern) else []
        yield from _with_other_end(block, [block[-1], *ends], guard, words)
    elif guard in (FIRST, LAST):
        size = _least(rule) if mutant.key == "run" else 1
        for extra in words.before if guard == FIRST else words.after:
            yield [_longer(line, extra, guard) for line in block[:size]]
            yield [_longer(line.rstrip(".!?。"), extra, guard) for line in block[:size]]
            if mutant.key == "from":  # the pattern of the end may be needed for anything to happen
                yield [_longer(block[0], extra, guard), *block[1:]]
    elif guard == "to":
        yield block[:1]
        yield [block[0], "", *block[1:], words.short]
    else:
        yield block


def _longer(line: str, extra: str, guard: str) -> str:
    return extra + line if guard == FIRST else line + extra


def _with_other_end(block: list[str], ends: list[str], guard: str, words: Wording) -> Iterator[list[str]]:
    """Give a block with a line in it, or at its end, that holds what ends it."""
    for extra in words.before if guard == FIRST else words.after:
        for end in ends:
            near = _longer(end, extra, guard)
            yield [*block[:-1], near]
            yield [*block[:-1], near, words.short, end]


def _places(rule: Rule, guard: str) -> Sequence[Where]:
    zones: tuple[Where, ...] = ("body", "tail", "head")
    if guard == "where":
        return [zone for zone in zones if zone != rule.where]
    return zones if rule.where == "any" else [rule.where]


def _text_pages(lines: list[str], place: Where, rule: Rule, mutant: Mutant, words: Wording) -> Iterator[Page]:
    if mutant.guard == "lang":
        others = [language for language in prose() if language not in rule.languages]
        for language in others[:_MANY]:
            for raw in _placed(lines, place, wording(language)):
                yield Page(raw)
        return
    if rule.languages:
        words = wording(min(rule.languages))
    for raw in _placed(lines, place, words):
        yield Page(raw)
    if mutant.guard in ("since", "until"):
        for day, raw in product(_days_outside(rule), _placed(lines, place, words)):
            yield Page(_dated(raw, day), None, True)


def _placed(lines: Sequence[str], place: Where, words: Wording) -> Iterator[str]:
    """Put lines into a zone of a page."""
    first, second, third = words.paragraphs
    title = words.title
    whole = "\n".join(lines)
    if place == "body" or place == "any":
        yield f"{first}\n\n{whole}\n\n{second}"
        yield f"{title}\n\n{first}\n\n{whole}\n\n{second}\n\n{third}"
    elif place == "head":
        yield f"{title}\n\n{whole}\n\n{first}\n\n{second}"
        yield f"{whole}\n\n{title}\n\n{first}\n\n{second}"
        yield f"{whole}\n\n{first}\n\n{second}"
    else:
        yield f"{first}\n\n{second}\n\n{whole}"
        yield f"{title}\n\n{first}\n\n{second}\n\n{third}\n{whole}"


def _days_outside(rule: Rule) -> Iterator[str]:
    """Give the last day before a rule holds, and the first on which it does no more."""
    if rule.since is not None:
        yield (date.fromisoformat(rule.since) - timedelta(days=1)).isoformat()
    if rule.until is not None:
        yield rule.until


def _dated(raw: str, day: str) -> str:
    head = f'<head><meta property="article:published_time" content="{day}"></head>'
    lines = "\n".join(f"<p>{_escaped(line)}</p>" for line in lines_of(raw))
    return f"<html>{head}<body>\n{lines}\n</body></html>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _html_pages(trial: Trial, rule: Rule, mutant: Mutant, words: Wording) -> Iterator[Page]:
    """Give pages of HTML with the elements that a rule names, and nothing else that says what they are."""
    examples = [example for example in trial.file.contents.examples if example.is_html]
    for example in examples:
        source = example.raw.removeprefix("<!doctype html>\n")
        tree = LexborHTMLParser(example.raw)
        head = tree.head.html if tree.head is not None else "<head></head>"
        found = [node for selector in _css(rule) for node in tree.css(selector)[:2]]
        for node in found:
            for element in _variants(node, rule, mutant, words):
                yield from _around(_standing(node, element), head or "", rule, words)
        if rule.verb == "capture":
            for decoy in _DECOYS:
                yield Page(source.replace("</head>", f"{decoy}</head>"), None, True)


def _variants(node: LexborNode, rule: Rule, mutant: Mutant, words: Wording) -> Iterator[str]:
    """Give an element as it is, or with what must not be read of it, or with a title that is easily lost."""
    html = node.html or ""
    start, end = html.find(">") + 1, html.rfind("</")
    if mutant.guard in (FIRST, LAST):
        for extra in words.before if mutant.guard == FIRST else words.after:
            yield html[:start] + _longer(html[start:end], extra, mutant.guard) + html[end:]
        return
    yield html
    if rule.verb == "keep" and (text := node.text(separator="\n", strip=True).split("\n")[0]):
        yield html.replace(text, _LABEL)


def _around(element: str, head: str, rule: Rule, words: Wording) -> Iterator[Page]:
    """Give pages with an element in all sorts of places."""
    first, second, third = map(_paragraph, words.paragraphs)
    decoys = _DECOYS if rule.verb == "capture" else ()
    for page in (
        f"{first}\n{element}\n{second}\n{third}",
        f"<nav>{element}</nav>\n{first}\n{second}\n{third}",
        f"<footer>{element}</footer>\n{first}\n{second}\n{third}",
        f"<article>\n{first}\n{second}\n{third}\n</article>\n<aside>{element}</aside>",
        f"{first}\n{second}\n{third}\n{element}",
        f"{element}\n{first}\n{second}\n{third}",
    ):
        for decoy in ("", *decoys):
            about = head.replace("</head>", f"{decoy}</head>")
            yield Page(f"<html>{about}<body>\n{page}\n</body></html>", None, True)


def _standing(node: LexborNode, html: str) -> str:
    """Give an element within those that it stands in, without anything else in them."""
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef"):
        attributes = "".join(f' {name}="{(value or "")}"' for name, value in parent.attributes.items())
        html = f"<{parent.tag}{attributes}>{html}</{parent.tag}>"
        parent = parent.parent
    return html


_DECOYS = (
    '<meta property="article:published_time" content="1998-05-06">',
    '<meta name="author" content="Ida Brandt">',
    '<meta property="og:title" content="A morning at the harbour">',
)
"""What a page's data may say, and what a rule outranks."""


def _css(rule: Rule) -> tuple[str, ...]:
    return rule.selector.css if isinstance(rule.selector, Elements | Value | Outside) else ()


def _paragraph(text: str) -> str:
    return f"<p>{_escaped(text)}</p>"
