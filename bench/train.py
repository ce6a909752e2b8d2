"""Train the line scorer on the development sets: ``python -m bench.train FOLDER``.

Pages are cleaned by rules and heuristics alone, and their rows are labelled by aligning their words with the text of
the article. Words and class names get their weights first, then a forest for plain text and one for HTML are grown.
``--cv`` trains on four fifths of the domains and cleans the last fifth, five times over, and prints what the cleaner
scores on pages of sites that its scorer has not seen. Without it, the weights are trained on everything and written.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from numpy.typing import NDArray
from publicsuffixlist import PublicSuffixList
from rapidfuzz.distance import LCSseq

from bench.data import records
from bench.floors import settle
from bench.metric import reading_text, score, words
from bench.tables import lay_out, mean, numbers
from cleaner.blocks.dom import label_words
from cleaner.blocks.page import Page
from cleaner.model import Flag, Proposal
from cleaner.pipeline import Cleaner
from cleaner.scorer.forest import Forest
from cleaner.scorer.line_scorer import HTML, TEXT, LineScorer, features, rows_proposed
from cleaner.scorer.storage import pack_names, pack_weights
from cleaner.scorer.words import Words, grams

WEIGHTS = Path(__file__).parent.parent / "cleaner" / "scorer" / "weights"
FOLDS = 5
NO_FOLD = -1
"""The fold of pages that are not cross-validated."""
JOBS = 2

LEAST_DOMAINS, LEAST_DOMAINS_PAIR = 4, 5
"""Domains that a word, a class name or a pair of words must be seen on."""
LEAST_WEIGHT = 0.2
"""Weights nearer to 0 are not stored."""
KEPT = 0.5
"""Share of a row's words found in the article from which the row is content (what lies near it counts little)."""
DOUBTFUL, DOUBTFUL_WEIGHT = 0.3, 0.05
MOST_WORDS, WORDS_POWER = 60, 0.8
"""A row weighs as its words do, to this power and up to so many; all rows of a page together weigh the same."""
DISGUISED = 12
"""One text in so many is read once more in letters of another script, so that no word of it is known."""
STYLES = 2
"""Dump styles of a page, of four, that its forest is trained on."""
SOURCE_WEIGHTS = {"raw": 1.0, "disguised": 0.5, "cleaned": 0.8, "gold": 0.8}
ROUNDS = {TEXT: 140, HTML: 140}
DEPTH = 5
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "max_depth": DEPTH,
    "num_leaves": 2**DEPTH,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 63,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": JOBS,
    "verbose": -1,
}

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SCRIPTS = ("αβγδεζηθικλμνξοπρστυφχψωϊϋ", "абвгдежзийклмнопрстуфхцчшщ", "աբգդեզէըթժիլխծկհձղճմյնշոչպ")


def number_of(name: str) -> int:
    """Give a number for a name, the same on every machine."""
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16)


@dataclass(frozen=True)
class Raw:
    """A document of a development set."""

    id: str
    domain: str
    kind: str
    page_type: str
    style: str
    raw: str
    gold: str
    fold: int

    @property
    def number(self) -> int:
        """A number that is the same on every machine."""
        return number_of(f"{self.id}/{self.style}")


@dataclass
class Rows:
    """The rows of a page as they are trained on."""

    source: str
    fold: int
    kept: NDArray[np.float32]
    """The share of each row's words that the article has."""
    sizes: NDArray[np.float32]
    """Words of each row."""
    names: list[str] = field(default_factory=list)
    matrix: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))


@dataclass(frozen=True)
class Recorder(LineScorer):
    """A scorer that proposes nothing, and remembers the pages that it was shown."""

    seen: list[tuple[Page, Sequence[Proposal]]] = field(default_factory=list)

    def propose(self, page: Page, proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Flag]]:
        """Remember a page and what is proposed for it."""
        self.seen.append((page, list(proposals)))
        return [], []


