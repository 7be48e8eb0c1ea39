"""Encryption at rest and keyed fingerprints.

A value is encrypted for its *cell*: table, column and row. AES-256-GCM authenticates the cell along with the
text, so a ciphertext that is copied into another row or column does not open there. The stored form is
``v3.<key id>.<base64 of nonce, ciphertext and tag>``; the key id names the key without revealing it. Before it is
encrypted, a text is packed (``core.security.packing``). A column of bytes holds the same without base64 (``to_bytes``).
Earlier releases stored ``v2``, which is not packed but compressed at most, and Fernet tokens, which are bound to no cell. They
open until ``manage.py rotate_keys`` has rewritten them. ``FIELD_ENCRYPTION_FORMAT`` says which release must be able to read
what is written: ``packed`` is this one, ``sealed`` writes ``v2``, ``bound`` has texts and the names of dates plain beside it,
``fernet`` writes Fernet tokens.

``FIELD_ENCRYPTION_KEYS`` is a list: the first key encrypts, all of them decrypt. Without any, a key derived from
``SECRET_KEY`` does both. When keys are set later, the derived key keeps decrypting until a rotation to one of them has
finished (``core.security.rotation``). The reasons are in docs/decisions/040-keys.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import zlib
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from core.security import packing
from core.security.models import KeyRotation

BEFORE: Final = "v2"
VERSION: Final = "v3"
NONCE_BYTES: Final = 12
COMPRESSED: Final = b"\0"
WORTH_COMPRESSING: Final = 200
# The beginning of a bound value, with the shortest body there is: a nonce, one byte and a tag.
BOUND: Final = re.compile(rf"(?:{BEFORE}|{VERSION})\.[0-9a-f]{{8}}\.[A-Za-z0-9_=+/-]{{40}}")


class Undecryptable(ValueError):
    """A stored value that no key opens, or that was made for another cell."""


class Cell(NamedTuple):
    """The place of a stored value. ``row`` is the primary key as PostgreSQL prints it."""

    table: str
    column: str
    row: str

    def context(self, version: str) -> bytes:
        return "\0".join((version, *self)).encode()


class Key:
    """One of the keys. Its 32 bytes serve both formats: as they are for Fernet, through HKDF for AES-GCM."""

    def __init__(self, encoded: str) -> None:
        self.fernet = Fernet(encoded)
        secret = base64.urlsafe_b64decode(encoded)
        self.id = hashlib.sha256(b"key id\0" + secret).hexdigest()[:8]
        self._cipher = AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"fields v2").derive(secret))

    @property
    def prefix(self) -> str:
        """The beginning of every bound value that is written under this key today."""
        return f"{VERSION if packs() else BEFORE}.{self.id}."

    def seal(self, text: str, cell: Cell, *, is_compressed: bool = False) -> str:
        nonce = os.urandom(NONCE_BYTES)
        if packs():
            version, plain = VERSION, packing.pack(text)
        else:
            version, plain = BEFORE, _compressed(text.encode()) if is_compressed else text.encode()
        sealed = nonce + self._cipher.encrypt(nonce, plain, cell.context(version))
        return f"{version}.{self.id}.{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, body: str, cell: Cell, version: str) -> str:
        """Return the text of what follows the prefix. Raises ``Undecryptable``."""
        try:
            sealed = base64.urlsafe_b64decode(body)
            plain = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], cell.context(version))
            return packing.unpack(plain) if version == VERSION else _decompressed(plain).decode()
        except packing.Unpackable as error:
            raise Undecryptable(f"the value can't be unpacked: {error}") from None
        except (binascii.Error, InvalidTag, ValueError, zlib.error):
            raise Undecryptable("the value was changed, or made for another row or column") from None


def to_bytes(token: str) -> bytes:
    """Return a value as a column of bytes holds it: the key's id and the sealed bytes, behind the number of the version."""
    version, key_id, body = token.split(".")
    return bytes([int(version[1:])]) + bytes.fromhex(key_id) + base64.urlsafe_b64decode(body)


