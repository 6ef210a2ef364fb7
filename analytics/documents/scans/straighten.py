"""A tilted scan → an upright one: text and rules run level where their shadows are sharpest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["straightened"]

_COARSE, _FINE = 0.5, 0.05  # degrees between two trials
_MOST = 5.0  # degrees: paper lies in a scanner nearly straight
_WIDTHS = (400, 1000)  # pixels of the reduced pictures that are tried
_LEVEL = 0.04  # degrees below which turning only blurs
_WHITE = 255


def straightened(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Turn a picture of a page so that its lines run level.

    The ink is added up row by row for each trial angle; where the sums change most abruptly from
    row to row, lines of text and horizontal rules are level. A picture without ink stays as it is.

    Args:
        grey: The picture, white paper being 255.
    """
    import cv2
    import numpy as np

    angle = 0.0
    for width, step, reach in zip(_WIDTHS, (_COARSE, _FINE), (_MOST, _COARSE), strict=True):
        ink = _reduced_ink(grey, width)
        if not ink.any():
            return grey
        count = round(reach / step)
        trials = [angle + step * number for number in range(-count, count + 1)]
        angle = max(trials, key=lambda trial: (_sharpness(ink, trial), -abs(trial)))
    if abs(angle) < _LEVEL:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE
    )
    return np.asarray(turned, dtype=np.uint8)


def _reduced_ink(grey: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    factor = min(1.0, width / grey.shape[1])
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(
        _WHITE - small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12
    )
    return np.asarray(ink, dtype=np.uint8)


def _sharpness(ink: NDArray[np.uint8], angle: float) -> float:
    import cv2
    import numpy as np

    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
    rows = turned.sum(axis=1, dtype=np.int64)
    return float((np.diff(rows) ** 2).sum())
