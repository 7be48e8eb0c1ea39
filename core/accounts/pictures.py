"""Profile pictures: whatever came in, a small square WebP goes out."""

from __future__ import annotations

import io
from math import ceil
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from core.runtime import native

MAX_BYTES: Final = 5 * 1024 * 1024
# A PNG or WebP of a hundred kilobytes may unfold to all of these, times four bytes and a copy or two. A JPEG,
# as cameras make them, is decoded at an eighth of its size.
MAX_PIXELS: Final = 16_000_000
MAX_JPEG_PIXELS: Final = 50_000_000
SIDE: Final = 256
FORMATS: Final = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """The bytes are no picture of a kind we read, or one that unfolds into too much memory."""


def shrink(raw: bytes) -> bytes:
    """Crop and scale a picture to a square WebP, upright, with nothing of its metadata.

    Decoding is CPU work, so it is done off the hub.
    """
    return native(_shrink, raw)


def _shrink(raw: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            # The header is read, the pixels are not yet: a decompression bomb stops here.
            if image.width * image.height > (MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS):
                raise NotAPicture
            # Made small before anything else is done with it: every step below would copy it whole.
            scale = 2 * SIDE / min(image.size)
            if scale < 1:
                image.thumbnail((ceil(image.width * scale), ceil(image.height * scale)))
            upright = ImageOps.exif_transpose(image).convert("RGB")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotAPicture from None
    out = io.BytesIO()
    square.save(out, "WEBP", quality=82)
    return out.getvalue()
