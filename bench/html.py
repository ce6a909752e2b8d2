"""Quality and speed of the cleaner on HTML, beside other extractors: ``python -m bench.html FOLDER``.

Scores are word-F1 (see :mod:`bench.metric`), kept and removed snippets, and metadata. The systems take turns
on the same page and are timed in CPU time, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from bench.data import SEED, records
from bench.floors import settle
from bench.metric import Score, score, words
from bench.peers_html import FLOOR, PEERS, TRAFILATURA, Cache, Output, complete, forget, parse_only, silence
from bench.tables import lay_out, lay_out_speeds, mean, numbers, progress, speed
from cleaner.model import Document, apply
from cleaner.pipeline import Cleaner

CLEANER = "cleaner"
ARTICLE = "article"
WARM_UP = 8
"""Pages read by every system before the clock counts, so that no import or first use is timed."""

FORGET_EVERY = 50
"""Pages after which trafilatura's caches are emptied."""

TIMED_PAGES = 200
"""Pages that are timed, in one process, where several processes do the scoring."""

SHOWN_IDS = 5
ALIKE = 0.6
"""Share of the longer title that the shorter one, contained in it, has to be of to count as the same."""

DAY = len("2024-05-04")
METADATA = ("title", "title, about", "author", "author found", "date", "date found")
WITH_METADATA = (CLEANER, TRAFILATURA)
PINNED = ("f1", "articles", "title", "author", "date")
PROMISES = ("cleaning is repeatable", "edits lead from restore to the text", "a clean text stays")

