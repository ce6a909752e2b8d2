"""How likely counts are by mere chance: the tails that tests of rules look at.

Documents of one week are alike: the same stories, the same template, one crawl. So a thousand of them say less than a
thousand documents of many weeks, and are counted as fewer (the design effect of cluster samples, after L. Kish, Survey
Sampling, 1965).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, log1p

LIKENESS = 0.01
"""The least correlation between documents of one week that is assumed. By it a week counts as a hundred documents at
most, however many it has: a rule that fires on 2 % of pages can be silent for a week of many pages that are all about
the same match, and its silence means something after some weeks."""
USUAL, PRIOR = 0.07, 4
"""What is assumed of the correlation before it is measured, and how many weeks that assumption counts for."""


def likeness(weeks: Sequence[tuple[int, int]]) -> float:
    """Estimate how alike documents of one week are: how much more the weeks differ than chance makes them differ.

    ``weeks`` are documents with the rule and all documents. The answer is a correlation between :data:`LIKENESS` and 1.
    """
    hits, documents = (sum(column) for column in zip(*weeks, strict=True))
    share = hits / documents
    if len(weeks) < 2 or not 0 < share < 1 or documents <= len(weeks):
        return LIKENESS
    spread: float = sum((hit - of * share) ** 2 / (of * share * (1 - share)) for hit, of in weeks) / (len(weeks) - 1)
    measured = min(1.0, (spread - 1) / (documents / len(weeks) - 1))
    few = PRIOR / (PRIOR + len(weeks) - 1)
    return float(max(LIKENESS, few * USUAL + (1 - few) * measured))


def worth(weeks: Sequence[tuple[int, int]], alike: float) -> tuple[float, float]:
    """Add weeks up, each counted as so many documents as it is worth: those with the rule, and all."""
    weights = [1 / (1 + (of - 1) * alike) for _, of in weeks]
    return (
        sum(hits * weight for (hits, _), weight in zip(weeks, weights, strict=True)),
        sum(of * weight for (_, of), weight in zip(weeks, weights, strict=True)),
    )


def at_most(hits: float, of: float, before: float, of_before: float) -> float:
    """Give the chance that a rule fires on ``hits`` documents or fewer of ``of``, if nothing changed.

    Earlier it fired on ``before`` of ``of_before``. A share that was measured on few documents is not known well, which
    the beta-binomial distribution heeds. Counts may be fractions of documents; they are rounded to the side of chance.
    """
    count, limit = int(of), min(int(hits + 0.999), int(of))
    a, b = before + 1, max(0.0, of_before - before) + 1
    term = lgamma(a + b) - lgamma(b) + lgamma(count + b) - lgamma(count + a + b)  # the chance of none, as a logarithm
    total = exp(term)
    for number in range(limit):
        term += log(count - number) - log(number + 1) + log(number + a) - log(count - number - 1 + b)
        total += exp(term)
    return min(1.0, total)


def at_least(hits: float, of: float, before: float, of_before: float) -> float:
    """Give the chance that a rule fires on ``hits`` documents or more, if nothing changed."""
    return at_most(of - hits, of, of_before - before, of_before)


def times(ratio: float, of: float, of_before: float) -> float:
    """Give the chance that the mean of ``of`` amounts is so many times that of ``of_before`` earlier ones, or more.

    The amounts are taken as spread like an exponential distribution, as wide as their mean is large; amounts that are
    spread wider count as fewer. The ratio of two such means has Fisher's F distribution, whose tail with whole
    numbers is one of the binomial distribution.
    """
    few, many = max(1, int(of)), max(1, int(of_before))
    success = few * ratio / (few * ratio + many)
    if success >= 1:
        return 0.0
    trials = few + many - 1
    total = 0.0
    for number in range(few):
        ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
        total += exp(ways + number * log(success) + (trials - number) * log1p(-success))
    return min(1.0, total)
