"""Baselines, written from their published descriptions: each takes a raw text and gives the lines it keeps.

They are the line rules of C4 (Raffel et al. 2020) and RefinedWeb (Penedo et al. 2023), jusText (Pomikálek
2011) with each line as a paragraph, and three that cost nothing: all lines, the first of equal lines, and
long lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import justext  # type: ignore[import-untyped]
from justext.core import (  # type: ignore[import-untyped]
    PathInfo,
    classify_paragraphs,
    revise_paragraph_classification,
)
from justext.paragraph import Paragraph  # type: ignore[import-untyped]

Peer = Callable[[str], str]

C4_MIN_WORDS = 3
C4_MAX_WORD = 1000
LONG_LINE_WORDS = 10
SHORT_LINE_WORDS = 10
MAX_UPPERCASE = 0.5

_C4_POLICY = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
_WORD = re.compile(r"\w+")
_CITATION = re.compile(r"\[\d*\]|\[edit\]|\[citation needed\]")
_COUNTER = re.compile(
    r"\W*\d[\d.,]*[kmb]?\s+(?:likes|shares|comments|retweets|reposts|quotes|bookmarks|upvotes|downvotes|downloads"
    r"|views|followers)\W*",
    re.IGNORECASE,
)
_STUB = re.compile(r"^sign-in|read more\.\.\.$|items in cart", re.IGNORECASE)

STOPLISTS = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ka": "Georgian", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "nb": "Norwegian_Bokmal",
    "nl": "Dutch", "nn": "Norwegian_Nynorsk", "no": "Norwegian_Bokmal", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
}  # fmt: skip
"""jusText's stop lists by language code."""


def identity(raw: str) -> str:
    """Keep everything."""
    return raw


def first_of_equal_lines(raw: str) -> str:
    """Keep the first of lines that are equal but for case and the space around them."""
    return "\n".join({line.strip().lower(): line for line in reversed(_lines(raw))}.values())


def long_lines(raw: str) -> str:
    """Keep lines of ten or more words."""
    return _keep(raw, lambda line: len(line.split()) >= LONG_LINE_WORDS)


def c4(raw: str) -> str:
    """Keep lines as C4 does: a sentence's end, three words, no phrase of policies. Citation marks are cut."""
    return "\n".join(_CITATION.sub("", line) for line in _lines(raw) if _is_c4_line(line.strip()))


def _is_c4_line(line: str) -> bool:
    lower = line.lower()
    words = line.split()
    return (
        line.endswith((".", "?", "!", '"', "'"))
        and not line.endswith("...")
        and len(words) >= C4_MIN_WORDS
        and max(map(len, words)) <= C4_MAX_WORD
        and "javascript" not in lower
        and not any(phrase in lower for phrase in _C4_POLICY)
    )


def refinedweb(raw: str) -> str:
    """Keep lines as RefinedWeb does: no capitals, numbers, counters, single words or stubs."""
    return _keep(raw, _is_refinedweb_line)


def _is_refinedweb_line(line: str) -> bool:
    words = _WORD.findall(line)
    return (
        len(words) > 1
        and sum(map(str.isupper, line)) <= MAX_UPPERCASE * len(line)
        and not all(map(str.isdigit, words))
        and not _COUNTER.fullmatch(line)
        and not (len(words) <= SHORT_LINE_WORDS and _STUB.search(line))
    )


def justext_lines(language: str) -> Peer:
    """Make jusText for a language: each line goes as a paragraph through its own two-stage classifier."""
    stoplist = _stoplist(language)

    def keep(raw: str) -> str:
        path = PathInfo().append("p")
        lines = _lines(raw)
        paragraphs = []
        for line in lines:
            paragraph = Paragraph(path)
            paragraph.append_text(line)
            paragraphs.append(paragraph)
        classify_paragraphs(paragraphs, stoplist)
        revise_paragraph_classification(paragraphs)
        return "\n".join(
            line for line, paragraph in zip(lines, paragraphs, strict=True) if not paragraph.is_boilerplate
        )

    return keep


@cache
def _stoplist(language: str) -> frozenset[str]:
    """Give the stop words of a language and of English, which pages of every language quote."""
    names = {"English", STOPLISTS.get(language, "English")}
    return frozenset(word for name in names for word in justext.get_stoplist(name))


def _lines(raw: str) -> list[str]:
    return [line for line in raw.split("\n") if line.strip()]


def _keep(raw: str, wanted: Callable[[str], bool]) -> str:
    return "\n".join(line for line in _lines(raw) if wanted(line.strip()))


PEERS: dict[str, Peer] = {
    "nothing removed": identity,
    "first of equal lines": first_of_equal_lines,
    "RefinedWeb line rules": refinedweb,
    "C4 line rules": c4,
    "lines of ten words": long_lines,
}
"""Baselines that need no language."""

JUSTEXT = "jusText on lines"
"""The baseline that does, and that speed is compared with; made by :func:`justext_lines`."""