_NAME_BREAK = re.compile(r"[;,|&/\n]|\b(?:and|by)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """A page, with what is known of it."""

    id: str
    url: str | None
    page_type: str
    html: str
    gold: str
    title: str | None
    author: str | None
    date: str | None
    wanted: tuple[str, ...]
    """Snippets that the text must have."""
    unwanted: tuple[str, ...]
    """Snippets that it must not have."""


def load(folder: Path, *, news: bool, pages: int | None, page_type: str | None) -> list[Page]:
    """Read a development set: all of it or one type, or a number of pages drawn by a fixed seed."""
    found = [
        Page(
            id=record["id"],
            url=record["url"] or None,
            page_type=record["page_type"],
            html=record["html"],
            gold=record["gold"],
            title=record["title"],
            author="; ".join(record["authors"]) if news else record["author"],
            date=record["date"],
            wanted=tuple(record.get("with", ())),
            unwanted=tuple(record.get("without", ())),
        )
        for record in records(folder / ("news-dev.jsonl.zst" if news else "wcxb-dev.jsonl.zst"))
        if page_type in (None, record["page_type"])
    ]
    if not found:
        raise SystemExit(f"no page is of the type {page_type!r}")
    return draw(found, pages)


def draw(pages: Sequence[Page], count: int | None) -> list[Page]:
    """Draw pages by a fixed seed; they stay in their order."""
    if count is None or count >= len(pages):
        return list(pages)
    chosen = random.Random(SEED).sample(range(len(pages)), count)
    return [pages[number] for number in sorted(chosen)]


@dataclass(frozen=True)
class Settings:
    """How the cleaner is called, and whether its promises are checked."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    with_url: bool = False
    promises: bool = False


@dataclass
class Turn:
    """What the systems made of one page, and the CPU seconds they took for its text."""

    outputs: dict[str, Output] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Systems:
    """The cleaner, the peers and the parser, which take turns on each page."""

    def __init__(self, settings: Settings) -> None:
        silence()
        self._settings = settings
        self._cleaner = Cleaner(only=settings.only, skip=settings.skip)

    def warm_up(self, pages: Sequence[Page], peers: Iterable[str]) -> None:
        """Have every system read some pages."""
        for number, page in enumerate(pages):
            self.turn(number, page, dict.fromkeys(peers), text_only=True)

    def turn(self, number: int, page: Page, peers: Iterable[str], *, text_only: bool = False) -> Turn:
        """Have every system read a page, in an order that changes; a system that fails gives nothing."""
        if number % FORGET_EVERY == 0:
            forget()
        works: dict[str, Callable[[], str | Document]] = {
            FLOOR: lambda: parse_only(page.html),
            CLEANER: lambda: self._clean(page),
            **{peer: lambda peer=peer: PEERS[peer](page.html) for peer in peers},  # type: ignore[misc]
        }
        turn = Turn()
        given: dict[str, str | Document] = {}
        for name in _order(list(works), number):
            start = time.process_time()
            try:
                given[name] = works[name]()
            except Exception as error:
                given[name] = ""
                turn.failed += (f"{name}: {type(error).__name__}",)
            turn.seconds[name] = time.process_time() - start
        if not text_only:
            turn.outputs = {name: self._complete(turn, page, name, given[name]) for name in works if name != FLOOR}
        return turn

    def _clean(self, page: Page) -> Document:
        return self._cleaner.clean(page.html, url=page.url if self._settings.with_url else None)

    def _complete(self, turn: Turn, page: Page, name: str, given: str | Document) -> Output:
        if isinstance(given, str):
            return Output(given) if name == CLEANER else complete(name, page.html, given)
        turn.flags = tuple({flag.name for flag in given.flags})
        if self._settings.promises:
            turn.broken = self._broken(page, given)
        return Output(given.text, given.title, "; ".join(given.authors) or None, given.date)

    def _broken(self, page: Page, document: Document) -> tuple[str, ...]:
        """Name the promises that a cleaned page breaks."""
        before = document.restore()
        again = self._clean(page)
        holds = (
            again == document and again.restore() == before,
            apply(before, document.edits) == document.text
            and all(before[edit.start : edit.end] == edit.removed for edit in document.edits),
            self._cleaner.clean(document.text).text == document.text,
        )
        return tuple(name for name, held in zip(PROMISES, holds, strict=True) if not held)


def _order(names: list[str], number: int) -> list[str]:
    """Let each system go first in turn, and before each other one as often as after it: they share caches."""
    rounds, first = divmod(number, len(names))
    order = names[first:] + names[:first]
    return order[::-1] if rounds % 2 else order


Job = tuple[int, Page, tuple[str, ...]]
"""A page with its number and the peers that are to read it."""

_systems: list[Systems] = []
"""The systems of a worker process."""


def _start_worker(settings: Settings) -> None:
    _systems[:] = [Systems(settings)]


def _work(job: Job) -> Turn:
    return _systems[0].turn(*job)


@dataclass
class Marks:
    """A system's marks for each page, in the order of the pages."""

    scores: list[Score] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    """Wanted snippets that are there, and how many there are in all."""
    left: list[tuple[int, int]] = field(default_factory=list)
    """Unwanted snippets that are still there, and how many there are in all."""
    metadata: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in METADATA})

    def add(self, page: Page, output: Output, gold: Counter[str]) -> None:
        """Mark one page."""
        self.scores.append(score(words(output.text), gold))
        text = plain(output.text)
        self.kept.append(_found(page.wanted, text))
        self.left.append(_found(page.unwanted, text))
        given: dict[str, bool] = {}
        if page.title:
            given["title"] = plain(output.title or "") == plain(page.title)
            given["title, about"] = same_title(output.title or "", page.title)
        if page.author:
            given["author found"] = bool(output.author)
            given["author"] = same_author(output.author or "", page.author)
        if page.date:
            given["date found"] = bool(output.date)
            given["date"] = (output.date or "")[:DAY] == page.date[:DAY]
        for name, right in given.items():
            self.metadata[name].append(right)


def plain(text: str) -> str:
    """Fold case and white space."""
    return " ".join(text.casefold().split())


def _found(snippets: Iterable[str], text: str) -> tuple[int, int]:
    folded = [folded for snippet in snippets if (folded := plain(snippet))]
    return sum(snippet in text for snippet in folded), len(folded)


def same_title(found: str, given: str) -> bool:
    """Tell whether two titles are the same, or one is most of the other."""
    short, long = sorted((plain(found), plain(given)), key=len)
    return short in long and len(short) >= ALIKE * len(long)


def same_author(found: str, given: str) -> bool:
    """Tell whether any name of one is in a name of the other, word for word."""
    return any(
        f" {one} " in f" {other} " or f" {other} " in f" {one} " for one in _names(found) for other in _names(given)
    )


def _names(authors: str) -> list[str]:
    parts = (" ".join(_WORD.findall(part.casefold())) for part in _NAME_BREAK.split(authors))
    return [part for part in parts if part]


