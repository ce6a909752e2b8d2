"""``clean rules health``: whether rules still do what they were written for, for people and for cron."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.listing import plural, short, write
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.health.examination import Examination
    from cleaner.health.findings import Finding
    from cleaner.health.sample import Source
    from cleaner.rules import RuleSet

SAMPLE = 20
"""Pages of each site's sample: of fewer than some ten, what stands on a third of them means little."""

EXAMPLES = examples(
    [
        ("clean rules health out/", "silent if all is well, and exit code 0"),
        ("clean rules health crawls/*/", "several folders, as one history"),
        ("clean rules health out/ --raw copy/", "where RAW has moved"),
        ("clean rules health out/ --sample 0", "only what the notes tell, in a moment"),
        ("clean rules health out/ --ignore valley.example/banner", "what is known and is to stay so"),
        ("clean rules health out/ --format json", "for programs"),
    ]
)


class Form(StrEnum):
    """A form of the report."""

    TEXT = "text"
    JSON = "json"


def health(
    out: Annotated[list[Path], typer.Argument(metavar="OUT", help="Folders that clean run wrote.")],
    raw: Annotated[
        Path | None, typer.Option("--raw", metavar="DIR", help="The raw pages, if they are not where they were.")
    ] = None,
    sample: Annotated[
        int,
        typer.Option("--sample", metavar="N", min=0, help=f"Raw pages of each site to clean; {SAMPLE} if not said."),
    ] = SAMPLE,
    rules: options.Rules = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="NAME", help="Say nothing of this rule, rule file or site. May be repeated."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How the report is written: text or json.")] = Form.TEXT,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell what was looked at.")] = False,
) -> None:
    """Name rules that stopped firing or now remove far more, and sites that are better off without their rules.

    Runs note how often each rule fires on each site, week by week; these counts are compared. A sample of raw pages is
    cleaned with the rules of its site and without them, and lines that recur in what comes out are told as drafts.
    Rules and other settings are those of the last run. The exit code is 1 if something needs a look, and 0, without a
    word, if all is well.
    """
    from cleaner.health.examination import examine
    from cleaner.rules import RuleSet

    sources = [_source(folder, raw) for folder in out]
    rule_set = RuleSet.load(_rules(sources, out, rules))
    _check_ignored(ignore or (), rule_set)
    for error in rule_set.errors:
        say(f"clean: {error}")
    if sample:
        _say_what_is_gone(sources)
    result = examine(sources, rule_set, count=sample, ignored=ignore or ())
    chosen = "".join(f" --rules {shlex.quote(short(str(path)))}" for path in (rules or sources[-1].settings.rules))
    if form is Form.JSON:
        write(json.dumps(_record(result, chosen), indent=2, ensure_ascii=False))
    else:
        for line in _lines(result, chosen):
            write(line)
    if result.lost:
        say(f"clean: {plural(result.lost, 'page')} of the sample could not be read in RAW any more")
    if result.findings or verbose:
        say(_summary(result, verbose=verbose))
    if rule_set.errors:
        raise typer.Exit(ExitCode.MISTAKE)
    raise typer.Exit(ExitCode.ATTENTION if result.findings else ExitCode.FINE)


def _source(out: Path, raw: Path | None) -> Source:
    """Read from the notes of OUT how it was made."""
    from cleaner.batch.inputs import STATE_FOLDER
    from cleaner.batch.manifest import MANIFEST, Manifest
    from cleaner.batch.storage import PARTS
    from cleaner.cli.planning import settings_noted
    from cleaner.health.sample import Source

    state = out / STATE_FOLDER
    parts = sorted(folder for folder in (state / PARTS).glob("*") if (folder / MANIFEST).is_file())
    if not (state / MANIFEST).is_file():
        if parts:
            raise ConfigError(f"{out}: its notes are those of {plural(len(parts), 'part')}; first: clean merge {out}")
        raise ConfigError(f"{out}: no notes of a run are here")
    with Manifest(state / MANIFEST, readonly=True) as manifest:
        runs = [run for run in manifest.runs() if run.settings]
    if not runs:
        raise ConfigError(f"{out}: its notes do not say how it was run; clean run RAW {out} does it again")
    for part in parts:
        with Manifest(part / MANIFEST, readonly=True) as manifest:
            if any(run.began > (runs[-1].ended or 0) for run in manifest.runs()):
                say(f"clean: {out}: part {part.name} was run since; until clean merge {out}, it does not count")
    settings, place, url, _ = settings_noted(runs[-1].settings)
    if raw is not None and not raw.exists():
        raise ConfigError(f"{raw}: no such file or folder")
    return Source(state / MANIFEST, raw or Path(place), settings, url)