def load(folder: Path) -> list[Raw]:
    """Read the development sets: their pages as HTML, and as text in each dump style."""
    suffixes = PublicSuffixList()
    found: list[Raw] = []
    for prefix, pages in (("", "wcxb-dev"), ("news-", "news-dev")):
        known = {}
        for page in records(folder / f"{pages}.jsonl.zst"):
            host = urlsplit(page["url"]).hostname or ""
            domain = suffixes.privatesuffix(host) or host
            fold = NO_FOLD if prefix else number_of(domain) % FOLDS
            known[page["id"]] = Raw(
                page["id"], domain, HTML, page.get("page_type", "news"), HTML, page["html"], page["gold"], fold
            )
        found += known.values()
        for dump in records(folder / f"rawtext-{prefix}dev.jsonl.zst"):
            page = known.get(dump["id"]) or known[dump["id"].removeprefix("dev-")]
            found.append(
                Raw(page.id, page.domain, TEXT, page.page_type, dump["style"], dump["raw"], page.gold, page.fold)
            )
    return found


def disguised(text: str, script: int) -> tuple[str, dict[int, int]]:
    """Write a text's Latin letters in another script; give also the table that turns them back."""
    other = _SCRIPTS[script % len(_SCRIPTS)]
    table = str.maketrans(_LATIN + _LATIN.upper(), other + other.upper())
    return text.translate(table), {new: old for old, new in table.items()}


def shares_kept(rows: Sequence[Sequence[str]], gold: Sequence[str]) -> NDArray[np.float32]:
    """Give the share of each row's words that are the article's, by aligning the two texts.

    The longest common subsequence is looked for twice: once more in what the first leaves, for content that the
    page has in another order.
    """
    kept = np.zeros(len(rows), np.float32)
    sizes = np.fromiter((max(1, len(row)) for row in rows), np.float32, len(rows))
    left = list(range(len(rows)))
    remaining = list(gold)
    for _ in range(2):
        tokens = [word for row in left for word in rows[row]]
        if not tokens or not remaining:
            break
        owners = np.repeat(left, [len(rows[row]) for row in left])
        matched = np.full(len(tokens), -1)
        for tag, first, end, at, until in LCSseq.opcodes(remaining, tokens):
            if tag == "equal":
                matched[at:until] = np.arange(first, end)
        share = np.bincount(owners[matched >= 0], minlength=len(rows)).astype(np.float32) / sizes
        kept = np.maximum(kept, share)
        used = {int(place) for place in matched[(matched >= 0) & (share[owners] >= KEPT)]}
        remaining = [word for place, word in enumerate(remaining) if place not in used]
        left = [row for row in left if share[row] < KEPT]
    return kept


_WORD = re.compile(r"\w+")


def _recorded(raw: str) -> list[tuple[Page, Sequence[Proposal]]]:
    recorder = Recorder({}, Words({}), {})
    Cleaner(scorer=recorder, extractor="blocks").clean(raw)
    return [recorder.seen[0], *recorder.seen[-1:]] if recorder.seen else []


def _words_of(page: Page, back: Mapping[int, int]) -> list[list[str]]:
    return [_WORD.findall(line.translate(back).lower()) for line in page.visible]


def look_up_words(document: Raw) -> tuple[int, str, list[list[str]], list[list[str]], NDArray[np.bool_]] | None:
    """Give the words and the class words of an HTML page's rows, and which rows are content."""
    seen = _recorded(document.raw)
    if not seen or seen[0][0].dom is None:
        return None
    page = seen[0][0]
    kept = shares_kept(_words_of(page, {}), _WORD.findall(document.gold.lower()))
    tree = seen[0][0].dom.whole
    chains: dict[int, frozenset[str]] = {-1: frozenset()}
    for element, (label, parent) in enumerate(zip(tree.labels, tree.parents, strict=True)):
        chains[element] = chains[parent] | frozenset(label_words(label)) if label else chains[parent]
    labels = [sorted(chains[element]) for element in seen[0][0].dom.elements.tolist()]
    return document.fold, document.domain, [grams(line) for line in page.visible], labels, kept >= KEPT


Counts = Mapping[str, NDArray[np.float64]]
"""For each word: how often it is kept and dropped, each domain counted by its logarithm; and its domains."""


