"""Marks that tell a site's pages without an address: lines and class names that no other site is likely to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import regex

from cleaner.blocks.dom import label_words
from cleaner.corpus.draft.element_names import common_words
from cleaner.corpus.draft.observed import LINKED, Observed, Site
from cleaner.corpus.draft.shapes import DATE_MARK, GAP_MARK, NUMBER_MARK, pattern_of
from cleaner.measures import rows_where
from cleaner.rules.fold import fold
from cleaner.rules.literals import weight_of
from cleaner.rules.ruleset import RuleSet

SHARE = 0.6
"""Share of the pages that a mark must be on."""
MOST = 3
WEIGHT = 8.0
"""Rarity of a line's letters from which it is likely one site's (see :mod:`cleaner.rules.literals`)."""
LONGEST = 80
LEAST_WORDS = 4
"""Words of a line that does not name the site: shorter ones are entries of menus, which many sites have."""
LONGEST_NAME = 6
"""Words of a site's name."""
_WORD = regex.compile(r"[\p{L}\p{M}\d]+")
ON_ALL = 0.9
"""Share of the pages that must have each of the names that count together."""
_MARKS = frozenset((DATE_MARK, NUMBER_MARK))
LEAST_NAME = 6
"""Letters of a class name or an id that only one site uses."""


def lines(site: Site, host: str, rules: RuleSet) -> list[str]:
    """Give patterns of whole lines, the best first: those that name the site, or else the rarest longer ones."""
    others = _example_lines(rules, host)
    names = _Names(site, host)
    found: dict[str, tuple[tuple[int, float], str]] = {}
    named: set[str] = set()
    long_on_all: set[str] = set()
    for seen in site.pages:
        marked = {int(row) for rows in seen.page.phrases.values() for row in rows}
        for row in rows_where(seen.recurs).tolist():
            text, key = seen.page.visible[row], seen.keys[row]
            if GAP_MARK in key or (not _MARKS.isdisjoint(key) and "©" not in text):
                continue  # what differs in its numbers may differ in its words: a weather report
            pages = site.spread[key]
            if key in others or len(text) > LONGEST or pages < SHARE * site.count or seen.zone(row) == "body":
                continue
            weight = weight_of(fold("".join(char for char in text if not char.isdigit())))
            words = float(seen.page.measures.words[row])
            is_named = names.are_in(text)
            is_rare = words >= LEAST_WORDS and row not in marked and seen.page.links[row] < LINKED  # no headline
            if weight >= WEIGHT and (is_named or is_rare):
                pattern = pattern_of([text])
                found.setdefault(key, ((pages, weight), pattern))
                if is_named:
                    named.add(pattern)
                    if words >= LEAST_WORDS and pages >= ON_ALL * site.count:
                        long_on_all.add(pattern)
    best = [pattern for _, pattern in sorted(found.values(), reverse=True) if not named or pattern in named]
    long = [pattern for pattern in best if pattern in long_on_all]
    return (long or best)[:MOST]  # "The Lantern" may be a line of any page


class _Names:
    """What a site calls itself: in its host, at either end of its pages' titles, in its copyright."""

    def __init__(self, site: Site, host: str) -> None:
        self._words = frozenset(_words_of(host))
        recurring = {seen.page.visible[row] for seen in site.pages for row in rows_where(seen.recurs).tolist()}
        said = (seen.document.site_name for seen in site.pages if seen.document is not None)
        self._called = {name for name, count in Counter(said).items() if name and count > SHARE * len(site.pages)}
        self._copyright = {line for line in recurring if "©" in line}
        titles = [title for seen in site.pages if (title := _title_element(seen))]
        ends = {
            line for line in recurring for title in titles if title.endswith(f" {line}") or title.startswith(f"{line} ")
        }
        self._ends = {
            line
            for line in ends
            if sum(title.endswith(line) or title.startswith(line) for title in titles) > SHARE * len(titles)
        }

    def are_in(self, line: str) -> bool:
        """Tell whether a line names the site."""
        if (
            "©" in line
            or line in self._ends
            or any(name in line for name in self._called)
            or not self._words.isdisjoint(_runs_of_words(line))
        ):
            return True
        return len(line) >= LEAST_NAME and any(line in text for text in self._copyright)


def _title_element(seen: Observed) -> str:
    node = seen.page.dom.tree.css_first("title") if seen.page.dom is not None else None
    return " ".join(node.text().split()) if node is not None else ""


def selectors(
    host: str, names: Iterable[str], pages: Mapping[str, int], total: int, rules: RuleSet, *, only_named: bool = False
) -> list[str]:
    """Give selectors of class names and ids that stand on most pages and are made of words that few sites use.

    A name with a word of the host is enough. Others count together, since one alone may be any site's, and are left out
    if ``only_named``: another site of the same theme has them all.
    """
    common = common_words()
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
    if only_named or len(together) < 2:
        return []
    return ["body" + "".join(f":has({name})" for name in together[1:]) + f" {together[0]}"]


def _runs_of_words(line: str) -> Iterator[str]:
    """Give the words of a line, and each few in a row as one: hosts are written so."""
    words = _WORD.findall(fold(line))
    for first in range(len(words)):
        for end in range(first + 1, min(len(words), first + LONGEST_NAME) + 1):
            yield "".join(words[first:end])


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
