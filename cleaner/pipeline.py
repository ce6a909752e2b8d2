"""The stages of a cleaning, once, in their order.

Read, recognise, propose, resolve, repair; and again until nothing changes, so that a clean text stays as it is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, cached_property

from cleaner import metadata
from cleaner.blocks import Page, is_markdown, read
from cleaner.decode import decode
from cleaner.heuristics import heuristics
from cleaner.measures import rows_where
from cleaner.model import Capture, ConfigError, Document, Edit, Flag, Proposal, Rank, apply
from cleaner.phrases import Lexicon
from cleaner.repair import mend, separators, untouched_separators
from cleaner.resolve import BREAK, MAX_REMOVED, MIN_GUARDED, Verdict, compose, cut, resolve
from cleaner.rules import Recognition, RuleSet
from cleaner.version import __version__

MAX_PASSES = 12
"""Passes over one document. Two suffice for most, the second of which changes nothing."""

TIME_LIMIT = 5.0
"""Seconds that the patterns of rule files may take for one document."""

REPAIR = "repair"


class Cleaner:
    """Cleans documents. Reusable and safe to share between threads: it holds no state of a document.

    ``only`` and ``skip`` name heuristics (``share-bar``), rule files (``generic``, ``anews.az``), single rules
    (``anews.az/fx-ticker``) or ``repair``; ``site`` names the rule file's host where the text does not tell;
    ``max_removed`` is the share of prose that may go before the guard keeps it. Raises
    :class:`~cleaner.model.ConfigError` for a name that does not exist.
    """

    def __init__(
        self,
        *,
        rules: RuleSet | None = None,
        only: Collection[str] = (),
        skip: Collection[str] = (),
        site: str | None = None,
        max_removed: float = MAX_REMOVED,
        time_limit: float = TIME_LIMIT,
        fix_mojibake: bool = False,
    ) -> None:
        self._rules = rules if rules is not None else RuleSet.builtin()
        self._only = frozenset(only)
        self._skip = frozenset(skip)
        self._site = site
        if not 0 <= max_removed <= 1:
            raise ConfigError(f"max-removed is a share between 0 and 1, not {max_removed}")
        self._max_removed = max_removed
        self._time_limit = time_limit
        self._fix_mojibake = fix_mojibake
        self._check_names()
        self._heuristics = [
            (f"heuristics/{name}", propose) for name, propose in heuristics().items() if self._wants(name)
        ]
        self._repairs = self._wants(REPAIR)
        self._lexicon = Lexicon.load()

    @cached_property
    def fingerprint(self) -> str:
        """A hash that changes with the version, the rules and the options: what makes an output stale."""
        options = (
            __version__,
            self._rules.digest,
            sorted(self._only),
            sorted(self._skip),
            self._site,
            self._max_removed,
            self._fix_mojibake,
        )
        return hashlib.sha256(repr(options).encode()).hexdigest()[:16]

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        """Clean one document. Bytes are decoded first; raises :class:`~cleaner.model.NotTextError` for binaries."""
        flags: list[Flag] = []
        encoding = None
        if isinstance(raw, bytes):
            decoded = decode(raw)
            text, encoding = decoded.text, decoded.encoding
            flags += decoded.flags
        else:
            text = raw
        return self._clean(text, url, encoding, flags)

    def _clean(self, text: str, url: str | None, encoding: str | None, flags: list[Flag]) -> Document:
        deadline = time.monotonic() + self._time_limit
        original = text
        edits: list[Edit] = []
        found = metadata.Findings(url=url)
        page = self._read(text)
        markup = page.markup
        if not page.has_prose:
            flags.append(Flag("no-prose", "no line reads as prose: only literal rules and word lists applied"))
        prose = page.prose_weight
        for _ in range(MAX_PASSES):
            step, remaining = self._pass(page, url, deadline, found, flags)
            if not step:
                break
            edits = compose(original, edits, step)
            page = remaining
        else:
            flags.append(Flag("unsettled", f"still changing after {MAX_PASSES} passes"))
        flags += self._lost(prose, page)
        values = found.settle(page)
        return Document(
            text=page.text,
            markup=markup,
            encoding=encoding,
            edits=tuple(edits),
            flags=tuple(dict.fromkeys(flags)),
            **values,
        )

    def _lost(self, before: float, page: Page) -> list[Flag]:
        """Flag a document that lost more prose over several passes than one pass may take."""
        gone = before - page.prose_weight
        if before < MIN_GUARDED or gone <= self._max_removed * before:
            return []
        return [Flag("guard", f"{gone / before:.0%} of the prose went in several passes, over {self._max_removed:.0%}")]

    def _read(self, text: str) -> Page:
        return read(text, self._lexicon)

    def _pass(
        self, page: Page, url: str | None, deadline: float, found: metadata.Findings, flags: list[Flag]
    ) -> tuple[list[Edit], Page]:
        """Look at a page once: give the edits of its text, and the page that they lead to."""
        recognition = found.recognise(self._rules.recognise(page, url, self._site))
        proposals = list(self._proposals(page, recognition, deadline, found, flags))
        verdict = resolve(page, proposals, self._max_removed)
        flags += verdict.flags
        for proposal in proposals:
            if isinstance(proposal.action, Capture):
                found.capture(proposal.action, proposal.rank)
        kept = rows_where(~verdict.dropped).tolist()
        if self._repairs:
            verdict.replacements += mend(page, kept)
        wanted = separators(page, kept) if self._repairs else untouched_separators(page, kept)
        step = cut(page, verdict, proposals, wanted)
        return step, self._after(page, verdict, kept, wanted, step)

    def _after(
        self, page: Page, verdict: Verdict, kept: Sequence[int], wanted: Sequence[str], step: Sequence[Edit]
    ) -> Page:
        """Give the page that the edits lead to, without measuring it again where its rows are the same."""
        if not step:
            return page
        if self._repairs and not verdict.replacements and BREAK not in wanted:
            remaining = page.only(kept, wanted)
            if is_markdown(remaining.joined) == (page.markup == "markdown"):
                return remaining
        return self._read(apply(page.text, step))

    def _proposals(
        self,
        page: Page,
        recognition: Recognition,
        deadline: float,
        found: metadata.Findings,
        flags: list[Flag],
    ) -> Iterator[Proposal]:
        from_rules, rule_flags = self._rules.propose(
            page,
            recognition,
            language=lambda: metadata.language_of(page),
            date=found.date_hint,
            only=self._only,
            skip=self._skip,
            deadline_s=max(0.0, deadline - time.monotonic()),
        )
        flags += rule_flags
        yield from from_rules
        for name, propose in self._heuristics:
            for action in propose(page):
                yield Proposal(name, Rank.HEURISTIC, action)

    def _wants(self, name: str) -> bool:
        return name not in self._skip and (not self._only or name in self._only)

    def _check_names(self) -> None:
        valid = {REPAIR, *heuristics(), *self._rules.names}
        for name in sorted(self._only | self._skip):
            if name not in valid:
                near = get_close_matches(name, valid, 1)
                hint = f"; did you mean {near[0]!r}?" if near else "; `clean rules list` shows the names"
                raise ConfigError(f"no heuristic, rule file or rule is named {name!r}{hint}")


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(raw: str | bytes, url: str | None = None) -> Document:
    """Clean one document with the rules that come with the package."""
    return _default().clean(raw, url)
