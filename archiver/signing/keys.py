"""The file of the private key: outside the archive, readable by its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from archiver.errors import ConfigError
from archiver.signing.signatures import SigningKey

_MODE = 0o600
_SETTING = "ONRECORD_SIGNING_KEY"
_MAX_BYTES = 64 << 10


def new_key(path: Path, archive: Path) -> SigningKey:
    """Makes a key and its file. A key that is there already is kept beside it under its id (rotation).

    Raises ConfigError where the file would be in the archive or cannot be written.
    """
    if path.resolve().is_relative_to(archive.resolve()):
        raise ConfigError(
            "the private key would be inside the archive", where=_SETTING, remedy="Name a file outside the archive"
        )
    old = load_key(path) if path.exists() else None
    key = SigningKey.generate()
    try:
        if old is not None:
            path.rename(path.with_name(f"{path.name}.{old.id}"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), _MODE)
            file.write(key.pem())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ConfigError(f"the key file cannot be written ({error.strerror})", where=str(path)) from error
    return key


def load_key(path: Path) -> SigningKey:
    """The key in a file. Raises ConfigError where others may read the file or there is no usable key in it."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            pem = file.read(_MAX_BYTES)
    except OSError as error:
        remedy = "Make a key with: onrecord keys sign --new"
        raise ConfigError(f"the key file cannot be read ({error.strerror})", where=str(path), remedy=remedy) from error
    if mode & 0o077:
        remedy = f"chmod 600 {path}"
        raise ConfigError("the private key is readable by others", where=str(path), remedy=remedy)
    try:
        return SigningKey.from_pem(pem)
    except ValueError as error:
        raise ConfigError(str(error), where=str(path)) from error
