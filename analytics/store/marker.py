"""The small file that says: this folder is a panel, of this format."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from analytics.errors import InputError, NotFoundError

__all__ = ["FORMAT_VERSION", "MARKER_NAME", "claim_folder"]

FORMAT_VERSION = 1
"""The version of the layout on disk; a panel of a newer one is refused."""

MARKER_NAME = "panel.json"
"""Name of the marker file."""

_FORMAT = "budget-analytics panel"
_UNUSABLE = frozenset("[]^|%\\")
"""Characters that a path to a Delta table cannot have: the Delta library stops at them."""


def claim_folder(path: Path, *, create: bool) -> None:
    """Make sure that ``path`` is a panel; with ``create`` make an empty one where nothing is.

    Raises:
        NotFoundError: There is nothing at ``path`` and ``create`` is false.
        InputError: The folder holds other things, its marker cannot be read, the panel is of a
            newer format, or the path has characters that the tables cannot be kept under.
    """
    unusable = sorted(_UNUSABLE.intersection("".join(path.resolve().parts[1:])))
    if unusable:
        raise InputError(
            f"a panel cannot be kept at {str(path)!r}: the path has {' '.join(unusable)}",
            hint="choose a folder without these characters",
        )
    marker = path / MARKER_NAME
    if marker.is_file():
        _check_marker(marker)
        return
    if path.exists() and not path.is_dir():
        raise InputError(f"{str(path)!r} is a file, not a panel", hint="name a folder")
    # A marker that was being written when the process died does not make a folder foreign.
    others = sorted(
        entry.name
        for entry in (path.iterdir() if path.exists() else ())
        if not entry.name.startswith(MARKER_NAME)
    )
    if others:
        raise InputError(
            f"the folder {str(path)!r} is not a panel: it holds {others[0]!r} and no {MARKER_NAME}",
            hint="name an empty or a new folder; nothing was written into this one",
        )
    if not create:
        raise NotFoundError(f"there is no panel at {str(path)!r}", hint="ingest a document first")
    path.mkdir(parents=True, exist_ok=True)
    draft = path / f"{MARKER_NAME}.{secrets.token_hex(4)}"
    draft.write_text(json.dumps({"format": _FORMAT, "version": FORMAT_VERSION}) + "\n", "utf-8")
    draft.replace(marker)


def _check_marker(marker: Path) -> None:
    try:
        content = json.loads(marker.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"the marker {str(marker)!r} cannot be read: {error}",
            hint="the panel may be damaged; build it again in another folder",
        ) from error
    known = isinstance(content, dict) and content.get("format") == _FORMAT
    version = content.get("version") if known else None
    if not isinstance(version, int):
        raise InputError(
            f"{str(marker)!r} is not the marker of a panel",
            hint="name a folder that this package made, or a new one",
        )
    if version > FORMAT_VERSION:
        raise InputError(
            f"the panel {str(marker.parent)!r} has format {version}, "
            f"and this version of the package knows formats up to {FORMAT_VERSION}",
            hint="install a newer version of the package",
        )
