"""Forms drawn inside forms: how much a file would unfold to, found before PDFium unfolds it.

A form that draws another ten times, which draws another ten times, is a thousand bytes long and
becomes billions of objects as soon as its page is loaded; nothing stops PDFium then.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.errors import ReadError

__all__ = ["MAX_UNFOLDED", "refuse_nested_forms"]

MAX_UNFOLDED = 100_000_000
"""Bytes of drawing, all that forms repeat included, beyond which a page is refused."""

_EACH = 100  # bytes that drawing an empty form counts for
_UNREADABLE_CALLS = 10  # of a form whose content is packed in a way not known here
_MANY_CALLS = 10_000
_MAX_CONTENT = 16_000_000
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_CALL = re.compile(rb"Do\b(?<![\w/]Do)")  # looked behind last, so that the search leaps to Do
_DATA = re.compile(rb"/Type\b|/Subtype\b|/Length1\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d+)")


@dataclass(frozen=True, slots=True)
class _Object:
    """The dictionary of an object, and the bytes of its stream as they are in the file."""

    text: bytes
    stream: bytes | None


@dataclass(frozen=True, slots=True)
class _Form:
    """The size of what a form draws itself, how often it draws others, and which it may draw."""

    size: int
    calls: int
    inner: frozenset[int]


def refuse_nested_forms(data: bytes, file_name: str) -> None:
    """Refuse a file whose forms unfold to more than a page can hold.

    Args:
        data: The bytes of the file.
        file_name: Its name, for the message.

    Raises:
        ReadError: What a page draws, each form as often as it is drawn, comes to more than
            ``MAX_UNFOLDED`` bytes, or forms draw each other in a circle.
    """
    objects = dict(_objects(data))
    forms = {number for number, thing in objects.items() if _FORM.search(thing.text)}
    if not forms:
        return
    if any(_content(objects[number])[1] for number in forms):
        for holder in [thing for thing in objects.values() if _PACKED.search(thing.text)]:
            objects |= {n: thing for n, thing in _packed(holder) if n not in objects}
    read = {number: _read_form(number, objects, forms) for number in forms}
    largest = _unfolded(read)
    # A page that draws a small form as often as it could by itself has other limits.
    drawing = [thing for thing in objects.values() if thing.stream and not _DATA.search(thing.text)]
    is_large = largest > MAX_UNFOLDED // _MANY_CALLS
    calls = max((_content(thing)[1] for thing in drawing), default=0) if is_large else 0
    if largest * max(calls, 1) > MAX_UNFOLDED:
        raise ReadError(
            f"{file_name} draws forms inside forms, more than a page can hold",
            hint="no disclosure does; print it to a new PDF file if it is one",
        )


def _objects(data: bytes) -> Iterator[tuple[int, _Object]]:
    """Every object that stands in the file by itself, with its number."""
    match = _OBJECT.search(data)
    while match is not None:
        start = match.end()
        end = data.find(b"endobj", start) % (len(data) + 1)
        opening = data.find(b"stream", start, end)
        text, stream = data[start : opening if opening >= 0 else end], None
        if b"#" in text:
            text = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text)
        if opening >= 0:
            end = data.find(b"endstream", opening) % (len(data) + 1)
            stream = data[opening + len(b"stream") : end].lstrip(b"\r\n")
        yield int(match[1]), _Object(text, stream)
        match = _OBJECT.search(data, end)


def _packed(holder: _Object) -> Iterator[tuple[int, _Object]]:
    """The objects that are packed into the stream of another; none of them has a stream."""
    first = _FIRST.search(holder.text)
    content = _content(holder)[0]
    if first is None or content is None:
        return
    numbers = [int(word) for word in content[: int(first[1])].split() if word.isdigit()]
    starts = [int(first[1]) + start for start in numbers[1::2]]
    for number, start, end in zip(numbers[0::2], starts, [*starts[1:], None], strict=False):
        yield number, _Object(content[start:end], None)


def _content(thing: _Object) -> tuple[bytes | None, int]:
    """The unpacked stream of an object, and how often it draws something else."""
    stream = thing.stream or b""
    if b"/Filter" in thing.text:
        try:
            stream = zlib.decompressobj().decompress(stream, _MAX_CONTENT)
        except zlib.error:
            return None, _UNREADABLE_CALLS
    return stream, len(_CALL.findall(stream))


def _read_form(number: int, objects: dict[int, _Object], forms: set[int]) -> _Form:
    thing = objects[number]
    content, calls = _content(thing)
    size = _EACH + (len(content) if content is not None else len(thing.stream or b""))
    inner = forms if b"/Resources" not in thing.text else _reached(thing, objects, forms)
    return _Form(size, calls, frozenset(inner) if calls else frozenset())


def _reached(thing: _Object, objects: dict[int, _Object], forms: set[int]) -> set[int]:
    """The forms that the dictionary of an object leads to, over objects that are no streams."""
    reached: set[int] = set()
    seen: set[int] = set()
    waiting = [thing]
    while waiting:
        for reference in _REFERENCE.findall(waiting.pop().text):
            number = int(reference)
            if number in seen or number not in objects:
                continue
            seen.add(number)
            if number in forms:
                reached.add(number)
            elif objects[number].stream is None:
                waiting.append(objects[number])
    return reached


def _unfolded(forms: dict[int, _Form]) -> int:
    """The size of the form that comes to most; more than any limit where forms go in a circle."""
    sizes: dict[int, int] = {}
    left = dict(forms)
    while left:
        ready = [number for number, form in left.items() if form.inner <= sizes.keys()]
        if not ready:
            return MAX_UNFOLDED + 1
        for number in ready:
            form = left.pop(number)
            inner = max((sizes[each] for each in form.inner), default=0)
            sizes[number] = form.size + form.calls * inner
    return max(sizes.values())
