"""What the scorer proposes, with the weights that come with the package."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner.scorer
from cleaner import Cleaner
from cleaner.blocks import Page, read
from cleaner.model import Drop, Keep, Proposal, Rank
from cleaner.scorer import LineScorer
from cleaner.scorer.forest import Forest
from cleaner.scorer.line_scorer import OVERRULES, best_rows, rows_proposed

WEIGHTS = Path(cleaner.scorer.__file__).parent / "weights"
MOST_BYTES = 2_000_000
PROSE = (
    "The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days.",
    "Its captain, who has made the crossing for thirty years, said that he had never seen the harbour so full of sand.",
    "Divers looked at the posts on Sunday and found two of them hollow, which the council had been told in spring.",
    "For now the boat carries people and their bags, but no cars, and the baker sends his bread by the post plane.",
)
LANGUAGES = {
    "de": (
        "Die Fähre zu den Inseln fährt seit Montagmorgen wieder, nachdem der Anleger neun Tage gesperrt war.",
        "Der Kapitän, der die Strecke seit dreißig Jahren fährt, hat den Hafen nie so voller Sand gesehen.",
        "Vorerst nimmt das Schiff nur Leute mit Gepäck an Bord, und der Bäcker schickt sein Brot mit der Post.",
    ),
    "ru": (
        "Паром на острова снова ходит с утра понедельника, после того как причал был закрыт девять дней.",
        "Капитан, который водит судно тридцать лет, сказал, что никогда не видел в гавани столько песка.",
        "Пока что на борт берут только людей с багажом, а пекарь посылает свой хлеб почтовым самолётом.",
    ),
    "zh": (
        "开往群岛的渡轮自星期一早晨起恢复运行，此前码头因海浪损坏已经关闭了整整九天，岛上的商店几乎空了。",
        "船长在这条航线上工作了三十年，他说自己从来没有见过港口里积了这么多的沙子，连渔船也无法靠岸。",
        "目前这艘船只运送乘客和行李，不载汽车，面包师只好把他的面包交给邮政飞机送到最远的那个岛上去。",
    ),
    "ar": (
        "عادت العبارة إلى الجزر منذ صباح يوم الاثنين، بعد أن بقي الرصيف مغلقا تسعة أيام بسبب العاصفة.",
        "وقال القبطان الذي يعمل على هذا الخط منذ ثلاثين عاما إنه لم ير الميناء مليئا بالرمال هكذا من قبل.",
        "أما الآن فلا تحمل السفينة سوى الركاب وأمتعتهم، ويرسل الخباز خبزه مع طائرة البريد كل صباح.",
    ),
    "hi": (
        "द्वीपों के लिए नाव सोमवार की सुबह से फिर चल रही है, क्योंकि घाट नौ दिन तक बंद रहा था।",
        "कप्तान ने कहा कि तीस साल में उसने बंदरगाह में इतनी रेत कभी नहीं देखी, और मछुआरे भी परेशान थे।",
        "अभी नाव केवल लोगों और उनके सामान को ले जाती है, और नानबाई अपनी रोटी डाक के जहाज़ से भेजता है।",
    ),
}


def scorer() -> LineScorer:
    return LineScorer.load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_of_every_language_stays(language: str) -> None:
    text = "\n\n".join(LANGUAGES[language])
    assert Cleaner().clean(text).text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_of_every_language_is_likely_content_between_menus(language: str) -> None:
    menu = ["Ilona", "Orava", "Tessel", "Marden"]
    page = read("\n".join([*menu, "", *LANGUAGES[language], "", *menu]))
    likely = scorer().probabilities(page, [])
    prose = slice(len(menu), len(menu) + len(LANGUAGES[language]))
    assert likely[prose].min() > max(likely[: len(menu)].max(), likely[prose.stop :].max())


def test_what_the_rules_keep_stays_whatever_the_scorer_says() -> None:
    page = read("\n\n".join(PROSE))
    keep = Proposal("site/keep", Rank.HOST, Keep(range(len(page)), "wanted"))
    drop = Proposal("site/drop", Rank.HOST, Drop(range(1), "unwanted"))
    from cleaner.resolve import resolve

    said, _ = scorer().propose(page, [drop])
    assert not resolve(page, [keep, drop, *said]).dropped.any()
    assert resolve(page, [drop, *said]).dropped[0]


def test_a_page_of_prose_is_never_emptied() -> None:
    document = Cleaner(only=["scorer"]).clean("\n\n".join(PROSE))
    assert document.text == "\n\n".join(PROSE)


def test_without_the_scorer_no_edit_is_its_own() -> None:
    raw = "\n".join(["Home", "News", "Sport", *PROSE, "Imprint", "Jobs", "Press"])
    for cleaner_ in (Cleaner(scorer=None), Cleaner(skip=["scorer"])):
        assert not any(edit.rule.startswith("scorer/") for edit in cleaner_.clean(raw).edits)


def test_reasons_name_the_probability_and_on_demand_the_features() -> None:
    menu = ["Home", "News", "Sport", "Shop", "Weather", "Jobs", "Log in", "Share", "Tweet", "Print", "Email"]
    page = read("\n".join([*menu, "", *PROSE * 3, "", *menu, "Orava", "Marden", "Tessel", "© Ferry Ltd"]))
    noise = [Proposal("heuristics/legal", Rank.HEURISTIC, Drop((len(page) - 1,), "a notice of copyright"))]
    short = drops(scorer(), page, noise)
    long = drops(LineScorer.load(explains=True), page, noise)
    assert short
    assert all(reason.startswith("content with probability 0.") for reason in short)
    assert all(reason.count("(") == 3 for reason in long)


def drops(scorer: LineScorer, page: Page, proposals: list[Proposal]) -> list[str]:
    return [found.action.reason for found in scorer.propose(page, proposals)[0] if isinstance(found.action, Drop)]


def test_a_page_like_none_is_flagged_and_left_alone() -> None:
    sure_of_nothing = Forest.from_arrays(
        {
            "depth": np.array(1),
            "names": np.frombuffer(b"words", np.uint8),
            "features": np.zeros((1, 1), np.int16),
            "thresholds": np.zeros((1, 1), np.float32),
            "values": np.full((1, 3), -3, np.float32),
            "base": np.array(0.0),
        }
    )
    document = Cleaner(scorer=replace(scorer(), forests={"text": sure_of_nothing})).clean("\n\n".join(PROSE))
    assert document.text == "\n\n".join(PROSE)
    assert [flag.name for flag in document.flags] == ["unsure"]


def test_proposals_are_counted_by_their_source() -> None:
    page = read("\n\n".join(PROSE))
    proposals = [
        Proposal("heuristics/share-bar", Rank.HEURISTIC, Drop((0,), "")),
        Proposal("site/menu", Rank.HOST, Drop((1, 2), "")),
        Proposal("heuristics/title", Rank.HEURISTIC, Keep((3,), "")),
    ]
    found = rows_proposed(page, proposals)
    assert found.sum() == 3
    assert found[-1].tolist() == [False, True, True, False]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 300), st.booleans()), min_size=1, max_size=40))
def test_some_row_stays_and_a_heuristic_is_overruled_by_the_likely_only(rows: list[tuple[float, int, bool]]) -> None:
    likely = np.array([row[0] for row in rows])
    gone = np.array([row[2] for row in rows])
    keep = best_rows(likely, np.array([row[1] for row in rows], float), gone, np.zeros_like(gone))
    assert keep.any() or gone.any()
    assert not (keep & gone & (likely < OVERRULES)).any()


def test_a_standfirst_stays_where_the_same_sentence_elsewhere_goes() -> None:
    """Nothing but its place says that it is no caption."""
    likes_long_lines = Forest.from_arrays(
        {
            "depth": np.array(1),
            "names": np.frombuffer(b"words", np.uint8),
            "features": np.zeros((1, 1), np.int16),
            "thresholds": np.full((1, 1), np.log1p(14), np.float32),
            "values": np.array([[0, -2, 3]], np.float32),
            "base": np.array(0.0),
        }
    )
    said = "Between the tracks and the wall live more bees than anybody thought."
    others = [
        f"Between the {thing} and the wall live more birds than anybody knew." for thing in ("door", "barn", "well")
    ]
    body = "".join(f"<p>{line}</p>" for line in (*PROSE, *others))
    page = f"<html><body><h1>Bees at the station</h1><p>{said}</p><p>Listen</p><div>{body}</div></body></html>"
    document = Cleaner(scorer=replace(scorer(), forests={"html": likes_long_lines, "text": likes_long_lines})).clean(
        page
    )
    assert said in document.text
    assert not any(line in document.text for line in others)


def test_the_weights_are_small_and_hold_no_pickles() -> None:
    files = sorted(WEIGHTS.glob("*.npz"))
    assert [file.stem for file in files] == ["html", "labels", "text", "words"]
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES
    for file in files:
        with np.load(file, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files)


def test_nothing_is_read_before_it_is_needed() -> None:
    code = (
        "import cleaner; cleaner.Cleaner(); from cleaner.scorer import LineScorer;"
        "print(LineScorer.load.cache_info().misses)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "0"
    )
