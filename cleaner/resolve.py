"""The one place that cuts: many proposals become one list of edits.

Precedence, from the strongest: what a rule file keeps, what a rule file drops (path over host over
platform over generic), what a heuristic or the scorer keeps, what a heuristic drops, what the scorer drops.
Between equals the proposal that comes first decides, and proposals come in a fixed order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cleaner.blocks.page import Page
from cleaner.measures import Bools, Ints, rows_where, runs
from cleaner.model import Drop, Edit, Flag, Keep, Proposal, Rank, Replace

MAX_REMOVED = 0.75
"""Share of a page's prose that may go. On the 5,988 texts of the WCXB development split the hand-made
extracts leave out more than this on 8 % of the pages that have prose."""

MIN_GUARDED = 400.0
"""Prose, in Latin characters, below which a share means nothing: there, only all of it going trips the guard."""

BREAK = " "
"""What stands between the halves of a paragraph that is rejoined."""
REJOINED = ("repair/broken-paragraph", "a paragraph that a page break cut in two")
SURPLUS = ("repair/white-space", "surplus white space")

_RULE_KEEP = 100


@dataclass(slots=True)
class Verdict:
    """What happens to the rows of one page: ``winner[row]`` is the index of the deciding proposal, or -1."""

    dropped: Bools
    winner: list[int]
    replacements: list[tuple[str, Replace]]
    """Of characters inside rows: see :func:`disjoint`."""
    flags: list[Flag] = field(default_factory=list)
    held: Bools | None = None
    """Of an HTML page, the rows that a rule keeps."""


def priority(proposal: Proposal) -> int:
    """Give how much a proposal counts: the highest decides on a row."""
    rank = int(proposal.rank)
    if isinstance(proposal.action, Keep):
        return _RULE_KEEP if rank >= Rank.GENERIC else 2 * Rank.HEURISTIC + 1
    return 2 * rank


def resolve(page: Page, proposals: Sequence[Proposal], max_removed: float = MAX_REMOVED) -> Verdict:
    """Decide on every row of a page, and on the replacements inside rows that stay."""
    count = len(page)
    best = np.full(count, -1, np.int64)
    winner = np.full(count, -1, np.int64)
    dropped = np.zeros(count, np.bool_)
    for index, proposal in enumerate(proposals):
        action = proposal.action
        if not isinstance(action, Drop | Keep) or not len(action.rows):
            continue
        counts = priority(proposal)
        rows = np.asarray(action.rows, np.int64)
        rows = rows[best[rows] < counts]
        best[rows] = counts
        winner[rows] = index
        dropped[rows] = isinstance(action, Drop)
    _drop_emptied(page, proposals, winner, dropped)
    held = _held(page, proposals, winner, dropped)
    for first, end in runs(page.fenced):
        if not dropped[first:end].all():
            dropped[first:end] = False  # code goes whole or not at all
    sure = _by_rules_on_tree(page, proposals, winner, dropped)
    flags = _guard(page, dropped, max_removed, sure)
    replacements = [(proposal.rule, proposal.action) for proposal in proposals if isinstance(proposal.action, Replace)]
    return Verdict(dropped, winner.tolist(), replacements, flags, held)


def _drop_emptied(page: Page, proposals: Sequence[Proposal], winner: Ints, dropped: Bools) -> None:
    """Let a row go that several removals inside it leave nothing of, unless a rule keeps it: a name and a date."""
    parts: dict[int, list[tuple[Replace, int]]] = defaultdict(list)
    for index, proposal in enumerate(proposals):
        action = proposal.action
        if isinstance(action, Replace) and not action.replacement:
            parts[page.row_of(action.start)].append((action, index))
    for row, found in parts.items():
        is_kept = winner[row] >= 0 and isinstance(proposals[winner[row]].action, Keep)
        if not dropped[row] and not is_kept and not _rest(page, row, [action for action, _ in found]).strip():
            dropped[row] = True
            winner[row] = found[0][1]


def _rest(page: Page, row: int, removals: Sequence[Replace]) -> str:
    """Give what removals leave of a row, but for the mark of an item."""
    at, rest = _text_start(page, row), []
    for action in sorted(removals, key=lambda action: action.start):
        rest.append(page.text[at : max(at, action.start)])
        at = max(at, action.end)
    return "".join([*rest, page.text[at : page.ends[row]]])


def _text_start(page: Page, row: int) -> int:
    """Give where a row's text begins; on an HTML page behind the mark of an item."""
    return page.ends[row] - len(page.visible[row]) if page.dom is not None else page.starts[row]


