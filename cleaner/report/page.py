"""One page that shows documents as they came beside what was left of them: no network, no other file.

The documents travel as JSON in a script element that is never run, and the page's own script writes them as text, so
that nothing in a document can become markup. A content security policy that names the script by its hash sees to it
that no other one runs.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias

from cleaner import render
from cleaner.report.lines import Line, Piece, lines_of
from cleaner.report.trace import Trace

MAX_LINES = 20_000
"""Lines that a page shows of all its documents together: a browser takes some seconds to lay out as many in one."""
GOLDEN_ANGLE = 137.508
"""Degrees between the hues of two rules, so that any number of them are spread as far apart as they can be."""
FIRST_HUE = 28.0
HUES = 9
"""Rules that differ by hue alone; the next as many are lighter, and those after them darker."""
SHIFTS = (0, 12, -12)
"""Percent of lightness."""

_MARKS = {"kept": " ", "removed": "-", "added": "+"}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code != ord("\t")} | {0x7F: "\u2421"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read."""

    why: str


Entry: TypeAlias = "tuple[str, Trace | Failure]"
"""A document's name, and what there is to show of it."""


def to_html(entries: Iterable[Entry], *, left_out: int = 0, max_lines: int = MAX_LINES) -> str:
    """Give the page. ``left_out`` is how many more documents there are that it does not show; it says so.

    Entries are taken one by one, so that they may be made on the way. Of documents beyond ``max_lines`` lines in all,
    only the head and the numbers are shown.
    """
    documents: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    counts: Counter[str] = Counter()
    room = max_lines
    for name, entry in entries:
        if isinstance(entry, Failure):
            documents.append(_failed(name, entry))
            continue
        lines = lines_of(entry)
        for line in lines:
            counts.update(line.rules)
        documents.append(_document(name, entry, lines, room, numbers))
        room = max(0, room - len(lines))
    data = {
        "documents": documents,
        "rules": _rules(numbers, counts),
        "cut": _cut(len(documents), left_out),
    }
    return _page(data, documents[0]["name"] if len(documents) == 1 else f"{len(documents)} documents")


def _cut(shown: int, left_out: int) -> str:
    return f"These are the first {shown:,} of {shown + left_out:,} documents." if left_out else ""


def _rules(numbers: dict[str, int], counts: Counter[str]) -> list[dict[str, Any]]:
    """Give the rules in the order of their numbers, each with its colour: those that did most differ most."""
    order = {name: at for at, (name, _) in enumerate(sorted(counts.items(), key=lambda each: (-each[1], each[0])))}
    return [
        {
            "name": name,
            "hue": round((FIRST_HUE + GOLDEN_ANGLE * order[name]) % 360, 1),
            "shift": SHIFTS[order[name] // HUES % len(SHIFTS)],
        }
        for name in numbers
    ]


def _failed(name: str, failure: Failure) -> dict[str, Any]:
    return {
        "name": name, "title": "", "meta": [], "flags": [["not read", failure.why]], "lines": [], "notes": [],
        "problem": "Nothing of it could be read.", "share": 0, "total": 0,
    }  # fmt: skip


def _document(name: str, trace: Trace, lines: Sequence[Line], room: int, numbers: dict[str, int]) -> dict[str, Any]:
    document = trace.document
    known = {key: value for key, value in render.metadata(document).items() if value and key != "title"}
    known["authors"] = ", ".join(document.authors)
    known["encoding"] = document.encoding
    gone = sum(len(edit.removed) - len(edit.replacement) for edit in document.edits)
    total = len(document.text) + gone
    notes: dict[tuple[int, str], int] = {}
    shown = lines[:room]
    return {
        "name": name,
        "title": document.title or "",
        "lang": document.language or "",
        "meta": [[key.replace("_", " "), str(value)] for key, value in known.items() if value],
        "flags": [[flag.name, flag.detail] for flag in document.flags],
        "total": total,
        "share": round(gone / total, 5) if total else 0,
        "lines": [_line(line, notes, numbers) for line in shown],
        "notes": [list(note) for note in notes],
        "cut": "" if len(shown) == len(lines) else f"Here {len(shown):,} of {len(lines):,} lines are shown.",
    }


def _line(line: Line, notes: dict[tuple[int, str], int], numbers: dict[str, int]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": line.number,
        "fate": line.fate,
        "pieces": [_piece(piece, notes, numbers) for piece in line.pieces],
        "zone": line.zone,
        "gap": line.gap,
        "joined": line.joined,
        "kind": line.kind,
        "path": line.path,
    }
    if line.judgement is not None:
        shown["odds"] = {
            "probability": round(line.judgement.probability, 4),
            "moved": [[each.feature, float(f"{each.value:.3g}"), round(each.by, 2)] for each in line.judgement.moved],
        }
    return {key: value for key, value in shown.items() if value not in ("", False)}


def _piece(piece: Piece, notes: dict[tuple[int, str], int], numbers: dict[str, int]) -> list[Any]:
    text = piece.text.translate(_PICTURES)
    if not piece.rule:
        return [_MARKS[piece.state], text]
    note = (numbers.setdefault(piece.rule, len(numbers)), piece.reason)
    return [_MARKS[piece.state], text, notes.setdefault(note, len(notes))]


def _page(data: dict[str, Any], name: str) -> str:
    folder = files(__package__)
    style, script = ((folder / f"report.{kind}").read_text("utf-8") for kind in ("css", "js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    template = (folder / "report.html").read_text("utf-8")
    parts = {
        "policy": policy,
        "name": _escaped(name),
        "style": style,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES),
        "script": script,
    }
    pieces = template.split("%%")  # text and names by turns: no part is looked at again, whatever it has in it
    pieces[1::2] = [parts[part] for part in pieces[1::2]]
    return "".join(pieces)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
