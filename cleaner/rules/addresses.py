"""Finds what a page says of its own address: an URL after ``Original url:``, or a first or host line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.rules.hosts import has_known_suffix, host_of, normalise, path_of, registrable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.blocks.dom import Dom
    from cleaner.blocks.page import Page


class Address(NamedTuple):
    """The address of a page; the URL is None where the page names its host only."""

    host: str
    url: str | None


_STRONG = (
    "original url",
    "original link",
    "original article",
    "original source",
    "article url",
    "article link",
    "page url",
    "source url",
    "canonical url",
    "canonical",
    "permalink",
    "permanent link",
    "url",
)
"""Labels of a page's own address."""
_WEAK = (
    "source",
    "quelle",
    "fuente",
    "fonte",
    "bron",
    "źródło",
    "источник",
    "джерело",
    "kaynak",
    "来源",
    "出典",
    "출처",
)
"""Labels that name the page's own address, or a source of it: taken where no strong label is found."""

LABELS = frozenset(f"{label}{colon}" for label in (*_STRONG, *_WEAK) for colon in (":", "：", " :"))
"""What the text of a page has, in folded letter case, if it has a labelled address."""

_LABEL = regex.compile(rf"(?i:(?P<strong>{'|'.join(_STRONG)})|{'|'.join(_WEAK)})\s*[:：](?P<rest>.*+)")
_MARKS = "*_#>~`• \t\xa0"
"""Marks of emphasis, quotes and headings that may stand around a label."""
_URL = regex.compile(
    r"""  <?(?P<bare>https?://[^\s<>"]++)>?
        | \[[^\[\]]*+\]\(<?(?P<linked>https?://[^\s()<>"]++)>?(?:\s[^()]*+)?\)
    """,
    regex.VERBOSE,
)
_ESCAPED = regex.compile(r"\\([\\_*~&()\[\]#.!+-])")
_STOPS = ".,;"


_LINKED = (("link[rel~=canonical i]", "href"), ("meta[property='og:url' i]", "content"))
"""Where an HTML page says its own address, for machines."""


def linked(dom: Dom) -> Address | None:
    """Give the address that an HTML page says for machines. It may be relative: that tells no host."""
    for selector, attribute in _LINKED:
        for url in dom.text_of(selector, attribute):
            if url.lower().startswith(("http://", "https://")) and (host := host_of(url)):
                return Address(host, url)
    return None


def labelled(page: Page, rows: Iterable[int]) -> Address | None:
    """Give the address that a label announces, in one of the rows or in the next.

    Only rows outside the prose count: an article may well talk about URLs. Labels that announce
    addresses of several sites announce none.
    """
    strong: list[Address] = []
    weak: list[Address] = []
    for row in rows:
        label = _LABEL.fullmatch(page.lines[row].strip(_MARKS)) if is_outside(page, row) else None
        if label is None:
            continue
        rest = label["rest"].strip(_MARKS)
        if not rest and row + 1 < len(page):
            rest = page.lines[row + 1]
        address = _read(rest, host_will_do=bool(label["strong"]))
        if address is not None:
            (strong if label["strong"] else weak).append(address)
    return _only(strong or [address for address in weak if has_path(address)])


def leading(page: Page) -> Address | None:
    """Give the address that is the first line of a page, as many scrapers write it; a link with a text is a link."""
    opens = page.lines and page.lines[0].startswith(("http", "<http", "[http"))
    return _read(page.lines[0], host_will_do=False) if opens else None


def bare(page: Page, rows: Iterable[int], is_known: Callable[[str], bool]) -> Address | None:
    """Give the host that is a whole line outside the prose, if it is one of the known hosts."""
    hosts = (normalise(page.visible[row].rstrip("/")) for row in rows if is_outside(page, row))
    return _only([Address(host, None) for host in hosts if host and is_known(host)])


def is_outside(page: Page, row: int) -> bool:
    """Tell whether a row lies before the first prose or after the last; without prose, each does."""
    return not page.has_prose or not page.head_end <= row < page.tail_start


def has_path(address: Address) -> bool:
    """Tell whether an address leads to a page, and not just to a site."""
    return address.url is not None and path_of(address.url) not in (None, "", "/")


def _read(text: str, *, host_will_do: bool) -> Address | None:
    """Read a line that is an URL, however it is written, and nothing else."""
    text = _ESCAPED.sub(r"\1", text.strip())
    found = _URL.fullmatch(text)
    if found is not None:
        url = (found["bare"] or found["linked"]).rstrip(_STOPS)
        host = host_of(url)
    elif host_will_do:
        url, host = None, normalise(text.strip("<>").rstrip("/"))
    else:
        return None
    return Address(host, url) if host and has_known_suffix(host) else None


def _only(addresses: list[Address]) -> Address | None:
    """Give the first address, if all are of one site."""
    sites = {registrable(address.host) for address in addresses}
    return addresses[0] if len(sites) == 1 and None not in sites else None