@dataclass
class Run:
    """The marks and times of each system."""

    pages: Sequence[Page]
    marks: dict[str, Marks] = field(default_factory=lambda: defaultdict(Marks))
    timed: Sequence[Page] = ()
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    flags: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] | None = None
    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def f1(self, system: str, wanted: Callable[[Page], bool] = lambda _: True) -> float:
        """Give a system's mean F1 over the pages that are wanted."""
        scores = self.marks[system].scores
        return mean(each.f1 for each, page in zip(scores, self.pages, strict=True) if wanted(page))

    def add(self, page: Page, turn: Turn, known: Mapping[str, Output]) -> None:
        """Mark a page for every system; what is known already of peers counts as read."""
        gold = words(page.gold)
        for system, output in {**turn.outputs, **known}.items():
            self.marks[system].add(page, output, gold)
        self.flags.update(turn.flags)
        for failure in turn.failed:
            self.failed[failure].append(page.id)
        for promise in turn.broken:
            if self.broken is not None:
                self.broken[promise].append(page.id)


def measure(pages: Sequence[Page], settings: Settings, peers: Sequence[str], cache: Cache, jobs: int) -> Run:
    """Read and mark every page with every system; time them all, or a sample if several processes work."""
    run = Run(pages, broken={name: [] for name in PROMISES} if settings.promises else None)
    known = [{peer: output for peer in peers if (output := cache.get(page.id, peer))} for page in pages]
    work = [
        (number, page, tuple(peer for peer in peers if peer not in outputs))
        for number, (page, outputs) in enumerate(zip(pages, known, strict=True))
    ]
    run.timed = draw(pages, TIMED_PAGES) if jobs > 1 else pages
    always = [peer for peer in peers if not any(peer in outputs for outputs in known)]
    systems = Systems(settings)
    systems.warm_up(pages[:WARM_UP], always)
    for (_, page, asked), turn, outputs in zip(work, _turns(work, systems, settings, jobs), known, strict=True):
        cache.add(page.id, {peer: turn.outputs[peer] for peer in asked})
        run.add(page, turn, outputs)
        if jobs == 1:
            _clock(run, turn, always)
        progress(len(run.marks[CLEANER].scores), len(pages))
    if jobs > 1:
        for number, page in enumerate(run.timed):
            _clock(run, systems.turn(number, page, always, text_only=True), always)
    return run


def _turns(work: Sequence[Job], systems: Systems, settings: Settings, jobs: int) -> Iterator[Turn]:
    if jobs == 1:
        for job in work:
            yield systems.turn(*job)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(settings,)) as pool:
        yield from pool.map(_work, work, chunksize=4)


def _clock(run: Run, turn: Turn, peers: Sequence[str]) -> None:
    """Keep the times of a page, but not of peers that only read some of the pages."""
    for system in (FLOOR, CLEANER, *peers):
        run.seconds[system].append(turn.seconds[system])


def report(run: Run, *, news: bool, folds: int) -> dict[str, Any]:
    """Sum a run up as plain values."""
    ranked = sorted(run.marks, key=lambda system: (system == CLEANER, run.f1(system)))
    megabytes = sum(len(page.html.encode()) for page in run.timed) / 1e6
    summary: dict[str, Any] = {
        "set": "html-news" if news else "html",
        "pages": len(run.pages),
        "timed": len(run.timed),
        "megabytes": megabytes,
        "types": dict(Counter(page.page_type for page in run.pages).most_common()),
        "systems": {system: _quality(run, system) for system in ranked},
        "speed": {system: speed(seconds, megabytes) for system, seconds in run.seconds.items()},
        "ratios": {
            system: sum(run.seconds[system]) / sum(run.seconds[CLEANER])
            for system in run.seconds
            if system not in (CLEANER, FLOOR)
        },
        "flags": dict(run.flags.most_common()),
        "failed": dict(run.failed),
    }
    if folds:
        summary["folds"] = _folds(run, ranked, folds)
    if run.broken is not None:
        summary["promises"] = run.broken
    return summary


def _quality(run: Run, system: str) -> dict[str, Any]:
    marks = run.marks[system]
    quality: dict[str, Any] = {
        "f1": run.f1(system),
        "precision": mean(each.precision for each in marks.scores),
        "recall": mean(each.recall for each in marks.scores),
        "articles": run.f1(system, lambda page: page.page_type == ARTICLE),
        "kept": _share(marks.kept),
        "left": _share(marks.left),
        "types": {},
    }
    for name, _ in Counter(page.page_type for page in run.pages).most_common():
        scores = [each for each, page in zip(marks.scores, run.pages, strict=True) if page.page_type == name]
        quality["types"][name] = {
            "f1": mean(each.f1 for each in scores),
            "precision": mean(each.precision for each in scores),
            "recall": mean(each.recall for each in scores),
        }
    if system in WITH_METADATA:
        quality["metadata"] = {name: mean(map(float, right)) for name, right in marks.metadata.items()}
        quality["given"] = {name: len(right) for name, right in marks.metadata.items()}
    return quality


