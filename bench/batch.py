"""How fast `clean run` goes through many documents, beside datatrove, and what its books cost.

usage: python -m bench.batch [--documents N] [--data FOLDER] [--datatrove PYTHON]

Documents are pages of the development set, if that is at hand, each cut at the end of a line after about 3,000
characters, or else invented ones of that size. They lie in four files of JSON Lines, so that two workers of either
tool have something to do. Times are of whole commands, start-up included. Memory is the high-water mark of the run's
own process and of its largest worker, read from /proc while it runs.

datatrove's local executor runs its C4 filter on the same files: it reads, judges line by line, and writes. It is asked
of another Python, because it brings much along: `--datatrove /path/to/venv/bin/python`.

The cost of the books (manifest, edits kept, synced files) is what `clean run raw/ out/` takes beyond the same run to
a pipe, which keeps none.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

FILES = 4
CHARACTERS = 3000
SEED = 7

CLEAN = [sys.executable, "-c", "from cleaner.cli import main; main()", "run"]

DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import C4QualityFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
if __name__ == "__main__":
    raw, out, workers, tasks = sys.argv[1:]
    steps = [JsonlReader(raw), C4QualityFilter(), JsonlWriter(out, compression=None)]
    LocalPipelineExecutor(steps, tasks=int(tasks), workers=int(workers), logging_dir=out + "-logs").run()
"""

WORDS = """
the a river council bridge morning report that would with from about people town water office said has been
after before which new old plan work week officials engineers repair season market harvest school station
north south winter budget letter question answer meeting members public
""".split()  # noqa: SIM905
HEAD = ["Home | News | Sport | Weather", "Skip to content", "Share on Facebook", "Published 4 May 2024"]
TAIL = ["Related articles", "Bridge closes for repairs", "Leave a comment", "Powered by WordPress"]


def invented() -> Iterator[str]:
    """Invent pages of about 3 kB: paragraphs of made-up sentences between the noise of a news page."""
    for seed in range(1_000_000_000):
        chance = random.Random(seed)
        story = []
        for _ in range(6):
            sentences = (" ".join(chance.choices(WORDS, k=chance.randint(9, 18))) for _ in range(5))
            story.append(" ".join(f"{sentence.capitalize()}." for sentence in sentences))
        yield "\n\n".join([*HEAD, f"Bridge report number {seed}", *story, *TAIL]) + "\n"


def pages(folder: Path | None) -> Iterator[str]:
    """Give pages without end: those of a development set, shuffled and cut, or invented ones."""
    if folder is None:
        yield from invented()
        return
    from bench.data import load

    samples = [sample.raw for sample in load(folder)]
    random.Random(SEED).shuffle(samples)
    for number, raw in enumerate(cycle(samples)):
        end = raw.find("\n", CHARACTERS)
        yield f"Page {number:,}\n\n{raw[: end if end != -1 else None]}\n"


@dataclass(frozen=True)
class Result:
    """What a command took."""

    seconds: float
    own: int
    """Kilobytes of its process."""
    worker: int
    """Kilobytes of its largest child."""


def run(command: list[str], into: Path | None = None) -> Result:
    """Run a command to its end, its output into a file or nowhere."""
    with open(into or "/dev/null", "wb") as target:  # noqa: PTH123
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=target, stderr=subprocess.PIPE)
        own = largest = 0
        while process.poll() is None:
            own = max(own, high_water(process.pid))
            largest = max([largest, *map(high_water, children(process.pid))])
            time.sleep(0.05)
        seconds = time.perf_counter() - began
    if process.returncode not in (0, 1):
        assert process.stderr is not None
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{process.stderr.read().decode()}")
    return Result(seconds, own, largest)


def children(pid: int) -> list[int]:
    """Give the processes that a process started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def high_water(pid: int) -> int:
    """Give the most memory that a process has had, in kilobytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


class Table:
    """Rows as they come."""

    def __init__(self) -> None:
        print(f"{'':44}{'seconds':>9}{'docs/s':>9}{'MB/s':>8}{'run MB':>9}{'worker MB':>11}")

    def show(self, name: str, documents: int, size: int, result: Result) -> None:
        """Print a row."""
        rates = f"{documents / result.seconds:9,.0f}{size / 1e6 / result.seconds:8.2f}"
        print(f"{name:44}{result.seconds:9.1f}{rates}{result.own / 1024:9.1f}{result.worker / 1024:11.1f}", flush=True)


def write(folder: Path, count: int, data: Path | None) -> int:
    """Write so many documents as JSON Lines; give their bytes."""
    folder.mkdir()
    size = 0
    files = [(folder / f"{number}.jsonl").open("w", encoding="utf-8") for number in range(FILES)]
    for number, (file, text) in enumerate(zip(cycle(files), pages(data), strict=False)):
        if number == count:
            break
        size += len(text.encode())
        file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    for file in files:
        file.close()
    return size


def write_loose(folder: Path, count: int, data: Path | None) -> int:
    """Write so many documents as files of their own, a thousand to a folder; give their bytes."""
    size = 0
    for number, text in zip(range(count), pages(data), strict=False):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="the development sets")
    parser.add_argument("--datatrove", metavar="PYTHON", help="a Python that has datatrove and spacy")
    options = parser.parse_args()
    count, data = options.documents, options.data
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        few, few_size = count // 10, write(place / "few", count // 10, data)
        size = write(place / "many", count, data)
        table = Table()
        if options.datatrove:
            (place / "peer.py").write_text(DATATROVE)
            for workers in (1, 2):
                peer = [options.datatrove, str(place / "peer.py"), str(place / "many"), str(place / f"peer{workers}")]
                result = run([*peer, str(workers), str(FILES)])
                table.show(f"datatrove, C4 filter, {workers} workers, {count:,}", count, size, result)
        small = run([*CLEAN, str(place / "few"), str(place / "out-few"), "-q", "-j1"])
        table.show(f"clean run, 1 worker, {few:,}", few, few_size, small)
        one = run([*CLEAN, str(place / "many"), str(place / "out1"), "-q", "-j1"])
        table.show(f"clean run, 1 worker, {count:,}", count, size, one)
        two = run([*CLEAN, str(place / "many"), str(place / "out2"), "-q", "-j2"])
        table.show(f"clean run, 2 workers, {count:,}", count, size, two)
        bare = run([*CLEAN, str(place / "many"), "-", "--format", "jsonl", "-q", "-j2"], into=place / "bare")
        table.show(f"clean run, 2 workers, no books, {count:,}", count, size, bare)
        loose = write_loose(place / "loose", count, data)
        first = run([*CLEAN, str(place / "loose"), str(place / "out-loose"), "-q", "-j2"])
        table.show(f"clean run, 2 workers, {count:,} files", count, loose, first)
        again = run([*CLEAN, str(place / "loose"), str(place / "out-loose"), "-q", "-j2"])
        table.show(f"the same again, {count:,} files", count, loose, again)
    print(f"from 1 worker to 2: {one.seconds / two.seconds:.2f} times as fast")
    print(f"memory of the run from {few:,} documents to {count:,}: {one.own / small.own:.2f} times")
    print(f"manifest and audit: {1 - bare.seconds / two.seconds:.1%} of the run")
    print(f"a second run that finds nothing new: {again.seconds / first.seconds:.1%} of the first")


if __name__ == "__main__":
    main()
