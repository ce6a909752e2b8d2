"""When two lines of a site count as the same: their keys are equal."""

from __future__ import annotations

from hashlib import blake2b

import regex

from cleaner.blocks.lines import INVISIBLE, WHITE

LONGEST = 120
"""Characters from which a key is the start of its line and a digest of all of it, so that memory holds many keys."""
_SHOWN = 60
"""Characters of a long line that its key shows."""

NUMBER = r"\d+(?:[.,:]\d+)*"
"""The pattern of a number, with its commas, points and colons: an amount, a date in digits, a clock."""
_NUMBER = regex.compile(NUMBER)
_NUMBER_ASCII = regex.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_INVISIBLE = regex.compile(f"[{INVISIBLE}]")
_ODD = [character for character in WHITE if character not in " \n"]
_ODD_ASCII = list(filter(str.isascii, _ODD))


def keys_of(text: str) -> list[str]:
    r"""Give a key for each line of a text, whose lines end in ``\n``; a blank line has the empty key.

    A key is without what differs from page to page: letter case, numbers, and the width of white space. So a
    counter, a clock, and a date in digits are the same on every page.

    >>> keys_of("12 Comments\n3  comments")
    ['0 comments', '0 comments']
    """
    is_ascii = text.isascii()
    text = (_NUMBER_ASCII if is_ascii else _NUMBER).sub("0", text.casefold())
    if "  " in text or any(character in text for character in (_ODD_ASCII if is_ascii else _ODD)):
        text = _INVISIBLE.sub("", text)
        lines = [" ".join(line.split()) for line in text.split("\n")]
    else:
        lines = [line.strip(" ") for line in text.split("\n")]
    return [line if len(line) <= LONGEST else _shortened(line) for line in lines]


def _shortened(line: str) -> str:
    digest = blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{line[:_SHOWN]}… {digest.hexdigest()}"