def _share(counts: Iterable[tuple[int, int]]) -> float:
    known = list(counts)
    total = sum(all_of for _, all_of in known)
    return sum(found for found, _ in known) / total if total else math.nan


def _folds(run: Run, systems: Sequence[str], count: int) -> dict[str, list[float]]:
    """Give the mean F1 of parts of the set; no site is in two of them. Last, the cleaner's lead over each peer."""
    part = _deal(run.pages, count)
    folds = {
        system: [run.f1(system, lambda page, fold=fold: part[page.id] == fold) for fold in range(count)]  # type: ignore[misc]
        for system in systems
    }
    leads = {
        f"{CLEANER} over {peer}": [ours - theirs for ours, theirs in zip(folds[CLEANER], folds[peer], strict=True)]
        for peer in systems
        if peer != CLEANER
    }
    return folds | leads


def _deal(pages: Sequence[Page], count: int) -> dict[str, int]:
    """Deal the sites, shuffled by a fixed seed, each to the part with the fewest pages so far."""
    suffixes = PublicSuffixList()
    sites: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        host = urlsplit(page.url or "").hostname
        sites[(suffixes.privatesuffix(host) or host) if host else page.id].append(page.id)
    shuffled = sorted(sites)
    random.Random(SEED).shuffle(shuffled)
    sizes = [0] * count
    part: dict[str, int] = {}
    for site in shuffled:
        fold = sizes.index(min(sizes))
        sizes[fold] += len(sites[site])
        part |= dict.fromkeys(sites[site], fold)
    return part


def show(summary: Mapping[str, Any]) -> str:
    """Lay a summary out as tables."""
    systems: Mapping[str, Any] = summary["systems"]
    types: Mapping[str, int] = summary["types"]
    rows = [
        [name, *numbers([of["f1"], of["precision"], of["recall"], of["kept"], of["left"]])]
        for name, of in systems.items()
    ]
    blocks = [
        "{set}: {pages} pages".format_map(summary),
        lay_out([["system", "F1", "P", "R", "kept", "left in"], *rows]),
    ]
    for title, key in (("F1", "f1"), ("P", "precision"), ("R", "recall")):
        rows = [[name, *numbers(each[key] for each in of["types"].values())] for name, of in systems.items()]
        blocks.append(lay_out([[f"{title} by type", *types], ["pages", *map(str, types.values())], *rows]))
    with_metadata = {name: of for name, of in systems.items() if "metadata" in of}
    rows = [[name, *numbers(of["metadata"].values())] for name, of in with_metadata.items()]
    given = ["pages where it is known", *map(str, systems[CLEANER]["given"].values())]
    blocks.append(lay_out([["metadata", *METADATA], given, *rows]))
    blocks += [_show_folds(summary), _show_speed(summary), _show_notes(summary)]
    return "\n\n".join(block for block in blocks if block)


def _show_folds(summary: Mapping[str, Any]) -> str:
    if "folds" not in summary:
        return ""
    folds: Mapping[str, Sequence[float]] = summary["folds"]
    header = ["F1 by fold", *map(str, range(1, 1 + len(folds[CLEANER]))), "mean", "deviation"]
    rows = [[name, *numbers([*of, statistics.fmean(of), statistics.stdev(of)])] for name, of in folds.items()]
    return lay_out([header, *rows])


def _show_speed(summary: Mapping[str, Any]) -> str:
    lines = [lay_out_speeds(summary["speed"], title="speed, one core", unit="pages")]
    lines += [f"{CLEANER} is {ratio:.2f} times as fast as {peer}" for peer, ratio in summary["ratios"].items()]
    if summary["timed"] < summary["pages"]:
        lines.append(f"timed in one process on {summary['timed']} of the pages")
    missing = [peer for peer in summary["systems"] if peer not in summary["speed"]]
    if missing:
        lines.append(f"not timed, as their output was stored: {', '.join(missing)}")
    return "\n".join(lines)


