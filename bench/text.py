"""Quality and speed of the text cleaner on a development set: ``python -m bench.text FOLDER``.

Scores are word-F1 (see :mod:`bench.metric`), beside baselines computed in the same run. The cleaner and
jusText are timed document by document in turn, in CPU time: what else the machine does hits both alike.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.data import Sample, load
from bench.floors import settle
from bench.metric import Score, reading_text, score, words
from bench.peers import JUSTEXT, PEERS, justext_lines
from bench.tables import lay_out, lay_out_speeds, mean, numbers, progress, speed
from cleaner.model import Document, apply
from cleaner.pipeline import Cleaner

CLEANER = "cleaner"
ARTICLE = "article"
WARM_UP = 8
"""Documents cleaned before the clock counts, so that no import or first use is timed."""

SHOWN_IDS = 5
PINNED = ("f1", "articles")
PROMISES = ("restore is exact", "edits lead to the text", "a clean text stays")


@dataclass
class Promises:
    """What the cleaner promises of every document, and the documents that break it."""

    broken: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in PROMISES})

    def check(self, sample: Sample, document: Document, cleaner: Cleaner) -> None:
        """Check one cleaned document."""
        holds = (
            document.restore() == sample.raw,
            apply(sample.raw, document.edits) == document.text,
            cleaner.clean(document.text).text == document.text,
        )
        for name, held in zip(PROMISES, holds, strict=True):
            if not held:
                self.broken[name].append(f"{sample.id}/{sample.style}")


@dataclass
class Run:
    """Scores and times of each system, a value for each document."""

    samples: Sequence[Sample]
    scores: dict[str, list[Score]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    flags: Counter[str] = field(default_factory=Counter)
    promises: Promises | None = None

    def f1(self, system: str, wanted: Callable[[Sample], bool] = lambda _: True) -> float:
        """Give a system's mean F1 over the documents that are wanted."""
        return mean(each.f1 for each, sample in zip(self.scores[system], self.samples, strict=True) if wanted(sample))


def measure(samples: Sequence[Sample], cleaner: Cleaner, *, peers: bool, promises: bool) -> Run:
    """Clean and score every document with every system."""
    run = Run(samples, promises=Promises() if promises else None)
    golds = {sample.id: words(sample.gold) for sample in samples}
    for sample in samples[:WARM_UP]:
        cleaner.clean(sample.raw)
    for number, sample in enumerate(samples):
        outputs = _outputs(run, sample, cleaner, peers=peers, peer_first=bool(number % 2))
        for system, text in outputs.items():
            seen = reading_text(text) if sample.is_markdown else text
            run.scores[system].append(score(words(seen), golds[sample.id]))
        progress(number + 1, len(samples))
    return run


def _outputs(run: Run, sample: Sample, cleaner: Cleaner, *, peers: bool, peer_first: bool) -> dict[str, str]:
    """Give every system's text of a document; the timed two take turns in going first."""
    outputs: dict[str, str] = {}

    def timed(system: str, work: Callable[[str], Any]) -> Any:
        start = time.process_time()
        result = work(sample.raw)
        run.seconds[system].append(time.process_time() - start)
        return result

    justext = justext_lines(sample.language) if peers else None
    if justext and peer_first:
        outputs[JUSTEXT] = timed(JUSTEXT, justext)
    document = timed(CLEANER, cleaner.clean)
    if justext and not peer_first:
        outputs[JUSTEXT] = timed(JUSTEXT, justext)
    if peers:
        outputs |= {name: peer(sample.raw) for name, peer in PEERS.items()}
    run.flags.update({flag.name for flag in document.flags})
    if run.promises:
        run.promises.check(sample, document, cleaner)
    return outputs | {CLEANER: document.text}


def report(run: Run, *, news: bool) -> dict[str, Any]:
    """Sum a run up as plain values."""
    parts: dict[str, Callable[[Sample], str]] = {"styles": lambda sample: sample.style}
    parts |= {"languages": lambda sample: sample.language} if news else {"types": lambda sample: sample.page_type}
    megabytes = sum(len(sample.raw.encode()) for sample in run.samples) / 1e6
    summary: dict[str, Any] = {
        "set": "news" if news else "dev",
        "documents": len(run.samples),
        "pages": len({sample.id for sample in run.samples}),
        "megabytes": megabytes,
        "counts": {part: dict(Counter(map(key, run.samples)).most_common()) for part, key in parts.items()},
        "systems": {system: _quality(run, system, parts) for system in _ranked(run)},
        "types by style": _matrix(run),
        "speed": {system: speed(seconds, megabytes) for system, seconds in run.seconds.items()},
        "flags": dict(run.flags.most_common()),
    }
    if JUSTEXT in run.seconds:
        summary["ratio"] = sum(run.seconds[JUSTEXT]) / sum(run.seconds[CLEANER])
    if run.promises:
        summary["promises"] = run.promises.broken
    return summary


def _ranked(run: Run) -> list[str]:
    return sorted(run.scores, key=lambda system: (system == CLEANER, run.f1(system)))


def _quality(run: Run, system: str, parts: Mapping[str, Callable[[Sample], str]]) -> dict[str, Any]:
    scores = run.scores[system]
    quality: dict[str, Any] = {
        "f1": mean(each.f1 for each in scores),
        "precision": mean(each.precision for each in scores),
        "recall": mean(each.recall for each in scores),
        "articles": run.f1(system, lambda sample: sample.page_type == ARTICLE),
    }
    for part, key in parts.items():
        names = Counter(map(key, run.samples))
        quality[part] = {
            name: run.f1(system, lambda sample, key=key, name=name: key(sample) == name)  # type: ignore[misc]
            for name, _ in names.most_common()
        }
    return quality


