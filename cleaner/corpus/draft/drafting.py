"""Makes a draft: looks at the pages, sketches rules, tries them on the same pages, and writes what stands the test."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

import numpy as np

from cleaner.blocks import Page
from cleaner.corpus.draft import fingerprints
from cleaner.corpus.draft.examples import Examples
from cleaner.corpus.draft.markup import ElementRules
from cleaner.corpus.draft.observed import LEAST_PAGES, LINKED, Observed, Raw, Site, page_of, survivors
from cleaner.corpus.draft.sketch import Sketch, comment
from cleaner.corpus.draft.text import LineRules
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.measures import rows_where
from cleaner.model import ConfigError, Document
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.examples import actual
from cleaner.rules.hosts import registrable
from cleaner.rules.json_schema import SCHEMA_COMMENT
from cleaner.rules.load import Layer, RuleFile, read_text
from cleaner.rules.schema import CONTENT, FIELDS
from cleaner.rules.style import styled
from cleaner.rules.values import value

MIN_PAGES = 3
"""Pages with an article from which recurring lines tell the site's own from chance."""
LONGEST_TOLD = 80
"""Characters of a line that is told."""
ENOUGH_PAGES = 10
"""Pages from which nearly all that recurs is found."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A rule of a draft, and what it does to the pages: it takes so many lines on so many of them."""

    name: str
    about: str
    pages: int
    lines: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a rule file, and what is worth telling of it."""

    text: str
    """The file, as TOML."""
    rules: tuple[Drafted, ...]
    marks: tuple[str, ...]
    """Fingerprints by which the site is recognised without an address."""
    unsure: tuple[str, ...]
    """What recurs and was left alone, each with the reason."""
    pages: int
    """Pages with an article: those that were compared."""
    passed_over: int
    """Pages without an article, of the other kind (text or HTML), seen twice, and files that are none."""
    before: int
    """Lines that stay on all pages without the draft."""
    after: int
    """Lines that stay with it."""
    left: tuple[str, ...]
    """Lines among them that may be no article's: they are on several pages, or links, or marked as noise."""
    found: Mapping[str, int]
    """For each field of metadata the pages on which it is found."""


@dataclass
class _Outline:
    """A file on its way: its head, and rules that may still be given up."""

    host: str
    marks: dict[str, list[str]]
    content: str | None
    sketches: list[Sketch]
    pages: int
    examples: str = ""
    unsure: list[str] = field(default_factory=list)

    def write(self) -> str:
        """Write the file, in order and style."""
        about = (
            f"{self.host}: a draft by `clean rules new`, from {self.pages} of its pages. Before it is used, see that "
            "each rule takes what its comment says and nothing else (clean explain PAGE). Left out as unsure:"
        )
        head = [SCHEMA_COMMENT, *comment(about), *(line for text in self._unsure() for line in comment(f"- {text}"))]
        head += ["", "schema = 1", f"id = {value(self.host)}"]
        if self.content is not None:
            head += [
                "",
                "# The title and the text of an article; all else goes.",
                f"content = {value([self.content])}",
            ]
        head += ["", "[match]", f"host = {value([self.host])}"]
        head += [f"{key} = {value(what)}" for key, what in self.marks.items() if what]
        parts = ["\n".join(head), *(sketch.write(self.pages) for sketch in self.sketches), self.examples]
        return styled("\n\n".join(filter(None, parts)) + "\n")

    def _unsure(self) -> Iterator[str]:
        yield from dict.fromkeys(self.unsure) or ["nothing"]
        if not any(self.marks.values()):
            yield "no line or name is this site's alone: pages without an address are not recognised"
        if self.pages < ENOUGH_PAGES:
            yield f"{self.pages} pages are few: what stands on some pages only may have been missed"

    def read(self) -> RuleFile:
        """Read the file back."""
        text = self.write()
        file, errors = read_text(text, f"{self.host}.toml", "site")
        if file is None:
            raise ValueError(f"{errors[0]}\n{text}")
        return file


