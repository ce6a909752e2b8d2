"""The stages of a cleaning, once, in their order.

Read, recognise, propose, resolve, repair; and again until nothing changes, so that a clean text stays as it is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Literal, TypeAlias

import numpy as np

from cleaner import metadata, structured
from cleaner.blocks import Page, is_markdown, read, read_html, read_plain
from cleaner.blocks.structure import blocks_of
from cleaner.decode import decode
from cleaner.extractor import AUTO, BLOCKS, EXTRACTORS, TRAFILATURA, TRAFILATURA_RULE, extract, is_unsure
from cleaner.frequency import FREQUENCY, Frequencies
from cleaner.heuristics import STAGES, Propose, Stage, heuristics
from cleaner.measures import Bools, rows_where
from cleaner.model import Capture, ConfigError, Document, Drop, Edit, Flag, Keep, Proposal, Rank, apply
from cleaner.phrases import Lexicon
from cleaner.repair import edited_lines, mend, separators, untouched_separators
from cleaner.resolve import BREAK, MAX_REMOVED, MIN_GUARDED, Verdict, compose, cut, disjoint, resolve
from cleaner.rules import Recognition, RuleSet
from cleaner.scorer import LineScorer
from cleaner.sniff import feed_to_html, kind_of
from cleaner.version import __version__

MAX_PASSES = 12
"""Passes over one document. Two suffice for most, the second of which changes nothing."""

TIME_LIMIT = 5.0
"""Seconds that the patterns of rule files may take for one document."""

REPAIR, SCORER = "repair", "scorer"
BUILTIN: Literal["builtin"] = "builtin"
"""The scorer that comes with the package."""

SCRIPT_ONLY = 0.5
"""Running text of a page, as a share of what its structured data hold, below which the page shows too little."""

PROBE = 6
"""Words in a row that are looked for in the page, at three places of such a text."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One look at a page, for those who want to know why: what was proposed, what was decided, what came of it."""

    page: Page
    proposals: Sequence[Proposal]
    verdict: Verdict
    edits: Sequence[Edit]
    """Of ``page.text``."""
    scorer: LineScorer | None


Watch: TypeAlias = Callable[[Pass], None]
"""Is shown each pass over a document."""


