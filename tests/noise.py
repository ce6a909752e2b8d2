"""Texts as scrapers leave them, for property tests: prose, noise and accidents in any order."""

from __future__ import annotations

from hypothesis import strategies as st

PROSE = (
    "The harbour office said on Monday that the new ferry would sail twice a day, weather permitting.",
    "Nobody in the village remembers a winter as long as this one, and the bakery has run out of flour twice.",
    "Der Rat beschloss am Abend, die alte Brücke nicht abzureißen, sondern sie für Fußgänger zu öffnen.",
    "Les pêcheurs attendent depuis trois semaines une réponse du ministère, qui promet d'étudier leur demande.",
    "Местные жители рассказали, что мост закрыли ещё весной, а новый обещают построить только через два года.",
    "当地居民说，这座桥在春天就已经关闭，而新的桥要到两年以后才能建成，大家只好绕道而行。",
    "Costs rose to 4.5 million, the report says; “we did not expect that,” the treasurer wrote in a letter.",
)
SHORT = (
    "Home", "About us", "Share", "Tweet", "Advertisement", "Read more", "Similar news", "Comments", "No comments",
    "© 2024 The Example Post. All rights reserved.", "Privacy policy", "By Ann Roe", "July 12, 2023", "12:30",
    "Skip to content", "$ 1.70", "€ 1.99", "Powered by Blogger.", "Sign up for our newsletter", "Next", "Previous",
    "Bridge stays open", "Tags: bridge, council", "1. Boil the water", "Home / News / Bridge stays open", "Menu",
    "We use cookies to improve your experience.", "Original url:", "https://www.example.com/bridge", "Startseite",
)  # fmt: skip
MARKED = (
    "# Bridge stays open", "[Home](/)", "* [News](/news)", "* [Sport](/sport) [Culture](/culture)", "## Background",
    "A price of \\$5 and a \\_name\\_.", "![](/logo.png)", "> A quotation of some length from the report.", "```",
    "Related article: [Another bridge](/other)", "By [Max Roe for ABC](#)", "**Photo / ABC**", "| a | b |",
)  # fmt: skip
ODD = (
    "\u200bzero",
    "soft\u00adhyphen",
    "e\u0301te\u0301",
    "\x00nul",
    "\ufeffmark",
    "a\u00a0b",
    "👩‍👩‍👧 family",
    "\x0cpage",
)

lines = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(SHORT),
    st.sampled_from(MARKED),
    st.sampled_from(ODD),
    st.text(max_size=40),
)
breaks = st.sampled_from(("\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\n  ", "\n\t", " \n"))
texts = st.lists(st.tuples(lines, breaks), max_size=40).map(lambda pairs: "".join(a + b for a, b in pairs))
"""Documents of up to forty lines."""

_TAGS = (
    "div",
    "p",
    "ul",
    "li",
    "nav",
    "article",
    "table",
    "tr",
    "td",
    "pre",
    "a href=/x",
    "span",
    "h1",
    "h2",
    "blockquote",
    "br",
)
_CLASSES = ("", "", " class=sidebar", " class=content", " id=comments", " hidden", " class='share ad'")
_pieces = st.one_of(
    st.tuples(st.sampled_from(_TAGS), st.sampled_from(_CLASSES)).map(lambda pair: f"<{pair[0]}{pair[1]}>"),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(PROSE).map(lambda prose: f"<p>{prose}</p>"),
    lines,
)
pages = st.lists(_pieces, max_size=40).map(lambda pieces: "<!DOCTYPE html><html><body>" + "".join(pieces))
"""HTML pages, most of them broken."""
