"""Marks that tell a site's pages without an address: lines and class names that no other site is likely to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from cleaner.blocks.dom import label_words
from cleaner.corpus.draft.observed import Observed, Site
from cleaner.corpus.draft.shapes import GAP_MARK, pattern_of
from cleaner.measures import rows_where
from cleaner.phrases import Lexicon
from cleaner.rules.fold import fold
from cleaner.rules.literals import weight_of
from cleaner.rules.ruleset import RuleSet
from cleaner.scorer import LineScorer

SHARE = 0.6
"""Share of the pages that a mark must be on."""
MOST = 3
WEIGHT = 8.0
"""Rarity of a line's letters from which it is likely one site's (see :mod:`cleaner.rules.literals`)."""
LONGEST = 80
LEAST_WORDS = 4
"""Words of a line that does not name the site: shorter ones are entries of menus, which many sites have."""
ON_ALL = 0.9
"""Share of the pages that must have each of the names that count together."""
LEAST_NAME = 6
"""Letters of a class name or an id that only one site uses."""


def lines(site: Site, host: str, rules: RuleSet) -> list[str]:
    """Give patterns of whole lines, the best first: those that name the site, or else the rarest longer ones."""
    others = _example_lines(rules, host)
    names = _Names(site, host)
    found: dict[str, tuple[tuple[int, float], str]] = {}
    named: set[str] = set()
    for seen in site.pages:
        marked = {int(row) for rows in seen.page.phrases.values() for row in rows}
        for row in rows_where(seen.recurs).tolist():
            text, key = seen.page.visible[row], seen.keys[row]
            if GAP_MARK in key:
                continue
            pages = site.spread[key]
            if key in others or len(text) > LONGEST or pages < SHARE * site.count or seen.zone(row) == "body":
                continue
            weight = weight_of(fold("".join(char for char in text if not char.isdigit())))
            words = float(seen.page.measures.words[row])
            is_named = names.are_in(text)
            if weight >= WEIGHT and (is_named or (words >= LEAST_WORDS and row not in marked)):
                pattern = pattern_of([text])
                found.setdefault(key, ((pages, weight), pattern))
                if is_named:
                    named.add(pattern)
    best = [pattern for _, pattern in sorted(found.values(), reverse=True)]
    return [pattern for pattern in best if not named or pattern in named][:MOST]


class _Names:
    """What a site calls itself: words of its host, what ends the titles of its pages, what stands in its copyright."""

    def __init__(self, site: Site, host: str) -> None:
        self._words = _words_of(host)
        recurring = {seen.page.visible[row] for seen in site.pages for row in rows_where(seen.recurs).tolist()}
        self._copyright = {line for line in recurring if "©" in line}
        titles = [title for seen in site.pages if (title := _title_element(seen))]
        ends = {
            title.partition(line)[1] for line in recurring for title in titles if title.endswith((" " + line, line))
        }
        self._ends = {line for line in ends if sum(title.endswith(line) for title in titles) > SHARE * len(titles)}

    def are_in(self, line: str) -> bool:
        """Tell whether a line names the site."""
        folded = fold(line)
        if "©" in line or line in self._ends or any(word in folded for word in self._words):
            return True
        return len(line) >= LEAST_NAME and any(line in text for text in self._copyright)


def _title_element(seen: Observed) -> str:
    node = seen.page.dom.tree.css_first("title") if seen.page.dom is not None else None
    return " ".join(node.text().split()) if node is not None else ""


def selectors(host: str, names: Iterable[str], pages: Mapping[str, int], total: int, rules: RuleSet) -> list[str]:
    """Give selectors of class names and ids that stand on most pages and are made of words that few sites use.

    A name with a word of the host is enough; others count together, since one alone may be any site's.
    """
    common = _common_words()
    elsewhere = _example_markup(rules, host)
    rare: Counter[str] = Counter()
    for name in names:
        words = [word for word in label_words(name.lstrip(".#")) if len(word) > 2]
        unusual = sum(len(word) for word in words if word not in common)
        if name[0] in ".#" and pages[name] >= ON_ALL * total and unusual >= LEAST_NAME and name[1:] not in elsewhere:
            rare[name] = unusual
    if named := [name for name in rare if any(word in fold(name) for word in _words_of(host))]:
        return named[:MOST]
    together = [name for name, _ in rare.most_common(MOST)]
    if len(together) < 2:
        return []
    return ["body" + "".join(f":has({name})" for name in together[1:]) + f" {together[0]}"]


def _words_of(host: str) -> list[str]:
    return [word for word in fold(host).replace(".", "-").split("-")[:-1] if len(word) > 3]


def _example_lines(rules: RuleSet, host: str) -> set[str]:
    """Give the lines of all examples of installed rules but this site's own."""
    return {
        line.strip().casefold()
        for file in rules.files
        if file.id != host
        for example in file.contents.examples
        for line in example.raw.split("\n")
    }


def _example_markup(rules: RuleSet, host: str) -> str:
    """Give the HTML of all examples of installed rules but this site's own."""
    files = (file for file in rules.files if file.id != host)
    return "\n".join(example.raw for file in files for example in file.contents.examples if "<" in example.raw)


@cache
def _common_words() -> frozenset[str]:
    """Give the words of class names that the scorer knows from many sites, and those of the word lists."""
    return frozenset(LineScorer.load().labels) | Lexicon.load().function_words