def _compressed(plain: bytes) -> bytes:
    """Return a text compressed, behind a NUL, where that is shorter.

    No text of ours begins with a NUL: PostgreSQL takes none.
    """
    if len(plain) < WORTH_COMPRESSING:
        return plain
    compressed = COMPRESSED + zlib.compress(plain)
    return compressed if len(compressed) < len(plain) else plain


def _decompressed(plain: bytes) -> bytes:
    return zlib.decompress(plain[len(COMPRESSED) :]) if plain.startswith(COMPRESSED) else plain


class Keyring:
    """The keys of this process: ``first`` encrypts, all decrypt."""

    def __init__(self, configured: tuple[str, ...], secret_key: str) -> None:
        self.configured = [Key(encoded) for encoded in configured]
        self.derived = Key(key_from(secret_key))
        self.all = [*self.configured, self.derived]
        self.first = self.all[0]
        self._by_id = {key.id: key for key in reversed(self.all)}

    def open(self, token: str, cell: Cell) -> tuple[Key, str]:
        """Return a stored value's text and the key that opened it. Raises ``Undecryptable``."""
        version, _, rest = token.partition(".")
        if version in (BEFORE, VERSION):
            key_id, _, body = rest.partition(".")
            if key := self._by_id.get(key_id):
                return key, key.open(body, cell, version)
        else:
            for key in self.all:
                try:
                    return key, key.fernet.decrypt(token.encode()).decode()
                except InvalidToken:
                    continue
        raise Undecryptable("none of FIELD_ENCRYPTION_KEYS opens this value")

    def is_rotated_away(self) -> bool:
        """Return whether the derived key opens nothing any more. Queries the database."""
        return bool(self.configured) and KeyRotation.has_finished(key.id for key in self.configured)

    def is_current(self, token: str) -> bool:
        """Return whether a stored value is in today's format under the first key, so that a rotation leaves it alone."""
        if binds_rows():
            return token.startswith(self.first.prefix)
        try:
            self.first.fernet.decrypt(token.encode())
        except InvalidToken:
            return False
        return True


def encrypt(text: str, cell: Cell, *, is_compressed: bool = False) -> str:
    """Return ``text`` as it is stored in its cell; ``is_compressed``: where it is not packed, compressed at least."""
    first = keyring().first
    return (
        first.seal(text, cell, is_compressed=is_compressed)
        if binds_rows()
        else first.fernet.encrypt(text.encode()).decode()
    )


def decrypt(token: str, cell: Cell) -> str:
    ring = keyring()
    key, text = ring.open(token, cell)
    if key is ring.derived and ring.is_rotated_away():
        raise Undecryptable(
            "the value is under the key from SECRET_KEY after a rotation: run rotate_keys again"
        )
    return text


def rotate(token: str, cell: Cell) -> str:
    """Return a stored value encrypted anew under the first key, whichever key it is under. Raises ``Undecryptable``."""
    return encrypt(keyring().open(token, cell)[1], cell)


def binds_rows() -> bool:
    """Return whether values are written for their row alone (AES-GCM), which the oldest releases can't read."""
    return bool(settings.FIELD_ENCRYPTION_FORMAT != "fernet")


def seals_texts() -> bool:
    """Return whether the columns that the release before has plain are encrypted, too."""
    return settings.FIELD_ENCRYPTION_FORMAT in ("packed", "sealed")


def packs() -> bool:
    """Return whether values are written packed, which releases before this one can't read."""
    return bool(settings.FIELD_ENCRYPTION_FORMAT == "packed")


def is_bound(stored: str) -> bool:
    """Return whether a stored value is a ciphertext for its row, by its form alone."""
    return BOUND.match(stored) is not None


def keyring() -> Keyring:
    return _keyring(tuple(settings.FIELD_ENCRYPTION_KEYS), settings.SECRET_KEY)


def key_from(secret: str) -> str:
    """Return a key made out of any secret text, in the form of ``FIELD_ENCRYPTION_KEYS``."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"fields\0" + secret.encode()).digest()).decode()


def fingerprint(value: str, *, purpose: str) -> str:
    """Return 64 hex digits that stand for ``value`` and can't be turned back without ``SECRET_KEY``."""
    key = hashlib.sha256(f"{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def _keyring(configured: tuple[str, ...], secret_key: str) -> Keyring:
    return Keyring(configured, secret_key)
