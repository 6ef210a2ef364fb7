"""The exceptions of the package: one root, one branch for each kind of fault.

A fault of the caller or of our own code is an exception. A fault of a disclosure is not: it
becomes a finding, with a code, and the reading goes on.

Only the standard library is imported here, so that every module may import this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "AnalyticsError",
    "IdentityError",
    "InputError",
    "NotFoundError",
    "ReadError",
    "SchemaError",
]


class AnalyticsError(Exception):
    """Root of every exception this package raises on purpose.

    Args:
        message: What went wrong and where, in one sentence.
        hint: What the reader can do about it.

    Examples:
        >>> str(AnalyticsError("the folder is empty", hint="put a disclosure into it"))
        'the folder is empty; put a disclosure into it'
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message if hint is None else f"{message}; {hint}")
        self.message = message
        self.hint = hint


class InputError(AnalyticsError, ValueError):
    """An argument, a frame or an option is not what the function takes."""


class NotFoundError(AnalyticsError, LookupError):
    """Something asked for by name is not there; near matches are listed.

    Examples:
        >>> str(NotFoundError.for_name("table", "fact", ["facts", "claims"]))
        "no table 'fact'; did you mean 'facts'? Known: claims, facts"
    """

    @classmethod
    def for_name(cls, what: str, name: str, known: Iterable[str]) -> NotFoundError:
        """Build the error for an unknown ``name``.

        Args:
            what: What kind of thing was asked for, as a singular noun.
            name: The name that is not there.
            known: The names that are; the nearest ones are suggested, all are listed.
        """
        names = sorted(known)
        near = get_close_matches(name, names, n=3, cutoff=0.4)
        listed = ", ".join(names) if names else "none"
        if near:
            suggestion = " or ".join(repr(candidate) for candidate in near)
            return cls(f"no {what} {name!r}", hint=f"did you mean {suggestion}? Known: {listed}")
        return cls(f"no {what} {name!r}", hint=f"known: {listed}")


class ReadError(AnalyticsError):
    """A file cannot be read as a disclosure: unreadable, of another kind, or without identity."""


class IdentityError(ReadError):
    """A file does not say whose disclosure it is, or of which year; a reader may know it."""


class SchemaError(AnalyticsError):
    """Rows do not meet the declared schema of their table."""
