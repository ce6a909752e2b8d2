"""All the rules that are installed: the built-in ones, and those that a user lays over them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.model import Drop, Flag, Keep, Proposal, RuleError
from cleaner.rules.hosts import parents
from cleaner.rules.load import Layer, RuleFile, builtin_folder, read_layer
from cleaner.rules.program import Context
from cleaner.rules.reader import nearest
from cleaner.rules.recognise import Recogniser, Recognition
from cleaner.rules.view import Clock, view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from cleaner.blocks.page import Page
    from cleaner.rules.schema import Rule
    from cleaner.rules.view import View


class RuleSet:
    """Rule files, ready to recognise pages and to propose what to do with their lines.

    Never changes once it is made, so that threads may share it. A file that does not fit is left out, and its
    errors are in :attr:`errors`; the other files work as if it were not there.
    """

    def __init__(self, layers: Sequence[Layer] = ()) -> None:
        errors = [error for layer in layers for error in layer.errors]
        files = {file.id: file for layer in layers for file in layer.files}
        self._forced: tuple[RuleFile, ...] = ()
        self._swaps: dict[RuleFile, RuleFile] = {}
        self._files, unknown = _without_dangling(files)
        self.errors: list[RuleError] = errors + unknown

    @classmethod
    def load(cls, paths: Sequence[Path | str], *, builtin: bool = True) -> RuleSet:
        """Read folders of rule files, or single files, each laid over those before it.

        A file replaces the one with the same id in an earlier layer. What does not fit is in :attr:`errors`.
        """
        layers = [_builtin_layer()] if builtin else []
        return cls([*layers, *(read_layer(Path(path)) for path in paths)])

    @staticmethod
    def builtin() -> RuleSet:
        """Give the rules that come with the package."""
        return _builtin()

    @property
    def files(self) -> tuple[RuleFile, ...]:
        """All files, by id."""
        return tuple(self._files.values())

    def get(self, file_id: str) -> RuleFile | None:
        """Give the file of an id."""
        return self._files.get(file_id)

    def of_host(self, host: str) -> list[RuleFile]:
        """Give the files of a host, or of the closest domain above it that has any."""
        for name in [f"={host}", *parents(host)]:
            files = [file for file in self.files if name in file.contents.match.hosts]
            if files:
                return files
        return []

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all files and rules: what ``only`` and ``skip`` may name."""
        return frozenset(self._files).union(rule.id for file in self._files.values() for rule in file.rules)

    @cached_property
    def digests(self) -> dict[str, str]:
        """A short hash of what each file says, by its id."""
        return {file.id: _digest(file.text) for file in self._files.values()}

    @cached_property
    def match_digest(self) -> str:
        """A hash of all that tells which files are for which page; what they do there is in :attr:`digests`."""
        return _digest(
            repr([(file.id, file.kind, file.contents.use, file.contents.match) for file in self._files.values()])
        )

    def recognise(self, page: Page, url: str | None, site: str | None = None) -> Recognition:
        """Tell which site and platform a page comes from, and which files are for it.

        ``site`` is what a user says the site is, a host or a file's id, and outweighs everything else.
        """
        recognition = self._recogniser.recognise(page, url, site)
        if self._forced or self._swaps:
            files = (self._swaps.get(file, file) for file in recognition.files)
            return replace(recognition, files=tuple(dict.fromkeys([*self._forced, *files])))
        return recognition

    def replacing(self, file: RuleFile) -> RuleSet:
        """Give these rules, with another file in the place of the one of its id: what tries a change of a rule.

        Pages are recognised as before, without looking through all files anew, if the two are for the same pages.
        """
        old = self._files[file.id]
        other = RuleSet()
        other._files = {**self._files, file.id: file}
        other.errors = self.errors
        other._forced = tuple(file if forced is old else forced for forced in self._forced)
        if file.contents.match == old.contents.match and file.contents.use == old.contents.use:
            other._recogniser = self._recogniser
            other._swaps = {**self._swaps, old: file}
        return other

    def forcing(self, file_id: str) -> RuleSet:
        """Give these rules, with one file for every page: what tests that a rule leaves near misses alone."""
        other = RuleSet()
        other.__dict__.update(self.__dict__)
        other._forced = (self._files[file_id],)
        other._recogniser = self._recogniser
        return other

    def propose(
        self,
        page: Page,
        recognition: Recognition,
        *,
        language: Callable[[], str | None],
        date: str | None,
        only: Collection[str] = (),
        skip: Collection[str] = (),
        deadline_s: float,
    ) -> tuple[list[Proposal], list[Flag]]:
        """Run the rules of the recognised files over a page.

        Rules with a zone look twice: in the zones of the page, and in those that are left once the rules have taken
        what they take. Else a sentence of the site's, below a list of other stories, would make that list a part of
        the article, until heuristics have taken the heading that a rule looks for.

        A pattern that takes more than its share of the time limit is given up and named in a flag.
        """
        context = Context(date, language, _chooser(only, skip))
        view = view_of(page)
        clock = Clock(deadline_s)
        proposals, slow = _run(recognition, view, context, clock)
        if (within := view.without(_taken(proposals))) is not None:
            more, slower = _run(recognition, within, context.zoned(), clock)
            known = set(map(repr, proposals))
            proposals += [proposal for proposal in more if repr(proposal) not in known]
            slow |= slower
        flags = [Flag("pattern-timeout", f"{rule}: its pattern took too long on this document") for rule in slow]
        return proposals, [*recognition.flags, *flags]

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._files)


