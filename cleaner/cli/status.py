"""``clean status``: what runs did to OUT, from their notes; also while one goes on."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.batch.manifest import Manifest, RunRow

EXAMPLES = examples(
    [
        ("clean status out/", "progress, quarantine, slowest, sites"),
        ("clean status out/ --json | jq .quarantine", "for programs"),
    ]
)

SHOWN = 10
"""Rows of each list."""


def status(
    out: Annotated[str, typer.Argument(metavar="OUT", help="A folder that clean run wrote or writes, or its address.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Rows of each list.")] = SHOWN,
) -> None:
    """Tell how a run is doing or has done: its progress, what is in quarantine, what was slowest, and each site.

    The exit code is 1 if something is in quarantine.
    """
    from cleaner.batch.manifest import MANIFEST, Manifest
    from cleaner.batch.storage import PARTS, outputs_at

    told = []
    with outputs_at(out, wanted=lambda name: name.endswith(MANIFEST)) as outputs:
        state = outputs.state
        parts = sorted(folder for folder in (state / PARTS).glob("*") if (folder / MANIFEST).is_file())
        if not (state / MANIFEST).is_file() and not parts:
            raise ConfigError(f"{out}: no notes of a run are here")
        for folder in [state] if (state / MANIFEST).is_file() else parts:
            with Manifest(folder / MANIFEST, readonly=True) as manifest:
                told.append({"part": folder.name if folder in parts else None, **_told(manifest, limit)})
    if as_json:
        typer.echo(json.dumps(told[0] if len(told) == 1 else told, indent=1, default=str))
    else:
        typer.echo("\n\n".join("\n".join(_lines(one)) for one in told))
    raise typer.Exit(ExitCode.ATTENTION if any(one["documents"].get("quarantined") for one in told) else ExitCode.FINE)


def _told(manifest: Manifest, limit: int) -> dict[str, Any]:
    """Put together all that there is to tell."""
    kinds: Counter[str] = Counter()
    runs = manifest.runs()
    last = runs[-1] if runs else None
    for _, known in manifest.inputs():
        kinds.update({str(kind): count for kind, count in known.by_kind().items()})
    total = manifest.statistics()
    sites = sorted(total.sites.items(), key=lambda item: -item[1].documents)
    quarantine = manifest.inputs(where="kind = 'quarantined' OR counts LIKE '%quarantined%'")
    slowest = manifest.inputs(where="counts = ''", order="seconds DESC", limit=limit)
    return {
        "run": None if last is None else _run(last),
        "documents": dict(kinds),
        "removed": total.total.removed,
        "characters": total.total.characters,
        "quarantine": [
            {"name": name, "reason": known.reason, "detail": known.detail, "documents": _count(known.by_kind())}
            for name, known in quarantine
        ],
        "left_over": [known.output for _, known in manifest.leftovers()],
        "slowest": [{"name": name, "seconds": round(known.seconds, 3)} for name, known in slowest if known.seconds],
        "sites": [
            {
                "site": site or "(unknown)",
                "documents": use.documents,
                "removed": use.removed,
                "characters": use.characters,
                "flags": dict(use.flags),
            }
            for site, use in sites
        ],
        "limit": limit,
    }


def _count(kinds: dict[Any, int]) -> int:
    return kinds.get("quarantined", 0)


def _run(run: RunRow) -> dict[str, Any]:
    began = datetime.datetime.fromtimestamp(run.began, tz=datetime.UTC)
    ended = None if run.ended is None else datetime.datetime.fromtimestamp(run.ended, tz=datetime.UTC)
    return {
        "number": run.number,
        "state": run.state if run.ended is not None else "running, or was killed",
        "began": began.isoformat(timespec="seconds"),
        "ended": None if ended is None else ended.isoformat(timespec="seconds"),
        "seconds": None if run.ended is None else round(run.ended - run.began, 1),
        "inputs_found": run.found,
        "inputs_done": run.done or 0,
        "version": run.version,
        "raw": run.settings.get("raw"),
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    from cleaner.cli.screen import visible

    run, limit = told["run"], told["limit"]
    if told["part"]:
        yield f"part         {told['part']}"
    if run is not None:
        took = f", {run['seconds']:g} s" if run["seconds"] is not None else ""
        of = f" of {run['inputs_found']:,}" if run["inputs_found"] is not None else ""
        yield f"run {run['number']:<9}{run['state']}; began {run['began']}{took}"
        yield f"  raw        {visible(str(run['raw']))}"
        yield f"  done       {run['inputs_done']:,}{of} inputs"
    for kind, count in sorted(told["documents"].items()):
        yield f"{kind:<11}  {count:,}"
    if told["characters"]:
        yield f"removed      {told['removed']:,} of {told['characters']:,} characters"
    yield from _listed("quarantine", [_quarantined(one) for one in told["quarantine"]], limit)
    yield from _listed("left over in OUT", [visible(name) for name in told["left_over"]], limit)
    yield from _listed(
        "slowest", [f"{one['seconds']:>8.3f} s  {visible(one['name'])}" for one in told["slowest"]], limit
    )
    yield from _listed("sites", [_site(one) for one in told["sites"]], limit)
    if told["left_over"]:
        yield "\nclean run RAW OUT --prune removes what is left over from inputs that are gone or left out now."
    if told["quarantine"]:
        yield f"\nclean retry {sys.argv[-1] if len(sys.argv) > 2 else 'OUT'} tries those in quarantine again."


def _listed(title: str, rows: list[str], limit: int) -> Iterator[str]:
    if rows:
        yield f"\n{title}"
        yield from (f"  {row}" for row in rows[:limit])
        if len(rows) > limit:
            yield f"  and {len(rows) - limit:,} more (-n {len(rows)})"


def _quarantined(one: dict[str, Any]) -> str:
    from cleaner.cli.screen import visible

    many = f" ({one['documents']:,} documents)" if one["documents"] > 1 else ""
    gist = one["detail"].rstrip().rpartition("\n")[2]
    return visible(f"{one['name']}{many}: {one['reason']}" + (f": {gist}" if gist else ""))


def _site(one: dict[str, Any]) -> str:
    share = one["removed"] / one["characters"] if one["characters"] else 0.0
    flags = ", ".join(f"{count:,} {flag}" for flag, count in one["flags"].items())
    return f"{one['documents']:>8,}  {share:>4.0%} removed  {one['site']}" + (f"  ({flags})" if flags else "")