def _matrix(run: Run) -> dict[str, dict[str, float]]:
    """Give the cleaner's F1 for each page type and style."""
    cells: dict[tuple[str, str], list[float]] = defaultdict(list)
    for sample, each in zip(run.samples, run.scores[CLEANER], strict=True):
        cells[sample.page_type, sample.style].append(each.f1)
    matrix: dict[str, dict[str, float]] = defaultdict(dict)
    for (page_type, style), values in cells.items():
        matrix[page_type][style] = mean(values)
    return dict(matrix)


def show(summary: Mapping[str, Any]) -> str:
    """Lay a summary out as tables."""
    systems: Mapping[str, Any] = summary["systems"]
    blocks = [
        "{set}: {pages} pages, {documents} documents, {megabytes:.1f} MB".format_map(summary),
        lay_out(
            [["system", "F1", "P", "R", *summary["counts"]["styles"]]]
            + [
                [name, *numbers([of["f1"], of["precision"], of["recall"], *of["styles"].values()])]
                for name, of in systems.items()
            ]
        ),
    ]
    for part in [part for part in summary["counts"] if part != "styles"]:
        names = summary["counts"][part]
        header = [f"F1 by {part}", *names]
        counts = ["documents", *map(str, names.values())]
        rows = [[name, *numbers(of[part].values())] for name, of in systems.items()]
        blocks.append(lay_out([header, counts, *rows]))
    styles = list(summary["counts"]["styles"])
    rows = [
        [page_type, *numbers(of.get(style, math.nan) for style in styles)]
        for page_type, of in summary["types by style"].items()
    ]
    blocks += [lay_out([[f"{CLEANER}, F1", *styles], *rows]), _show_speed(summary), _show_notes(summary)]
    return "\n\n".join(block for block in blocks if block)


def _show_speed(summary: Mapping[str, Any]) -> str:
    table = lay_out_speeds(summary["speed"], title="speed, one core", unit="documents")
    ratio = f"\n{CLEANER} is {summary['ratio']:.2f} times as fast as {JUSTEXT}" if "ratio" in summary else ""
    return table + ratio


def _show_notes(summary: Mapping[str, Any]) -> str:
    lines = [f"flag {name}: {count} documents" for name, count in summary["flags"].items()]
    for name, ids in summary.get("promises", {}).items():
        examples = f" ({', '.join(ids[:SHOWN_IDS])})" if ids else ""
        lines.append(f"promise {name!r}: broken by {len(ids)} documents{examples}")
    return "\n".join(lines)


def show_worst(run: Run, count: int) -> str:
    """List the documents that the cleaner made worst, and those that it scores lowest on."""
    rows = []
    for sample, each in zip(run.samples, run.scores[CLEANER], strict=True):
        seen = reading_text(sample.raw) if sample.is_markdown else sample.raw
        before = score(words(seen), words(sample.gold)).f1
        rows.append((each.f1 - before, each, sample))
    header = ["document", "type", "gain", "F1", "P", "R"]
    blocks = []
    for title, key in (("made worst", lambda row: row[0]), ("lowest", lambda row: row[1].f1)):
        body = [
            [f"{sample.id}/{sample.style}", sample.page_type, f"{gain:+.3f}", *numbers([each.f1, *each[:2]])]
            for gain, each, sample in sorted(rows, key=key)[:count]
        ]
        blocks.append(f"{title}\n" + lay_out([header, *body]))
    return "\n\n".join(blocks)


def measures(summary: Mapping[str, Any]) -> dict[str, float]:
    """Give the numbers that floors are pinned for."""
    quality = summary["systems"][CLEANER]
    return {
        "f1": quality["f1"],
        "articles": quality["articles"],
        "ratio": summary.get("ratio", math.nan),
        "mb_per_second": summary["speed"][CLEANER]["mb_per_second"],
    }


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.text", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where rawtext-dev.jsonl.zst and wcxb-dev.jsonl.zst are")
    parser.add_argument("--news", action="store_true", help="the news set: 89 pages in many languages")
    parser.add_argument("--sample", "--limit", type=int, metavar="N", help="N pages drawn by a fixed seed")
    parser.add_argument("--style", help="one dump style: inscriptis, md, gettext or wet")
    parser.add_argument("--no-peers", action="store_true", help="the cleaner alone")
    parser.add_argument("--promises", action="store_true", help="check restore and idempotence on each document")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="as for `clean run`")
    parser.add_argument("--skip", action="append", default=[], metavar="NAME", help="as for `clean run`")
    parser.add_argument("--worst", type=int, metavar="N", help="list the N documents that do worst")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the numbers as JSON")
    parser.add_argument("--check", action="store_true", help="fail if a score is below its floor")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the scores of this run")
    options = parser.parse_args(arguments)
    partial = options.sample or options.style or options.only or options.skip
    if (options.check or options.pin) and partial:
        parser.error("floors are for the whole set and the whole cleaner")
    if options.check and options.no_peers:
        parser.error("--check needs the peers: one floor is the speed beside jusText")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; give 1 if ``--check`` found a score below its floor."""
    options = _arguments(arguments)
    samples = load(options.folder, news=options.news, pages=options.sample, style=options.style)
    cleaner = Cleaner(only=options.only, skip=options.skip)
    run = measure(samples, cleaner, peers=not options.no_peers, promises=options.promises)
    summary = report(run, news=options.news)
    print(show(summary))
    if options.worst:
        print("\n" + show_worst(run, options.worst))
    if options.save:
        options.save.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return settle(
        summary["set"],
        measures(summary),
        summary.get("promises", {}),
        pinned=PINNED,
        pin=options.pin,
        check=options.check,
    )


if __name__ == "__main__":
    sys.exit(main())
