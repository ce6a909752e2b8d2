"""All questions asked, one after the other, of the notes and the raw pages of some runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from cleaner.batch.cleaners import CleanerOptions
from cleaner.batch.manifest import Manifest
from cleaner.corpus.counting import LineCounter
from cleaner.frequency import Frequencies
from cleaner.health.comparison import Comparison, Pair, compare
from cleaner.health.findings import Finding
from cleaner.health.growth import growth
from cleaner.health.history import History
from cleaner.health.recurring import recurring
from cleaner.health.sample import RawPage, Sample, Source
from cleaner.health.silence import never_fired, silence
from cleaner.health.watched import Watched
from cleaner.model import CleanerError, Document
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet


@dataclass
class Examination:
    """What was looked at, and what was found."""

    latest: str = ""
    """The last week that there are notes of; empty if there is none."""
    sites: int = 0
    """Sites that had documents lately."""
    findings: list[Finding] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    """A page of the sample of each site, to look at."""
    lost: int = 0
    """Pages of the sample that lie in RAW no more."""


def examine(sources: Sequence[Source], rules: RuleSet, *, count: int, ignored: Sequence[str] = ()) -> Examination:
    """Look at everything. ``sources`` are what the OUT folders were made of, ``count`` the pages of each site's sample.

    The cleaner's options are those of the last of the sources.
    """
    settings = sources[-1].settings
    history = _history(sources)
    result = Examination()
    if history is None:
        return result
    watched = Watched(rules, digests=history.digests, only=settings.only, skip=settings.skip, ignored=ignored)
    active = [site for site, _ in history.active() if site not in watched.ignored]
    for site in history.sites.keys() & watched.ignored:
        del history.sites[site]
    result.latest, result.sites = history.latest_name, len(active)
    result.findings += [*silence(history, watched), *never_fired(history, watched), *growth(history, watched)]
    wanted = [site for site in active if watched.site_files(site)]
    sample = Sample(sources, wanted, count)
    _look_at_pages(result, sample, watched, CleanerOptions.of(settings))
    result.lost = sample.lost
    result.findings.sort(key=lambda found: (found.site, found.path, found.line is None, found.line or 0, found.kind))
    return result


def _history(sources: Sequence[Source]) -> History | None:
    with ExitStack() as stack:
        manifests = [stack.enter_context(Manifest(source.manifest, readonly=True)) for source in sources]
        latest = max((row[0] for manifest in manifests for row in manifest.weeks()), default="")
        rows = (row for manifest in manifests for row in manifest.weeks())
        files = (row for manifest in manifests for row in manifest.rule_files())
        return History(latest, rows, files) if latest else None


def _look_at_pages(result: Examination, sample: Sample, watched: Watched, options: CleanerOptions) -> None:
    """Clean the sample with the rules of its sites and without them, and look for what recurs in the results."""
    if not sample.sites:
        return
    rules = watched.rule_set
    lexicon = Lexicon.load()
    ours = options.make_with(rules)
    sites = [file.id for file in rules.files if file.kind == "site"]
    generic = replace(options, skip=(*options.skip, *sites)).make_with(rules)
    counter = LineCounter()
    for site in sample.sites:
        files = watched.site_files(site)
        pairs = []
        for page, document in _cleaned(ours, sample.pages(site)):
            counter.add(site, document.text)
            pairs += [Pair(page.name, document, other) for _, other in _cleaned(generic, [page])]
        if pairs:
            comparison = compare(site, pairs, files, lexicon)
            result.comparisons.append(comparison)
            result.pages[site] = comparison.worst or pairs[0].name
            if (finding := comparison.finding(files[0])) is not None:
                result.findings.append(finding)
    frequencies = Frequencies(counter.sites)
    for site in sample.sites:
        if frequencies.lines.get(site):
            documents = (document for _, document in _cleaned(ours, sample.pages(site)))
            found = recurring(site, documents, frequencies, rules, watched.site_files(site)[0], lexicon)
            result.findings += [found] if found is not None else []


def _cleaned(cleaner: Cleaner, pages: Iterator[RawPage] | Sequence[RawPage]) -> Iterator[tuple[RawPage, Document]]:
    """Clean pages; what cannot be cleaned any more is passed over."""
    for page in pages:
        try:
            yield page, cleaner.clean(page.raw, page.url, charset=page.charset)
        except CleanerError:
            continue
