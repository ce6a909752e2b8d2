"""Tells which site and platform a page comes from, with a URL or without one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.model import Flag
from cleaner.rules import addresses
from cleaner.rules.addresses import Address
from cleaner.rules.hosts import host_of, normalise, parents, path_of, path_pattern, registrable
from cleaner.rules.literals import weight_of
from cleaner.rules.search import Hits, Literals, Search
from cleaner.rules.selectors import needs
from cleaner.rules.view import Clock, View, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.blocks.dom import Dom
    from cleaner.blocks.page import Page
    from cleaner.model import Markup
    from cleaner.rules.load import RuleFile
    from cleaner.rules.patterns import Pattern

TIME_LIMIT = 1.0
"""Seconds that the fingerprints of all files may take for one page."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Where a page comes from, and which rule files are for it."""

    site: str | None
    """The domain that the site's owner registered, whether there are rules for it or not."""
    platform: str | None
    url: str | None
    """The URL that was given, or the one that the page says is its own."""
    files: tuple[RuleFile, ...]
    flags: tuple[Flag, ...] = ()

    def and_then(self, other: Recognition) -> Recognition:
        """Give what is known after a second look at the same page: the first answers, and the files of both.

        Rules may take the very marks that their file was recognised by, and stay in force; and what comes to light
        once they are gone counts too, so that a later cleaning of the result has nothing to add.
        """
        return Recognition(
            site=self.site or other.site,
            platform=self.platform or other.platform,
            url=self.url or other.url,
            files=tuple(dict.fromkeys((*self.files, *other.files))),
            flags=other.flags,
        )


class HostIndex:
    """Rule files by host."""

    def __init__(self, files: Iterable[RuleFile]) -> None:
        self._files: dict[str, list[RuleFile]] = defaultdict(list)
        for file in files:
            for host in file.contents.match.hosts:
                self._files[host].append(file)

    def hosts(self) -> Iterator[str]:
        """Give all hosts, in ASCII form and in their own letters."""
        for key in self._files:
            host = key.removeprefix("=")
            yield host
            if "xn--" in host:
                yield host.encode("ascii").decode("idna")

    def knows(self, host: str) -> bool:
        """Tell whether any file is for this host."""
        return any(key in self._files for key in _keys(host))

    def files(self, host: str, path: str | None, markup: Markup) -> list[RuleFile]:
        """Give the files of the longest host that has any for this page."""
        for key in _keys(host):
            files = [file for file in self._files.get(key, ()) if _is_for(file, path, markup)]
            if files:
                return files
        return []


def _keys(host: str) -> Iterator[str]:
    yield f"={host}"
    yield from parents(host)


def _is_for(file: RuleFile, path: str | None, markup: Markup) -> bool:
    match = file.contents.match
    if match.markup is not None and match.markup != markup:
        return False
    if not match.paths:
        return True
    return path is not None and any(path_pattern(glob).fullmatch(path) for glob in match.paths)


class _HtmlMarks:
    """The fingerprints of all files that are CSS selectors. One pass over a page's source tells the few to try."""

    def __init__(self, files: Iterable[RuleFile]) -> None:
        self._marks = [(file, selector) for file in files for selector in file.contents.match.css]
        known = {index: needs(selector) for index, (_, selector) in enumerate(self._marks)}
        self._unfiltered = [index for index, branches in known.items() if branches is None]
        counts = Counter(word for branches in known.values() for branch in branches or () for word in branch)

        def rarity(word: str) -> tuple[int, float, str]:
            return -counts[word], weight_of(word), word  # "generator" is in many fingerprints, a site's name in one

        self._literals = Literals(
            {
                index: frozenset(max(branch, key=rarity) for branch in branches)
                for index, branches in known.items()
                if branches is not None
            }
        )

    def borne(self, dom: Dom) -> list[RuleFile]:
        """Give the file of each fingerprint that a page bears. The tree remembers, for it is looked at again."""
        known: list[RuleFile] | None = dom.whole.memo.get(self)
        if known is None:
            known = dom.whole.memo[self] = list(self._find(dom)) if self._marks else []
        return known

    def _find(self, dom: Dom) -> Iterator[RuleFile]:
        folded = dom.source.encode("utf-8", "surrogatepass").lower()  # the words are ASCII
        for index in sorted(self._literals.owners(folded).union(self._unfiltered)):
            file, selector = self._marks[index]
            if dom.has(selector):
                yield file