def _run(
    recognition: Recognition, view: View, context: Context, clock: Clock
) -> tuple[list[Proposal], dict[str, None]]:
    """Run the rules of the recognised files; give what they propose, and those that took too long."""
    proposals: list[Proposal] = []
    slow: dict[str, None] = {}
    for file in recognition.files:
        for rule, actions in file.program.run(view, context, clock):
            if actions is None:
                slow[rule.id] = None
            else:
                proposals += [Proposal(rule.id, file.rank, action) for action in actions]
    return proposals, slow


def _taken(proposals: Iterable[Proposal]) -> set[int]:
    """Give the rows that rules drop, and none keeps."""
    dropped, kept = (
        {row for proposal in proposals if isinstance(proposal.action, kind) for row in proposal.action.rows}
        for kind in (Drop, Keep)
    )
    return dropped - kept


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _chooser(only: Collection[str], skip: Collection[str]) -> Callable[[Rule], bool]:
    """Tell which rules are switched on: by their own ids, or by that of their file."""
    if not only and not skip:
        return lambda rule: True

    def is_active(rule: Rule) -> bool:
        names = (rule.id, rule.id.partition("/")[0])
        return (not only or any(name in only for name in names)) and not any(name in skip for name in names)

    return is_active


def _without_dangling(files: dict[str, RuleFile]) -> tuple[dict[str, RuleFile], list[RuleError]]:
    """Leave out files that use one that is not there, and those that use these."""
    errors: list[RuleError] = []
    kept = dict(sorted(files.items()))
    while True:
        dangling = [(file, name) for file in kept.values() for name in file.contents.use if name not in kept]
        if not dangling:
            return kept, errors
        errors += [_unknown_use(file, name, files) for file, name in dangling]
        for file, _ in dangling:
            kept.pop(file.id, None)


def _unknown_use(file: RuleFile, name: str, files: Iterable[str]) -> RuleError:
    hint = nearest(name, sorted(other for other in files if other != file.id))
    return RuleError(file.path, file.line("use"), f'"use" names "{name}", which is no rule file{hint}')


@cache
def _builtin_layer() -> Layer:
    return read_layer(builtin_folder())


@cache
def _builtin() -> RuleSet:
    return RuleSet([_builtin_layer()])