class Cleaner:
    """Cleans documents. Reusable and safe to share between threads: it holds no state of a document.

    ``only`` and ``skip`` name heuristics (``share-bar``), rule files (``generic``, ``anews.az``), single rules
    (``anews.az/fx-ticker``), ``repair``, ``scorer`` or ``frequency``; ``site`` names the rule file's host where the
    text does not tell; ``scorer`` is the learned line scorer, None for none; ``frequencies`` tell what recurs on
    each site; ``max_removed`` is the share of prose that may go before the guard keeps it. Raises
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
        extractor: str = AUTO,
        scorer: LineScorer | Literal["builtin"] | None = BUILTIN,
        frequencies: Frequencies | None = None,
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
        if extractor not in EXTRACTORS:
            raise ConfigError(f"no extractor is named {extractor!r}; there are {', '.join(EXTRACTORS)}")
        self._extractor = extractor
        self._given_scorer = scorer
        self._frequencies = frequencies if frequencies is not None and self._wants(FREQUENCY) else None
        self._check_names()
        wanted = {f"heuristics/{name}": found for name, found in heuristics().items() if self._wants(name)}
        self._heuristics: dict[Stage, list[tuple[str, Propose]]] = {
            stage: [(name, found[stage]) for name, found in wanted.items() if stage in found] for stage in STAGES
        }
        self._repairs = self._wants(REPAIR)
        self._lexicon = Lexicon.load()

    @cached_property
    def _scorer(self) -> LineScorer | None:
        if self._extractor == TRAFILATURA or not self._wants(SCORER):
            return None
        return LineScorer.load() if self._given_scorer == BUILTIN else self._given_scorer

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what makes an output stale, whatever the document: version, options, which rules are for whom.

        What rule files then say counts only for the documents that they are for: see :attr:`rule_digests`.
        """
        options = (
            __version__,
            self._rules.match_digest,
            sorted(self._only),
            sorted(self._skip),
            self._site,
            self._max_removed,
            self._fix_mojibake,
            self._extractor,
            self._scorer.digest if self._scorer is not None else None,
            self._frequencies.digest if self._frequencies is not None else None,
        )
        return hashlib.sha256(repr(options).encode()).hexdigest()[:16]

    @property
    def rule_digests(self) -> dict[str, str]:
        """A short hash of what each rule file says, by its id."""
        return self._rules.digests

    def clean(
        self, raw: str | bytes, url: str | None = None, *, charset: str | None = None, watch: Watch | None = None
    ) -> Document:
        """Clean one document: text, Markdown or HTML, told apart by their content.

        Bytes are decoded first, with ``charset`` as what a server said of their encoding; raises
        :class:`~cleaner.model.NotTextError` for binaries. ``watch`` is shown each pass.
        """
        flags: list[Flag] = []
        encoding = None
        if isinstance(raw, bytes):
            decoded = decode(raw, declared=charset)
            text, encoding = decoded.text, decoded.encoding
            flags += decoded.flags
        else:
            text = raw
        kind = kind_of(text)
        if kind == "feed":
            text, kind = feed_to_html(text), "html"
        if kind == "html":
            return self._clean_html(text, url, encoding, flags, watch)
        found = metadata.Findings(url=url)
        return self._clean(self._read(text), found, encoding, flags, watch, from_html=False)

    def _clean_html(
        self, source: str, url: str | None, encoding: str | None, flags: list[Flag], watch: Watch | None
    ) -> Document:
        page = read_html(source, self._lexicon)
        assert page.dom is not None
        about = structured.read(page.dom.tree)
        if about.body and _lacks(page, about.body):
            flags.append(Flag("structured-text", "the page shows no text: it was taken from its structured data"))
            page = self._read(f"{about.title}\n\n{about.body}" if about.title else about.body)
        found = metadata.Findings(url=url, about=about)
        return self._clean(page, found, encoding, flags, watch, from_html=True)

    def _clean(
        self,
        page: Page,
        found: metadata.Findings,
        encoding: str | None,
        flags: list[Flag],
        watch: Watch | None,
        *,
        from_html: bool,
    ) -> Document:
        deadline = time.monotonic() + self._time_limit
        original = page.text
        edits: list[Edit] = []
        if not page.has_prose:
            flags.append(Flag("no-prose", "no line reads as prose: only literal rules and word lists applied"))
        prose = page.prose_weight
        rendered = page
        markup = page.markup
        if page.dom is not None:
            edits, page, held = self._pass(page, deadline, found, flags, watch)
            page = read_plain(page, self._lexicon, held)
            prose = page.prose_weight
        for _ in range(MAX_PASSES):
            step, remaining, _ = self._pass(page, deadline, found, flags, watch)
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
            markup="html" if from_html else markup,
            encoding=encoding,
            edits=tuple(edits),
            flags=tuple(dict.fromkeys(flags)),
            rule_files=found.rule_files,
            blocks=blocks_of(rendered, edits, values["url"]),
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
        self, page: Page, deadline: float, found: metadata.Findings, flags: list[Flag], watch: Watch | None
    ) -> tuple[list[Edit], Page, Bools | None]:
        """Look at a page once: give the edits of its text, the page that they lead to, and its rows that are held."""
        recognition = found.recognise(self._rules.recognise(page, found.given_url, self._site))
        proposals = list(self._proposals(page, recognition, deadline, found, flags))
        if self._scorer is not None:
            scored, doubts = self._scorer.propose(page, proposals)
            proposals += scored
            flags += doubts
        verdict = resolve(page, proposals, self._max_removed)
        flags += verdict.flags
        for proposal in proposals:
            if isinstance(proposal.action, Capture):
                found.capture(proposal.action, proposal.rank)
        kept = rows_where(~verdict.dropped).tolist()
        mended = mend(page, kept) if self._repairs else []
        verdict.replacements = disjoint(page, [*verdict.replacements, *mended])
        wanted = separators(page, kept) if self._repairs else untouched_separators(page, kept)
        step = cut(page, verdict, proposals, wanted)
        if watch is not None:
            watch(Pass(page, proposals, verdict, step, self._scorer))
        held = verdict.held[kept] if verdict.held is not None else None
        return step, self._after(page, verdict, kept, wanted, step), held

    def _after(
        self, page: Page, verdict: Verdict, kept: Sequence[int], wanted: Sequence[str], step: Sequence[Edit]
    ) -> Page:
        """Give the page that the edits lead to, without measuring it again where its rows are the same."""
        if not step:
            return page
        if page.dom is not None or (page.held is not None and BREAK not in wanted):
            lines = edited_lines(page, kept, verdict.replacements)
            if all(lines):
                return page.only(kept, wanted, lines)
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
        if page.dom is not None:
            yield from self._tree_proposals(page)
        else:
            yield from self._own(page, "in_rows")
        if self._frequencies is not None:
            yield from self._frequent(self._frequencies, page, found)

    @staticmethod
    def _frequent(frequencies: Frequencies, page: Page, found: metadata.Findings) -> Iterator[Proposal]:
        """Give what frequencies propose: on a tree nothing, or headings would go before the lists below them."""
        found.counted_site = found.counted_site or frequencies.site_of(page, found.site)
        if page.dom is None and found.counted_site is not None:
            yield from frequencies.propose(page, found.counted_site)

    def _own(self, page: Page, stage: Stage) -> Iterator[Proposal]:
        """Give what the heuristics of a stage propose."""
        for name, propose in self._heuristics[stage]:
            for action in propose(page):
                yield Proposal(name, Rank.HEURISTIC, action)

    def _tree_proposals(self, page: Page) -> Iterator[Proposal]:
        """Give what the chosen extractor proposes: our own heuristics, or trafilatura's answer."""
        own = list(self._own(page, "in_tree"))
        own += self._rest_proposals(page, own)
        if self._extractor == BLOCKS or (self._extractor == AUTO and not is_unsure(page, own)):
            yield from own
            return
        other = extract(page)
        if other is None:
            yield from own
        else:
            yield Proposal(TRAFILATURA_RULE, Rank.HEURISTIC, other)
            yield from (proposal for proposal in own if isinstance(proposal.action, Capture))

    def _rest_proposals(self, page: Page, own: Sequence[Proposal]) -> Iterator[Proposal]:
        """Give what is proposed for the rest that those proposals leave of a page, in the rows of the page."""
        rows = rows_where(~resolve(page, own, max_removed=1.0).dropped)
        if not len(rows):
            return
        rest = page.only(rows.tolist(), [""] + ["\n"] * (len(rows) - 1))
        for proposal in self._own(rest, "in_rest"):
            action = proposal.action
            if isinstance(action, Drop | Keep):
                yield replace(proposal, action=replace(action, rows=rows[np.asarray(action.rows)].tolist()))

    def _wants(self, name: str) -> bool:
        return name not in self._skip and (not self._only or name in self._only)

    def _check_names(self) -> None:
        valid = {REPAIR, SCORER, FREQUENCY, *heuristics(), *self._rules.names}
        for name in sorted(self._only | self._skip):
            if name not in valid:
                near = get_close_matches(name, valid, 1)
                hint = f"; did you mean {near[0]!r}?" if near else "; `clean rules list` shows the names"
                raise ConfigError(f"no heuristic, rule file or rule is named {name!r}{hint}")


def _lacks(page: Page, body: str) -> bool:
    """Tell whether a page does not show the text that its structured data hold, as pages made by scripts do."""
    words = body.split()
    if float(page.measures.words[page.prose].sum()) >= SCRIPT_ONLY * len(words):
        return False
    shown = " ".join(page.visible)
    places = (0, len(words) // 2, max(0, len(words) - PROBE))
    return not any(" ".join(words[at : at + PROBE]) in shown for at in places)


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(raw: str | bytes, url: str | None = None) -> Document:
    """Clean one document with the rules that come with the package."""
    return _default().clean(raw, url)
