"""The ``clean`` command: one file per subcommand.

Nothing is imported before it is needed: the version is there at once, and worker processes, which import this
module anew, do not load the command line.
"""

from __future__ import annotations

import io
import sys

from cleaner.version import __version__


def main() -> None:
    """Run the command line: the ``clean`` script."""
    try:
        _main()
    except KeyboardInterrupt:  # before the command could answer it
        sys.exit(130)


def _main() -> None:
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"clean {__version__}\n")
        return
    from cleaner.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows few characters is no reason to stop
    app(prog_name="clean")
