"""Lines that recur on a site's cleaned pages and that no rule takes, told as drafts of rules.

They are found as ``clean run --frequencies`` finds them, on what cleaning left of the sample: so titles, subheadings
and prose that other sites share are none, nor is what a rule keeps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from cleaner.blocks import read
from cleaner.blocks.page import Page
from cleaner.frequency import Frequencies, keys_of
from cleaner.frequency.lines import NUMBER
from cleaner.frequency.proposals import MIN_SHARE
from cleaner.health.findings import Finding, Kind
from cleaner.model import Document, Drop, Keep
from cleaner.phrases import Lexicon
from cleaner.pipeline import TIME_LIMIT
from cleaner.rules import RuleFile, RuleSet
from cleaner.rules.ids import free, slug
from cleaner.rules.load import read_text
from cleaner.rules.values import quoted

SHOWN = 10
"""Lines of a site that are told of, those on most pages first."""
_LONGEST_ID = 30
_NUMBER = regex.compile(NUMBER)


@dataclass(slots=True)
class _Line:
    """A line that recurs, in all the ways that it is written."""

    pages: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    zones: set[str] = field(default_factory=set)


def recurring(
    site: str,
    documents: Iterable[Document],
    frequencies: Frequencies,
    rules: RuleSet,
    file: RuleFile,
    lexicon: Lexicon,
) -> Finding | None:
    """Tell of the lines that recur on cleaned pages of a site whose rules are in ``file``."""
    found: dict[str, _Line] = defaultdict(_Line)
    pages = 0
    for document in documents:
        page = read(document.text, lexicon)
        pages += 1
        rows = {
            row
            for proposal in frequencies.propose(page, site)
            if isinstance(proposal.action, Drop)
            for row in proposal.action.rows
        }
        rows -= _kept(page, document, rules, file)
        keys = keys_of(page.joined)
        for row in rows:
            line = found[keys[row]]
            line.texts[page.lines[row]] += 1
            line.zones.add(page.zone(row))
        for key in {keys[row] for row in rows}:
            found[key].pages += 1
    ranked = sorted(found.values(), key=lambda line: (-line.pages, max(line.texts)))
    taken = {rule.name for rule in file.rules}
    drafts = [draft for line in ranked[:SHOWN] if (draft := _draft(line, pages, taken))]
    if not drafts:
        return None
    many = f"{len(ranked)} lines that no rule takes stand" if len(ranked) > 1 else "a line that no rule takes stands"
    less = f"; here are {len(drafts)} of them" if len(drafts) < len(ranked) else ""
    message = f"{many} on {MIN_SHARE:.0%} of its cleaned pages or more{less}"
    lines = [{"line": line.texts.most_common(1)[0][0], "pages": line.pages} for line in ranked]
    numbers = {"pages": pages, "lines": lines}
    return Finding(Kind.RECURS, site, file.id, message, file.path, numbers=numbers, draft="\n\n".join(drafts))


def _kept(page: Page, document: Document, rules: RuleSet, file: RuleFile) -> set[int]:
    """Give the rows that a rule keeps."""
    recognition = rules.recognise(page, document.url, file.id)
    proposals, _ = rules.propose(
        page, recognition, language=lambda: document.language, date=document.date, deadline_s=TIME_LIMIT
    )
    return {row for proposal in proposals if isinstance(proposal.action, Keep) for row in proposal.action.rows}


_PLACES = {"head": "above the first paragraph", "body": "between the paragraphs", "tail": "below the last paragraph"}


def _draft(line: _Line, pages: int, taken: set[str]) -> str:
    """Write a rule for a line; an empty text where its characters do not fit into one."""
    zone = next(iter(line.zones)) if len(line.zones) == 1 else ""
    name = free(slug(line.texts.most_common(1)[0][0], _LONGEST_ID, digits=False) or "line", taken)
    pattern = _pattern(list(line.texts))
    written = f"'{pattern}'" if "'" not in pattern and pattern.isprintable() else quoted(pattern)
    where = f'where = "{zone}"\n' if zone else ""
    place = f", {_PLACES[zone]}" if zone else ""
    draft = f'# On {line.pages} of {pages} cleaned pages{place}.\n[[drop]]\nid = "{name}"\n{where}line = {written}'
    file, _ = read_text(f'schema = 1\nid = "draft"\n\n{draft}\n', "draft.toml", "site")
    if file is None:
        return ""
    taken.add(name)
    return draft


def _pattern(texts: list[str]) -> str:
    """Write a pattern that matches just these lines, of which only numbers and letter case differ."""
    if len(texts) == 1:
        return regex.escape(texts[0], special_only=True, literal_spaces=True)
    pieces = [regex.escape(piece, special_only=True, literal_spaces=True) for piece in _NUMBER.split(texts[0])]
    pattern = r"[\d.,:]+".join(pieces)
    same = regex.compile(pattern)
    return pattern if all(same.fullmatch(text) for text in texts) else f"(?i){pattern}"
