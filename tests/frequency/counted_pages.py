"""Pages of a made-up paper: furniture around an article that no other page has."""

from __future__ import annotations

from random import Random

from cleaner.corpus.counting import LineCounter
from cleaner.frequency import Frequencies

ABOUT = (
    "The Weir Echo has been set by hand since the old mill closed, and each of its eleven editors still walks "
    "the towpath with the first copy on Friday morning."
)
WHO = ("The lock keeper", "A retired diver", "The miller's sister", "Nobody at the weir", "The younger piper")
DID = ("hung a lantern", "counted nine swans", "mended the ladder", "lost a brass key", "painted the sluice")
WHERE = ("below the bridge", "behind the boathouse", "at the third lock", "in the reading room", "on the towpath")


def sentence(chance: Random) -> str:
    return (
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHERE)} on day {chance.randint(1, 9)} while "
        f"{chance.choice(WHO).lower()} {chance.choice(DID)} {chance.choice(WHERE)}, as {chance.choice(WHO)} had said."
    )


def story(number: int, paragraphs: int = 5) -> list[str]:
    chance = Random(number)
    return [
        f"{sentence(chance)} {sentence(chance)} Note {chr(97 + number % 26)}{chr(97 + number // 26)}."
        for _ in range(paragraphs)
    ]


def page(number: int, *, after: tuple[str, ...] = (), between: str = "", body: list[str] | None = None) -> str:
    chance = Random(-number - 1)
    paragraphs = body or story(number)
    if between:
        paragraphs = [*paragraphs[:2], between, *paragraphs[2:]]
    title = f"{chance.choice(WHO)} and the affair {chance.choice(WHERE)}, part {chr(97 + number)}"
    return "\n".join([
        "The Weir Echo", "Swans", "Sluices", "Our boats", f"{chance.randint(1, 900)} rowers today", "", title, "",
        "\n\n".join(paragraphs), "", *after, "Towpath tales", "Ask the miller", ABOUT,
    ])  # fmt: skip


def counted(pages: list[str], site: str = "weir-echo.example", **others: list[str]) -> Frequencies:
    counter = LineCounter()
    for text in pages:
        counter.add(site, text)
    for name, texts in others.items():
        for text in texts:
            counter.add(name, text)
    return Frequencies(counter.sites)
