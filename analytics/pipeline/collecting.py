"""The search for garbage in cycles, put off while there is much work and hardly a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collecting_seldom"]

_OBJECTS = 100_000
"""So many objects more than there were start a search; they take some 10 MB."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have Python look for garbage in cycles more seldom, for as long as the block takes.

    A file becomes hundreds of thousands of objects, and to look through them whenever another
    thousand is made takes a tenth of the time of reading it. What is in no cycle is freed at once
    as ever.

    Examples:
        >>> import gc
        >>> before = gc.get_threshold()
        >>> with collecting_seldom():
        ...     gc.get_threshold()[0]
        100000
        >>> gc.get_threshold() == before
        True
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_OBJECTS, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
