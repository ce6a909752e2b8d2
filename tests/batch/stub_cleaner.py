"""A cleaner that takes away lines with NOISE, and misbehaves when a document tells it to."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass, field, replace

from cleaner.model import Block, CleanerError, Document, Edit, Flag, Link, NotTextError, apply

TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class StubCleaner:
    fingerprint: str = "1"
    rule_digests: dict[str, str] = field(default_factory=lambda: {"stub": "1"})

    def clean(self, raw: str | bytes, url: str | None = None, *, charset: str | None = None) -> Document:
        text = raw if isinstance(raw, str) else raw.decode(charset or "utf-8")
        if "\0" in text:
            raise NotTextError("NUL bytes")
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "TERMINATE" in text:
            os.kill(os.getpid(), signal.SIGTERM)
        while "HANG" in text:
            pass
        if "RAISE" in text:
            raise ValueError("told to")
        is_html = text.startswith("<")
        if is_html:
            text = TAG.sub("", text)
        edits, at = [], 0
        for line in text.splitlines(keepends=True):
            if "NOISE" in line:
                edits.append(Edit(at, at + len(line), "", "stub/noise", "it says so", line))
            at += len(line)
        flags = (Flag("guard", "told to"),) if "GUARD" in text else ()
        document = Document(
            apply(text, edits),
            url=url,
            title="A title",
            site=_site(url),
            edits=tuple(edits),
            flags=flags,
            rule_files=("stub",),
        )
        if not is_html:
            return document
        start = len(document.text) - len(document.text.lstrip())
        end = len(document.text.rstrip())
        heading = Block("heading", start, end, 2, links=(Link(start, end, "/story"),))
        return replace(document, markup="html", blocks=(heading,))


def _site(url: str | None) -> str | None:
    return url.split("/")[2] if url else None


def make() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(), ()


def make_other() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner("2"), ()


def make_with_other_rules() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(rule_digests={"stub": "2", "new": "1"}), ()


def make_with_a_rule_for_others() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(rule_digests={"stub": "1", "new": "1"}), ()


def make_warned() -> tuple[StubCleaner, tuple[str, ...]]:
    return StubCleaner(), ("rules/x.toml:3: no such verb",)


def refuse() -> tuple[StubCleaner, tuple[str, ...]]:
    raise CleanerError("no such heuristic")


def fail() -> tuple[StubCleaner, tuple[str, ...]]:
    raise RuntimeError("a bug")


def die() -> tuple[StubCleaner, tuple[str, ...]]:
    os._exit(7)
