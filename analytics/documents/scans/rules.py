"""The rules drawn on a picture of a page, as pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analytics.documents.pdf.model import Box, Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DrawnRules", "find_rules"]

_ACROSS = 1.6  # heights of the print: no stroke of a character is as wide
_DOWN = 1.2
_THROUGH = 3.0  # strokes of characters that stand one below the other are parted by white
_GRAIN = 9  # pixels
_NEIGHBOURHOOD, _DARKER = 25, -8  # pixels, and levels of grey by which ink is darker than these
_APART = 4  # pixels between ends that are not the same
_MEETING = 9  # pixels by which a vertical rule may miss a horizontal one
_TEXT_EDGE = 0.12  # of a text's box that may be a rule beside the text
_USUAL_HEIGHT = 28.0  # pixels, where there is no text to measure


class DrawnRules(NamedTuple):
    """Horizontal and vertical rules in pixels."""

    across: list[Rule]
    down: list[Rule]


def find_rules(grey: NDArray[np.uint8], texts: Sequence[Box]) -> DrawnRules:
    """Find straight rules: runs of ink longer than any stroke of a character.

    The texts are taken out first, but for runs that go on beyond them: a rule may cross the box of
    a text that fills two cells. A vertical run counts if it meets a horizontal one.

    Args:
        grey: An upright picture, white paper being 255.
        texts: The boxes of its texts, in pixels.
    """
    import numpy as np

    paper = int(np.median(grey))
    print_height = (
        float(np.median([box.bottom - box.top for box in texts])) if texts else _USUAL_HEIGHT
    )
    blank = grey.copy()
    for box in texts:
        edge = round(_TEXT_EDGE * (box.bottom - box.top))
        top, bottom = max(0, round(box.top) + edge), max(0, round(box.bottom) - edge)
        left, right = max(0, round(box.left) + edge), max(0, round(box.right) - edge)
        blank[top:bottom, left:right] = paper
    across = _runs(blank, grey, print_height, is_across=True)
    down = _runs(blank, grey, print_height, is_across=False)
    return DrawnRules(_rules(across, None, is_across=True), _rules(down, across, is_across=False))


def _runs(
    blank: NDArray[np.uint8], grey: NDArray[np.uint8], print_height: float, *, is_across: bool
) -> NDArray[np.uint8]:
    """The ink that runs in one direction: without the texts, or on beyond them."""
    shortest = round((_ACROSS if is_across else _DOWN) * print_height)
    between = _long_ink(blank, shortest, is_across=is_across)
    through = _long_ink(grey, round(_THROUGH * print_height), is_across=is_across)
    return between | through


def _long_ink(grey: NDArray[np.uint8], length: int, *, is_across: bool) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    # Averaged along its direction a rule stays what it is, and the grain of the paper goes.
    smoothed = cv2.blur(grey, (_GRAIN, 1) if is_across else (1, _GRAIN))
    ink = cv2.adaptiveThreshold(
        255 - smoothed, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, _NEIGHBOURHOOD, _DARKER
    )
    run = np.ones((1, length) if is_across else (length, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, run), dtype=np.uint8)


def _rules(
    runs: NDArray[np.uint8], met: NDArray[np.uint8] | None, *, is_across: bool
) -> list[Rule]:
    import cv2
    import numpy as np

    count, labels, boxes, centres = cv2.connectedComponentsWithStats(runs)
    meeting = None
    if met is not None:
        reach = cv2.dilate(met, np.ones((_MEETING, _MEETING), np.uint8))
        meeting = set(np.unique(labels[reach > 0]).tolist())
    rules = []
    for number in range(1, count):
        if meeting is not None and number not in meeting:
            continue
        left, top, width, height = (int(value) for value in boxes[number][:4])
        x, y = (float(value) for value in centres[number])
        if is_across:
            rules.append(Rule(y, left, left + width))
        else:
            rules.append(Rule(x, top, top + height))
    return _with_common_ends(rules)


def _with_common_ends(rules: Sequence[Rule]) -> list[Rule]:
    """Rules whose ends are the same where they nearly are: scanned rules end a pixel apart."""
    common: dict[float, float] = {}
    group: list[float] = []
    for end in sorted({end for rule in rules for end in rule[1:]}):
        if group and end - group[-1] > _APART:
            common.update(dict.fromkeys(group, sum(group) / len(group)))
            group = []
        group.append(end)
    common.update((end, sum(group) / len(group)) for end in group)
    return [Rule(rule.position, common[rule.start], common[rule.end]) for rule in rules]
