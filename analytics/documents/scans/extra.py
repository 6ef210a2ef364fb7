"""Whether scans can be read here, and what to do where they cannot."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["INSTALL_HINT", "is_installed"]

INSTALL_HINT = "install the extra `ocr` to read it: pip install 'budget-analytics[ocr]'"
"""What to do where a scan cannot be read."""

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def is_installed() -> bool:
    """Whether the libraries of the extra ``ocr`` are there."""
    return all(find_spec(name) is not None for name in _NEEDED)
