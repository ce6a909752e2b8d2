"""A cleaner that takes away lines with NOISE, and misbehaves when a document tells it to."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

from cleaner.model import CleanerError, Document, Edit, Flag, NotTextError, apply


@dataclass(frozen=True)
class StubCleaner:
    fingerprint: str = "1"

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        assert isinstance(raw, bytes)
        if b"\0" in raw:
            raise NotTextError("NUL bytes")
        text = raw.decode()
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        while "HANG" in text:
            pass
        if "RAISE" in text:
            raise ValueError("told to")
        edits, at = [], 0
        for line in text.splitlines(keepends=True):
            if "NOISE" in line:
                edits.append(Edit(at, at + len(line), "", "stub/noise", "it says so", line))
            at += len(line)
        flags = (Flag("guard", "told to"),) if "GUARD" in text else ()
        return Document(apply(text, edits), url=url, title="A title", edits=tuple(edits), flags=flags)


def make() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(), ()


def make_other() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner("2"), ()


def make_warned() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(), ("rules/x.toml:3: no such verb",)


def refuse() -> tuple[StubCleaner, tuple[str, ...]]:
    raise CleanerError("no such heuristic")


def fail() -> tuple[StubCleaner, tuple[str, ...]]:
    raise RuntimeError("a bug")


def die() -> tuple[StubCleaner, tuple[str, ...]]:
    os._exit(7)
