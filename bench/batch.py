"""How fast `clean run` goes through many small documents, what --jobs adds, and what memory it takes.

usage: python -m bench.batch [--documents N] [--jobs N ...] [--repeat N]

Documents are invented: paragraphs of made-up sentences between the noise of a news page. Times are of the
whole command, start-up included; each is the best of the repeats. Memory is the high-water mark of the run's
own process and of its largest worker, read from /proc while it runs, at a tenth of the documents and at all
of them.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = """
the a river council bridge morning report that would with from about people town water office said has been
after before which new old plan work week officials engineers repair season market harvest school station
north south winter budget letter question answer meeting members public
""".split()  # noqa: SIM905
HEAD = ["Home | News | Sport | Weather", "Skip to content", "Share on Facebook", "Published 4 May 2024"]
TAIL = ["Related articles", "Bridge closes for repairs", "Leave a comment", "Powered by WordPress"]


def page(seed: int) -> str:
    """Invent a page of about 3 kB."""
    chance = random.Random(seed)
    story = []
    for _ in range(6):
        sentences = (" ".join(chance.choices(WORDS, k=chance.randint(9, 18))) for _ in range(5))
        story.append(" ".join(f"{sentence.capitalize()}." for sentence in sentences))
    return "\n\n".join([*HEAD, f"Bridge report number {seed}", *story, *TAIL]) + "\n"


def write_pages(folder: Path, count: int) -> None:
    """Write so many pages, a thousand to a folder."""
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        place.mkdir(exist_ok=True)
        (place / f"{number:06}.txt").write_text(page(number), encoding="utf-8")


def run(raw: Path, out: Path, *options: str) -> tuple[float, int, int]:
    """Run the command; give seconds, and the kilobytes of its process and of its largest worker."""
    command = [sys.executable, "-c", "from cleaner.cli import main; main()", "run", str(raw), str(out), "-q"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, *options])
    own = largest = 0
    while process.poll() is None:
        own = max(own, high_water(process.pid))
        largest = max([largest, *map(high_water, children(process.pid))])
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"clean run failed with exit code {process.returncode}")
    return time.perf_counter() - began, own, largest


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


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        many, few = Path(place, "many"), Path(place, "few")
        for folder, count in ((many, options.documents), (few, max(options.documents // 10, 1))):
            folder.mkdir()
            write_pages(folder, count)
        outs = (Path(place, f"out{number}") for number in range(1000))
        print(f"{'':24}{'seconds':>9}{'docs/s':>9}{'speed-up':>10}{'run MB':>9}{'worker MB':>11}")
        base = 0.0
        for jobs in options.jobs:
            few_result = run(few, next(outs), "--jobs", str(jobs))
            show(f"{jobs} jobs, {options.documents // 10:,}", options.documents // 10, few_result, 0.0)
            result = min(run(many, next(outs), "--jobs", str(jobs)) for _ in range(options.repeat))
            base = base or result[0]
            show(f"{jobs} jobs, {options.documents:,}", options.documents, result, base)
        out = next(outs)
        run(many, out)
        again = run(many, out)
        show(f"unchanged, {options.documents:,}", options.documents, again, 0.0)


def show(name: str, documents: int, result: tuple[float, int, int], base: float) -> None:
    """Print one row."""
    seconds, own, worker = result
    speed_up = f"{base / seconds:10.2f}" if base else " " * 10
    rate = documents / seconds
    print(f"{name:24}{seconds:9.1f}{rate:9.0f}{speed_up}{own / 1024:9.1f}{worker / 1024:11.1f}", flush=True)


if __name__ == "__main__":
    main()
