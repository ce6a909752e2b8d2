"""``clean rules new``: the first draft of a site's rule file, from some of its raw pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import say
from cleaner.cli.rules.listing import load, plural, report_errors, short, write
from cleaner.cli.rules.writing import DEFAULT_FOLDER, folder_for, refuse_to_replace, save
from cleaner.cli.screen import visible
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.config import Settings
    from cleaner.corpus.draft import Draft
    from cleaner.corpus.sources import RawPage
    from cleaner.rules import RuleSet

EXAMPLES = examples(
    [
        ("clean rules new millbrook.example --from raw/millbrook/", "writes rules/sites/millbrook.example.toml"),
        ("clean rules new millbrook.example --from crawl.warc.gz --rules my-rules", "its pages among others"),
        ("clean rules new millbrook.example --from raw/millbrook/ --dry-run", "look first, write nothing"),
    ]
)

MOST_LEFT = 10
"""Lines that are told of those that stay and may be none of the articles'."""
MOST_PAGES = 100
"""Pages that are compared; of more, so many are drawn, the same ones every time."""


def new(
    host: Annotated[str, typer.Argument(metavar="HOST", help="The site, as it stands in its addresses.")],
    from_: Annotated[
        list[str],
        typer.Option(
            "--from",
            metavar="RAW",
            help="Raw pages of the site: a folder, a file (.jsonl, .parquet, .warc too), an address. May be repeated.",
            rich_help_panel=options.RECORDS,
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.", rich_help_panel=options.OUTPUT)
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write the draft to stdout, and no file.", rich_help_panel=options.OUTPUT),
    ] = False,
    text_field: options.TextField = None,
    html_field: options.HtmlField = None,
    url_field: options.UrlField = None,
    rules: options.RulesInto = None,
    config: options.Config = None,
) -> None:
    """Draft the rule file of a site from some of its raw pages: three at least, ten or more to be good.

    What recurs on the pages becomes rules: lines and elements, exactly or but for their numbers, dates and names;
    lists below a heading; bylines, dates and sections as captures; and fingerprints that tell the site without an
    address. Each rule is tried on the pages and shown by an example; one that takes what may be the author's is left
    out, and said. The file goes to sites/HOST.toml in the folder of --rules (the last one), or of clean.toml, or else
    in rules/.
    """
    from cleaner import config as configuration
    from cleaner.corpus.draft import draft

    host = _host(host)
    settings = configuration.load(Path.cwd(), config).over(
        {"rules": tuple(rules or ()), "text_field": text_field, "html_field": html_field, "url_field": url_field}
    )
    folder = folder_for(settings)
    file = folder / "sites" / f"{host}.toml"
    present = [path for path in settings.rules or (DEFAULT_FOLDER,) if path.exists()]
    rule_set = load(present, config)
    report_errors(rule_set)
    if not dry_run:
        _refuse_taken(host, file, rule_set, force=force)
    pages = _drawn(page for place in from_ for page in _pages(host, place, settings))
    if not pages:
        raise ConfigError(f"no page of {host} in {', '.join(from_)}")
    made = draft(host, [(page.raw, page.charset) for page in pages], rule_set)
    if dry_run:
        write(made.text.removesuffix("\n"))
    else:
        save(file, made.text)
    _report(made, short(str(file)), is_written=not dry_run)
    if not dry_run:
        _next(file, folder, pages[0].path)


def _host(said: str) -> str:
    """Understand HOST: with all its subdomains, so without "www."."""
    from cleaner.rules.hosts import host_of, is_public_suffix, normalise

    host = normalise(said)
    if host is None:
        inside = host_of(said) or host_of(f"https://{said}")
        raise ConfigError(f"{said!r} is no host, such as news.example.com{f'; {inside} would be' if inside else ''}")
    if is_public_suffix(host):
        raise ConfigError(f"{host} is no site: anyone can have one below it; name that")
    return host.removeprefix("www.")


def _refuse_taken(host: str, file: Path, rule_set: RuleSet, *, force: bool) -> None:
    """Refuse to write a file over another one, or beside one of the same id."""
    from cleaner.rules.load import builtin_folder

    refuse_to_replace(file, force=force)
    if file.exists():
        return
    known = rule_set.get(host)
    if known is None:
        return
    if not Path(known.path).is_relative_to(builtin_folder()):
        raise ConfigError(f"{short(known.path)} has the id {host} already; remove it first, or add to it")
    if not force:
        raise ConfigError(f"{host} has rules already (clean rules show {host}); --force puts yours in their place")


def _pages(host: str, place: str, settings: Settings) -> Iterator[RawPage]:
    """Read the pages of a place, but for those that their addresses show to be of other sites."""
    from cleaner.batch.records import Fields
    from cleaner.corpus.sources import pages_in
    from cleaner.rules.hosts import host_of, parents

    fields = Fields(settings.text_field, settings.html_field, settings.id_field, settings.url_field)
    for page in pages_in(place, settings.extension, max_size=settings.max_size, fields=fields):
        found = host_of(page.url) if page.url else None
        if found is None or host in parents(found):
            yield page


def _drawn(pages: Iterable[RawPage]) -> list[RawPage]:
    """Draw at most :data:`MOST_PAGES` of all pages, each as likely as any other, and the same ones every time."""
    from random import Random

    random = Random(0)  # noqa: S311 - a sample, not a secret
    drawn: list[RawPage] = []
    for number, page in enumerate(pages):
        at = number if number < MOST_PAGES else random.randint(0, number)
        if at < MOST_PAGES:
            drawn[at : at + 1] = [page]
    return drawn


def _report(made: Draft, file: str, *, is_written: bool) -> None:
    """Say what was found, how often, with what effect, and what was left out."""
    passed = f" ({made.passed_over:,} passed over: of the other kind, without an article, unreadable)"
    say(f"{plural(made.pages, 'page')} compared{passed if made.passed_over else ''}")
    if made.rules:
        width = max(len("rule"), *(len(rule.name) for rule in made.rules))
        say(f"\n  {'rule':<{width}}  pages  lines")
        for rule in made.rules:
            lines = f"{rule.lines:,}" if rule.lines else "-"
            say(f"  {rule.name:<{width}}  {rule.pages:>5,}  {lines:>5}  {visible(rule.about)}")
    say(f"\nOf {plural(made.before, 'line')} that heuristics and other rules leave, {made.after:,} stay.")
    if made.left:
        say("Among these may be some that are not the articles':")
        for text in made.left[:MOST_LEFT]:
            say(f"  {visible(text)}")
        if len(made.left) > MOST_LEFT:
            say(f"  and {len(made.left) - MOST_LEFT:,} more")
    found = ", ".join(f"{name} on {count:,}" for name, count in made.found.items())
    say(f"Found of {plural(made.pages, 'page')}: {found}.")
    if made.marks:
        say("\nPages without an address are recognised by")
        for mark in made.marks:
            say(f"  {visible(mark)}")
    else:
        say("\nNo line or name is this site's alone: pages without an address are not recognised.")
    if made.unsure:
        say("\nLeft out as unsure")
        for text in made.unsure:
            say(f"  {visible(text)}")
    say(f"\n{file} is written: a draft, to be read before it is used." if is_written else "\nNothing was written.")


def _next(file: Path, folder: Path, page: str) -> None:
    """Say what to do next."""
    from cleaner.rules.json_schema import SCHEMA_FILE

    path = shlex.quote(short(str(file)))
    if page:
        say(f"  clean explain {shlex.quote(page)} --rules {shlex.quote(str(folder))}  # what it takes, and why")
    say(f"  clean rules check {path}")
    say(f"  clean rules mutate {path} --add  # near misses for what its examples leave untested")
    schema = folder / SCHEMA_FILE
    if not schema.exists():
        say(f"  clean rules schema > {shlex.quote(str(schema))}  # for editors")
