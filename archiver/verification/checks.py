"""The links from a quote's words to the signature over the file that proves them, each recomputed from the files.

Nothing is taken from the index but where to look. A link that cannot be looked at because an earlier one is broken is
`not_checked`; one that is not there (a record without a digest, a file that is not signed) is `not_present`.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography import x509

from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.http.message import message_of, payload_digest, payload_of
from archiver.records import Locator, Quote, QuoteState, Snapshot, SnapshotEntry
from archiver.sha256 import labelled, sha256_of
from archiver.signing import ledger
from archiver.signing.ledger import SignedLine
from archiver.signing.timestamps import check_stamp
from archiver.verification.blocks import CutRecord, StatedDigest, Unreadable, block_digest, cut
from archiver.verification.pages import PageLetters, contains_words
from archiver.verification.values import Check, Verification
from archiver.verification.values import CheckResult as Result
from archiver.verification.values import ProofLink as Link
from archiver.warcs.files import Folder
from archiver.warcs.manifest import Line

MAX_SHOWN = 300
"""Characters of text that `expected` and `actual` show."""

UNLIMITED = 1 << 62


@dataclass(slots=True, kw_only=True)
class Verifier:
    """Checks quotes and snapshots of one archive. `roots` are the certificates of trusted time stamp authorities.

    Files larger than `max_file` are not read whole: their digest is `not_checked`.
    """

    folder: Folder
    roots: Sequence[x509.Certificate] = ()
    max_file: int = UNLIMITED

    def quote(self, row: SnapshotEntry, quote: Quote) -> Verification:
        """All links of one quote."""
        return self._verified(row, [quote])

    def snapshot(self, row: SnapshotEntry, quotes: Sequence[Quote]) -> Verification:
        """All links of a snapshot: those of the text are checked for every quote of it that was not withdrawn."""
        return self._verified(row, [quote for quote in quotes if quote.state is not QuoteState.WITHDRAWN])

    def _verified(self, row: SnapshotEntry, quotes: Sequence[Quote]) -> Verification:
        snapshot = row.snapshot
        record, problem = self._cut(snapshot.locator, snapshot.record_id or None)
        payload = record
        if snapshot.payload is not None:
            payload, _ = self._cut(snapshot.payload, None)
        parts = snapshot.payload_parts if snapshot.payload is not None else snapshot.parts
        payload = self._joined(payload, parts)
        texts = _Texts(self, row, quotes, _page(payload, snapshot))
        lines = _chain_of(self.folder, snapshot.locator.warc)
        checks = (
            texts.quote_in_text(),
            texts.text_digest(),
            texts.text_in_page(),
            _payload(snapshot, payload),
            _block(record),
            _record(snapshot, record, problem),
            self._file(snapshot.locator.warc, lines.line),
            _manifest(lines),
            *self._signed(lines.line),
        )
        return Verification(checks=checks)

    def _cut(self, locator: Locator, record_id: str | None) -> tuple[CutRecord | None, str | None]:
        try:
            with self.folder.opened(locator.warc) as file:
                return cut(file, locator, record_id), None
        except (Unreadable, WarcError) as error:
            return None, error.what if isinstance(error, WarcError) else str(error)

    def _joined(self, first: CutRecord | None, parts: Sequence[Locator]) -> CutRecord | None:
        """A segmented record put together; None where a segment cannot be read."""
        following = [self._cut(part, None)[0] for part in parts]
        blocks = [each.block for each in (first, *following) if each is not None]
        return replace(first, block=b"".join(blocks)) if first and len(blocks) == len(following) + 1 else None

    def text(self, row: SnapshotEntry, digest: str) -> tuple[bytes | None, str | None]:
        """The stored text with this digest that the archive recorded, or why there is none."""
        locator = next((text.locator for text in row.texts if text.digest == digest), None)
        if locator is None:
            return None, "the text is not in the archive"
        found, problem = self._cut(locator, None)
        return (found.block if found else None), problem

    def _file(self, warc: str, line: Line | None) -> Check:
        link = Link.FILE_DIGEST
        if line is None:
            detail = "The file is still being written; its digest is taken when it is closed."
            if not self.folder.is_open(warc):
                return Check(check=link, result=Result.FAIL, detail="The file is closed but not in the manifest.")
            return Check(check=link, result=Result.NOT_PRESENT, detail=detail)
        try:
            with self.folder.opened(warc) as file:
                size = file.size
            if size > self.max_file:
                detail = f"The file has {size:,} bytes; `onrecord verify` and the verification answer read all of it."
                return Check(check=link, result=Result.NOT_CHECKED, expected=line.digest, detail=detail)
            actual = self.folder.digest(warc)[1]
        except WarcError as error:
            return Check(check=link, result=Result.FAIL, expected=line.digest, detail=f"{warc}: {error.what}.")
        return _same(link, line.digest, actual, f"The whole file {warc}, as listed in the manifest")

    def _signed(self, line: Line | None) -> tuple[Check, Check]:
        unsigned = "The file's line in the manifest is unsigned: only this archive vouches for it."
        missing = Check(check=Link.TIMESTAMP, result=Result.NOT_PRESENT, detail="There is no time stamp.")
        if line is None:
            unsigned = "The file is still being written; it is signed when it is closed."
        signed = ledger.signed_lines(self.folder).get(line.seal) if line else None
        if signed is None:
            return Check(check=Link.SIGNATURE, result=Result.NOT_PRESENT, detail=unsigned), missing
        stamp = _stamp(signed, self.roots) if signed.timestamp else missing
        return _signature(self.folder, signed), stamp


@dataclass(slots=True, kw_only=True)
class _Chain:
    """The manifest: the newest line of a file, the first thing that is wrong, how many lines were read."""

    line: Line | None = None
    problem: str | None = None
    count: int = 0


def _chain_of(folder: Folder, warc: str) -> _Chain:
    found = _Chain()
    problem = None
    for line in folder.manifest.lines():
        found.count += 1
        if not isinstance(line, Line):
            problem = problem or f"{line.file}, line {line.number}: {line.what}"
        elif line.file == warc and (found.line is None or line.at >= found.line.at):
            found.line = line
    found.problem = problem
    return found


class _Texts:
    """The links between words, text and page."""

    def __init__(
        self, verifier: Verifier, row: SnapshotEntry, quotes: Sequence[Quote], page: PageLetters | None
    ) -> None:
        self._row = row
        self._quotes = quotes
        self._page = page
        self._texts: dict[str, tuple[str | None, str | None, str | None]] = {}
        for digest in {self._digest(quote) for quote in quotes} | ({row.text_digest} if row.text_digest else set()):
            self._texts[digest] = _read(*verifier.text(row, digest))

    def _digest(self, quote: Quote) -> str:
        return quote.text_digest or self._row.text_digest or ""

    def _of(self, quote: Quote) -> tuple[str | None, str | None]:
        """The text that a quote counts in, and why it cannot be read."""
        text, _, problem = self._texts.get(self._digest(quote), (None, None, "the text is not in the archive"))
        return text, problem

    def quote_in_text(self) -> Check:
        """The spans hold the words that the quote gives."""
        if not self._quotes:
            return Check(check=Link.QUOTE_IN_TEXT, result=Result.NOT_PRESENT, detail="There are no quotes.")
        for quote in self._quotes:
            text, problem = self._of(quote)
            if text is None:
                return Check(
                    check=Link.QUOTE_IN_TEXT,
                    result=Result.FAIL,
                    expected=_shown(quote.text),
                    detail=_end(problem),
                )
            words = [text[span.start : span.end] for span in quote.spans]
            if "".join(" ".join(words).split()) != "".join(quote.text.split()) or not _selected(quote, words):
                detail = f"{quote.id}: its spans do not hold its words."
                return _result(Link.QUOTE_IN_TEXT, False, quote.text, " ".join(words), detail)
        return self._passed(Link.QUOTE_IN_TEXT, "are in the article's text at the given offsets")

    def text_digest(self) -> Check:
        """The stored text has the digest that the quote names."""
        if not self._texts:
            return Check(check=Link.TEXT_DIGEST, result=Result.NOT_PRESENT, detail="No text was read from the page.")
        for stated, (_, digest, problem) in self._texts.items():
            if digest != stated:
                return _result(Link.TEXT_DIGEST, False, stated, digest, _end(problem or "the text has another digest"))
        stated = self._digest(self._quotes[0]) if self._quotes else next(iter(self._texts))
        return _result(Link.TEXT_DIGEST, True, stated, stated, "The stored text has the digest that the quote names.")

    def text_in_page(self) -> Check:
        """The quoted letters are in the archived page, in order."""
        if not self._quotes:
            return Check(check=Link.TEXT_IN_PAGE, result=Result.NOT_PRESENT, detail="There are no quotes.")
        if self._page is None:
            return Check(check=Link.TEXT_IN_PAGE, result=Result.FAIL, detail="The page cannot be read.")
        for quote in self._quotes:
            text, problem = self._of(quote)
            if text is None:
                return Check(check=Link.TEXT_IN_PAGE, result=Result.NOT_CHECKED, detail=_end(problem))
            if not contains_words([text[span.start : span.end] for span in quote.spans], self._page):
                detail = f"{quote.id}: its letters are not in the archived page."
                return _result(Link.TEXT_IN_PAGE, False, quote.text, None, detail)
        return self._passed(Link.TEXT_IN_PAGE, "are in the archived page, letter by letter and in order")

    def _passed(self, link: Link, where: str) -> Check:
        if len(self._quotes) == 1:
            words = self._quotes[0].text
            return _result(link, True, words, words, f"The words {where}.")
        return Check(check=link, result=Result.PASS, detail=f"The words of all {len(self._quotes)} quotes {where}.")


def _read(block: bytes | None, problem: str | None) -> tuple[str | None, str | None, str | None]:
    """A stored text, its digest, and why it cannot be read."""
    if block is None:
        return None, None, problem
    digest = sha256_of(block)
    try:
        return block.decode(), digest, None
    except UnicodeDecodeError:
        return None, digest, "the text is not UTF-8"


def _selected(quote: Quote, words: list[str]) -> bool:
    exact = [selector.exact for selector in quote.selectors]
    return not exact or exact == words


def _page(record: CutRecord | None, snapshot: Snapshot) -> PageLetters | None:
    if record is None:
        return None
    body = payload_of(message_of(record.block)).body
    return PageLetters(decode(body, snapshot.content_type).text)


def _payload(snapshot: Snapshot, record: CutRecord | None) -> Check:
    detail = "The page without its HTTP head and transfer coding (WARC 1.1 §5.9)"
    if snapshot.is_unresolved:
        detail = "The record that this revisit refers to is not in the archive."
        return Check(check=Link.PAYLOAD_DIGEST, result=Result.NOT_CHECKED, detail=detail)
    if record is None:
        return Check(
            check=Link.PAYLOAD_DIGEST,
            result=Result.NOT_CHECKED,
            expected=snapshot.payload_digest,
            detail="The record cannot be read.",
        )
    if snapshot.remarks:
        detail = f"Already so when it was added: {'; '.join(snapshot.remarks)}."
        return Check(check=Link.PAYLOAD_DIGEST, result=Result.FAIL, expected=snapshot.payload_digest, detail=detail)
    actual = labelled(payload_digest("sha256", message_of(record.block)))
    return _same(Link.PAYLOAD_DIGEST, snapshot.payload_digest, actual, detail)


def _block(record: CutRecord | None) -> Check:
    link = Link.BLOCK_DIGEST
    if record is None:
        return Check(check=link, result=Result.NOT_CHECKED, detail="The record cannot be read.")
    stated: StatedDigest | None = block_digest(record)
    if stated is None:
        return Check(check=link, result=Result.NOT_PRESENT, detail="The record states no digest of its block.")
    return _same(link, stated.stated, stated.computed, "The bytes as they crossed the wire, as the record states them")


def _record(snapshot: Snapshot, record: CutRecord | None, problem: str | None) -> Check:
    place = f"{snapshot.locator.warc}, byte {snapshot.locator.offset:,}"
    expected = snapshot.record_id or "a WARC record"
    if record is None:
        return _result(Link.RECORD_IN_FILE, False, expected, None, f"{place}: {_end(problem)}")
    if snapshot.record_id and record.record_id != snapshot.record_id:
        return _result(Link.RECORD_IN_FILE, False, expected, record.record_id, f"{place}: there is another record.")
    return _result(Link.RECORD_IN_FILE, True, expected, record.record_id or expected, f"The record is in {place}.")


def _manifest(chain: _Chain) -> Check:
    link = Link.MANIFEST_CHAIN
    if chain.problem is not None:
        return Check(check=link, result=Result.FAIL, detail=f"The manifest was changed: {_end(chain.problem)}")
    if chain.line is None:
        return Check(check=link, result=Result.NOT_PRESENT, detail="The file is not in the manifest yet.")
    detail = (
        f"Each of the manifest's {chain.count} lines follows the one before it; this file was entered {chain.line.at}."
    )
    return Check(check=link, result=Result.PASS, expected=chain.line.seal, actual=chain.line.seal, detail=detail)


def _signature(folder: Folder, signed: SignedLine) -> Check:
    made = signed.signature
    name = f"key {made.key_id}"
    if not made.is_valid():
        return Check(
            check=Link.SIGNATURE,
            result=Result.FAIL,
            expected=name,
            detail=f"The signature of {name} is wrong.",
        )
    if made.public_key not in {key.public_key for key in ledger.keys(folder)}:
        detail = f"The signature is right, but the archive has no record that asserts {name}."
        return Check(check=Link.SIGNATURE, result=Result.FAIL, expected=name, detail=detail)
    detail = (
        f"The holder of {name} signed the file's line in the manifest on {made.at}. That the key is this archive's is "
        "the archive's word: compare it with the one it publishes. No signature proves which server a page came from."
    )
    return Check(check=Link.SIGNATURE, result=Result.PASS, expected=name, actual=name, detail=detail)


def _stamp(signed: SignedLine, roots: Sequence[x509.Certificate]) -> Check:
    link = Link.TIMESTAMP
    try:
        token = base64.b64decode(signed.timestamp or "", validate=True)
    except ValueError:
        return Check(check=link, result=Result.FAIL, detail="The time stamp is not base64.")
    stamp = check_stamp(token, signed.signature.raw, roots)
    if stamp.problem:
        return Check(
            check=link, result=Result.FAIL, actual=stamp.at, detail=f"The time stamp {_end(stamp.problem, False)}"
        )
    if stamp.trusted is None:
        detail = "The time stamp is over this signature; no certificates are set to check its authority against."
        return Check(check=link, result=Result.NOT_CHECKED, actual=stamp.at, detail=detail)
    detail = f"An authority that is trusted here saw the signature on {stamp.at}: it existed by then."
    return Check(check=link, result=Result.PASS, actual=stamp.at, detail=detail)


def _same(link: Link, expected: str, actual: str, what: str) -> Check:
    same = expected == actual
    detail = f"{what}: {'the digest is right' if same else 'the digest is another one'}."
    return Check(
        check=link,
        result=Result.PASS if same else Result.FAIL,
        expected=expected,
        actual=actual,
        detail=detail,
    )


def _result(link: Link, passed: bool, expected: str | None, actual: str | None, detail: str) -> Check:
    return Check(
        check=link,
        result=Result.PASS if passed else Result.FAIL,
        expected=_shown(expected),
        actual=_shown(actual),
        detail=detail,
    )


def _shown(text: str | None) -> str | None:
    return text if text is None or len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def _end(text: str | None, capital: bool = True) -> str:
    """A sentence."""
    said = text or "it cannot be read"
    said = said if said.endswith(".") else f"{said}."
    return said[0].upper() + said[1:] if capital else said
