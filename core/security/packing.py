"""Packing: a text in as few bytes as a codebook allows, because PostgreSQL can't compress a ciphertext.

A codebook is a text that is known beforehand, full of words that are likely (``settings.CODEBOOKS``). It serves twice:

- Each of its 192 most frequent characters is one byte, every other one two, so that a Korean syllable isn't three.
- These bytes are deflated with those of the codebook as the preset dictionary.

A packed text begins with the codebook's number, or with 0 if it is plain UTF-8. A codebook is never changed once texts
have been packed with it: a better one gets the next number (docs/decisions/057-packed-texts.md).
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

PLAIN: Final = 0
# Bytes below are one character; the leads begin a pair; the escape begins a code point of three bytes.
LEADS: Final = range(192, 255)
ESCAPE: Final = b"\xff"
HANGUL: Final = range(0xAC00, 0xD7A4)
ASCII: Final = range(0x20, 0x7F)
PAIRS: Final = len(LEADS) * 256 - len(HANGUL)  # the pairs of other characters; those of syllables follow
WINDOW: Final = 32 * 1024  # deflate looks no further back
WORTH_PACKING: Final = 40  # bytes
PROBE: Final = 400  # characters by which a long text's codebook is chosen
# While a text is decoded, leads and the escape stand where Unicode has nothing of its own.
PRIVATE: Final = 0xF800
COMPOSED: Final = re.compile(
    f"[{chr(PRIVATE + 192)}-{chr(PRIVATE + 254)}].|{chr(PRIVATE + 255)}...", re.DOTALL
)


class Unpackable(ValueError):
    """Bytes that no codebook of this release has packed."""


class _Codes(dict[str, bytes]):
    """The bytes of each character."""

    def __missing__(self, character: str) -> bytes:
        point = ord(character)
        if point not in HANGUL:
            return ESCAPE + point.to_bytes(3)
        self[character] = code = _pair(PAIRS + point - HANGUL.start)
        return code


class Codebook:
    """Packs and unpacks by one codebook."""

    def __init__(self, text: str) -> None:
        self._codes = _Codes(_codes_of(text))
        self._pairs = {code: one for one, code in self._codes.items() if len(code) == 2}
        # The 256 bytes as characters, and what compositions of these stand for.
        singles = {code[0]: one for one, code in self._codes.items() if len(code) == 1}
        self._singles = "".join(singles.get(byte, chr(PRIVATE + byte)) for byte in range(256))
        self._bytes = {character: byte for byte, character in enumerate(self._singles)}
        self._composed: dict[str, str] = {}
        dictionary = self._coded(text)[-WINDOW:]
        # Copies of these begin with the dictionary already taken in.
        self._deflater = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
        self._inflater = zlib.decompressobj(-15, dictionary)

    def pack(self, text: str) -> bytes:
        deflater = self._deflater.copy()
        return deflater.compress(self._coded(text)) + deflater.flush()

    def unpack(self, packed: bytes) -> str:
        """Raises ``Unpackable``."""
        inflater = self._inflater.copy()
        try:
            coded = inflater.decompress(packed)
            if not inflater.eof:
                raise Unpackable("the end is missing")
            text, _ = codecs.charmap_decode(coded, "strict", self._singles)
            return COMPOSED.sub(self._decomposed, text)
        except (zlib.error, ValueError, OverflowError):
            raise Unpackable("these bytes are damaged") from None

    def _decomposed(self, found: re.Match[str]) -> str:
        composition = found[0]
        character = self._composed.get(composition)
        if character is None:
            code = bytes(map(self._bytes.__getitem__, composition))
            if code.startswith(ESCAPE):
                return chr(int.from_bytes(code[1:]))
            self._composed[composition] = character = self._pairs.get(code) or _syllable(code)
        return character

    def _coded(self, text: str) -> bytes:
        return b"".join(map(self._codes.__getitem__, text))


def _codes_of(text: str) -> dict[str, bytes]:
    """Return the bytes of a codebook's characters, the most frequent ones first, and of all others in ASCII."""
    counted = Counter(text)
    ordered = sorted(counted, key=lambda one: (-counted[one], one))
    ordered += [chr(point) for point in ASCII if chr(point) not in counted]
    singles = [bytes([number]) for number in range(LEADS.start)]
    return dict(zip(ordered, [*singles, *map(_pair, range(PAIRS))], strict=False))


def _pair(number: int) -> bytes:
    lead, second = divmod(number, 256)
    return bytes([LEADS[lead], second])


def _syllable(pair: bytes) -> str:
    """Return the syllable of a pair that is in no codebook."""
    return chr(HANGUL.start + (pair[0] - LEADS.start) * 256 + pair[1] - PAIRS)


def pack(text: str) -> bytes:
    """Return a text packed by the codebook that suits its beginning best, or plain if that is shorter."""
    plain = bytes([PLAIN]) + text.encode()
    if len(plain) < WORTH_PACKING:
        return plain
    books = codebooks()
    start = text[:PROBE]
    number = min(books, key=lambda number: len(books[number].pack(start)))
    packed = bytes([number]) + books[number].pack(text)
    return min(plain, packed, key=len)


def unpack(packed: bytes) -> str:
    """Raises ``Unpackable``."""
    number, body = packed[0], packed[1:]
    if number == PLAIN:
        return body.decode()
    book = codebooks().get(number)
    if book is None:
        raise Unpackable(f"codebook {number} is not among CODEBOOKS")
    return book.unpack(body)


def codebooks() -> Mapping[int, Codebook]:
    return _codebooks(tuple(settings.CODEBOOKS.items()))


@lru_cache(maxsize=2)
def _codebooks(files: tuple[tuple[int, Path], ...]) -> Mapping[int, Codebook]:
    return {number: Codebook(file.read_text(encoding="utf-8")) for number, file in files}
