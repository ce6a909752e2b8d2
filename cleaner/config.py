"""Settings: from ``clean.toml`` or ``[tool.clean]`` in ``pyproject.toml``, the closest file first.

The file that lies closest to the working directory counts, alone: nothing is merged from further up.
What the command line says comes before what the file says.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from cleaner.model import ConfigError


class Format(StrEnum):
    """What a run can write of each document."""

    SAME = "same"
    """The text, under the name and in the markup it came with; of HTML the text alone."""
    TXT = "txt"
    MD = "md"
    JSON = "json"
    JSONL = "jsonl"
    """Files with many documents, a line for each."""
    PARQUET = "parquet"
    """Files with many documents, a row for each."""


class Container(StrEnum):
    """Files that hold many documents."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"
    """Web archives, WARC and WET."""


class Compression(StrEnum):
    """How a file is compressed. The values are the suffixes, without their dot."""

    NONE = "none"
    GZIP = "gz"
    ZSTD = "zst"
    BZIP2 = "bz2"
    XZ = "xz"


class Engine(StrEnum):
    """What spreads the work."""

    LOCAL = "local"
    """Processes of this machine."""
    RAY = "ray"


class Extractor(StrEnum):
    """What finds the article on an HTML page."""

    AUTO = "auto"
    """What suits the page."""
    BLOCKS = "blocks"
    """Rules and heuristics alone, as for texts."""
    TRAFILATURA = "trafilatura"


class Scorer(StrEnum):
    """Whether the learned line scorer is asked."""

    ON = "on"
    OFF = "off"


DEFAULT_TIME_LIMIT = 30.0
"""Seconds that one document may take: thousands of times what an honest one takes."""

DEFAULT_MAX_SIZE = 32.0
"""Megabytes that one document may have; a longer text is no page that somebody wrote."""

DEFAULT_MEMORY_LIMIT = 4000.0
"""Megabytes that one worker may take: the largest page that DEFAULT_MAX_SIZE lets in takes about half."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a configuration file or an option of ``clean run`` can set."""

    rules: tuple[Path, ...] = ()
    format: Format = Format.SAME
    meta: bool = False
    jobs: int | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    site: str | None = None
    max_removed: float | None = None
    fix_mojibake: bool = False
    extractor: Extractor = Extractor.AUTO
    scorer: Scorer = Scorer.ON
    frequencies: tuple[Path, ...] = ()
    """Files of counts that `clean learn` wrote."""
    links: bool = False
    extension: tuple[str, ...] = ()
    time_limit: float = DEFAULT_TIME_LIMIT
    max_size: float = DEFAULT_MAX_SIZE
    memory_limit: float = DEFAULT_MEMORY_LIMIT
    compression: Compression | None = None
    """Of outputs with many documents; None takes that of the input."""
    text_field: str = "text"
    html_field: str = "html"
    id_field: str = "id"
    url_field: str = "url"
    engine: Engine = Engine.LOCAL
    ray_address: str | None = None

    def over(self, options: Mapping[str, Any]) -> Settings:
        """Lay options over these settings; one that is None or empty was not given."""
        given = {name: value for name, value in options.items() if value is not None and value != ()}
        for name in given.keys() & _NUMBERS.keys():
            try:
                given[name] = _NUMBERS[name](given[name])
            except ValueError as error:
                raise ConfigError(f"--{name.replace('_', '-')} must be {error}, not {given[name]}") from None
        return replace(self, **given)


def load(start: Path, file: Path | None = None) -> Settings:
    """Read the settings of ``file``, or of the file closest to the folder ``start``, or the defaults."""
    if file is None:
        file = _closest(start.resolve())
        if file is None:
            return Settings()
    table = _table(file)
    return _settings(file, {} if table is None else table)


def _closest(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        if (folder / "clean.toml").is_file():
            return folder / "clean.toml"
        project = folder / "pyproject.toml"
        if project.is_file() and b"tool.clean" in project.read_bytes() and _table(project) is not None:
            return project
    return None


def _table(file: Path) -> dict[str, Any] | None:
    """Give the settings' table of a file, or None if it is a pyproject.toml without one."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    if file.name != "pyproject.toml":
        return content
    table = content.get("tool", {}).get("clean")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.clean must be a table")
    return table


def _settings(file: Path, table: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        reader = _READERS.get(name)
        if reader is None or "_" in key:
            raise ConfigError(f"{_place(file, key)}: unknown setting {key!r}{nearest(name, _names())}")
        try:
            values[name] = reader(value)
        except ValueError as error:
            raise ConfigError(f"{_place(file, key)}: {key} must be {error}, not {value!r}") from None
    for name in ("rules", "frequencies"):
        if name in values:
            values[name] = tuple(file.parent / path for path in values[name])
    return Settings(**values)


def _names() -> list[str]:
    return [field.name.replace("_", "-") for field in fields(Settings)]


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is meant, as the end of an error message; empty if none is like it."""
    found = difflib.get_close_matches(name.replace("_", "-"), list(known), n=1)
    return f" (did you mean {found[0]!r}?)" if found else ""


def _place(file: Path, key: str) -> str:
    """Name the line of a key. The TOML reader does not tell, so the line is the first that starts with it."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.split("=")[0].strip().strip("\"'") == key:
            return f"{file}:{number}"
    return str(file)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a string")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("a list of strings")
    return tuple(value)


def _folders(value: object) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in _texts(value))


def _format(value: object) -> Format:
    if value not in list(Format):
        raise ValueError("one of " + ", ".join(Format))
    return Format(str(value))


def _extractor(value: object) -> Extractor:
    if value not in list(Extractor):
        raise ValueError("one of " + ", ".join(Extractor))
    return Extractor(str(value))


def _scorer(value: object) -> Scorer:
    if isinstance(value, bool):
        return Scorer.ON if value else Scorer.OFF
    if value not in list(Scorer):
        raise ValueError("on or off")
    return Scorer(str(value))


def _compression(value: object) -> Compression:
    if value not in list(Compression):
        raise ValueError("one of " + ", ".join(Compression))
    return Compression(str(value))


def _engine(value: object) -> Engine:
    if value not in list(Engine):
        raise ValueError("one of " + ", ".join(Engine))
    return Engine(str(value))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1 on")
    return value


def _share(value: object) -> float:
    number = _positive(value, "a number between 0 and 1")
    if number > 1:
        raise ValueError("a number between 0 and 1")
    return number


def _positive(value: object, wanted: str = "a number above 0") -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ValueError(wanted)
    return float(value)


_NUMBERS: dict[str, Callable[[object], float]] = {
    "jobs": _count,
    "max_removed": _share,
    "time_limit": _positive,
    "max_size": _positive,
    "memory_limit": _positive,
}

_READERS: dict[str, Callable[[object], Any]] = {
    **_NUMBERS,
    "rules": _folders,
    "format": _format,
    "meta": _flag,
    "only": _texts,
    "skip": _texts,
    "site": _text,
    "fix_mojibake": _flag,
    "extractor": _extractor,
    "scorer": _scorer,
    "frequencies": _folders,
    "links": _flag,
    "extension": _texts,
    "compression": _compression,
    "text_field": _text,
    "html_field": _text,
    "id_field": _text,
    "url_field": _text,
    "engine": _engine,
    "ray_address": _text,
}
