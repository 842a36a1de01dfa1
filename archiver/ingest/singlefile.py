"""A page that a person saved with SingleFile, as a WARC file: a `resource` record: no server's answer is in it."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import UTC, datetime

from archiver.errors import WarcError

MAX_HEAD = 16 * 1024
"""Bytes from the beginning of a page within which SingleFile's comment is."""
_COMMENT = re.compile(rb"<!--\s*Page saved with SingleFile\s*(.*?)-->", re.DOTALL)
_URL = re.compile(r"^\s*url:\s*(https?://[\x21-\x7e]{1,8000})\s*$", re.MULTILINE)
_DATE = re.compile(r"saved date:\s*\w{3} (\w{3} \d{1,2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")


def is_saved_page(data: bytes) -> bool:
    """Whether this is a page that SingleFile saved."""
    return _COMMENT.search(data[:MAX_HEAD]) is not None


def warc_of(page: bytes) -> bytes:
    """The page as a WARC file; the same bytes for the same page. Raises WarcError where it says no address or time."""
    comment = _COMMENT.search(page[:MAX_HEAD])
    words = comment[1].decode("utf-8", "replace") if comment else ""
    url, date = _URL.search(words), _DATE.search(words)
    if url is None or date is None:
        remedy = "Save the page with SingleFile, with its option to add the saved page's information"
        raise WarcError("names neither the address nor the time it was saved", where="the page", remedy=remedy)
    try:
        saved = datetime.strptime(f"{date[1]} {date[2]}", "%b %d %Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        raise WarcError("has an invalid saved date", where="the page") from None
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{url[1]} {saved.isoformat()} {uuid.uuid5(uuid.NAMESPACE_OID, page.hex())}")
    head = [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Record-ID: <urn:uuid:{name}>",
        f"WARC-Target-URI: {url[1]}",
        f"WARC-Date: {saved:%Y-%m-%dT%H:%M:%SZ}",
        "Content-Type: text/html; charset=utf-8",
        f"WARC-Block-Digest: sha256:{hashlib.sha256(page).hexdigest()}",
        f"Content-Length: {len(page)}",
    ]
    return "\r\n".join(head).encode("ascii") + b"\r\n\r\n" + page + b"\r\n\r\n"
