"""The rules that are looked at: those of rule files, switched on, that leave a trace in the notes of a run."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from cleaner.heuristics import heuristics
from cleaner.rules import RuleFile, RuleSet
from cleaner.rules.hosts import registrable
from cleaner.rules.schema import Elements, Outside, Rule, Value


class Watched:
    """Rules by id. A file that says something else than in the last run (``digests``) has done nothing yet.

    ``skip`` and ``only`` are those of the run; ``ignored`` names rules, files and sites that are not to be told of.
    """

    def __init__(
        self,
        rules: RuleSet,
        *,
        digests: Mapping[str, str] | None = None,
        only: Collection[str] = (),
        skip: Collection[str] = (),
        ignored: Collection[str] = (),
    ) -> None:
        self.rule_set = rules
        self.ignored = frozenset(ignored)
        off = {*skip, *ignored}
        self._rules: dict[str, tuple[RuleFile, Rule]] = {}
        for file in rules.files:
            if (digests or {}).get(file.id, rules.digests[file.id]) != rules.digests[file.id]:
                continue
            for rule in file.rules:
                names = {rule.id, file.id}
                if _leaves_traces(rule) and not names & off and (not only or names & set(only)):
                    self._rules[rule.id] = file, rule

    def __contains__(self, rule: str) -> bool:
        """Whether a rule of this id is looked at."""
        return rule in self._rules

    def file_of(self, rule: str) -> str:
        """Give the id of a rule's file."""
        return self._rules[rule][0].id

    def place_of(self, rule: str) -> tuple[str, int | None]:
        """Give a rule's file and line."""
        file, found = self._rules[rule]
        return file.path, file.line(*found.place)

    def is_of_site(self, rule: str) -> bool:
        """Whether a rule is for one site, and not for a platform or for every page."""
        return self._rules[rule][0].kind == "site"

    def is_over(self, rule: str, day: datetime.date) -> bool:
        """Whether a rule is for documents up to a day that has come."""
        until = self._rules[rule][1].until
        return until is not None and until[:10] <= day.isoformat()

    def needs_html(self, rule: str) -> bool:
        """Whether a rule or a heuristic fires on pages that are HTML only."""
        if rule in self._rules:
            return isinstance(self._rules[rule][1].selector, Elements | Outside | Value)
        return rule in self._html_heuristics

    def expected_on(self, site: str, *, shows_html: bool) -> Iterator[tuple[str, list[str]]]:
        """Give the files that are for all pages of a site, each with those of its rules that any page may call for."""
        for file in self._for_all_of.get(site, ()):
            rules = [
                rule.id
                for rule in file.rules
                if rule.id in self._rules
                and not (rule.languages or rule.since)
                and (shows_html or not self.needs_html(rule.id))
            ]
            yield file.id, rules

    def site_files(self, site: str) -> list[RuleFile]:
        """Give the files that are for a site, or for some pages of it."""
        return self._files_of.get(site, [])

    @cached_property
    def _files_of(self) -> dict[str, list[RuleFile]]:
        files: dict[str, list[RuleFile]] = defaultdict(list)
        for file in self.rule_set.files:
            if file.kind == "site" and file.id not in self.ignored:
                hosts = (registrable(host.removeprefix("=")) for host in file.contents.match.hosts)
                for site in dict.fromkeys(hosts):
                    if site is not None:
                        files[site].append(file)
        return dict(files)

    @cached_property
    def _for_all_of(self) -> dict[str, list[RuleFile]]:
        """The files of each site that are for its whole domain, whatever the address and the kind of a page."""
        return {
            site: [
                file
                for file in files
                if not (file.contents.match.paths or file.contents.match.markup)
                and {site, f"={site}", f"www.{site}", f"=www.{site}"} & set(file.contents.match.hosts)
            ]
            for site, files in self._files_of.items()
        }

    @cached_property
    def _html_heuristics(self) -> frozenset[str]:
        return frozenset(f"heuristics/{name}" for name, stages in heuristics().items() if "in_rows" not in stages)


def _leaves_traces(rule: Rule) -> bool:
    """Whether a rule makes edits, by which its firing is counted: what keeps or only reads makes none."""
    return rule.verb in ("drop", "replace") or rule.drops