def _held(page: Page, proposals: Sequence[Proposal], winner: Ints, dropped: Bools) -> Bools | None:
    """Hold the rows that a rule kept on an HTML page: give them, or take back what is proposed for them later."""
    if page.held is not None:
        dropped[page.held] = False
        return page.held
    if page.dom is None:
        return None
    by_rule = [isinstance(proposal.action, Keep) and proposal.rank >= Rank.GENERIC for proposal in proposals]
    return np.asarray([*by_rule, False], np.bool_)[winner]


def _by_rules_on_tree(page: Page, proposals: Sequence[Proposal], winner: Ints, dropped: Bools) -> Bools:
    """Tell which rows of an HTML page go by a rule of its site or platform: elements that somebody looked at."""
    if page.dom is None:
        return np.zeros(len(page), np.bool_)
    known = [proposal.rank >= Rank.PLATFORM for proposal in proposals]
    return np.asarray([*known, False], np.bool_)[winner] & dropped


def _guard(page: Page, dropped: Bools, max_removed: float, sure: Bools) -> list[Flag]:
    """Take back the removal of prose where too much of it would go: ``dropped`` is changed.

    What rules take off a tree (``sure``) does not count, as long as they leave some prose.
    """
    weight = page.measures.weight
    counted = page.prose & ~sure if (page.prose & ~sure).any() else page.prose
    prose = float(weight[counted].sum())
    gone = float(weight[counted & dropped].sum())
    limit = max_removed * prose
    if not gone or max_removed >= 1 or gone <= limit or (prose < MIN_GUARDED and gone < prose):
        return []
    dropped[counted] = False
    return [Flag("guard", f"{gone / prose:.0%} of the prose would have gone, over {max_removed:.0%}: it was kept")]


def gaps_before(page: Page, rows: Ints) -> Bools:
    """Tell for each kept row whether a blank line stood anywhere between it and the kept row before it."""
    if not len(rows):
        return np.zeros(0, np.bool_)
    gaps = np.cumsum(page.gaps)[rows]
    return np.concatenate((gaps[:1] > 0, np.diff(gaps) > 0))


def cut(page: Page, verdict: Verdict, proposals: Sequence[Proposal], separators: Sequence[str]) -> list[Edit]:
    """Turn a verdict into edits of ``page.text``: sorted, disjoint, each with its rule and reason.

    ``separators[i]`` is the white space wanted before the i-th kept row (the first one's is empty).
    Replacements of rows that go are left out.
    """
    text = page.text
    edits: list[Edit] = []
    kept = rows_where(~verdict.dropped).tolist()
    inside = _inside(page, verdict, kept)
    at = 0
    previous = -1
    starts = [*page.starts, len(text)]
    spaces = [*separators, ""]
    for number, row in enumerate([*kept, len(page)]):
        end = starts[row]
        wanted = spaces[number]
        if row == previous + 1:
            if text[at:end] != wanted:
                _space(text, at, end, wanted, edits)
        else:
            _gone(page, verdict, proposals, (previous + 1, row), at, end, wanted, edits)
        if row < len(page):
            if row in inside:
                edits += inside[row]
            at = page.ends[row]
            previous = row
    return edits


def disjoint(page: Page, replacements: Sequence[tuple[str, Replace]]) -> list[tuple[str, Replace]]:
    """Give replacements inside rows in their order; of those that overlap, the first counts.

    Two removals that both take the white space between them do not overlap; if they leave nothing before it, the
    white space behind them goes with them.
    """
    text, found = page.text, []
    at, is_open = -1, False
    for rule, action in sorted(replacements, key=lambda pair: (pair[1].start, -pair[1].end)):
        row = page.row_of(action.start)
        start, end = action.start, action.end
        if start < at <= end and not action.replacement and not text[start:at].strip():
            start = at
        if start < max(at, page.starts[row]) or end > page.ends[row]:
            continue
        opens = start == _text_start(page, row)
        is_open = not action.replacement and (opens or (is_open and start == at))
        while is_open and end < page.ends[row] and text[end] == " ":
            end += 1
        found.append((rule, replace(action, start=start, end=end)))
        at = end
    return found


def _inside(page: Page, verdict: Verdict, kept: Sequence[int]) -> dict[int, list[Edit]]:
    staying = set(kept)
    found: dict[int, list[Edit]] = {}
    for rule, action in verdict.replacements:
        row = page.row_of(action.start)
        removed = page.text[action.start : action.end]
        if row in staying and removed != action.replacement:
            edit = Edit(action.start, action.end, action.replacement, rule, action.reason, removed)
            found.setdefault(row, []).append(edit)
    return found


