"""Making a cleaner from settings: in each worker of a run, and in ``clean explain``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.config import Extractor, Scorer, Settings
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner
    from cleaner.rules import RuleSet


@dataclass(frozen=True, slots=True)
class CleanerOptions:
    """The settings that a cleaner depends on; they travel to the workers, which make their own cleaners."""

    rules: tuple[Path, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    site: str | None = None
    max_removed: float | None = None
    fix_mojibake: bool = False
    extractor: Extractor = Extractor.AUTO
    scorer: Scorer = Scorer.ON
    frequencies: tuple[Path, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> CleanerOptions:
        """Take what a cleaner depends on from all settings."""
        return cls(
            rules=settings.rules,
            only=settings.only,
            skip=settings.skip,
            site=settings.site,
            max_removed=settings.max_removed,
            fix_mojibake=settings.fix_mojibake,
            extractor=settings.extractor,
            scorer=settings.scorer,
            frequencies=settings.frequencies,
        )

    def make(self, *, explains: bool = False) -> tuple[Cleaner, tuple[str, ...]]:
        """Make the cleaner, and say what is wrong with rule files that it does without.

        One that ``explains`` names the features that the scorer went by.
        """
        from cleaner.rules import RuleSet

        for rules_folder in self.rules:
            if not rules_folder.exists():
                raise ConfigError(f"{rules_folder}: no such folder of rules")
        rules = RuleSet.load(self.rules) if self.rules else RuleSet.builtin()
        return self.make_with(rules, explains=explains), tuple(str(error) for error in rules.errors)

    def make_with(self, rules: RuleSet, *, explains: bool = False) -> Cleaner:
        """Make the cleaner with rules that are loaded already."""
        from cleaner.frequency import Frequencies
        from cleaner.pipeline import Cleaner
        from cleaner.scorer import LineScorer

        options: dict[str, Any] = {} if self.max_removed is None else {"max_removed": self.max_removed}
        return Cleaner(
            rules=rules,
            only=self.only,
            skip=self.skip,
            site=self.site,
            fix_mojibake=self.fix_mojibake,
            extractor=self.extractor.value,
            scorer=LineScorer.load(explains=explains) if self.scorer is Scorer.ON else None,
            frequencies=Frequencies.load(self.frequencies) if self.frequencies else None,
            **options,
        )
