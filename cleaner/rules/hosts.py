"""Hosts and paths: which site a URL belongs to, by the Public Suffix List and not by counting dots."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publicsuffixlist import PublicSuffixList

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = regex.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})")


def host_of(url: str) -> str | None:
    """Give the host of a URL in its ASCII form, or None where there is none: an IP address, a file."""
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return normalise(host) if host else None


def path_of(url: str) -> str | None:
    """Give the path of a URL."""
    try:
        return urlsplit(url.strip()).path or "/"
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def normalise(host: str) -> str | None:
    """Give a host name in lower case and in its ASCII form, or None if it is none."""
    host = host.strip().rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) else None


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """Give the domain that one owner registered: ``news.example.co.uk`` belongs to ``example.co.uk``.

    A blog on a shared host is a site of its own: ``someone.blogspot.com``. None for a public suffix.
    """
    name = normalise(host)
    return _suffixes().privatesuffix(name) if name else None


def is_public_suffix(host: str, *, shared_hosts: bool = True) -> bool:
    """Tell whether anyone can register below this host; ``shared_hosts`` counts ``blogspot.com`` in."""
    name = normalise(host) or host
    suffixes = _suffixes() if shared_hosts else _registry_suffixes()
    return "." not in name or suffixes.is_public(name)


def has_known_suffix(host: str) -> bool:
    """Tell whether the host ends in a suffix that exists."""
    return _suffixes().publicsuffix(host, accept_unknown=False) is not None


def parents(host: str) -> Iterator[str]:
    """Give the host, then each domain above it that still has a dot, the longest first."""
    while "." in host:
        yield host
        host = host.partition(".")[2]


@lru_cache(maxsize=4096)
def path_pattern(glob: str) -> regex.Pattern[str]:
    """Compile a path glob: ``*`` matches inside one segment, ``**`` across segments, ``?`` one character.

    A glob that ends in ``/**`` matches the folder itself too.
    """
    body, tail = (glob[:-3], "(?:/.*+)?") if glob.endswith("/**") else (glob, "/?")
    pieces = (_GLOB.get(piece) or regex.escape(piece) for piece in regex.split(r"(\*\*|\*|\?)", body))
    return regex.compile("".join(pieces) + tail, regex.DOTALL)


_GLOB = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # loading the list takes its time

    return PublicSuffixList()


@cache
def _registry_suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)
