"""Other extractors of main content from HTML, as their documentation says to call them.

Each takes a page's HTML and gives the text that it keeps. One that fails, or finds nothing, gives "".
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import lxml.html  # type: ignore[import-untyped]
import readability  # type: ignore[import-untyped]
import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser
from trafilatura.meta import reset_caches

HtmlPeer = Callable[[str], str]

FLOOR = "parse only"
"""What no extractor can beat: the fastest parser at hand builds the tree, and that is all."""

TRAFILATURA = "trafilatura"

_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Output:
    """What a system makes of a page. Metadata is None where it was not found or is not asked for."""

    text: str
    title: str | None = None
    author: str | None = None
    """The authors' names, with a semicolon between them."""
    date: str | None = None


def parse_only(html: str) -> str:
    """Build the tree and give nothing."""
    LexborHTMLParser(html)
    return ""


def trafilatura_default(html: str) -> str:
    """Trafilatura as it comes, but without comments, which no gold text has."""
    return trafilatura.extract(html, include_comments=False) or ""


def trafilatura_fast(html: str) -> str:
    """Trafilatura without its fallbacks."""
    return trafilatura.extract(html, include_comments=False, fast=True) or ""


def resiliparse_main(html: str) -> str:
    """Resiliparse's rules for main content."""
    return str(extract_plain_text(html, main_content=True))


def readability_text(html: str) -> str:
    """Give the text of what readability-lxml keeps, with a line for each block."""
    tree = lxml.html.fromstring(readability.Document(html).summary())
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return _SPACE.sub("\n", str(tree.text_content())).strip()


PEERS: dict[str, HtmlPeer] = {
    TRAFILATURA: trafilatura_default,
    "trafilatura-fast": trafilatura_fast,
    "resiliparse": resiliparse_main,
    "readability": readability_text,
}

_PACKAGES = {name: name.removesuffix("-fast") for name in PEERS} | {"readability": "readability-lxml"}


def complete(peer: str, html: str, text: str) -> Output:
    """Add the metadata to a peer's text, where the peer reads any."""
    if peer != TRAFILATURA:
        return Output(text)
    try:
        found = trafilatura.extract_metadata(html)
    except Exception:
        return Output(text)
    return Output(text, found.title, found.author, found.date) if found else Output(text)


def forget() -> None:
    """Empty the caches in which trafilatura keeps what it saw of earlier pages."""
    reset_caches()


def silence() -> None:
    """Keep the peers from writing to the terminal what they think of a page."""
    for name in ("trafilatura", "readability", "htmldate", "courlan", "lxml"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class Cache:
    """A file with what peers made of pages: a JSON line for each, void when the peer's version changes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._versions = {peer: version(package) for peer, package in _PACKAGES.items()}
        self._outputs: dict[tuple[str, str], Output] = {}
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line:
                    self._take(json.loads(line))

    def _take(self, record: Mapping[str, str]) -> None:
        if self._versions.get(record["peer"]) == record["version"]:
            output = Output(record["text"], record["title"], record["author"], record["date"])
            self._outputs[record["id"], record["peer"]] = output

    def get(self, page: str, peer: str) -> Output | None:
        """Give what a peer made of a page, if that is known."""
        return self._outputs.get((page, peer))

    def add(self, page: str, outputs: Mapping[str, Output]) -> None:
        """Write down what peers made of a page."""
        if not self._path or not outputs:
            return
        with self._path.open("a", encoding="utf-8") as file:
            for peer, output in outputs.items():
                record = {"id": page, "peer": peer, "version": self._versions[peer], **asdict(output)}
                file.write(json.dumps(record) + "\n")
