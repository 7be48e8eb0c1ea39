"""Profile pictures: any upload becomes a small square WebP."""

from __future__ import annotations

import io
from math import ceil
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from core.runtime import in_native_thread

MAX_BYTES: Final = 5 * 1024 * 1024
# A PNG or WebP of a hundred kilobytes may decode to all of these, times four bytes and a copy or two. A JPEG,
# as cameras make them, is decoded at an eighth of its size.
MAX_PIXELS: Final = 16_000_000
MAX_JPEG_PIXELS: Final = 50_000_000
SIDE: Final = 256
FORMATS: Final = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """The bytes are no picture of a format we read, or one that decodes into too much memory."""


def shrink(raw: bytes) -> bytes:
    """Crop and scale a picture to a square WebP, upright, with nothing of its metadata.

    Decoding is CPU work, so it runs in the native thread.
    """
    return in_native_thread(_shrink, raw)


def _shrink(raw: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            # Only the header has been read: a decompression bomb stops here.
            if image.width * image.height > (MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS):
                raise NotAPicture
            # Scaled down before anything else: every step below copies the whole picture.
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
