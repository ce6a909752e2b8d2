"""The learned line scorer: what rules and heuristics do not know of a page's rows, learned from pages of many sites."""

from cleaner.scorer.line_scorer import LineScorer

__all__ = ["LineScorer"]