def count(pages: Iterable[tuple[str, Sequence[Sequence[str]], NDArray[np.bool_]]]) -> Counts:
    """Count the words of pages; each page comes with its domain and with which of its rows are content."""
    seen: defaultdict[str, defaultdict[tuple[str, bool], int]] = defaultdict(lambda: defaultdict(int))
    for domain, rows, kept in pages:
        counts = seen[domain]
        for row, content in zip(rows, kept.tolist(), strict=True):
            for word in set(row):
                counts[word, content] += 1
    summed: defaultdict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(3))
    for counts in seen.values():
        for (word, content), number in counts.items():
            of = summed[word]
            of[0 if content else 1] += np.log1p(number)
            of[2] += 1 if content or (word, True) not in counts else 0
    return summed


def weigh(counts: Sequence[Counts]) -> dict[str, float]:
    """Give the weight of each word: the log of the odds that a row with it is content (see Words)."""
    summed: defaultdict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(3))
    for part in counts:
        for word, of in part.items():
            summed[word] += of
    known = {word: of for word, of in summed.items() if of[2] >= (LEAST_DOMAINS_PAIR if " " in word else LEAST_DOMAINS)}
    total = np.sum(list(known.values()), axis=0) + 1
    even = float(np.log(total[0] / total[1]))
    weights = {word: float(np.log((of[0] + 1) / (of[1] + 1))) - even for word, of in known.items()}
    return {word: weights[word] for word in sorted(weights) if abs(weights[word]) >= LEAST_WEIGHT}


Tables = Mapping[int, tuple[Words, Mapping[str, float]]]
"""For each fold, the weights of words and labels that its own pages had no part in; for NO_FOLD, of all."""


def tables(documents: Sequence[Raw], pool: Any) -> Tables:
    """Weigh words and labels, once for each fold."""
    pages = [found for found in pool.imap(look_up_words, documents, chunksize=8) if found]
    of_fold = [[page for page in pages if page[0] == fold] for fold in range(FOLDS)]
    in_rows = [count((domain, rows, kept) for _, domain, rows, _, kept in part) for part in of_fold]
    in_labels = [count((domain, labels, kept) for _, domain, _, labels, kept in part) for part in of_fold]
    made = {}
    for fold in (*range(FOLDS), NO_FOLD):
        used = [number for number in range(FOLDS) if number != fold]
        made[fold] = (Words(weigh([in_rows[at] for at in used])), weigh([in_labels[at] for at in used]))
    return made


_TABLES: dict[int, tuple[Words, Mapping[str, float]]] = {}