def _show_notes(summary: Mapping[str, Any]) -> str:
    lines = [f"flag {name}: {count} pages" for name, count in summary["flags"].items()]
    lines += [f"failed, {name}: {_examples(ids)}" for name, ids in summary["failed"].items()]
    lines += [f"promise {name!r}: broken by {_examples(ids)}" for name, ids in summary.get("promises", {}).items()]
    return "\n".join(lines)


def _examples(ids: Sequence[str]) -> str:
    return f"{len(ids)} pages" + (f" ({', '.join(ids[:SHOWN_IDS])})" if ids else "")


def show_worst(run: Run, count: int) -> str:
    """List the pages that the cleaner scores lowest on, with trafilatura's F1 beside."""
    theirs = run.marks[TRAFILATURA].scores if TRAFILATURA in run.marks else [Score(*[math.nan] * 3)] * len(run.pages)
    rows = [
        [page.id, page.page_type, *numbers([ours.f1, ours.precision, ours.recall, other.f1])]
        for ours, other, page in sorted(
            zip(run.marks[CLEANER].scores, theirs, run.pages, strict=True), key=lambda row: (row[0].f1, row[2].id)
        )[:count]
    ]
    return lay_out([["lowest", "type", "F1", "P", "R", TRAFILATURA], *rows])


def measures(summary: Mapping[str, Any]) -> dict[str, float]:
    """Give the numbers that floors are for."""
    quality = summary["systems"][CLEANER]
    metadata = quality["metadata"]
    return {
        "f1": quality["f1"],
        "articles": quality["articles"],
        "title": metadata["title, about"],
        "author": metadata["author"],
        "date": metadata["date"],
        "ratio": summary["ratios"].get(TRAFILATURA, math.nan),
    }


def broken(summary: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give the pages that break a promise, and those that the cleaner failed on."""
    failed = {f"{name}, no error": ids for name, ids in summary["failed"].items() if name.startswith(f"{CLEANER}:")}
    return {**summary.get("promises", {}), **failed}


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.html", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where wcxb-dev.jsonl.zst and news-dev.jsonl.zst are")
    parser.add_argument("--news", action="store_true", help="the news set: 89 pages in many languages")
    parser.add_argument("--sample", "--limit", type=int, metavar="N", help="N pages drawn by a fixed seed")
    parser.add_argument("--type", help="one page type, such as article or forum")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), metavar="NAME", help="these: " + ", ".join(PEERS))
    parser.add_argument("--no-peers", action="store_true", help="the cleaner and the parser alone")
    parser.add_argument("--peer-cache", type=Path, metavar="FILE", help="store what peers give, to run each once")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that score; one does the timing")
    parser.add_argument("--with-url", action="store_true", help="tell the cleaner each page's URL")
    parser.add_argument("--promises", action="store_true", help="check restore and idempotence on each page")
    parser.add_argument("--folds", type=int, default=0, metavar="K", help="scores of K parts that share no site")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="as for `clean run`")
    parser.add_argument("--skip", action="append", default=[], metavar="NAME", help="as for `clean run`")
    parser.add_argument("--worst", type=int, metavar="N", help="list the N pages that do worst")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the numbers as JSON")
    parser.add_argument("--check", action="store_true", help="fail if a score is below its floor")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the scores of this run")
    options = parser.parse_args(arguments)
    partial = options.sample or options.type or options.only or options.skip or options.with_url
    if (options.check or options.pin) and partial:
        parser.error("floors are for the whole set and the whole cleaner, without URLs")
    if options.no_peers and options.peers:
        parser.error("--peers and --no-peers exclude each other")
    if options.folds == 1 or min(options.folds, options.jobs - 1) < 0:
        parser.error("--folds needs two or more, --jobs one or more")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; give 1 if ``--check`` found a score below its floor."""
    options = _arguments(arguments)
    pages = load(options.folder, news=options.news, pages=options.sample, page_type=options.type)
    settings = Settings(tuple(options.only), tuple(options.skip), options.with_url, options.promises)
    peers = () if options.no_peers else options.peers or tuple(PEERS)
    run = measure(pages, settings, peers, Cache(options.peer_cache), options.jobs)
    summary = report(run, news=options.news, folds=options.folds)
    print(show(summary))
    if options.worst:
        print("\n" + show_worst(run, options.worst))
    if options.save:
        options.save.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return settle(
        summary["set"], measures(summary), broken(summary), pinned=PINNED, pin=options.pin, check=options.check
    )


if __name__ == "__main__":
    sys.exit(main())
