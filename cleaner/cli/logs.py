"""Messages for programs: a line of JSON for each event, on stderr."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from cleaner.cli.errors import say


class LogFormat(StrEnum):
    """How a run tells of itself."""

    TEXT = "text"
    JSON = "json"
    """A line of JSON for each event, for job runners."""


def event(kind: str, **about: Any) -> None:
    """Tell of something that happened."""
    import datetime
    import json

    now = datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="milliseconds")
    say(json.dumps({"time": now, "event": kind, **about}))