def look_at(document: Raw) -> list[tuple[str, Rows]]:
    """Give the rows of a document to train on: as it is, as rules and heuristics leave it, and its article alone."""
    known, labels = _TABLES[document.fold]
    gold = _WORD.findall(document.gold.lower())
    found = [
        (source, page, proposals, shares_kept(_words_of(page, {}), gold))
        for source, (page, proposals) in zip(("raw", "cleaned"), _recorded(document.raw), strict=False)
    ]
    if document.kind == TEXT and document.number % DISGUISED == 0:
        text, back = disguised(document.raw, document.number // DISGUISED)
        found += [
            ("disguised", page, proposals, shares_kept(_words_of(page, back), gold))
            for page, proposals in _recorded(text)[:1]
        ]
    if document.style in (HTML, "wet"):
        found += [
            ("gold", page, proposals, np.ones(len(page), np.float32))
            for page, proposals in _recorded(document.gold)[:1]
        ]
    out = []
    for source, page, proposals, kept in found:
        if not len(page):
            continue
        columns = features(page, rows_proposed(page, proposals), known, labels)
        kind = TEXT if page.dom is None else HTML
        sizes = page.measures.words.astype(np.float32)
        out.append((kind, Rows(source, document.fold, kept, sizes, columns.names, columns.matrix())))
    return out


def grow(rows: Sequence[Rows], rounds: int) -> Forest:
    """Grow a forest on the rows of pages."""
    names = rows[0].names
    matrix = np.concatenate([page.matrix for page in rows], axis=1).T
    kept = np.concatenate([page.kept for page in rows])
    data = lightgbm.Dataset(matrix, kept >= KEPT, weight=np.concatenate([_row_weights(page) for page in rows]))
    booster = lightgbm.train(PARAMETERS, data, rounds)
    return fill_up(booster.dump_model(), names)


def _row_weights(page: Rows) -> NDArray[np.float32]:
    weight = np.clip(page.sizes, 1, MOST_WORDS) ** WORDS_POWER
    weight = np.where(np.abs(2 * page.kept - 1) < DOUBTFUL, DOUBTFUL_WEIGHT, 1.0) * weight
    small = min(1.0, float(page.sizes.sum()) / 100 + 0.05) ** 0.5
    return np.asarray(SOURCE_WEIGHTS[page.source] * small * 100 * weight / max(weight.sum(), 1e-9), np.float32)


def fill_up(model: Mapping[str, Any], names: Sequence[str]) -> Forest:
    """Turn LightGBM's trees into full ones of :data:`DEPTH`: a leaf further up is repeated below."""
    count = 2 ** (DEPTH + 1) - 1
    trees = model["tree_info"]
    asked = np.zeros((len(trees), 2**DEPTH - 1), np.int64)
    thresholds = np.zeros((len(trees), 2**DEPTH - 1), np.float32)
    values = np.zeros((len(trees), count), np.float32)

    def fill(tree: int, place: int, node: Mapping[str, Any]) -> None:
        values[tree, place] = node["leaf_value"] if "leaf_value" in node else node["internal_value"]
        if place >= 2**DEPTH - 1:
            return
        if "leaf_value" not in node:
            asked[tree, place], thresholds[tree, place] = node["split_feature"], node["threshold"]
        fill(tree, 2 * place + 1, node.get("left_child", node))
        fill(tree, 2 * place + 2, node.get("right_child", node))

    for number, tree in enumerate(trees):
        fill(number, 0, tree["tree_structure"])
    used = sorted(set(asked.ravel().tolist()))
    places = {name: at for at, name in enumerate(used)}
    return Forest.from_arrays(
        {
            "depth": np.array(DEPTH),
            "names": pack_names(names[at] for at in used),
            "features": np.vectorize(places.__getitem__)(asked).astype(np.int16),
            "thresholds": thresholds,
            "values": values,
            "base": np.array(0.0),
        }
    )


Scored = tuple[str, str, str, float, float, float]
"""Kind, page type and style of a document, and its precision, recall and F1."""

_SCORERS: dict[int, Cleaner] = {}


def clean_and_score(document: Raw) -> Scored:
    """Clean a document with the scorer of its fold; give its kind, type, style and scores."""
    text = _SCORERS[document.fold].clean(document.raw).text
    seen = reading_text(text) if document.style == "md" else text
    return document.kind, document.page_type, document.style, *score(words(seen), words(document.gold))


def show(results: Sequence[Scored]) -> tuple[str, dict[str, float]]:
    """Lay scores out by kind of input and by page type; give also the floors' values."""
    floors = {}
    lines = [["input", "documents", "F1", "P", "R", "by page type"]]
    for kind in (TEXT, HTML):
        of = [result for result in results if result[0] == kind]
        if not of:
            continue
        by_type: defaultdict[str, list[float]] = defaultdict(list)
        for _, page_type, _, _, _, f1 in of:
            by_type[page_type].append(f1)
        floors[f"{kind} f1"] = mean(result[5] for result in of)
        if "article" in by_type:
            floors[f"{kind} articles"] = mean(by_type["article"])
        types = "  ".join(f"{name} {mean(values):.3f}" for name, values in sorted(by_type.items()))
        scores = numbers([floors[f"{kind} f1"], mean(result[3] for result in of), mean(result[4] for result in of)])
        lines.append([kind, str(len(of)), *scores, types])
    return lay_out(lines), floors


def scorer_of(rows: Mapping[str, Sequence[Rows]], tables: tuple[Words, Mapping[str, float]]) -> LineScorer:
    """Train both forests."""
    return LineScorer({kind: grow(rows[kind], ROUNDS[kind]) for kind in (TEXT, HTML)}, *tables)


def write(scorer: LineScorer, folder: Path) -> str:
    """Write a scorer's weights; give the hash of what was written."""
    folder.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    stored = {name: forest.to_arrays() for name, forest in scorer.forests.items()}
    stored |= {"words": pack_weights(scorer.words.weights), "labels": pack_weights(scorer.labels)}
    for name in sorted(stored):
        path = folder / f"{name}.npz"
        np.savez_compressed(path, **stored[name])
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(prog="python -m bench.train", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the development sets are")
    parser.add_argument("--cv", action="store_true", help="cross-validate over domains; write nothing")
    parser.add_argument("--folds", type=int, default=FOLDS, metavar="N", help="cross-validate on N folds of five only")
    parser.add_argument("--from-news", action="store_true", help="train on the news set alone, test on the other one")
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="DIR", help="where the weights go")
    parser.add_argument("--check", action="store_true", help="with --cv: fail if a score is below its floor")
    parser.add_argument("--pin", action="store_true", help="with --cv: raise the floors")
    options = parser.parse_args(arguments)
    documents = load(options.folder)
    context = get_context("fork")
    if options.from_news:
        print(show(_from_news(documents, context))[0])
        return 0
    with context.Pool(JOBS) as pool:
        made = tables([each for each in documents if each.kind == HTML and each.fold != NO_FOLD], pool)
    _TABLES.update(made)
    trained = [each for each in documents if each.kind == HTML or each.fold == NO_FOLD or _in_turn(each)]
    rows: dict[str, list[Rows]] = {TEXT: [], HTML: []}
    with context.Pool(JOBS) as pool:
        for found in pool.imap(look_at, trained, chunksize=8):
            for kind, page in found:
                rows[kind].append(page)
    print({kind: sum(len(page.kept) for page in pages) for kind, pages in rows.items()}, "rows", flush=True)
    if not options.cv:
        scorer = scorer_of(rows, made[NO_FOLD])
        print("weights", write(scorer, options.out))
        return 0
    for fold in range(options.folds):
        _SCORERS[fold] = _cleaner_without(fold, rows, made)
    _SCORERS[NO_FOLD] = _cleaner_without(NO_FOLD, rows, made)
    tested = [each for each in documents if each.fold < options.folds]
    with context.Pool(JOBS) as pool:
        results = pool.map(clean_and_score, tested, chunksize=8)
    scores = {}
    for name, wanted in (("sites not seen, by cross-validation", True), ("news, trained on the other set", False)):
        table, floors = show([each for each, of in zip(results, tested, strict=True) if (of.fold != NO_FOLD) == wanted])
        print(f"\n{name}\n{table}", flush=True)
        scores |= {(key if wanted else f"news {key}"): value for key, value in floors.items()}
    return settle("scorer", scores, {}, pinned=tuple(scores), pin=options.pin, check=options.check)


def _from_news(documents: Sequence[Raw], context: Any) -> list[Scored]:
    """Score a fifth of the development set by a scorer that knows the 89 news pages alone, and no words."""
    _TABLES[NO_FOLD] = Words({}), {}
    rows: dict[str, list[Rows]] = {TEXT: [], HTML: []}
    with context.Pool(JOBS) as pool:
        for found in pool.imap(look_at, [each for each in documents if each.fold == NO_FOLD], chunksize=8):
            for kind, page in found:
                rows[kind].append(page)
    cleaner = Cleaner(scorer=scorer_of(rows, _TABLES[NO_FOLD]))
    _SCORERS.update(dict.fromkeys(range(FOLDS), cleaner))
    with context.Pool(JOBS) as pool:
        return list(pool.map(clean_and_score, [each for each in documents if each.fold == 0], chunksize=8))


def _in_turn(document: Raw) -> bool:
    """Choose the dump styles of a page that are trained on."""
    styles = ("inscriptis", "md", "gettext", "wet")
    first = number_of(document.id) % len(styles)
    return (styles.index(document.style) - first) % len(styles) < STYLES


def _cleaner_without(fold: int, rows: Mapping[str, Sequence[Rows]], made: Tables) -> Cleaner:
    """Give a cleaner whose scorer was not trained on a fold's pages; without the news set, for NO_FOLD."""
    used = {kind: [page for page in pages if page.fold not in (fold, NO_FOLD)] for kind, pages in rows.items()}
    return Cleaner(scorer=scorer_of(used, made[fold]))


if __name__ == "__main__":
    sys.exit(main())
