"""What verifying found; keys, without their secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from api.console import safe

if TYPE_CHECKING:
    from datetime import datetime

    from api.keys import Key
    from archiver.signing.ledger import PublicKey
    from archiver.verification.findings import Finding
    from archiver.verification.values import CheckResult, Verification


def verification_lines(found: Verification) -> Iterator[str]:
    """What `verify ID` says: a line for each link, and the weakest."""
    for check in found.checks:
        yield safe(f"{_words(check.result):12} {check.check:16} {check.detail}")
    yield f"overall: {_words(found.overall)}"


def _words(result: CheckResult) -> str:
    return result.replace("_", " ")


def finding_line(finding: Finding) -> str:
    """One finding of `verify`."""
    where = finding.file + (f" at byte {finding.offset:,}" if finding.offset is not None else "")
    record = f" · {finding.record_id}" if finding.record_id else ""
    return safe(f"{'sound' if finding.ok else 'DAMAGED'} {where}{record}: {finding.what}")


def finding_json(finding: Finding) -> dict[str, Any]:
    """The same as a JSON object."""
    return {
        "file": finding.file,
        "offset": finding.offset,
        "record_id": finding.record_id,
        "what": finding.what,
        "ok": finding.ok,
    }


def signing_key_line(key: PublicKey) -> str:
    """One of the archive's signing keys."""
    return f"{key.id}  ECDSA P-384  since {key.at}  {key.public_key}"


def key_line(key: Key, used: datetime | None = None) -> str:
    """A key without its secret; `used` is its last use, where that is known."""
    end = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else None
    end = end or (f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "without end")
    last = f" · last used {used:%Y-%m-%d %H:%M} UTC" if used else ""
    return safe(f"{key.id} · {key.name} · {key.scope} · made {key.made_at:%Y-%m-%d}{last} · {end}")
