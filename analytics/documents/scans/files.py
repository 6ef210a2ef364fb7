"""Pictures of pages that are files of their own: PNG, JPEG, TIFF."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from analytics.documents.pdf.reader import MAX_PAGES, PdfReading, read_pages
from analytics.documents.scans.extra import INSTALL_HINT, is_installed
from analytics.documents.scans.page import Picture, read_picture
from analytics.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_PIXELS", "read_pictures"]

MAX_PIXELS = 80_000_000
"""Pixels beyond which a picture is refused; an A3 page at 600 dots an inch has 70 million."""

_A4 = 842.0  # points, the longer side: the resolution that a picture states is often wrong
_LONGEST = 3_300  # pixels: larger pictures are reduced, A4 at 280 dots an inch


def read_pictures(data: bytes, file_name: str) -> PdfReading:
    """Recognise a picture of a page, or a file of several.

    Args:
        data: The bytes of the file.
        file_name: Its name, for messages.

    Raises:
        ReadError: The extra ``ocr`` is missing, or the file is damaged or too large.
    """
    if not is_installed():
        raise ReadError(f"{file_name} is a picture", hint=INSTALL_HINT)
    from PIL import Image, UnidentifiedImageError

    bombs = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data))
        with image:
            pages = getattr(image, "n_frames", 1)
            if pages > MAX_PAGES:
                raise ReadError(
                    f"{file_name} has {pages:,} pages", hint=f"the limit is {MAX_PAGES:,}"
                )
            contents = (read_picture(page) for page in _pages(image, pages, file_name))
            return read_pages(contents, file_name)
    except bombs as error:
        raise ReadError(
            f"{file_name} is a picture of too many pixels", hint=f"the limit is {MAX_PIXELS:,}"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ReadError(
            f"{file_name} is a picture that is damaged: {error}", hint="download it again"
        ) from error


def _pages(image: Image, count: int, file_name: str) -> Iterator[Picture]:
    import numpy as np
    from PIL import ImageOps

    for number in range(count):
        image.seek(number)
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise ReadError(
                f"{file_name} has {width * height:,} pixels", hint=f"the limit is {MAX_PIXELS:,}"
            )
        page = ImageOps.exif_transpose(image).convert("L")
        page.thumbnail((_LONGEST, _LONGEST))
        yield Picture(np.asarray(page), _A4 / max(page.size))