def _space(text: str, start: int, end: int, wanted: str, edits: list[Edit]) -> None:
    """Turn the white space between two neighbours into the wanted one, by the smallest edit."""
    have = text[start:end]
    head = 0
    while head < len(have) and head < len(wanted) and have[head] == wanted[head]:
        head += 1
    tail = 0
    while tail < min(len(have), len(wanted)) - head and have[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    edits.append(
        Edit(
            start + head,
            end - tail,
            wanted[head : len(wanted) - tail],
            *(REJOINED if wanted == BREAK else SURPLUS),
            have[head : len(have) - tail],
        )
    )


def _gone(
    page: Page,
    verdict: Verdict,
    proposals: Sequence[Proposal],
    rows: tuple[int, int],
    start: int,
    end: int,
    wanted: str,
    edits: list[Edit],
) -> None:
    """Remove the rows ``rows[0]:rows[1]`` and the white space around them, leaving the wanted one behind."""
    text = page.text
    first, last = rows
    if wanted and text.startswith(wanted, start):
        start += len(wanted)
        wanted = ""
    at = start
    row = first
    while row < last:
        deciding = verdict.winner[row]
        until = row + 1
        while until < last and verdict.winner[until] == deciding:
            until += 1
        stop = page.starts[until] if until < last else end
        proposal = proposals[deciding]
        replacement = wanted if until == last else ""
        reason = proposal.action.reason
        edits.append(Edit(at, stop, replacement, proposal.rule, reason, text[at:stop]))
        at = stop
        row = until


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Give the edits of ``text`` that do what ``first`` and then ``second`` (edits of the result) do.

    Every removed character keeps the rule that removed it first.
    """
    if not first or not second:
        return list(first or second)
    pieces = _pieces(text, first)
    out: list[Edit] = []
    position = 0  # in the intermediate text
    queue = list(reversed(pieces))
    for edit in second:
        pending = edit.replacement
        while queue and (position < edit.start or (edit.start == edit.end and not queue[-1].length)):
            piece = queue.pop()
            if position + piece.length > edit.start:
                before, after = piece.split(edit.start - position)
                queue.append(after)
                piece = before
            piece.emit(out)
            position += piece.length
        while position < edit.end or (queue and not queue[-1].length and position < edit.end):
            piece = queue.pop()
            if position + piece.length > edit.end:
                piece, after = piece.split(edit.end - position)
                queue.append(after)
            position += piece.length
            pending = piece.emit_removed(out, edit, pending)
        if pending:
            at = queue[-1].start if queue else len(text)
            out.append(Edit(at, at, pending, edit.rule, edit.reason, ""))
    while queue:
        queue.pop().emit(out)
    return out


@dataclass(slots=True)
class _Piece:
    """A stretch of the original text: kept as it is (``edit`` is None), or changed by an edit."""

    start: int
    text: str
    edit: Edit | None

    @property
    def length(self) -> int:
        """Characters in the intermediate text."""
        return len(self.text) if self.edit is None else len(self.edit.replacement)

    def split(self, at: int) -> tuple[_Piece, _Piece]:
        """Split at a place of the intermediate text; an edit's removed text goes with the first part."""
        if self.edit is None:
            return _Piece(self.start, self.text[:at], None), _Piece(self.start + at, self.text[at:], None)
        edit = self.edit
        left = Edit(edit.start, edit.end, edit.replacement[:at], edit.rule, edit.reason, edit.removed)
        right = Edit(edit.end, edit.end, edit.replacement[at:], edit.rule, edit.reason, "")
        return _Piece(left.start, "", left), _Piece(right.start, "", right)

    def emit(self, out: list[Edit]) -> None:
        if self.edit is not None:
            out.append(self.edit)

    def emit_removed(self, out: list[Edit], by: Edit, replacement: str) -> str:
        """Emit the piece as removed by an edit; give the replacement text that is still to be placed."""
        if self.edit is None:
            end = self.start + len(self.text)
            out.append(Edit(self.start, end, replacement, by.rule, by.reason, self.text))
        else:
            edit = self.edit
            out.append(Edit(edit.start, edit.end, replacement, edit.rule, edit.reason, edit.removed))
        return ""


def _pieces(text: str, edits: Sequence[Edit]) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for edit in edits:
        if edit.start > at:
            pieces.append(_Piece(at, text[at : edit.start], None))
        pieces.append(_Piece(edit.start, "", edit))
        at = edit.end
    if at < len(text):
        pieces.append(_Piece(at, text[at:], None))
    return pieces
