"""Profile pictures: whatever came in, a small square WebP goes out."""

from __future__ import annotations

import io
from typing import Final

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from core.runtime import native

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
SIDE: Final = 256
FORMATS: Final = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """The bytes are no picture of a kind we read, or one that unfolds into too much memory."""


def shrink(raw: bytes) -> ContentFile[bytes]:
    """This will crop and scale a picture to a square, upright, with nothing of its metadata.

    Decoding is CPU work, so it is done off the hub.
    """
    return ContentFile(native(_shrink, raw), name="picture.webp")


def _shrink(raw: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            # The header is read, the pixels are not yet: a decompression bomb stops here.
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture
            upright = ImageOps.exif_transpose(image).convert("RGB")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotAPicture from None
    out = io.BytesIO()
    square.save(out, "WEBP", quality=82)
    return out.getvalue()
