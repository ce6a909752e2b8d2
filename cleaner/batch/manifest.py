"""What runs did to OUT: a database of every input, by which an unchanged one is known again and OUT can be told of.

Only the run itself writes it, once for each finished shard. It is only a memory: without it everything is cleaned
again. It can be read while a run goes on.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.outcome import Kind
from cleaner.batch.statistics import Statistics
from cleaner.batch.writing import OutputError

MANIFEST = "manifest.sqlite"

_VERSION = 4

TAKEN_OVER = "taken over"
"""The state of runs of a part after a run of all inputs has taken their notes."""

PATIENCE = 3600.0
"""Seconds that a run waits for those who read its notes: ``clean status`` of ten million inputs takes minutes."""

_HAS_FILE = "kind = 'cleaned' AND shard = '' AND output != x''"
"""Of an input: what became of it is a file, or a folder of files, of its own."""

_INPUT = """
    name BLOB, run INTEGER, kind TEXT, reason TEXT, detail TEXT, stamp TEXT, content BLOB, key BLOB, rule_files TEXT,
    shard TEXT, output BLOB, size INTEGER, counts TEXT, flags TEXT, seconds REAL, statistics TEXT, audit TEXT,
    sidecar INTEGER
"""

_TABLES = f"""
CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY, began REAL, ended REAL, version TEXT, settings TEXT, done INTEGER, found INTEGER,
    state TEXT
);
CREATE TABLE IF NOT EXISTS inputs ({_INPUT}, PRIMARY KEY (name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inputs_of_shard ON inputs (shard) WHERE shard != '';
CREATE INDEX IF NOT EXISTS inputs_of_output ON inputs (output) WHERE {_HAS_FILE};
CREATE TABLE IF NOT EXISTS shards (name TEXT PRIMARY KEY, run INTEGER, size INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leftovers ({_INPUT}, superseded INTEGER, PRIMARY KEY (output, audit)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leftovers_of_input ON leftovers (name);
CREATE TABLE IF NOT EXISTS weeks (
    week TEXT, site TEXT, rule TEXT, documents INTEGER, edits INTEGER, characters INTEGER, removed INTEGER,
    of_parts INTEGER, PRIMARY KEY (week, site, rule, of_parts)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rule_files (
    file TEXT, week TEXT, digest TEXT, PRIMARY KEY (file, week)
) WITHOUT ROWID;
"""


class Known(NamedTuple):
    """What is known of an input from an earlier run: a row of the manifest."""

    kind: Kind
    """What became of the input, last time that it was looked at; of a file of many documents, of most."""
    reason: str = ""
    detail: str = ""
    stamp: str = ""
    """Size and time of the input's file; empty where they tell nothing."""
    content: bytes = b""
    """Hash of the raw input."""
    key: bytes = b""
    """Hash of everything else that the output depends on, but the rule files for it: version, options."""
    rule_files: str = ""
    """The rule files that were for it, each with a hash of what it says."""
    shard: str = ""
    """The file of many documents that its output is in, if it shares one with other inputs."""
    output: str = ""
    size: int = 0
    """Bytes of the output."""
    counts: str = ""
    """How many documents of a file of many became what: ``cleaned=9 skipped=1``; empty for a single document."""
    flags: tuple[str, ...] = ()
    seconds: float = 0.0
    statistics: str = ""
    """What was counted of it (:class:`~cleaner.batch.statistics.Statistics`, packed)."""
    audit: str = ""
    """Name of the file with its edits."""
    run: int = 0
    sidecar: bool = False
    """Whether a sidecar stands beside the output, or beside each file of the folder that it is."""

    def stands_by(self, key: bytes, rule_digests: Mapping[str, str]) -> bool:
        """Whether options, version and every rule file that mattered are still what they were."""
        if self.key != key:
            return False
        return all(
            rule_digests.get(name) == digest for name, _, digest in (r.rpartition("=") for r in self.rule_files.split())
        )

    def by_kind(self) -> dict[Kind, int]:
        """Say how many documents became what."""
        if not self.counts:
            return {self.kind: 1}
        return {Kind(name): int(count) for name, _, count in (one.partition("=") for one in self.counts.split())}


class RunRow(NamedTuple):
    """A run, as the manifest tells of it."""

    number: int
    began: float
    """Seconds since 1970."""
    ended: float | None
    version: str
    settings: dict[str, Any]
    done: int | None
    """Inputs that the run is done with, those that are as they were too; as of its last note."""
    found: int | None
    """Inputs, as far as they were counted."""
    state: str


_COLUMNS = (
    "kind, reason, detail, stamp, content, key, rule_files, shard, output, size, counts, flags, seconds, statistics, "
    "audit, run, sidecar"
)


class Manifest:
    """The database. Use it as a context manager, or close it."""

    def __init__(self, file: Path, *, readonly: bool = False) -> None:
        self._lock = None if readonly else _locked(file)
        try:
            self._db = _read_only(file) if readonly else _writable(file)
        except BaseException:
            if self._lock is not None:
                self._lock.close()
            raise
        self.run = 0
        """The number of this run."""

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, began: float, version: str, settings: Mapping[str, Any]) -> None:
        """Note that a run begins, with the settings that another command needs to go on with it."""
        with _kept():
            row = (began, version, json.dumps(settings), "running")
            done = self._db.execute("INSERT INTO runs (began, version, settings, state) VALUES (?, ?, ?, ?)", row)
            self._db.commit()
        self.run = done.lastrowid or 0

    def end(self, ended: float, state: str, *, done: int, found: int | None) -> None:
        """Note how the run ended."""
        with _kept():
            query = "UPDATE runs SET ended = ?, state = ?, done = ?, found = ? WHERE number = ?"
            self._db.execute(query, (ended, state, done, found, self.run))
            self._db.commit()

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Look inputs up by name."""
        query = f"SELECT {_COLUMNS} FROM inputs WHERE name = ?"  # noqa: S608
        return [_known(self._db.execute(query, (os.fsencode(name),)).fetchone()) for name in names]

    def record(
        self,
        rows: Iterable[tuple[str, Known]],
        *,
        shard: tuple[str, int] | None = None,
        week: str = "",
        statistics: Statistics | None = None,
        done: int | None = None,
        found: int | None = None,
    ) -> None:
        """Note what became of inputs, all or nothing; it holds from then on, even if the run is killed."""
        with _kept():
            if shard is not None:
                self._db.execute("DELETE FROM inputs WHERE shard = ? AND shard != ''", (shard[0],))
            self._put(rows)
            if shard is not None:
                self._db.execute("INSERT OR REPLACE INTO shards VALUES (?, ?, ?)", (shard[0], self.run, shard[1]))
            if statistics is not None and week:
                self._db.executemany(_ADD_TO_WEEK, _week_rows(week, statistics))
            if done is not None:
                self._db.execute("UPDATE runs SET done = ?, found = ? WHERE number = ?", (done, found, self.run))
            self._db.commit()

    def _put(self, rows: Iterable[tuple[str, Known]]) -> None:
        """Write rows of inputs that are there, and put aside those that tell of something else in OUT."""
        rest = iter(rows)
        while some := list(islice(rest, _ROWS_AT_ONCE)):
            changed = [(name, known) for name, known in some if self._leaves(name, known)]
            aside = ((known.kind is Kind.CLEANED, os.fsencode(name)) for name, known in changed)
            self._db.executemany(f"{_PUT_ASIDE} WHERE name = ?", aside)
            cleaned = ((os.fsencode(name),) for name, known in some if known.kind is Kind.CLEANED)
            self._db.executemany("UPDATE leftovers SET superseded = 1 WHERE name = ?", cleaned)
            self._db.executemany(_INSERT_INPUT, (_row(name, known._replace(run=self.run)) for name, known in some))

    def _leaves(self, name: str, known: Known) -> bool:
        """Say whether an input had something in OUT that what it has now does not replace."""
        query = f"SELECT output, audit, sidecar FROM inputs WHERE name = ? AND {_HAS_FILE}"  # noqa: S608
        row = self._db.execute(query, (os.fsencode(name),)).fetchone()
        if row is None:
            return False
        output, audit, sidecar = os.fsdecode(row[0]), str(row[1]), bool(row[2])
        if known.kind is not Kind.CLEANED or known.shard or known.output != output:
            return True
        return audit != known.audit if output.endswith("/") else sidecar and not known.sidecar

    def shard_size(self, name: str) -> int | None:
        """Give the bytes of a file of many documents as it was written; None if there is none."""
        row = self._db.execute("SELECT size FROM shards WHERE name = ?", (name,)).fetchone()
        return None if row is None else int(row[0])

    def members(self, shard: str) -> set[str]:
        """Name the inputs that a file of many documents was made of."""
        rows = self._db.execute("SELECT name FROM inputs WHERE shard = ? AND shard != ''", (shard,))
        return {os.fsdecode(name) for (name,) in rows}

    def shards(self) -> list[str]:
        """Name all files of many documents that runs made of inputs that were files of their own."""
        return [name for (name,) in self._db.execute("SELECT name FROM shards ORDER BY name")]

    def forget_shard(self, name: str) -> None:
        """Forget a file that is no more."""
        with _kept():
            self._db.execute("DELETE FROM shards WHERE name = ?", (name,))
            self._db.commit()

    def count(self) -> int:
        """Count the inputs that it knows."""
        return int(self._db.execute("SELECT count(*) FROM inputs").fetchone()[0])

    def keep_only(self, names: Iterable[str], *, unseen: Iterable[str] = (), others: int | None = None) -> bool:
        """Note that all inputs but these are gone: what they left in OUT is left over from then on.

        Nothing is said of what is below the folders ``unseen``: nobody could look there. Nothing at all is noted,
        and False is given, unless so many ``others`` than these are known as the caller says.
        """
        rest = "name NOT IN (SELECT name FROM found)"
        with _kept():
            self._db.execute("CREATE TEMP TABLE found (name BLOB PRIMARY KEY) WITHOUT ROWID")
            self._db.executemany("INSERT OR IGNORE INTO found VALUES (?)", ((os.fsencode(name),) for name in names))
            counted = self._db.execute(f"SELECT count(*) FROM inputs WHERE {rest}").fetchone()[0]  # noqa: S608
            agrees = others is None or counted == others
            if agrees:
                for folder in unseen:  # "0" follows "/": names below a folder lie between the two
                    low, high = (b"", b"\xff") if folder == "." else (os.fsencode(folder + end) for end in "/0")
                    below = "INSERT OR IGNORE INTO found SELECT name FROM inputs WHERE name > ? AND name < ?"
                    self._db.execute(below, (low, high))
                self._db.execute(f"{_PUT_ASIDE} WHERE {rest} AND {_HAS_FILE}", (False,))
                self._db.execute(f"DELETE FROM inputs WHERE {rest}")  # noqa: S608
            self._db.execute("DROP TABLE found")
            self._db.commit()
        return agrees

    def find_again(self, names: Iterable[str]) -> None:
        """Know inputs again that were gone."""
        again = [(os.fsencode(name),) for name in names]
        with _kept():
            self._db.executemany(
                f"INSERT OR IGNORE INTO inputs (name, {_COLUMNS}) SELECT name, {_COLUMNS} FROM leftovers "  # noqa: S608
                "WHERE name = ? AND NOT superseded",
                again,
            )
            self._db.executemany(
                "DELETE FROM leftovers WHERE name = ? AND NOT superseded "
                "AND audit = (SELECT audit FROM inputs WHERE inputs.name = leftovers.name)",
                again,
            )
            self._db.commit()

    @property
    def has_leftovers(self) -> bool:
        """Whether anything is left in OUT that no input stands behind any more."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM leftovers)").fetchone()[0])

    def leftovers(self, *, superseded: bool = False) -> Iterator[tuple[str, Known]]:
        """Give what inputs left in OUT that have another output now (``superseded``), or none."""
        return self._rows("leftovers", f"superseded = {superseded:d}", "output")

    def count_leftovers(self) -> int:
        """Count what inputs left in OUT that have no other output now."""
        return int(self._db.execute("SELECT count(*) FROM leftovers WHERE NOT superseded").fetchone()[0])

    def with_outputs(self, outputs: Iterable[str], *, left_over: bool = False) -> list[Known]:
        """Give the inputs that have one of these outputs, or, with ``left_over``, left it and have no other now."""
        found: list[tuple[Any, ...]] = []
        for output in map(os.fsencode, outputs):
            found += self._db.execute(f"SELECT {_COLUMNS} FROM inputs WHERE output = ? AND {_HAS_FILE}", (output,))  # noqa: S608
            if left_over:
                query = f"SELECT {_COLUMNS} FROM leftovers WHERE output = ? AND NOT superseded"  # noqa: S608
                found += self._db.execute(query, (output,))
        return [known for known in map(_known, found) if known is not None]

    def lately_cleaned(self) -> Iterator[Known]:
        """Give the inputs that got an output of their own since the last run that came to its end."""
        query = "SELECT max(number) FROM runs WHERE state = 'complete' AND number < ?"
        last = self._db.execute(query, (self.run,)).fetchone()[0] or 0
        for _, known in self.inputs(where=f"run > {last} AND {_HAS_FILE}"):
            yield known

    def supersede(self, outputs: Iterable[str]) -> None:
        """Note of outputs that were left over that others took their place."""
        with _kept():
            query = "UPDATE leftovers SET superseded = 1 WHERE output = ?"
            self._db.executemany(query, ((os.fsencode(output),) for output in outputs))
            self._db.commit()

    def forget_older(self) -> None:
        """Forget inputs whose outputs a later run wrote over: after a run that did not come to its end.

        They may be gone, which such a run did not find out; if they are there, they are done again.
        """
        with _kept():
            self._db.execute(
                "CREATE TEMP TABLE twice AS SELECT output, max(run) AS last FROM inputs "  # noqa: S608
                f"WHERE {_HAS_FILE} GROUP BY output HAVING count(*) > 1"
            )
            older = f"name IN (SELECT name FROM inputs JOIN twice USING (output) WHERE {_HAS_FILE} AND run < last)"  # noqa: S608
            self._db.execute(f"{_PUT_ASIDE} WHERE {older}", (True,))
            self._db.execute(f"DELETE FROM inputs WHERE {older}")  # noqa: S608
            self._db.execute("DROP TABLE twice")
            self._db.commit()

    def forget_leftovers(self, *, superseded: bool) -> None:
        """Forget what inputs left in OUT that have another output now, or none."""
        with _kept():
            self._db.execute("DELETE FROM leftovers WHERE superseded = ?", (superseded,))
            self._db.commit()

    def audits(self) -> set[str]:
        """Name the audit files that are still in use."""
        query = "SELECT audit FROM inputs WHERE audit != '' UNION SELECT audit FROM leftovers WHERE audit != ''"
        return {name for (name,) in self._db.execute(query)}

    def inputs(self, *, where: str = "1", order: str = "name", limit: int = -1) -> Iterator[tuple[str, Known]]:
        """Give all inputs, or those for which ``where`` holds, a condition of SQL."""
        return self._rows("inputs", where, order, limit)

    def _rows(self, table: str, where: str, order: str, limit: int = -1) -> Iterator[tuple[str, Known]]:
        query = f"SELECT name, {_COLUMNS} FROM {table} WHERE {where} ORDER BY {order} LIMIT {limit}"  # noqa: S608 - ours
        for name, *columns in self._db.execute(query):
            known = _known(tuple(columns))
            assert known is not None
            yield os.fsdecode(name), known

    def statistics(self) -> Statistics:
        """Add up what was counted of all inputs."""
        total = Statistics()
        for (packed,) in self._db.execute("SELECT statistics FROM inputs WHERE statistics != ''"):
            total.add(Statistics.unpacked(packed))
        return total

    def weeks(self) -> Iterator[tuple[str, str, str, int, int, int, int]]:
        """Give week, site, rule (``""`` for the site as a whole), documents, edits, characters and those removed."""
        sums = ", ".join(f"sum({column})" for column in ("documents", "edits", "characters", "removed"))
        yield from self._db.execute(f"SELECT week, site, rule, {sums} FROM weeks GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")  # noqa: S608

    def note_rule_files(self, week: str, digests: Mapping[str, str]) -> None:
        """Note a hash of what each rule file says, where that is news: what rules did before does not count for it."""
        known = {file: digest for file, _, digest in self.rule_files()}
        with _kept():
            rows = [(file, week, digest) for file, digest in digests.items() if known.get(file) != digest]
            self._db.executemany("INSERT OR REPLACE INTO rule_files VALUES (?, ?, ?)", rows)
            self._db.commit()

    def rule_files(self) -> list[tuple[str, str, str]]:
        """Give rule file, week, and the hash of what the file said from then on."""
        return list(self._db.execute("SELECT file, week, digest FROM rule_files ORDER BY file, week"))

    def cleaned_by(self) -> tuple[set[bytes], set[str]]:
        """Say by what the inputs were cleaned.

        First hashes of version, options and the conditions of all rule files, then the rule files that were for some
        input, each with a hash of what it says.
        """
        rows = self._db.execute(
            "SELECT DISTINCT key, rule_files FROM inputs WHERE kind = 'cleaned' AND reason = ''"
        ).fetchall()
        return {key for key, _ in rows}, {file for _, files in rows for file in files.split()}

    def runs(self) -> list[RunRow]:
        """Give the runs, the first one first."""
        rows = self._db.execute("SELECT number, began, ended, version, settings, done, found, state FROM runs")
        return [
            RunRow(n, began, ended, version, json.loads(s), done, found, state)
            for n, began, ended, version, s, done, found, state in rows
        ]

    def take_in(self, others: Callable[[], Iterable[Manifest]]) -> None:
        """Put what the manifests of parts say in the place of what this one says of the same inputs.

        Weeks of parts that were taken in before give way; those of this one stay.
        """
        with _kept():
            self._db.execute("DELETE FROM weeks WHERE of_parts")
            for other in others():
                self._put(other.inputs())
                rows = other._db.execute("SELECT * FROM shards")
                self._db.executemany("INSERT OR REPLACE INTO shards VALUES (?, ?, ?)", rows)
                left = other._db.execute(f"SELECT name, {_COLUMNS}, superseded FROM leftovers")  # noqa: S608
                self._db.executemany(_INSERT_LEFTOVER, left)
                self._db.executemany(_ADD_TO_WEEK, ((*week, True) for week in other.weeks()))
                self._db.executemany("INSERT OR REPLACE INTO rule_files VALUES (?, ?, ?)", other.rule_files())
            self._db.commit()

    def take_over(self, part: Manifest) -> None:
        """Take the manifest of a part in for good."""
        self.take_in(lambda: [part])
        with _kept():
            weeks = list(self._db.execute("SELECT * FROM weeks WHERE of_parts"))
            self._db.execute("DELETE FROM weeks WHERE of_parts")
            self._db.executemany(_ADD_TO_WEEK, ((*week[:-1], False) for week in weeks))
            self._db.commit()

    def begin_anew(self) -> None:
        """Forget all but the numbers of the runs, whose notes are elsewhere from now on."""
        with _kept():
            for table in ("inputs", "leftovers", "shards", "weeks", "rule_files"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608
            self._db.execute("UPDATE runs SET state = ?", (TAKEN_OVER,))
            self._db.commit()

    @property
    def has_notes(self) -> bool:
        """Whether it tells of anything in OUT."""
        return any(self._db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("inputs", "leftovers"))  # noqa: S608

    @property
    def was_cut_short(self) -> bool:
        """Whether the last run before this one did not come to its end."""
        query = "SELECT state FROM runs WHERE number != ? ORDER BY number DESC LIMIT 1"
        row = self._db.execute(query, (self.run,)).fetchone()
        return row is not None and row[0] != "complete"

    def close(self) -> None:
        """Close the database, which another run may open from then on."""
        self._db.close()
        if self._lock is not None:
            self._lock.close()


_INSERT_INPUT = f"INSERT OR REPLACE INTO inputs (name, {_COLUMNS}) VALUES ({', '.join('?' * 18)})"  # noqa: S608

_INSERT_LEFTOVER = f"INSERT OR REPLACE INTO leftovers (name, {_COLUMNS}, superseded) VALUES ({', '.join('?' * 19)})"  # noqa: S608

_PUT_ASIDE = f"INSERT OR REPLACE INTO leftovers (name, {_COLUMNS}, superseded) SELECT name, {_COLUMNS}, ? FROM inputs"  # noqa: S608

_ROWS_AT_ONCE = 1000

_ADD_TO_WEEK = """
INSERT INTO weeks VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    documents = documents + excluded.documents, edits = edits + excluded.edits,
    characters = characters + excluded.characters, removed = removed + excluded.removed
"""


def _week_rows(week: str, statistics: Statistics) -> Iterator[tuple[object, ...]]:
    for site, use in statistics.sites.items():
        yield week, site, "", use.documents, 0, use.characters, use.removed, False
        for rule, one in use.rules.items():
            yield week, site, rule, one.documents, one.edits, one.characters, one.characters, False


def _known(row: Sequence[Any] | None) -> Known | None:
    if row is None:
        return None
    kind, reason, detail, stamp, content, key, rule_files, shard, output, size, counts, flags, *rest = row
    *rest, sidecar = rest
    tail = (os.fsdecode(output), size, counts, tuple(flags.split()), *rest, bool(sidecar))
    return Known(Kind(kind), reason, detail, stamp, content, key, rule_files, shard, *tail)


def _row(name: str, known: Known) -> tuple[object, ...]:
    row = known._replace(kind=Kind(known.kind), detail=_storable(known.detail))
    columns: dict[str, object] = {**row._asdict(), "output": os.fsencode(known.output), "flags": " ".join(known.flags)}
    columns["kind"] = str(known.kind)
    return os.fsencode(name), *columns.values()


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@contextmanager
def _kept() -> Iterator[None]:
    """Turn what the database says into one line that ends the run."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"cannot keep notes in OUT: {error}") from None


def _locked(file: Path) -> sqlite3.Connection:
    """Make OUT this run's alone, for as long as the process lives: by a lock that works wherever SQLite does."""
    lock = sqlite3.connect(file.with_name("lock.sqlite"), timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        lock.close()
        if "locked" in str(error):
            raise OutputError(f"another run is writing to {file.parent.parent}: let it end first") from None
        raise OutputError(f"cannot keep notes in {file.parent}: {error}") from None
    return lock


def _writable(file: Path) -> sqlite3.Connection:
    """Open the database; one that is damaged or of another version begins anew."""
    try:
        return _prepared(file)
    except sqlite3.OperationalError as error:
        raise OutputError(f"cannot keep notes in {file.parent}: {error}") from None
    except sqlite3.DatabaseError:
        for end in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        return _prepared(file)


def _prepared(file: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=PATIENCE)
    try:
        _check_version(db)
        db.executescript(f"PRAGMA synchronous = NORMAL;BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _read_only(file: Path) -> sqlite3.Connection:
    """Open the database as it is; where there is none that can be read, nothing is known."""
    if file.exists():
        db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
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
