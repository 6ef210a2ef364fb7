"""Files that a reader opens: each appears whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from analytics.errors import InputError

__all__ = ["put_file", "put_text"]


def put_file(target: Path, write: Callable[[Path], Any]) -> Path:
    """Write a file beside its place and move it there, so that nobody sees half of it.

    Args:
        target: The file; its folder is made where there is none.
        write: Writes what belongs into the file to the path it is given.

    Returns:
        ``target``.

    Raises:
        InputError: It cannot be written; what was there before is still there.

    Examples:
        >>> import tempfile
        >>> target = Path(tempfile.mkdtemp()) / "reports" / "page.html"
        >>> put_file(target, lambda path: path.write_text("<p>", encoding="utf-8")) == target
        True
        >>> [file.name for file in target.parent.iterdir()]
        ['page.html']
    """
    half = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=target.parent, suffix=target.suffix)
        os.close(handle)
        write(Path(half))
        # A temporary file is its owner's alone; what is written here is to be handed on.
        Path(half).chmod(0o666 & ~_umask())
        Path(half).replace(target)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        if half is not None:
            with suppress(FileNotFoundError):
                Path(half).unlink()
    return target


def put_text(target: Path, content: str) -> Path:
    """As :func:`put_file`, a text in UTF-8."""
    return put_file(target, lambda path: path.write_text(content, encoding="utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
