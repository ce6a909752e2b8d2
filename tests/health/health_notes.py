"""Histories and rule files to look at, made of a few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.health.history import History, name_of, number_of
from cleaner.health.watched import Watched
from cleaner.rules import RuleSet
from cleaner.rules.load import Layer, read_text

FIRST = number_of("2031-W44")
"""The weeks go over Christmas and the end of the year."""

FILE = """schema = 1
id = "valley.example"
[match]
host = ["valley.example"]

# The masthead.
[[drop]]
id = "masthead"
where = "head"
line = 'Valley Post'

[[drop]]
id = "banner"
line = 'Vote!'
until = 2031-12-24

[[keep]]
id = "motto"
line = 'Ever onward'

[[capture]]
id = "date"
line = '(?P<date>\\d{4}-\\d\\d-\\d\\d)'

[[drop]]
id = "offers"
css = ".offer"
"""
PLATFORM = """schema = 1
id = "press"
[match]
text = ['Made with Press']

[[drop]]
id = "credit"
line = 'Made with Press'
"""

Counts = Sequence[tuple[int, int] | None]
"""For each week the documents on which a rule fired and all of them; None for a week without any."""


def watched(*, site: str = FILE, **options: object) -> Watched:
    """Look at the rules of a site and of a platform."""
    files = [
        read_text(site, "own/valley.example.toml", "site")[0],
        read_text(PLATFORM, "own/platforms/press.toml", "platform")[0],
    ]
    assert None not in files
    return Watched(RuleSet([Layer(tuple(file for file in files if file), ())]), **options)  # type: ignore[arg-type]


def history(
    counts: Counts,
    rule: str = "valley.example/masthead",
    *,
    site: str = "valley.example",
    each: Iterable[int] | int = 50,
    rule_files: Iterable[tuple[str, str, str]] = (),
    more: Iterable[tuple[str, str, str, int, int, int, int]] = (),
) -> History:
    """Make the history of one rule, which removes ``each`` characters of a document's thousand, by weeks or always."""
    amounts = [each] * len(counts) if isinstance(each, int) else list(each)
    rows = []
    for number, (week, amount) in enumerate(zip(counts, amounts, strict=True)):
        if week is not None:
            fired, documents = week
            name = name_of(FIRST + number)
            rows.append((name, site, "", documents, 0, 1000 * documents, 0))
            if fired:
                rows.append((name, site, rule, fired, fired, amount * fired, amount * fired))
    return History(name_of(FIRST + len(counts) - 1), [*rows, *more], rule_files)