class Recogniser:
    """Recognises pages by the hosts and fingerprints of all rule files, in one pass over the page's text."""

    _LABELS = -1
    _HOSTS = -2

    def __init__(self, files: Mapping[str, RuleFile]) -> None:
        self._by_id = files
        self._generic = [file for file in files.values() if file.kind == "generic"]
        self._sites = HostIndex(file for file in files.values() if file.kind == "site")
        self._platforms = HostIndex(file for file in files.values() if file.kind == "platform")
        self._marks: list[tuple[RuleFile, Pattern]] = [
            (file, pattern) for file in files.values() for pattern in file.contents.match.texts
        ]
        self._html_marks = _HtmlMarks(files.values())
        wanted = {index: pattern.literals for index, (_, pattern) in enumerate(self._marks)}
        self._unfiltered = [index for index, words in wanted.items() if words is None]
        hosts = frozenset([*self._sites.hosts(), *self._platforms.hosts()])
        self._literals = Literals(
            {index: words for index, words in wanted.items() if words is not None}
            | {self._LABELS: addresses.LABELS, self._HOSTS: hosts}
        )

    def recognise(self, page: Page, url: str | None, site: str | None) -> Recognition:
        """Recognise a page. What was given counts most, then what the page says, then what it looks like."""
        view = view_of(page)
        hits = self._literals.find(view.sheets)
        address = self._given(url, site) or self._stated(page, hits)
        marked, flags = self._marked(view, hits)
        files: list[RuleFile] = []
        if address is not None:
            path = path_of(address.url) if address.url else None
            domain = registrable(address.host)
            files = self._sites.files(address.host, path, page.markup)
            platforms = self._platforms.files(address.host, path, page.markup)
        else:
            file = _clear_winner(marked, "site")
            domain = _site_of(file) if file else None
            files = [file] if file else []
            platforms = []
        if not platforms and (winner := _clear_winner(marked, "platform")):
            platforms = [winner]
        every = self._with_used([*files, *platforms, *self._generic], page.markup)
        return Recognition(
            site=domain,
            platform=next((file.id for file in [*platforms, *every] if file.kind == "platform"), None),
            url=url or (address.url if address else None),
            files=tuple(every),
            flags=flags,
        )

    def _given(self, url: str | None, site: str | None) -> Address | None:
        host = self._host_of_site(site) if site else None
        host = host or (host_of(url) if url else None)
        return Address(host, url) if host else None

    def _host_of_site(self, site: str) -> str | None:
        """Read what a user named: a host, or the id of a file."""
        file = self._by_id.get(site)
        hosts = file.contents.match.hosts if file else ()
        return hosts[0].removeprefix("=") if hosts else normalise(site)

    def _stated(self, page: Page, hits: Mapping[int, Hits]) -> Address | None:
        linked = addresses.linked(page.dom) if page.dom is not None else None
        return (
            linked
            or addresses.labelled(page, _rows(hits.get(self._LABELS, ())))
            or addresses.leading(page)
            or addresses.bare(page, _rows(hits.get(self._HOSTS, ())), self._knows)
        )

    def _knows(self, host: str) -> bool:
        return self._sites.knows(host) or self._platforms.knows(host)

    def _marked(self, view: View, hits: Mapping[int, Hits]) -> tuple[Counter[RuleFile], tuple[Flag, ...]]:
        """Count the fingerprints of each file that the page bears."""
        marked: Counter[RuleFile] = Counter()
        flags: list[Flag] = []
        clock = Clock(TIME_LIMIT)
        everywhere = view.zone("any")
        for index in sorted([*self._unfiltered, *(index for index in hits if index >= 0)]):
            file, pattern = self._marks[index]
            if not _is_for(file, None, view.page.markup):
                continue
            clock.start_rule()
            try:
                bears = any(Search(view, everywhere, hits.get(index), clock).whole(pattern))
            except TimeoutError:
                detail = f"{file.id}: the fingerprint {pattern.source!r} took too long on this document"
                flags.append(Flag("pattern-timeout", detail))
                continue
            marked[file] += bears
        if view.page.dom is not None:
            marked.update(file for file in self._html_marks.borne(view.page.dom) if _is_for(file, None, "html"))
        return marked, tuple(flags)

    def _with_used(self, files: Sequence[RuleFile], markup: Markup) -> list[RuleFile]:
        """Give the files and those that they use, each once."""
        every: dict[str, RuleFile] = {}
        waiting = list(reversed(files))
        while waiting:
            file = waiting.pop()
            if file.id in every or (file.contents.match.markup or markup) != markup:
                continue
            every[file.id] = file
            waiting += [self._by_id[name] for name in file.contents.use if name in self._by_id]
        return list(every.values())


def _rows(hits: Hits) -> list[int]:
    return sorted({sheet.rows[line] for sheet, line in hits})


def _clear_winner(marked: Counter[RuleFile], kind: str) -> RuleFile | None:
    """Give the file of this kind that has the most marks; where two have as many, neither is sure."""
    ranked = [(file, count) for file, count in marked.most_common() if file.kind == kind and count]
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _site_of(file: RuleFile) -> str | None:
    """Give the domain that a site file is for."""
    hosts = file.contents.match.hosts
    return registrable(hosts[0].removeprefix("=")) if hosts else registrable(file.id)
