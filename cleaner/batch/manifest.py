"""What earlier runs did to OUT: the note by which an unchanged input is known again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.writing import OutputError

_VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS inputs (
    name BLOB PRIMARY KEY, content BLOB, key BLOB, output BLOB, size INTEGER, flags TEXT,
    generation INTEGER, start INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS generations (number INTEGER PRIMARY KEY, final INTEGER);
"""

_COLUMNS = "content, key, output, size, flags, generation, start"


class Known(NamedTuple):
    """What is known of an input from an earlier run."""

    content: bytes
    """Hash of the raw input."""
    key: bytes
    """Hash of everything else that the output depends on: rules, version, options."""
    output: str
    size: int
    """Bytes of the output, or of its line in a JSON Lines file."""
    flags: tuple[str, ...] = ()
    generation: int = 0
    """The JSON Lines file that holds the output, if one does."""
    start: int = 0
    """Where in that file the line starts."""


class Manifest:
    """A small SQLite database under OUT. It is only a memory: without it everything is cleaned again."""

    def __init__(self, file: Path, *, readonly: bool = False) -> None:
        self._db = _read_only(file) if readonly else _writable(file)

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Look up inputs by name."""
        return [self._known(name) for name in names]

    def record(self, rows: Iterable[tuple[str, Known]]) -> None:
        """Note what became of inputs; it holds from then on, even if the run is killed."""
        try:
            self._db.executemany(
                f"INSERT OR REPLACE INTO inputs (name, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (_row(name, known) for name, known in rows),
            )
            self._db.commit()
        except sqlite3.OperationalError as error:
            raise OutputError(f"cannot keep notes in OUT: {error}") from None

    def new_generation(self) -> int:
        """Give a new JSON Lines file its number."""
        number = self._db.execute("INSERT INTO generations (final) VALUES (0)").lastrowid
        self._db.commit()
        return number or 0

    def finish_generation(self, number: int) -> None:
        """Note that this generation is, or is about to be, the finished file."""
        self._db.execute("UPDATE generations SET final = (number = ?)", (number,))
        self._db.commit()

    def final_generation(self) -> int | None:
        """Give the generation that the finished JSON Lines file is of."""
        row = self._db.execute("SELECT number FROM generations WHERE final").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the database, which another run may open from then on."""
        self._db.close()

    def _known(self, name: str) -> Known | None:
        query = f"SELECT {_COLUMNS} FROM inputs WHERE name = ?"  # noqa: S608
        row = self._db.execute(query, (os.fsencode(name),)).fetchone()
        if row is None:
            return None
        content, key, output, size, flags, generation, start = row
        return Known(content, key, os.fsdecode(output), size, tuple(flags.split()), generation, start)


def _row(name: str, known: Known) -> tuple[object, ...]:
    content, key, output, size, flags, generation, start = known
    return os.fsencode(name), content, key, os.fsencode(output), size, " ".join(flags), generation, start


def _writable(file: Path) -> sqlite3.Connection:
    """Open the database for this run alone; one that is damaged or of another version begins anew."""
    try:
        return _prepared(file)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise OutputError(f"another run is writing to {file.parent.parent}: let it end first") from None
        raise OutputError(f"cannot keep notes in {file.parent}: {error}") from None
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        return _prepared(file)


def _prepared(file: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=0)
    try:
        _check_version(db)
        db.executescript(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            f"BEGIN EXCLUSIVE; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;"
        )
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _read_only(file: Path) -> sqlite3.Connection:
    """Open the database as it is; where there is none that can be read, nothing is known."""
    if file.exists():
        db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
        try:
            _check_version(db)
            db.execute("SELECT 1 FROM inputs LIMIT 1")
        except sqlite3.DatabaseError:
            db.close()
        else:
            return db
    return _prepared(":memory:")


def _check_version(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
        raise sqlite3.DatabaseError("the notes of another version")
