"""Reads rule files, tells which are for a page, and matches them. The rules are data, in ``rules/``."""

from __future__ import annotations

from cleaner.rules.load import RuleFile
from cleaner.rules.recognise import Recognition
from cleaner.rules.ruleset import RuleSet

__all__ = ["Recognition", "RuleFile", "RuleSet"]
