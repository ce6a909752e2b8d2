"""What an ``<aside>`` between paragraphs is: a part of the text, or a box of the page."""

from __future__ import annotations

import pytest

from cleaner.pipeline import Cleaner

PROSE = (
    "The pears of the old tree behind the station ripen late, and whoever wants some of them has to be there early.",
    "Nobody planted it. A porter is said to have thrown away the core of his lunch, in the year of the great flood.",
    "Since then the trains stop for two minutes longer in November, and no timetable has ever said a word about it.",
)


@pytest.mark.parametrize(
    ("aside", "stays"),
    [
        ("<p>One tree, forty baskets.</p>", True),
        ("<h3>In figures</h3><ul><li>Baskets: 40</li><li>Ladders: 2</li></ul>", True),
        ("<p>Tilaa uutiskirjeemme joka perjantai.</p><button>Tilaa</button>", False),
        ("<p>Tilaa uutiskirjeemme.</p><form><input name='a'><button>OK</button></form>", False),
        ("<p><a href='/a'>Plums of the year before</a></p><p><a href='/b'>Quinces without a wall</a></p>", False),
    ],
)
def test_an_aside_between_paragraphs_stays_unless_it_asks_or_leads_away(aside: str, stays: bool) -> None:
    first, *others = (f"<p>{line}</p>" for line in PROSE)
    page = f"<html><body><main><h1>Late pears</h1>{first}<aside>{aside}</aside>{''.join(others)}</main></body></html>"
    lines = Cleaner(scorer=None).clean(page).text
    assert all(line in lines for line in PROSE)
    assert any(word in lines for word in ("forty baskets", "Baskets: 40", "Tilaa", "Plums")) is stays
