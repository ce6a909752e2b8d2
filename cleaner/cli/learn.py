"""``clean learn``: count what the pages of each site have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.config import Settings
    from cleaner.corpus.counting import LineCounter

EXAMPLES = examples(
    [
        ("clean learn raw/ -o frequencies", "a folder for each site"),
        ("clean learn raw/ -o frequencies --site example.com", "all pages of one site"),
        ("clean learn crawl/*.warc.gz -o frequencies", "of archives; addresses tell the sites"),
        ("clean learn -o all --add part-1 --add part-2", "counts of parts, put together"),
        ("clean run raw/ out/ --frequencies frequencies", "drop what recurs"),
    ]
)


def learn(
    raw: Annotated[
        list[str] | None,
        typer.Argument(metavar="RAW", help="Raw pages: folders, files of many (.jsonl, .parquet, .warc), addresses."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write the counts to.")
    ] = None,
    add: Annotated[
        list[Path] | None,
        typer.Option("--add", metavar="FILE", help="Add the counts of an earlier file. May be repeated."),
    ] = None,
    site: Annotated[str | None, typer.Option(metavar="HOST", help="The site that all pages are from.")] = None,
    extension: Annotated[
        list[str] | None, typer.Option(metavar="EXT", help="Count only files that end so (txt). May be repeated.")
    ] = None,
    text_field: options.TextField = None,
    html_field: options.HtmlField = None,
    url_field: options.UrlField = None,
    max_size: options.MaxSize = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    config: options.Config = None,
) -> None:
    """Count on how many pages of its site each line stands; nothing is cleaned.

    A line that recurs on many pages of a site is the page's and not the author's. A record's address tells its site;
    of other pages the first folder below RAW does, and those that lie in RAW itself are of the site that RAW is
    called. Case and numbers do not count, and another version of a page that was counted is passed over. The file is
    JSON Lines, a line for each site.
    """
    from cleaner import config as configuration
    from cleaner.corpus.counting import LineCounter
    from cleaner.frequency import read_counts

    if output is None:
        raise ConfigError("where to? Name a file for the counts: -o frequencies")
    if not raw and not add:
        raise ConfigError("nothing to count: name a folder of raw pages, or files of counts with --add")
    settings = configuration.load(Path.cwd(), config).over(
        {
            "extension": tuple(extension or ()),
            "text_field": text_field,
            "html_field": html_field,
            "url_field": url_field,
            "max_size": max_size,
            "site": site,
        }
    )
    counter = LineCounter(read_counts(add or ()))
    skipped = count(raw or (), counter, settings)
    write(counter, output)
    if not quiet:
        say(told(counter, skipped))


def count(raw: Iterable[str], counter: LineCounter, settings: Settings, *, avoid: Path | None = None) -> int:
    """Count the lines of all pages in some places, but for the folder ``avoid``; give the number of those left out."""
    from cleaner.batch.records import Fields
    from cleaner.corpus.counting import text_of
    from cleaner.corpus.sources import pages_in, site_of

    fields = Fields(settings.text_field, settings.html_field, settings.id_field, settings.url_field)
    skipped = 0
    for place in raw:
        for page in pages_in(place, settings.extension, max_size=settings.max_size, fields=fields, avoid=avoid):
            text = text_of(page.raw, page.charset)
            if text is None:
                skipped += 1
            else:
                counter.add(settings.site or site_of(page), text)
    return skipped


def write(counter: LineCounter, file: Path) -> None:
    """Write the counts, without the keys that recur nowhere."""
    from cleaner.batch.writing import write_atomically
    from cleaner.frequency.counts import write_counts

    counter.forget_rare()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        content = "".join(write_counts(counter.sites)).encode("utf-8", "surrogatepass")
        write_atomically(file, content, scratch=file.parent)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None


def told(counter: LineCounter, skipped: int) -> str:
    """Sum up what was counted."""
    from cleaner.frequency.proposals import MIN_PAGES, MIN_SHARE, Frequencies

    lines = Frequencies(counter.sites).lines
    pages = sum(counts.pages for counts in counter.sites.values())
    few = sum(counts.pages < MIN_PAGES for counts in counter.sites.values())
    asides = [
        text
        for number, text in (
            (counter.copies, f"{counter.copies:,} other versions of these"),
            (skipped, f"{skipped:,} that are no text or cannot be read"),
        )
        if number
    ]
    passed = f" (passed over: {', '.join(asides)})" if asides else ""
    sites = len(counter.sites)
    said = f"{pages:,} page{'s' * (pages != 1)} of {sites:,} site{'s' * (sites != 1)}{passed}: "
    said += f"{sum(lines.values()):,} lines stand on {MIN_SHARE:.0%} of a site's pages or more"
    if few:
        said += f"\n{few:,} site{' has' if few == 1 else 's have'} fewer than {MIN_PAGES} pages, too few to tell"
    return said
