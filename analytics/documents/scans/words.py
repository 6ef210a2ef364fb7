"""Texts on a picture of a page, with the confidence of every character."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analytics.documents.pdf.model import Box, Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Character", "Text", "find_texts", "is_upside_down", "parted", "recognised"]

# Pixels of the picture in which texts are looked for; they are read in the whole one.
_LONGEST_SIDE = 2_000
_EVERY_CORE = -1
_CUT = 0.3  # heights of the print: a rule nearer to the end of a text only bounds it
_BESIDE = 2.0  # pixels of a rule's own width
_SAMPLE = 12  # texts that are asked which way up the page is


class Character(NamedTuple):
    """A recognised character, the x of its middle, and how sure the reading is, 0 to 1."""

    text: str
    middle: float
    confidence: float
    is_spaced: bool


class Text(NamedTuple):
    """A recognised piece of a line and its characters from left to right, in pixels."""

    box: Box
    characters: tuple[Character, ...]


@cache
def _engine() -> Any:
    """The recogniser; its models come with the library, nothing is downloaded.

    It uses every core, or as many as ``OMP_NUM_THREADS`` says: processes that share a machine
    must not take it from each other.
    """
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": int(
                os.environ.get("OMP_NUM_THREADS", _EVERY_CORE)
            ),
        }
    )


def find_texts(grey: NDArray[np.uint8]) -> list[Box]:
    """Where texts stand on a picture, from top to bottom.

    Args:
        grey: The picture, white paper being 255.
    """
    found = _engine()(_coloured(grey), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    height, width = grey.shape
    boxes = [
        Box(
            max(float(corners[:, 0].min()), 0.0),
            max(float(corners[:, 1].min()), 0.0),
            min(float(corners[:, 0].max()), float(width)),
            min(float(corners[:, 1].max()), float(height)),
        )
        for corners in found.boxes
    ]
    return [box for box in boxes if box.right - box.left >= 2 and box.bottom - box.top >= 2]


def is_upside_down(grey: NDArray[np.uint8], boxes: Sequence[Box]) -> bool:
    """Whether most of the longest texts stand on their heads."""
    longest = sorted(boxes, key=lambda box: box.left - box.right)[:_SAMPLE]
    if not longest:
        return False
    *_, told = _engine().cls_and_rotate([_coloured(_cut_out(grey, box)) for box in longest])
    turned = sum(label == "180" for label, _ in told.cls_res)
    return bool(turned * 2 > len(longest))


def parted(boxes: Sequence[Box], down: Sequence[Rule]) -> list[Box]:
    """Part the texts that run over a vertical rule, and keep rules out of the others.

    A rule inside a crop would be read as 1, l or |.

    Examples:
        >>> parted([Box(0, 0, 100, 20)], [Rule(60, -50, 50), Rule(99, -50, 50)])
        [Box(left=0, top=0, right=58.0, bottom=20), Box(left=62.0, top=0, right=97.0, bottom=20)]
    """
    pieces = []
    for box in boxes:
        middle = (box.top + box.bottom) / 2
        near = _CUT * (box.bottom - box.top)
        left, right = box.left, box.right
        cuts = []
        for position, start, end in sorted(down):
            if not (start <= middle <= end and left - _BESIDE < position < right + _BESIDE):
                continue
            if position - left <= near:
                left = position + _BESIDE
            elif right - position <= near:
                right = position - _BESIDE
            else:
                cuts.append(position)
        for position in cuts:
            if left < position - _BESIDE:
                pieces.append(Box(left, box.top, position - _BESIDE, box.bottom))
            left = position + _BESIDE
        if left < right:
            pieces.append(Box(left, box.top, right, box.bottom))
    return [piece for piece in pieces if piece.right - piece.left >= 3]


def recognised(grey: NDArray[np.uint8], boxes: Sequence[Box]) -> list[Text]:
    """Read the texts at some places of a picture; what reads as nothing is left out.

    Args:
        grey: The picture, white paper being 255.
        boxes: Where to read.
    """
    if not boxes:
        return []
    engine = _engine()
    engine.update_params(return_word_box=True)
    # The shared loader of the library belongs to its call; here the crops are our own.
    engine._load_rec_model()
    read = engine.recognize_txt([_coloured(_cut_out(grey, box)) for box in boxes])
    texts = []
    for box, text, info in zip(boxes, read.txts, read.word_results, strict=True):
        characters = tuple(_characters(box, text, info))
        if characters:
            texts.append(Text(box, characters))
    return texts


def _characters(box: Box, text: str, info: Any) -> Iterator[Character]:
    """The characters of a text by the steps of the reading in which each was seen."""
    steps = (step for word in info.word_cols for step in word)
    is_spaced = False
    for character, confidence in zip(text, info.confs, strict=False):
        if character.isspace():
            is_spaced = True
            continue
        share = min((next(steps) + 0.5) / max(info.line_txt_len, 1.0), 1.0)
        middle = box.left + share * (box.right - box.left)
        yield Character(character, middle, float(confidence), is_spaced)
        is_spaced = False


def _cut_out(grey: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return grey[
        math.floor(box.top) : math.ceil(box.bottom), math.floor(box.left) : math.ceil(box.right)
    ]


def _coloured(grey: NDArray[np.uint8]) -> Any:
    import cv2

    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
