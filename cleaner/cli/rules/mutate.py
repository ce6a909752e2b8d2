"""``clean rules mutate``: which rules and guards of a file no example holds in place."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.appending import append
from cleaner.cli.rules.choosing import Names, choose
from cleaner.cli.rules.listing import plural, report_errors, short, write
from cleaner.cli.rules.samples import samples_of

if TYPE_CHECKING:
    from cleaner.rules.mutants import Cleaners
    from cleaner.rules.tables import Table

EXAMPLES = examples(
    [
        ("clean rules mutate anews.az", "what the examples of a site leave untested"),
        ("clean rules mutate my-rules/ --no-propose", "of a folder, without looking for near misses"),
        ("clean rules mutate my-rules/sites/ellerby.example.toml --add", "write into the file what it lacks"),
    ]
)


def mutate(
    names: Names = None,
    propose: Annotated[
        bool,
        typer.Option("--propose/--no-propose", help="Look for an example that catches each survivor."),
    ] = True,
    add: Annotated[
        bool,
        typer.Option("--add", help="Append those examples to the file; where one catches several, only that one."),
    ] = False,
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Delete each rule of a file, widen each of its guards, and name the mutants that no example catches.

    Guards are where, min, to, since, until, lang, the path of [match], and that a pattern matches a line from its
    start to its end. Below each survivor stands an example that catches it, ready to be pasted; it has been seen to
    pass with the file as it is, and to fail with the mutant. Read what --add appends: it says what has to stay on
    pages that nobody has seen. Exit code 1 says that some survived, and 2 that a file fails its own examples: of such a
    file nothing is tried.
    """
    from cleaner.rules.mutants import Trial, mutants
    from cleaner.rules.near_misses import near_miss

    rule_set, chosen = choose(names, rules, config)
    cleaners = make_cleaners()
    made = survived = 0
    failed: list[str] = []
    for file in chosen:
        trial = Trial(rule_set, file, cleaners, samples_of(file))
        broken = [example for example in file.contents.examples if not trial.holds(example)]
        for example in broken:
            write(f"{short(file.path)}:{file.line(*example.place)}: this example fails with the file as it is")
        if broken:
            failed.append(short(file.path))
            continue
        made += sum(1 for _ in mutants(file))
        added: list[Table] = []
        for mutant in trial.survivors():
            found = near_miss(trial, mutant) if propose or add else None
            if add and found is not None:
                trial.add(found.example)
                added.append(found)
                continue
            survived += 1
            name = mutant.rule.id if mutant.rule else file.id
            write(f"{short(file.path)}:{mutant.line}: {name}: no example fails {mutant}")
            if propose:
                write(f"\n{found.toml}\n" if found else "  no example was found that would")
        if added:
            append(file, added)
            say(f"{short(file.path)}: {plural(len(added), 'example')} appended")
    report_errors(rule_set)
    outcome = f"{survived} survived" if survived else "none survived"
    if len(failed) < len(chosen):
        say(f"{plural(len(chosen) - len(failed), 'file')}, {plural(made, 'mutant')}: {outcome}")
    if failed:
        say(f"{plural(len(failed), 'file')} not tried, for an example that fails; this shows how:")
        say(f"  clean rules test {shlex.join(failed)}")
        raise typer.Exit(ExitCode.MISTAKE)
    if survived:
        raise typer.Exit(ExitCode.ATTENTION)


def make_cleaners() -> Cleaners:
    """Give the cleaners that mutants are tried with: the whole one but for the scorer, and one of rules alone."""
    from cleaner.heuristics import heuristics
    from cleaner.pipeline import Cleaner
    from cleaner.rules.mutants import Cleaners

    names = tuple(heuristics())
    return Cleaners(
        whole=lambda some: Cleaner(rules=some, scorer=None).clean,
        alone=lambda some: Cleaner(rules=some, scorer=None, skip=names, extractor="blocks").clean,
    )
