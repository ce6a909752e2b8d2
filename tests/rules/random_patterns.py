"""Patterns of all kinds, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

ATOMS = [
    r"a",
    r"b",
    r"\x20",
    r"é",
    r"ſ",
    r"7",
    r".",
    r"\d",
    r"\s",
    r"\S",
    r"\w",
    r"\W",
    r"\D",
    r"\h",
    r"[ab]",
    r"[^a]",
    r"[\s,]",
    r"[^\s]",
    r"[\W]",
    r"[^]a-]",
    r"[a-c7]",
    r"[|]",
    r"\p{L}",
    r"\P{L}",
    r"\p{^Lu}",
    r"\.",
    r"\x41",
    r"\u00e9",
    r"\t",
    r"\b",
    r"^",
    r"$",
    r"\A",
    r"\Z",
    r"\m",
    r"\M",
    r"(?=a)",
    r"(?!b)",
    r"(?<=a)",
    r"(?<!\s)",
    r"(?#note)",
]
patterns = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map("|".join),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{,2}", "*?", "++"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map("({})".format),
        inner.map("(?i:{})".format),
        inner.map("(?>{})".format),
        inner.map("(?P<title>{})".format),
    ),
    max_leaves=6,
)
