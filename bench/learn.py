"""How fast `clean learn` counts the lines of a corpus of many sites, and what memory it takes.

usage: python -m bench.learn [--documents N] [--sites N] [--html]

Documents are invented: paragraphs of made-up sentences, other stories and comments in the furniture of their site,
which has words of its own. They are dealt to the sites in turn, and counted in one process, as files: site by site, as
folders are walked, and shuffled, as in a crawl. Times are of that process, start-up included, by its own clock
(CPU seconds); megabytes are those of the files. Memory is the high-water mark of the process.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.batch import high_water

SENTENCES = 20_000
SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu".split()  # noqa: SIM905
HTML_SCRIPT = 12_000
"""Characters of script in an HTML page: text is a small part of what comes from the web."""


def word(chance: random.Random) -> str:
    """Invent a word."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3)))


def sentence(chance: random.Random) -> str:
    """Invent a sentence of about 90 characters."""
    return " ".join(word(chance) for _ in range(chance.randint(12, 24))).capitalize() + "."


class Corpus:
    """Invents pages of about 4 kB."""

    def __init__(self) -> None:
        chance = random.Random(0)
        self._sentences = [sentence(chance) for _ in range(SENTENCES)]

    def page(self, site: int, number: int, *, html: bool) -> str:
        """Invent a page of a site."""
        own = random.Random(site)
        head = [" ".join(word(own) for _ in range(own.randint(1, 4))) for _ in range(20)]
        tail = [" ".join(word(own) for _ in range(own.randint(2, 9))) for _ in range(15)]
        chance = random.Random(f"{site}/{number}")
        story = [" ".join(chance.choices(self._sentences, k=4)) for _ in range(7)]
        others = [text[:50] for text in chance.choices(self._sentences, k=12)]
        date = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.2024 {chance.randint(0, 23)}:{chance.randint(10, 59)}"
        comments = [f"{chance.randint(0, 99)} {tail[0]}", *chance.choices(self._sentences, k=2)]
        if not html:
            middle = [others[0], date, "", "\n\n".join(story), ""]
            return "\n".join([*head, *middle, *others, *comments, *tail])
        rows = [f"<li><a href='/{number}'>{line}</a></li>" for line in (*head, *others)]
        body = "".join([*rows, f"<h1>{date}</h1>", *(f"<p>{line}</p>" for line in (*story, *comments, *tail))])
        script = "".join(chance.choices("abcdef(){}; ", k=100)) * (HTML_SCRIPT // 100)
        return f"<!doctype html><html><head><script>{script}</script></head><body>{body}</body></html>"


def write_pages(folder: Path, documents: int, sites: int, *, html: bool, shuffled: bool) -> float:
    """Write so many pages, and give their megabytes.

    A walk goes by names. Shuffled, the folders are made of parts of sites: the first page of each comes first.
    """
    corpus = Corpus()
    size = 0
    for number in range(documents):
        site, page = number % sites, number // sites
        place = folder / (f"{page:05}" if shuffled else f"site-{site:05}")
        place.mkdir(exist_ok=True)
        content = corpus.page(site, page, html=html).encode()
        (place / (f"site-{site:05}.txt" if shuffled else f"{page:05}.txt")).write_bytes(content)
        size += len(content)
    return size / 1e6


COUNT = """
import sys
from pathlib import Path
from cleaner.cli.learn import told, write
from cleaner.corpus.counting import LineCounter, text_of
from cleaner.corpus.sources import pages_in
folder, file, shuffled = sys.argv[1:]
counter = LineCounter()
if shuffled == "shuffled":
    for path in sorted(Path(folder).rglob("*.txt")):
        counter.add(path.stem, text_of(path.read_bytes()))
else:
    for page in pages_in(folder, max_size=32):
        counter.add(page.site, text_of(page.raw))
write(counter, Path(file))
print("   ", told(counter, 0))
"""


def count(folder: Path, file: Path, order: str) -> tuple[float, float]:
    """Count in a process of its own; give its CPU seconds and its megabytes at most."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([sys.executable, "-c", COUNT, str(folder), str(file), order])
    most = 0
    while process.poll() is None:
        most = max(most, high_water(process.pid))
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    if process.returncode:
        raise SystemExit(f"counting failed with exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most / 1024


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--html", action="store_true", help="pages are HTML, of about 17 kB")
    options = parser.parse_args()
    for order in ("by site", "shuffled"):
        with tempfile.TemporaryDirectory() as place:
            folder, file = Path(place, "raw"), Path(place, "frequencies")
            folder.mkdir()
            size = write_pages(
                folder, options.documents, options.sites, html=options.html, shuffled=order == "shuffled"
            )
            seconds, memory = count(folder, file, order)
            written = file.stat().st_size / 1e6
        print(
            f"{order:10}{options.documents:9,} documents, {size:7.1f} MB: {seconds:6.1f} s CPU, "
            f"{size / seconds:5.1f} MB/s, {memory:6.1f} MB of memory, file {written:.1f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
