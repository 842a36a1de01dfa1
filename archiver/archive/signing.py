"""Keys and signatures of an archive."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.archive.resources import Resources
from archiver.errors import ConfigError, Unreachable

if TYPE_CHECKING:
    from archiver.signing.ledger import PublicKey

_log = logging.getLogger(__name__)
_NAME_A_FILE = "Name one outside the archive: ONRECORD_SIGNING_KEY=~/.onrecord/signing-key.pem"


@dataclass(frozen=True, slots=True)
class Signing:
    """The archive's signing keys, and its signatures over closed files."""

    resources: Resources

    def new_key(self) -> PublicKey:
        """Makes a signing key and asserts its public part; the key before it, if any, is kept and its signatures hold.

        Raises ConfigError where no file outside the archive is named for it.
        """
        from archiver.signing import ledger
        from archiver.signing.keys import new_key

        path, folder = self.resources.config.signing_key, self.resources.folder
        if path is None:
            raise ConfigError("no file is named for the key", where="ONRECORD_SIGNING_KEY", remedy=_NAME_A_FILE)
        return ledger.assert_key(folder, new_key(path, folder.path), self.resources.assertions)

    def public_keys(self) -> tuple[PublicKey, ...]:
        """The keys that the archive asserts, oldest first."""
        from archiver.signing import ledger

        return ledger.keys(self.resources.folder)

    def sign(self) -> int:
        """Signs the closed files that no key has signed yet, where a key is set; how many. Raises ConfigError.

        Where a time stamp authority is set, signatures without a time stamp get one; if it does not answer, later.
        """
        path = self.resources.config.signing_key
        if path is None or not path.exists():
            return 0
        from archiver.signing import ledger
        from archiver.signing.keys import load_key

        return ledger.sign_lines(self.resources.folder, load_key(path), self.stamp)

    def stamp(self, signature: bytes) -> bytes | None:
        """A time stamp over a signature; None where no authority is set or it does not answer."""
        url = self.resources.config.timestamp_url
        if url is None:
            return None
        from archiver.signing.timestamps import request_stamp

        try:
            return request_stamp(url, signature)
        except Unreachable as error:
            _log.warning("%s", error)
            return None
