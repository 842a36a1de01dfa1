"""Cursors as clients see them: the index's own, signed with the archive's secret, so that none can be made up."""

from __future__ import annotations

import os
import secrets
from functools import cached_property, lru_cache
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from archiver.errors import BadQuery

_BYTES = 32


class Signer:
    """Signs cursors with the secret of an archive's folder, which is made at the first need.

    Where the folder cannot be written, cursors hold as long as the process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(_secret(self._folder), salt="cursor", serializer=_Text)

    def signed(self, cursor: str | None) -> str | None:
        """The cursor as a client gets it."""
        return None if cursor is None else self._serializer.dumps(cursor)

    def opened(self, given: str | None) -> str | None:
        """The index's cursor in what a client gave. Raises BadQuery if this archive did not issue it."""
        if given is None:
            return None
        try:
            cursor: str = self._serializer.loads(given)
        except BadData:
            raise _not_ours() from None
        if self.signed(cursor) != given:  # the last character of base64 has spelling variants
            raise _not_ours()
        return cursor


class _Text:
    """The cursor's own text: it is JSON already."""

    @staticmethod
    def loads(payload: str | bytes) -> str:
        return payload if isinstance(payload, str) else payload.decode()

    @staticmethod
    def dumps(cursor: object) -> str:
        return str(cursor)


def _not_ours() -> BadQuery:
    remedy = "Use `next` of the previous page unchanged, with the same query"
    return BadQuery("was not issued by this archive", parameter="cursor", remedy=remedy)


@lru_cache(maxsize=64)
def _secret(folder: Path) -> bytes:
    path = folder / "secret"
    try:
        return _kept(path) or _made(path)
    except OSError:
        return secrets.token_bytes(_BYTES)


def _kept(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return None
    return kept if len(kept) >= _BYTES else None


def _made(path: Path) -> bytes:
    """A new secret, in one piece; the one of a process that was quicker counts."""
    draft = path.with_name(f"secret.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        if _kept(path) is None:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()
