"""What checks say. A result is never better than what was looked at: unsigned is `not_present`, never `pass`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STATEMENT = (
    "Each digest is recomputed from the archive's files. A signature proves that the holder of the key had the file's "
    "digest; a time stamp, that the signature existed by then, on the word of its authority. Who captured the page, "
    "when, and from which server is the archive's word: TLS gives third parties no proof of origin."
)
"""What the checks prove, and what they do not."""


class ProofLink(StrEnum):
    """The links from a quote's words to the signature over the file that proves them, in order."""

    QUOTE_IN_TEXT = "quote_in_text"
    TEXT_DIGEST = "text_digest"
    TEXT_IN_PAGE = "text_in_page"
    PAYLOAD_DIGEST = "payload_digest"
    BLOCK_DIGEST = "block_digest"
    RECORD_IN_FILE = "record_in_file"
    FILE_DIGEST = "file_digest"
    MANIFEST_CHAIN = "manifest_chain"
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"


class CheckResult(StrEnum):
    """What became of a check, from best to worst below."""

    PASS = "pass"  # noqa: S105 - a result, not a secret
    FAIL = "fail"
    NOT_PRESENT = "not_present"
    NOT_CHECKED = "not_checked"


WORST_FIRST = (CheckResult.FAIL, CheckResult.NOT_CHECKED, CheckResult.NOT_PRESENT, CheckResult.PASS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One link: what was expected, what was found, and a sentence for a person."""

    check: ProofLink
    result: CheckResult
    expected: str | None = None
    actual: str | None = None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All links of one quote or snapshot, in order."""

    checks: tuple[Check, ...]

    @property
    def overall(self) -> CheckResult:
        """The weakest link."""
        found = {check.result for check in self.checks}
        return next(result for result in WORST_FIRST if result in found)

    @property
    def damaged(self) -> bool:
        """Whether a link fails."""
        return any(check.result is CheckResult.FAIL for check in self.checks)