def _rules(sources: Sequence[Source], out: Sequence[Path], given: list[Path] | None) -> Sequence[Path]:
    """Give the folders of rules: those that were named, or those of the last runs."""
    if not given:
        for source, folder in zip(sources, out, strict=True):
            if source.settings.rules != sources[0].settings.rules:
                raise ConfigError(
                    f"{out[0]} and {folder} were cleaned by other rules: name them one by one, or --rules"
                )
    rules = given or sources[0].settings.rules
    for path in rules:
        if not path.exists():
            raise ConfigError(f"{path}: no such folder of rules; name it with --rules")
    return rules


def _check_ignored(names: Sequence[str], rule_set: RuleSet) -> None:
    """Refuse a name that is neither a rule's nor a file's nor a site's, as far as that can be told."""
    from cleaner.config import nearest
    from cleaner.rules.hosts import normalise

    for name in names:
        if name not in rule_set.names and ("/" in name or normalise(name) is None):
            raise ConfigError(f"--ignore: no rule, rule file or site is named {name!r}{nearest(name, rule_set.names)}")


def _say_what_is_gone(sources: Sequence[Source]) -> None:
    for source in sources:
        if not source.raw.exists():
            say(f"clean: RAW is gone ({source.raw}): only the notes were looked at; --raw DIR says where it is now")


def _lines(result: Examination, rules: str) -> Iterator[str]:
    """Write what was found: a line each, and by site what to do next."""
    for site, some in groupby(result.findings, key=lambda finding: finding.site):
        findings = list(some)
        for finding in findings:
            place = f"{short(finding.path)}:{finding.line}" if finding.line else short(finding.path)
            name = finding.rule if finding.rule.partition("/")[0] == site else f"{finding.rule} on {site}"
            yield f"{place}: {finding.kind}: {name}: {finding.message}"
            if finding.draft:
                yield "".join(f"\n{line}" if line else "\n" for line in ["", *_indented(finding.draft), ""])[1:]
        for number, command in enumerate(_next(findings, result, rules)):
            yield f"    {'next: ' if not number else '      '}{command}"


def _indented(text: str) -> list[str]:
    return [f"    {line}" if line else "" for line in text.split("\n")]


def _next(findings: Sequence[Finding], result: Examination, rules: str) -> list[str]:
    """Say what to do about findings of one site: look at a page, show what it should be, mend the file and check it."""
    page = result.pages.get(findings[0].site)
    shown = "PAGE" if page is None or ": record " in page else shlex.quote(short(page))
    file = findings[0].rule.partition("/")[0]
    paths = dict.fromkeys(shlex.quote(short(finding.path)) for finding in findings)
    return [
        f"clean explain {shown}{rules}",
        f"clean rules example {file} {shown}{rules}",
        *(f"clean rules check {path}" for path in paths),
    ]


def _record(result: Examination, rules: str) -> dict[str, Any]:
    """Give everything for programs."""
    from cleaner.health.comparison import MEASURES

    return {
        "latest_week": result.latest or None,
        "sites": result.sites,
        "findings": [
            {
                "kind": finding.kind,
                "site": finding.site,
                "rule": finding.rule,
                "file": short(finding.path),
                "line": finding.line,
                "since": finding.since,
                "message": finding.message,
                "numbers": dict(finding.numbers),
                "draft": finding.draft or None,
                "next": _next([finding], result, rules),
            }
            for finding in result.findings
        ],
        "sample": {
            "lost": result.lost,
            "measures": MEASURES,
            "sites": [comparison.figures() for comparison in result.comparisons],
        },
    }


def _summary(result: Examination, *, verbose: bool) -> str:
    from collections import Counter

    from cleaner.health.history import ACTIVE, WEEKS

    if not result.latest:
        return "No week is noted yet: nothing to look at"
    kinds = Counter(str(finding.kind) for finding in result.findings)
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "all is well"
    without = Counter(comparison.without for comparison in result.comparisons)
    compared = ", ".join(
        f"{without[what]} {what}" for what in ("worse", "better", "the same", "unclear") if without[what]
    )
    said = f"{plural(result.sites, 'site')} up to {result.latest}"
    if compared:
        said += f"; samples of {len(result.comparisons)}, without their rules {compared}"
    if verbose:
        said += f"\nLooked at: {WEEKS} weeks, sites with documents in the last {ACTIVE} of them"
    return f"{said}: {found}" if not verbose else f"{said}\n{found}"
