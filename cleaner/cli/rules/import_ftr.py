"""``clean rules import ftr``: a start for a site's rule file, from a site file of Full-Text RSS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.listing import plural, short, write
from cleaner.cli.rules.writing import folder_for, refuse_to_replace, save
from cleaner.cli.screen import visible
from cleaner.model import CleanerError, ConfigError

if TYPE_CHECKING:
    from cleaner.rules.imports.ftr import SiteFile, Translation
    from cleaner.rules.imports.ftr.translate import Judged

EXAMPLES = examples(
    [
        ("clean rules import ftr news.example.txt --rules my-rules", "writes my-rules/sites/news.example.toml"),
        ("clean rules import ftr news.example.txt --dry-run", "look first, write nothing"),
        ("clean rules import ftr ftr-site-config/ --rules my-rules", "all files of a folder"),
    ]
)

MOST_REASONS = 10
"""Reasons that are named when several files were read."""


def ftr(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Site files, named after their hosts, or folders of them.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Write over files that are there.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write to stdout, and no file.")] = False,
    rules: options.RulesInto = None,
    config: options.Config = None,
) -> None:
    """Turn site files of the FTR format (Full-Text RSS, "site config") into rule files, as a start.

    Their XPath becomes CSS selectors. What has no counterpart here is said, and kept with its reason in comments of the
    rule file; so are the pages that the site file was tried on. Files go to sites/HOST.toml in the folder of --rules
    (the last one), or of clean.toml, or else in rules/. They have no examples yet: clean rules example makes them.
    """
    from cleaner import config as configuration
    from cleaner.rules.imports.ftr import translate

    settings = configuration.load(Path.cwd(), config).over({"rules": tuple(rules or ())})
    folder = folder_for(settings)
    found = list(_site_files(files))
    done: list[Translation] = []
    failed = 0
    for path in found:
        try:
            translation = translate(_read(path))
            _put(translation, folder, force=force, dry_run=dry_run)
        except CleanerError as error:
            if len(found) == 1:
                raise
            failed += 1
            say(f"clean: {visible(str(error))}")
            continue
        done.append(translation)
        if len(found) == 1:
            _tell_all(translation)
    if len(found) > 1:
        _tell_most(done, failed)
    if failed:
        raise typer.Exit(ExitCode.MISTAKE)


def _site_files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(path.glob("*.txt"))
        if not inside:
            raise ConfigError(f"{path}: there is no site file in it, such as news.example.txt")
        yield from inside


def _read(path: Path) -> SiteFile:
    from cleaner.decode import decode
    from cleaner.rules.imports.ftr import read

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    try:
        text = decode(raw).text
    except CleanerError as error:
        raise ConfigError(f"{path}: {error}") from None
    return read(path.name, text)


def _put(translation: Translation, folder: Path, *, force: bool, dry_run: bool) -> None:
    """Write the rule file, if there is a rule in it, and say where."""
    from cleaner.rules.imports.ftr import to_toml
    from cleaner.rules.imports.ftr.rule_file import folder_of, id_of

    site = translation.site
    if translation.is_empty:
        say(f"{site.name}: nothing was written, since nothing of it has a counterpart here")
        return
    text = to_toml(translation)
    if dry_run:
        write(text.removesuffix("\n"))
        say(f"{site.name}: {_counts(translation)}")
        return
    target = folder / folder_of(site) / f"{id_of(site)}.toml"
    refuse_to_replace(target, force=force)
    save(target, text)
    say(f"{site.name} -> {short(str(target))}: {_counts(translation)}")


def _counts(translation: Translation) -> str:
    turned, needless, none = (
        len(translation.with_outcome(outcome)) for outcome in ("turned over", "nothing to do", "no counterpart")
    )
    said = f"{turned} of {plural(len(translation.judged), 'directive')} turned over"
    said += f", {needless} with nothing to do" if needless else ""
    return said + (f", {none} without counterpart" if none else "")


def _tell_all(translation: Translation) -> None:
    """Say of each directive that was not turned over, or but in part, why."""
    for title, judged in (
        ("Turned over, but in part", [each for each in translation.with_outcome("turned over") if each.why]),
        ("Without counterpart", translation.with_outcome("no counterpart")),
    ):
        if judged:
            say(f"{title}:")
        for each in judged:
            say(f"  line {each.directive.line}: {visible(str(each.directive))}")
            say(f"    {visible(each.why)}")


def _tell_most(done: Sequence[Translation], failed: int) -> None:
    """Say how much of all files was turned over, and what mostly stood against it."""
    judged: list[Judged] = [each for translation in done for each in translation.judged]
    turned = sum(each.outcome == "turned over" for each in judged)
    none = [each for each in judged if each.outcome == "no counterpart"]
    share = f" ({turned / len(judged):.0%})" if judged else ""
    say(
        f"{plural(len(done), 'file')}: {turned:,} of {plural(len(judged), 'directive')} turned over{share}, "
        f"{len(judged) - turned - len(none):,} with nothing to do, {len(none):,} without counterpart"
        + (f"; {plural(failed, 'file')} not read or written" if failed else "")
    )
    for why, count in Counter(each.why for each in none).most_common(MOST_REASONS):
        say(f"  {count:>6,}  {visible(why)}")
