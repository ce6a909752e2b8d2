"""What became of each input, and the tally in which all of them must add up."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

EXAMPLES = 3
"""Inputs that the tally names for each reason."""

NOT_WRITABLE = "not writable"
"""The reason of an input whose output could not be put in its place."""

GUARD = "guard"
"""The flag of a document from which rules would have removed too much."""


class Kind(StrEnum):
    """The four things that can become of an input; each input becomes exactly one of them."""

    CLEANED = "cleaned"
    """It was read and cleaned now, and its output written; also where nothing had to be removed."""
    UNCHANGED = "unchanged"
    """An earlier run cleaned it, and since then neither it nor the rules nor the options changed."""
    SKIPPED = "skipped"
    """It is no text document, or not one that was asked for."""
    QUARANTINED = "quarantined"
    """It should have been cleaned and could not be: nothing was written for it."""


class Problem(NamedTuple):
    """Why an input was skipped or quarantined: ``reason`` is one of a few, ``detail`` is for people."""

    kind: Kind
    reason: str
    detail: str = ""


class RuleCount(NamedTuple):
    """What one rule did to a document."""

    rule: str
    edits: int
    characters: int
    """Removed, less those that were put in."""


class Outcome(NamedTuple):
    """What became of one input. The worker makes it and the run books it."""

    number: int
    name: str
    kind: Kind
    reason: str = ""
    detail: str = ""
    content: bytes = b""
    """Hash of the raw input."""
    stamp: str = ""
    """Size and time of the input's file, by which it is known again unread; empty where they would tell nothing."""
    characters: int = 0
    removed: int = 0
    rules: tuple[RuleCount, ...] = ()
    """The rules that changed the document."""
    rule_files: str = ""
    """The rule files that were for the document, each with a hash of what it says."""
    site: str | None = None
    flags: tuple[str, ...] = ()
    seconds: float = 0.0
    output: str = ""
    """Name of the output."""
    size: int = 0
    """Bytes of the output."""
    payload: bytes = b""
    """The output itself, where the run and not the worker writes it."""
    audit: bytes = b""
    """The line that :mod:`cleaner.batch.audit` keeps of a cleaned document."""

    @property
    def gist(self) -> str:
        """The line of the detail that tells most: the last one of a traceback."""
        return self.detail.rstrip().rpartition("\n")[2]

    @property
    def noted(self) -> Outcome:
        """The outcome without what was only passing through."""
        return self._replace(payload=b"", audit=b"") if self.payload or self.audit else self


@dataclass
class Tally:
    """The books of a run. Inputs are counted where they are found, outcomes where they come in."""

    inputs: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    characters: int = 0
    removed: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    rule_documents: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    examples: dict[tuple[Kind, str], list[tuple[str, str]]] = field(default_factory=dict)
    """The first inputs with a reason, each with the gist of its detail."""
    guarded: list[str] = field(default_factory=list)
    """The first inputs for which the guard tripped."""

    def book(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.kinds[outcome.kind] += 1
        self.flags.update(outcome.flags)
        self.characters += outcome.characters
        self.removed += outcome.removed
        for rule, _, removed in outcome.rules:
            self.rules[rule] += removed
            self.rule_documents[rule] += 1
        if GUARD in outcome.flags:
            self.guarded = heapq.nsmallest(EXAMPLES, [*self.guarded, outcome.name])
        if outcome.reason:
            why = (outcome.kind, outcome.reason)
            self.reasons[why] += 1
            known = self.examples.get(why, ())
            self.examples[why] = heapq.nsmallest(EXAMPLES, [*known, (outcome.name, outcome.gist)])

    def add(self, other: Tally) -> None:
        """Take in the books of a part of the run."""
        self.inputs += other.inputs
        self.characters += other.characters
        self.removed += other.removed
        for mine, its in (
            (self.kinds, other.kinds),
            (self.rules, other.rules),
            (self.rule_documents, other.rule_documents),
            (self.flags, other.flags),
            (self.reasons, other.reasons),
        ):
            mine.update(its)  # type: ignore[arg-type] # each with its like
        for why, examples in other.examples.items():
            self.examples[why] = heapq.nsmallest(EXAMPLES, [*self.examples.get(why, ()), *examples])
        self.guarded = heapq.nsmallest(EXAMPLES, [*self.guarded, *other.guarded])

    @property
    def adds_up(self) -> bool:
        """Whether every input is accounted for, and none twice."""
        return self.inputs == self.kinds.total()
