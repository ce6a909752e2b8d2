"""Raw pages to learn from: what a reader of any format gives, and the reader of folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.inputs import Walk
from cleaner.model import ConfigError
from cleaner.rules.hosts import host_of, normalise, registrable


class RawPage(NamedTuple):
    """A page as it came. ``site`` is where it lay, which may be a host; ``url`` is its address, where that is known."""

    site: str
    raw: bytes
    url: str | None = None


def pages_in(place: Path, extensions: tuple[str, ...] = (), *, max_size: float) -> Iterator[RawPage]:
    """Read the pages below a folder, in the order of their names, or the one that a file is.

    A page's site is the first folder of its path below ``place``, or else the folder that it lies in. What is no
    readable file, or has more than ``max_size`` megabytes, is passed over. Raises
    :class:`~cleaner.model.ConfigError` where there is no such place.
    """
    if not place.exists():
        raise ConfigError(f"{place}: no such folder or file")
    own = place.resolve()
    own_name = own.name if place.is_dir() else own.parent.name
    for found in Walk(extensions=extensions).inputs(place):
        if found.problem is not None:
            continue
        folder, below, _ = found.name.partition("/")
        try:
            path = Path(found.path)
            if path.stat().st_size <= max_size * 1_000_000:
                yield RawPage(folder if below else own_name, path.read_bytes())
        except OSError:
            continue


def site_of(page: RawPage) -> str:
    """Name a page's site as cleaning does: the domain of its address, or of where it lay; else that name as it is."""
    host = (host_of(page.url) if page.url else None) or normalise(page.site)
    return (registrable(host) if host else None) or page.site