def draft(host: str, raws: Iterable[Raw], rules: RuleSet | None = None) -> Draft:
    """Draft the rule file of a site from some of its raw pages.

    ``rules`` are those installed; a file that they have for the host counts for nothing. Raises
    :class:`~cleaner.model.ConfigError` where fewer than :data:`MIN_PAGES` pages have an article.
    """
    given = RuleSet.builtin() if rules is None else rules
    others = RuleSet([Layer(tuple(file for file in given.files if file.id != host), ())])
    observed, read = _observed(host, raws, others)
    site = Site(observed)
    if len(site.pages) < MIN_PAGES:
        raise ConfigError(
            f"{host}: {_pages(len(site.pages))} with an article of its own, of {read}; a draft needs {MIN_PAGES} that "
            f"differ at least, and is good from {ENOUGH_PAGES} on"
        )
    outline = _outline(host, site, others)
    outline.unsure[:0] = _strangers(host, site, others)
    documents, effects = _tried(outline, site, others)
    while not _is_shown(outline, site, others):
        documents, effects = _tried(outline, site, others)
    stay = [survivors(seen.page, some) for seen, some in zip(site.pages, documents, strict=True)]
    return Draft(
        text=outline.write(),
        rules=tuple(_drafted(outline, effects)),
        marks=tuple(mark for marks in outline.marks.values() for mark in marks),
        unsure=tuple(dict.fromkeys(outline.unsure)),
        pages=len(site.pages),
        passed_over=read - len(site.pages),
        before=sum(int(seen.survives.sum()) for seen in site.pages),
        after=sum(int(rows.sum()) for rows in stay),
        left=tuple(text for text in _left(site, documents) if not any(text in other for other in outline.unsure)),
        found={name: sum(bool(actual(some[0], name)) for some in documents) for name in FIELDS if name != "url"},
    )


def _strangers(host: str, site: Site, others: RuleSet) -> Iterator[str]:
    """Tell of pages that say they are of another site."""
    said = Counter(others.recognise(seen.page, None, None).site for seen in site.pages)
    for other, count in said.most_common():
        if other is not None and other != registrable(host):
            yield f"{_pages(count)} of {len(site.pages)} give {other} as their site: the rules are for none of them"


