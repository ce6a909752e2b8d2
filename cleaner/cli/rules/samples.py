"""Finding the samples of a rule file: raw pages with what a careful person makes of them.

They lie in ``tests/samples/<id>/`` or ``samples/<id>/``, in the rule file's folder or one above it: a raw page is
``<name>.txt``, ``.md`` or ``.html``, and what should come out of it ``<name>.gold``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.rules import RuleFile
    from cleaner.rules.examples import Sample

_FOLDERS = ("tests/samples", "samples")
_RAW = (".txt", ".md", ".html")


def samples_of(file: RuleFile) -> list[Sample]:
    """Read the samples of a rule file; raises OSError for one that cannot be read."""
    return list(_samples(Path(file.path).resolve(), file.id))


def _samples(path: Path, file_id: str) -> Iterator[Sample]:
    from cleaner.decode import decode
    from cleaner.rules.examples import Sample

    folders = [parent / name / file_id for parent in path.parents for name in _FOLDERS]
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        return
    for raw in sorted(folder.iterdir()):
        gold = raw.with_suffix(".gold")
        if raw.suffix in _RAW and gold.is_file():
            yield Sample(str(raw), decode(raw.read_bytes()).text, decode(gold.read_bytes()).text)
