"""What rules cost: loading 2,000 site files, a document that none of them is for, and the generic rules.

Run ``python -m bench.rules``. Times are of the processor, the best of several rounds, for one document of 20
KB in each of three scripts. "one by one" tries each pattern on each line, as a naive engine would.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from cleaner.blocks import Page, read
from cleaner.phrases import Lexicon
from cleaner.rules import RuleSet
from cleaner.rules.schema import Block, Lines
from cleaner.rules.view import View

ALPHABETS = {
    "latin": "etaoinshrdlucmfwypvbgkjqxz",
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжш",
    "chinese": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可",
}
BYTES = 20_000
ROUNDS = 7
BUDGET_US = 200.0
"""What 2,000 site files may cost a document that matches none of them."""

SITE = """\
schema = 1
id = "{name}.example.com"
use = ["generic"]

[match]
host = ["{name}.example.com", "{name}-news.example.org"]
text = ['www\\.{name}\\.example\\.com', '(?i)© ?(?:\\d{{4}} )?{name} media']

# The ticker at the top.
[[drop]]
id = "ticker"
where = "head"
run = '• [$€] \\d+(?:\\.\\d+)?'
min = 3

[[drop]]
id = "similar"
where = "tail"
from = '(?:More from {name}|Similar news)'
to = "end"

[[capture]]
id = "byline"
where = "head"
line = 'By (?P<author>[\\w ]+), {name} staff \\| (?P<date>\\d\\d\\.\\d\\d\\.\\d{{4}})'
drop = true

[[example]]
keep = "Similar news reached the embassy."
"""


def word(rng: random.Random, alphabet: str) -> str:
    """Make up a word."""
    longest = 2 if len(alphabet) > 28 else 9
    return "".join(rng.choices(alphabet, k=rng.randint(1, longest)))


def document(alphabet: str) -> str:
    """Make a page of prose between short lines, as scraped pages are."""
    rng = random.Random(20)
    lines: list[str] = []
    size = 0
    while size < BYTES:
        words = rng.choice([1, 2, 3, 4, 5, 30]) if len(lines) % 9 else 60
        line = " ".join(word(rng, alphabet) for _ in range(words)).capitalize() + ("." if words > 20 else "")
        lines += [line, ""]
        size += len(line.encode())
    return "\n".join(lines)


def write_sites(folder: Path, count: int) -> None:
    """Write rule files for sites that do not exist."""
    rng = random.Random(5)
    for number in range(count):
        name = f"{word(rng, ALPHABETS['latin'])}{number}"
        (folder / f"{name}.toml").write_text(SITE.format(name=name), "utf-8")


def microseconds(run: Callable[[], object]) -> float:
    """Time a call: the best of several rounds, each long enough to measure."""
    run()
    start = process_time()
    run()
    calls = max(3, int(0.05 / max(process_time() - start, 1e-6)))
    rounds: list[float] = []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(calls):
            run()
        rounds.append((process_time() - start) / calls)
    return min(rounds) * 1e6


def recognising(rules: RuleSet, page: Page) -> Callable[[], object]:
    """Give a call that recognises a page it has not seen before."""

    def recognise() -> None:
        page.memo.pop(View, None)
        rules.recognise(page, None)

    return recognise


def proposing(rules: RuleSet, page: Page, *, platform: str | None = None) -> Callable[[], object]:
    """Give a call that runs the rules over a page that was recognised."""
    recognition = (rules.forcing(platform) if platform else rules).recognise(page, None)
    return lambda: rules.propose(page, recognition, language=lambda: None, date=None, deadline_s=5.0)


def one_by_one(rules: RuleSet, page: Page) -> None:
    """Run the generic rules as a naive engine would: each pattern on each line."""
    generic = rules.get("generic")
    for rule in generic.rules if generic else ():
        if isinstance(rule.selector, Lines):
            literals = set(rule.selector.literals)
            _ = [row for row, line in enumerate(page.lines) if line in literals]
            continue
        pattern = rule.selector.start if isinstance(rule.selector, Block) else rule.selector.pattern
        for line in page.lines:
            pattern.whole.match(line, timeout=5.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=2_000, help="how many site files to install")
    count = parser.parse_args().sites
    builtin = RuleSet.builtin()
    lexicon = Lexicon.load()
    with tempfile.TemporaryDirectory() as folder:
        write_sites(Path(folder), count)
        start = process_time()
        many = RuleSet.load([Path(folder)])
        loaded = process_time()
        pages = {name: read(document(alphabet), lexicon) for name, alphabet in ALPHABETS.items()}
        ready = process_time()
        many.recognise(pages["latin"], None)
        first = process_time() - ready
        print(f"load {count:,} site files: {loaded - start:.2f} s; first recognition: {first:.2f} s")
    assert not many.errors, many.errors[0]
    measures: dict[str, Callable[[Page], Callable[[], object]]] = {
        "recognise, built-in rules": lambda page: recognising(builtin, page),
        f"recognise, {count:,} sites more": lambda page: recognising(many, page),
        "generic rules": lambda page: proposing(builtin, page),
        "generic rules and a platform's": lambda page: proposing(builtin, page, platform="wordpress"),
        "generic rules, one by one": lambda page: lambda: one_by_one(builtin, page),
    }
    rows = {name: [microseconds(make(page)) for page in pages.values()] for name, make in measures.items()}
    base, all_sites, generic, _, naive = rows.values()
    added = [after - before for before, after in zip(base, all_sites, strict=True)]
    rows[f"cost of {count:,} files that do not match"] = added
    print(f"\n{'one document, in µs':<44}" + "".join(f"{name:>12}" for name in pages))
    for name, costs in rows.items():
        print(f"{name:<44}" + "".join(f"{cost:>12.0f}" for cost in costs))
    ratios = [slow / fast for slow, fast in zip(naive, generic, strict=True)]
    print(f"{'one by one / one pass':<44}" + "".join(f"{ratio:>11.1f}x" for ratio in ratios))
    verdict = "within" if max(added) < BUDGET_US else "OVER"
    print(f"\n{count:,} files that do not match: {verdict} the budget of {BUDGET_US:.0f} µs")


if __name__ == "__main__":
    main()