def _left(site: Site, documents: Sequence[Sequence[Document]]) -> Iterator[str]:
    """Give the lines that the whole cleaner leaves and that may be no article's, those on most pages first.

    They are on several pages, or links, or marked as noise.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for seen, (whole, _) in zip(site.pages, documents, strict=True):
        rows = survivors(seen.page, [whole])
        often = np.fromiter((site.spread[key] >= LEAST_PAGES for key in seen.keys), np.bool_, len(seen.keys))
        noise = (seen.page.links >= LINKED) | seen.page.marked(*NOISE_FAMILIES)
        doubtful = rows & (often | (noise & ~seen.precious))
        if seen.title is not None:
            doubtful[seen.title] = False
        for key, row in {seen.keys[row]: row for row in rows_where(doubtful).tolist()}.items():
            places[key].append(seen.page.visible[row])
    for lines in sorted(places.values(), key=lambda lines: (-len(lines), lines)):
        yield f"“{lines[0][:LONGEST_TOLD]}” (on {_pages(len(lines))})"


def _pages(count: int) -> str:
    return f"{count} page{'s' * (count != 1)}"


class _Cleaners:
    """A cleaner with the scorer and one without: a draft must hold with both, for its examples know no scorer."""

    def __init__(self, rules: RuleSet, host: str) -> None:
        self._cleaners = (Cleaner(rules=rules, max_removed=1.0), Cleaner(rules=rules, scorer=None, max_removed=1.0))
        self._url = f"https://{host}/"

    def clean(self, source: str) -> list[Document]:
        return [cleaner.clean(source, self._url) for cleaner in self._cleaners]


def _observed(host: str, raws: Iterable[Raw], others: RuleSet) -> tuple[list[Observed], int]:
    """Read the pages and clean them without a draft: HTML or text, whichever are more. Give the number of all, too.

    Of pages with the same prose one counts.
    """
    read = [page_of(raw) for raw in raws]
    pages = sorted((some for some in read if some is not None), key=itemgetter(0))  # whatever order they come in
    found = {_prose(some[1]): some for some in pages}.values()
    of_html = [some for some in found if some[1].dom is not None]
    of_text = [some for some in found if some[1].dom is None]
    chosen = of_html if len(of_html) > len(of_text) else of_text
    plain = _Cleaners(others, host)
    observed: list[Observed] = []
    for source, page in chosen:
        documents = plain.clean(source)
        observed.append(Observed(source, page, survivors(page, documents), document=documents[0]))
    return observed, len(read)


def _prose(page: Page) -> tuple[str, ...]:
    return tuple(page.visible[row] for row in rows_where(page.prose).tolist())


def _outline(host: str, site: Site, others: RuleSet) -> _Outline:
    marks = {"text": fingerprints.lines(site, host, others)}
    if not site.pages[0].is_html:
        finder = LineRules(site)
        sketches = finder.find()
        return _Outline(host, marks, None, sketches, len(site.pages), unsure=finder.unsure)
    elements = ElementRules(site)
    sketches = elements.find()
    pages = {name: len(rows) for name, rows in elements.rows.items()}
    is_named = bool(marks["text"])
    marks["html"] = fingerprints.selectors(host, elements.rows, pages, len(site.pages), others, only_named=is_named)
    covered = zip(site.pages, elements.covered, strict=True)
    lines = LineRules(site, [(seen, row) for seen, rows in covered for row in rows_where(rows).tolist()])
    taken = {sketch.id for sketch in sketches}
    found = lines.find()
    sketches += [replace(sketch, id=f"{sketch.id}-line") if sketch.id in taken else sketch for sketch in found]
    return _Outline(host, marks, elements.content, sketches, len(site.pages), unsure=[*elements.unsure, *lines.unsure])


def _tried(outline: _Outline, site: Site, others: RuleSet) -> tuple[list[list[Document]], dict[str, Counter[str]]]:
    """Give up rules until none takes what is precious, nor is without effect; give what they make of the pages."""
    while True:
        cleaners = _Cleaners(_with(others, outline.read()), outline.host)
        documents = [cleaners.clean(seen.source) for seen in site.pages]
        lost, effects = _effects(outline.host, site, documents)
        takers = [sketch for sketch in outline.sketches if sketch.verb != "keep" and not sketch.fields]
        idle = [sketch for sketch in takers if sketch.id not in effects]
        if CONTENT not in effects:
            outline.content = None
        bad = [sketch for sketch in outline.sketches if sketch.id in lost]
        if CONTENT in lost:
            outline.unsure.append(f"content {outline.content!r} leaves out “{lost[CONTENT]}”")
            outline.content = None
        outline.unsure += [
            f"the rule {sketch.id} takes “{lost[sketch.id]}”, which may be the article's" for sketch in bad
        ]
        outline.sketches = [sketch for sketch in outline.sketches if sketch not in bad and sketch not in idle]
        if not lost and not idle:
            return documents, effects


def _effects(
    host: str, site: Site, documents: Sequence[Sequence[Document]]
) -> tuple[dict[str, str], dict[str, Counter[str]]]:
    """Tell which rules of the host take precious lines, with one of these, and what each takes: pages and lines."""
    lost: dict[str, str] = {}
    effects: dict[str, Counter[str]] = defaultdict(Counter)
    for seen, some in zip(site.pages, documents, strict=True):
        taken: dict[str, set[int]] = defaultdict(set)
        starts, ends = np.asarray(seen.page.starts), np.asarray(seen.page.ends)
        for document in some:
            for edit in document.edits:
                file, _, name = edit.rule.partition("/")
                if file == host:
                    taken[name].update(rows_where((starts >= edit.start) & (ends <= edit.end)).tolist())
        for name, rows in taken.items():
            effects[name].update(pages=1, lines=len(rows))
            precious = [row for row in sorted(rows) if seen.precious[row]]
            if precious:
                lost.setdefault(name, seen.page.visible[precious[0]])
    return lost, dict(effects)


def _is_shown(outline: _Outline, site: Site, others: RuleSet) -> bool:
    """Write the examples. Rules that none shows at work are given up, and then it is false."""
    outline.examples = ""
    file = outline.read()
    examples = Examples(site, _with(others, file), file)
    outline.examples = examples.write(outline.sketches, outline.content)
    unshown = [sketch for sketch in outline.sketches if not examples.shows(sketch)]
    outline.unsure += [f"the rule {one.id} could not be shown by a shortened page: {one.about}" for one in unshown]
    outline.sketches = [sketch for sketch in outline.sketches if sketch not in unshown]
    return not unshown


def _drafted(outline: _Outline, effects: dict[str, Counter[str]]) -> Iterator[Drafted]:
    if outline.content is not None:
        effect = effects.get(CONTENT, Counter())
        yield Drafted(CONTENT, f"Only what lies in {outline.content} stays.", effect["pages"], effect["lines"])
    for sketch in outline.sketches:
        effect = effects.get(sketch.id, Counter())
        takes = sketch.verb != "keep" and not sketch.fields  # others read, or keep
        yield Drafted(sketch.id, sketch.about, effect["pages"] if takes else sketch.pages, effect["lines"])


def _with(others: RuleSet, file: RuleFile) -> RuleSet:
    return RuleSet([Layer(others.files, ()), Layer((file,), ())])
