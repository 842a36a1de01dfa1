"""The table: what a server may do, and what each of it must lead to.

`kept` counts snapshots (hops), `status` and `truncated` are the last one's, `problem` is the error that the capture
tells. `payload` is the last body with transfer and content codings undone, where the table says it. `note` is in
the metadata record. `waits` marks what ends by the deadline alone.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import brotli
import zstandard

from archiver.errors import AddressRefused, FetchError, RobotsDisallowed, TooLarge, Unreachable
from archiver.records import Truncation
from tests.hostile.server import CUT, HANG, RESET, Forever, Play, Script

BOMB = 80 << 20
"""Decompressed size of a bomb: more than is ever decoded."""

LIMIT = 512 << 10
"""Bytes that are kept of an answer (ONRECORD_FETCH_BYTES) where the table is played."""

PAGE = b"<!doctype html><title>Tide</title><p>The tide table was read aloud.</p>"
TIME, LENGTH, DISCONNECT, UNSPECIFIED = (
    Truncation.TIME,
    Truncation.LENGTH,
    Truncation.DISCONNECT,
    Truncation.UNSPECIFIED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One way to behave, and what it must lead to."""

    name: str
    family: str
    play: Play
    kept: int = 1
    status: int | None = 200
    truncated: Truncation | None = None
    problem: type[FetchError] | None = None
    says: str = ""
    payload: bytes | None = None
    note: str = ""
    hits: int | None = None
    waits: bool = False


def head(*fields: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join((status, *fields)) + b"\r\n\r\n"


def sized(body: bytes = PAGE, *fields: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return head(*fields, b"Content-Length: %d" % len(body), status=status) + body


def chunked(*lines: bytes) -> bytes:
    return head(b"Transfer-Encoding: chunked") + b"".join(lines)


def coded(body: bytes, coding: bytes) -> bytes:
    return sized(body, b"Content-Encoding: " + coding)


def to(location: bytes, *fields: bytes, status: bytes = b"HTTP/1.1 302 Found", body: bytes = b"") -> bytes:
    return sized(body, b"Location: " + location, *fields, status=status)


CHUNK = b"%x\r\n%s\r\n" % (len(PAGE), PAGE)
END = b"0\r\n\r\n"
OK = sized()


@cache
def behaviours() -> tuple[Behaviour, ...]:
    """The whole table, each name once."""
    families = (_time, _length, _chunks, _head, _size, _coding, _redirect, _reset, _status, _robots, _tls)
    return tuple(
        Behaviour(name=name, family=family.__name__.strip("_"), **what)
        for family in families
        for name, what in family()
    )


Row = tuple[str, dict[str, Any]]


def row(name: str, *steps: bytes | float | str | Forever, **expected: Any) -> Row:
    """A behaviour with one script at `/`."""
    return turns(name, steps, **expected)


def turns(name: str, *scripts: Script, **expected: Any) -> Row:
    """A behaviour that answers each time with the next script."""
    return name, {"play": Play(routes={"/": scripts}), **expected}


def _time() -> Iterator[Row]:
    lost: dict[str, Any] = {"kept": 0, "problem": Unreachable, "waits": True}
    late: dict[str, Any] = {"truncated": TIME, "waits": True}
    yield row("hang-before-answer", HANG, **lost, says="no data received")
    yield row("hang-in-status-line", b"HTTP/1.1 2", HANG, **lost)
    yield row("hang-in-head", b"HTTP/1.1 200 OK\r\nContent-Ty", HANG, **lost)
    yield row("hang-before-body", head(b"Content-Length: 10"), HANG, **late, payload=b"")
    yield row("hang-in-body", head(b"Content-Length: 10") + b"12345", HANG, **late, payload=b"12345")
    yield row("hang-in-endless-body", head() + PAGE, HANG, **late, payload=PAGE)
    yield row("hang-in-chunk", chunked(b"a\r\n12345"), HANG, **late, payload=b"12345")
    yield row("hang-in-chunk-size", chunked(CHUNK, b"1"), HANG, **late, payload=PAGE)
    yield row("hang-without-last-chunk", chunked(CHUNK), HANG, **late, payload=PAGE)
    yield row("hang-in-trailer", chunked(CHUNK, b"0\r\nX: y\r\n"), HANG, **late, payload=PAGE)
    yield row("hang-after-interim", b"HTTP/1.1 103 Early Hints\r\n\r\n", HANG, **lost)
    yield row("hang-in-gzip", head(b"Content-Encoding: gzip") + gzip.compress(PAGE)[:30], HANG, **late)
    yield row("hang-in-garbage", b"SSH-2.0-x\r\n", HANG, **late, problem=Unreachable, status=None)
    yield row("trickle-of-status", *(step for byte in b"HTTP/1.1 200 OK" * 9 for step in (bytes([byte]), 0.05)), **lost)
    yield row("trickle-of-head", b"HTTP/1.1 200 OK\r\nX: ", Forever(b"x", 0.05), **lost)
    yield row("trickle-of-fields", b"HTTP/1.1 200 OK\r\n", Forever(b"X: y\r\n", 0.05), **lost)
    yield row("trickle-of-body", head(b"Content-Length: 100000"), Forever(b"x", 0.05), **late)
    yield row("trickle-of-chunks", chunked(), Forever(b"1\r\nx\r\n", 0.05), **late)
    yield row("trickle-of-interim", Forever(b"HTTP/1.1 102 Processing\r\n\r\n", 0.05), kept=0, problem=Unreachable)
    yield row("hang-after-whole-body", OK, HANG, payload=PAGE)
    yield row("hang-after-last-chunk", chunked(CHUNK, END), HANG, payload=PAGE)
    yield row("hang-after-204", head(status=b"HTTP/1.1 204 No Content"), HANG, status=204, payload=b"")
    yield row("hang-after-304", head(b"Content-Length: 9", status=b"HTTP/1.1 304 Not Modified"), HANG, status=304)
    yield row("slow-but-whole", *(step for part in (OK[:9], OK[9:30], OK[30:]) for step in (0.1, part)), payload=PAGE)
    yield "nobody-listens", {"play": Play(routes={}, closed=True), "kept": 0, "problem": Unreachable, "says": "refused"}
    yield "queue-is-full", {"play": Play(routes={}, full=True), **lost, "says": "timed out"}


def _length() -> Iterator[Row]:
    yield row("length-right", OK, payload=PAGE)
    yield row("length-short", head(b"Content-Length: 5") + b"1234567890", payload=b"12345", note="surplusBytes: 5")
    yield row("length-long", head(b"Content-Length: 50") + b"12345", payload=b"12345", truncated=DISCONNECT)
    yield row("length-zero", head(b"Content-Length: 0") + b"12345", payload=b"", note="surplusBytes: 5")
    yield row("length-missing", head() + PAGE, payload=PAGE)
    yield row("length-ten-gigabytes", head(b"Content-Length: 10737418240") + PAGE, payload=PAGE, truncated=DISCONNECT)
    for name, value in (
        ("negative", b"-1"), ("word", b"many"), ("empty", b""), ("plus", b"+5"), ("hexadecimal", b"0x5"),
        ("fraction", b"5.0"), ("blank-inside", b"1 0"), ("two-values", b"5, 6"), ("nineteen-digits", b"9" * 19),
        ("fullwidth", "５".encode()), ("underscore", b"1_0"), ("nul", b"5\x00"),
    ):  # fmt: skip
        note = "" if name == "empty" else "the Content-Length cannot be used"
        yield row(f"length-{name}", head(b"Content-Length: " + value) + PAGE, payload=PAGE, note=note)
    yield row("length-twice-the-same", head(*[b"Content-Length: 5"] * 2) + b"12345", payload=b"12345")
    yield row("length-list-of-the-same", head(b"Content-Length: 5, 5") + b"12345", payload=b"12345")
    yield row("length-leading-zeros", head(b"Content-Length: 005") + b"12345", payload=b"12345")
    yield row("length-two-fields", head(b"Content-Length: 5", b"Content-Length: 50") + PAGE, payload=PAGE)
    yield row(
        "length-and-chunks", head(b"Content-Length: 5", b"Transfer-Encoding: chunked") + CHUNK + END, payload=PAGE,
        note="the length is ignored",
    )  # fmt: skip


def _chunks() -> Iterator[Row]:
    cut: dict[str, Any] = {"truncated": DISCONNECT, "payload": PAGE}
    bad: dict[str, Any] = {"truncated": UNSPECIFIED, "note": "the chunks are malformed"}
    long = b"%x" % len(PAGE)
    yield row("chunks-right", chunked(CHUNK, END), payload=PAGE)
    yield row("chunks-of-one-byte", chunked(*(b"1\r\n%c\r\n" % byte for byte in PAGE), END), payload=PAGE)
    yield row("chunks-upper-case-size", chunked(CHUNK.replace(long, long.upper(), 1), END), payload=PAGE)
    yield row("chunks-leading-zeros", chunked(b"000" + CHUNK, b"0000\r\n\r\n"), payload=PAGE)
    yield row("chunks-blanks-around-size", chunked(b" " + CHUNK.replace(b"\r", b" \r", 1), END), payload=PAGE)
    yield row("chunks-extension", chunked(CHUNK.replace(b"\r", b";a=b;c\r", 1), END), payload=PAGE)
    yield row("chunks-lf-only", chunked(CHUNK.replace(b"\r\n", b"\n"), b"0\n\n"), payload=PAGE)
    yield row("chunks-trailer", chunked(CHUNK, b"0\r\nX: y\r\nZ: w\r\n\r\n"), payload=PAGE)
    yield row("chunks-surplus", chunked(CHUNK, END, b"HTTP/1.1 200 OK\r\n\r\n"), payload=PAGE, note="surplusBytes: 19")
    yield row("chunks-none", chunked(END), payload=b"")
    yield row("chunks-end-without-blank-line", chunked(CHUNK, b"0\r\n"), payload=PAGE, note="within the trailer")
    yield row("chunks-no-last", chunked(CHUNK), **cut)
    yield row("chunks-cut-inside", chunked(CHUNK, b"ff\r\n"), **cut)
    yield row("chunks-cut-in-size", chunked(CHUNK, b"f"), **cut)
    yield row("chunks-cut-behind-data", chunked(CHUNK[:-2]), **cut)
    yield row("chunks-size-of-sixteen-digits", chunked(b"f" * 16 + b"\r\n", PAGE), **cut)
    yield row("chunks-size-word", chunked(b"many\r\n", PAGE), **bad)
    yield row("chunks-size-negative", chunked(b"-5\r\n", PAGE), **bad)
    yield row("chunks-size-prefixed", chunked(b"0x5\r\n12345\r\n", END), **bad)
    yield row("chunks-size-of-seventeen-digits", chunked(b"0" * 16 + b"5\r\n12345\r\n", END), **bad)
    yield row("chunks-size-empty", chunked(b"\r\n", PAGE), **bad)
    yield row("chunks-data-too-long", chunked(b"5\r\n1234567\r\n", END), **bad)
    yield row("chunks-no-line-end-behind-data", chunked(b"5\r\n12345", CHUNK, END), **bad)
    yield row("chunks-that-are-none", chunked(PAGE * 3), **bad, payload=PAGE * 3)
    yield row("chunks-extension-too-long", chunked(CHUNK.replace(b"\r", b";" + b"x" * 20_000 + b"\r", 1), END), **bad)
    yield row("chunks-coding-twice", head(b"Transfer-Encoding: chunked, chunked") + CHUNK + END)
    yield row("chunks-coding-in-two-fields", head(*[b"Transfer-Encoding: chunked"] * 2) + CHUNK + END)
    yield row("chunks-coding-upper-case", head(b"Transfer-Encoding: CHUNKED") + CHUNK + END, payload=PAGE)
    yield row("chunks-coding-unknown", head(b"Transfer-Encoding: xchunked") + PAGE, payload=PAGE)
    yield row("chunks-coding-identity", head(b"Transfer-Encoding: identity", b"Content-Length: 3") + PAGE, payload=PAGE)
    yield row("chunks-coding-not-last", head(b"Transfer-Encoding: chunked, gzip") + PAGE)


def _head() -> Iterator[Row]:
    fields = {
        "no-blank-behind-colon": b"X-A:b",
        "blank-before-colon": b"X-A : b",
        "latin-1": b"X-A: caf\xe9",
        "utf-8": "X-A: café".encode(),
        "no-colon": b"just words",
        "no-name": b": value",
        "folded": b"X-A: b\r\n  c",
        "folded-by-tab": b"X-A: b\r\n\tc",
        "folded-first": b"  X-A: b",
        "trailing-blanks": b"X-A: b  \t ",
        "empty-value": b"X-A:",
        "repeated": b"X-A: b\r\nX-A: c",
        "nul": b"X-A: b\x00c",
        "controls": b"X-A: \x01\x1b[31m\x7f",
        "bare-cr": b"X-A: b\rX-B: c",
        "odd-name": b"X(A)@[b]: c",
        "long-value": b"X-A: " + b"b" * 100_000,
        "long-name": b"X" * 50_000 + b": b",
        "nine-hundred": b"\r\n".join(b"X-%d: y" % number for number in range(900)),
        "forged-record": b"X-A: b\r\nWARC/1.1: c\r\nWARC-Type: response",
    }
    for name, lines in fields.items():
        yield row(f"head-{name}", sized(PAGE, lines), payload=PAGE)
    yield row("head-lf-only", OK.replace(b"\r\n", b"\n"), payload=PAGE)
    yield row("head-mixed-line-ends", OK.replace(b"OK\r\n", b"OK\n"), payload=PAGE)
    yield row("head-lower-case-version", sized(status=b"http/1.1 200 ok"), payload=PAGE)
    yield row("head-version-1.0", sized(status=b"HTTP/1.0 200 OK"), payload=PAGE)
    yield row("head-version-2", sized(status=b"HTTP/2 200"), payload=PAGE)
    yield row("head-no-reason", sized(status=b"HTTP/1.1 200"), payload=PAGE)
    yield row("head-blanks-in-status-line", sized(status=b"HTTP/1.1  200   All right "), payload=PAGE)
    yield row("head-latin-1-reason", sized(status=b"HTTP/1.1 200 D\xe9j\xe0"), payload=PAGE)
    yield row("head-no-fields", b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, payload=PAGE)
    body = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    yield row("head-forged-record-in-body", sized(body), payload=body)
    yield row("head-cut", b"HTTP/1.1 200 OK\r\nContent-Ty", kept=0, problem=Unreachable, says="within the head")
    yield row("head-cut-behind-line", b"HTTP/1.1 200 OK\r\nX: y\r\n", kept=0, problem=Unreachable)
    yield row("head-cut-status-line", b"HTTP/1.1 200", kept=0, problem=Unreachable)


def _size() -> Iterator[Row]:
    large: dict[str, Any] = {"truncated": LENGTH, "problem": TooLarge}
    block = bytes(range(256)) * 256
    yield row("size-endless-body", head(), Forever(block), **large)
    yield row("size-endless-zeros", head(), Forever(bytes(1 << 16)), **large)
    yield row("size-endless-chunks", chunked(), Forever(b"10000\r\n" + block + b"\r\n"), **large)
    yield row("size-one-chunk-of-ten-gigabytes", chunked(b"280000000\r\n"), Forever(block), **large)
    yield row("size-ten-gigabytes", head(b"Content-Length: 10737418240"), Forever(block), **large)
    yield row("size-over-the-limit-by-one", sized(bytes(LIMIT - len(sized(bytes(LIMIT))) + LIMIT + 1)), **large)
    yield row("size-the-limit", sized(bytes(LIMIT - len(sized(bytes(LIMIT))) + LIMIT)))
    yield row("size-endless-gzip", head(b"Content-Encoding: gzip") + gzip.compress(b"")[:10], Forever(block), **large)
    yield row("size-endless-trailer", chunked(CHUNK, b"0\r\n"), Forever(b"X: y\r\n" * 1000), **large)
    yield row("size-endless-extension", chunked(b"5;"), Forever(b"x" * 1000), **large)
    yield row("size-endless-fields", b"HTTP/1.1 200 OK\r\n", Forever(b"X: y\r\n" * 1000), **large)
    yield row("size-endless-field", b"HTTP/1.1 200 OK\r\nX: ", Forever(b"x" * 6000), **large)
    yield row("size-endless-folding", b"HTTP/1.1 200 OK\r\nX: y\r\n", Forever(b" z\r\n" * 1000), **large)
    yield row("size-a-thousand-and-one-fields", head(*[b"X: y"] * 1001), **large)
    yield row("size-endless-status-line", b"HTTP/1.1 200 ", Forever(b"x" * 6000), **large)
    yield row("size-endless-garbage", Forever(block), **large, status=None)
    yield row("size-endless-interim", Forever(b"HTTP/1.1 103 E\r\n\r\n" * 9), kept=0, problem=Unreachable)
    yield row("size-long-interim", b"HTTP/1.1 103 E\r\n", Forever(b"Link: </x>\r\n" * 999), **large, status=103)
    yield row("size-surplus", OK, Forever(block), payload=PAGE)


def _coding() -> Iterator[Row]:
    zipped = gzip.compress(PAGE, mtime=0)
    bomb = gzip.compress(bytes(BOMB), mtime=0)
    cut: dict[str, Any] = {"truncated": DISCONNECT}
    yield row("coding-gzip", coded(zipped, b"gzip"), payload=PAGE)
    yield row("coding-x-gzip", coded(zipped, b"x-gzip"), payload=PAGE)
    yield row("coding-upper-case", coded(zipped, b"GZIP"), payload=PAGE)
    yield row("coding-gzip-chunked", head(b"Content-Encoding: gzip", b"Transfer-Encoding: chunked")
              + b"%x\r\n%s\r\n" % (len(zipped), zipped) + END, payload=PAGE)  # fmt: skip
    yield row("coding-gzip-members", coded(zipped + zipped, b"gzip"), payload=PAGE + PAGE)
    yield row("coding-gzip-then-garbage", coded(zipped + b"garbage", b"gzip"), payload=PAGE)
    yield row("coding-gzip-empty", coded(b"", b"gzip"), payload=b"")
    yield row("coding-gzip-cut", coded(zipped[:-12], b"gzip"), **cut, note="the gzip content ends early")
    yield row("coding-gzip-cut-trailer", coded(zipped[:-4], b"gzip"), **cut, payload=PAGE)
    yield row("coding-gzip-cut-second-member", coded(zipped + zipped[:25], b"gzip"), **cut)
    yield row("coding-gzip-cut-by-close", head(b"Content-Encoding: gzip") + zipped[:30], **cut)
    yield row("coding-gzip-wrong-checksum", coded(zipped[:-8] + b"1234" + zipped[-4:], b"gzip"), note="not valid gzip")
    yield row("coding-gzip-that-is-none", coded(PAGE, b"gzip"), payload=PAGE, note="not valid gzip")
    yield row("coding-gzip-bomb", coded(bomb, b"gzip"))
    yield row("coding-gzip-bomb-in-gzip", coded(gzip.compress(bomb), b"gzip, gzip"))
    yield row("coding-gzip-members-bomb", coded(gzip.compress(b"", mtime=0) * 20_000, b"gzip"))
    yield row("coding-deflate", coded(zlib.compress(PAGE), b"deflate"), payload=PAGE)
    yield row("coding-deflate-raw", coded(zlib.compress(PAGE)[2:-4], b"deflate"), payload=PAGE)
    yield row("coding-deflate-bomb", coded(zlib.compress(bytes(BOMB)), b"deflate"))
    yield row("coding-deflate-cut", coded(zlib.compress(PAGE)[:30], b"deflate"), **cut)
    yield row("coding-br", coded(brotli.compress(PAGE), b"br"), payload=PAGE)
    yield row("coding-br-bomb", coded(brotli.compress(bytes(BOMB), quality=5), b"br"))
    yield row("coding-br-cut", coded(brotli.compress(PAGE)[:30], b"br"), **cut)
    yield row("coding-br-that-is-none", coded(PAGE, b"br"), payload=PAGE)
    yield row("coding-zstd", coded(zstandard.compress(PAGE), b"zstd"), payload=PAGE)
    yield row("coding-zstd-bomb", coded(zstandard.compress(bytes(BOMB)), b"zstd"))
    yield row("coding-zstd-cut", coded(zstandard.compress(PAGE)[:30], b"zstd"), **cut)
    yield row("coding-zstd-giant-window", coded(_wide_window(), b"zstd"))
    yield row("coding-chain-of-two", coded(brotli.compress(zipped), b"gzip, br"), payload=PAGE)
    yield row("coding-chain-of-three", coded(brotli.compress(gzip.compress(zipped)), b"gzip, gzip, br"))
    yield row("coding-chain-of-a-thousand", coded(zipped, b", ".join([b"gzip"] * 1000)))
    yield row("coding-unknown", coded(PAGE, b"x-own"), payload=PAGE)
    yield row("coding-identity", coded(PAGE, b"identity"), payload=PAGE)
    yield row("coding-empty-name", coded(PAGE, b""), payload=PAGE)


def _wide_window() -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=0)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return compressor.compress(PAGE) + compressor.flush()


def ways(name: str, routes: dict[str, Script], **expected: Any) -> Row:
    """A behaviour of several paths."""
    return name, {"play": Play(routes={path: (script,) for path, script in routes.items()}), **expected}


def _redirect() -> Iterator[Row]:
    loop: dict[str, Any] = {"problem": Unreachable, "says": "redirect loop", "status": 302}
    yield row("redirect-to-itself", to(b"/"), **loop)
    yield ways("redirect-pair", {"/": (to(b"/b"),), "/b": (to(b"/"),)}, **loop, kept=2)
    steps = {f"/{n}": (to(b"/%d" % (n + 1)),) for n in range(20)}
    yield ways("redirect-without-end", {"/": (to(b"/0"),), **steps}, **loop, kept=11)
    ten: dict[str, Script] = {"/": (to(b"/0"),), **{path: steps[path] for path in [f"/{n}" for n in range(9)]}}
    yield ways("redirect-ten-times", {**ten, "/9": (OK,)}, kept=11, payload=PAGE)
    eleven = {**ten, "/9": steps["/9"], "/10": (OK,)}
    yield ways("redirect-eleven-times", eleven, kept=11, problem=Unreachable, status=302)
    for status in (301, 302, 303, 307, 308):
        line = b"HTTP/1.1 %d X" % status
        yield ways(f"redirect-{status}", {"/": (to(b"/b", status=line),), "/b": (OK,)}, kept=2, payload=PAGE)
    for status in (300, 304, 305, 306, 399):
        line = b"HTTP/1.1 %d X" % status
        yield ways(f"redirect-not-{status}", {"/": (to(b"/b", status=line),), "/b": (OK,)}, status=status)
    followed = {
        "absolute": (b"{here}/b", "/b"),
        "relative": (b"b", "/b"),
        "dots": (b"../../x/../b", "/b"),
        "query": (b"?b", "/?b"),
        "fragment": (b"/b#fragment", "/b"),
        "blank-inside": (b"/b c", "/b%20c"),
        "utf-8": ("/bé".encode(), "/b%C3%A9"),
        "latin-1": (b"/b\xe9", "/b%C3%A9"),
        "encoded-line-end": (b"/b%0d%0aX:%20y", "/b%0d%0aX:%20y"),
        "stray-percent": (b"/b%zz", "/b%25zz"),
    }
    for name, (location, path) in followed.items():
        yield ways(f"redirect-{name}", {"/": (to(location),), path: (OK,)}, kept=2, payload=PAGE)
    yield ways("redirect-twice-the-same", {"/": (to(b"/b", b"Location: /b"),), "/b": (OK,)}, kept=2, payload=PAGE)
    yield ways("redirect-with-body", {"/": (to(b"/b", body=PAGE),), "/b": (OK,)}, kept=2, payload=PAGE)
    yield ways("redirect-with-endless-body", {"/": (head(b"Location: /b", status=b"HTTP/1.1 302 X"),
               Forever(bytes(1 << 16))), "/b": (OK,)}, kept=2, payload=PAGE)  # fmt: skip
    yield ways("redirect-with-hanging-body", {"/": (head(b"Location: /b", status=b"HTTP/1.1 302 X"), HANG),
               "/b": (OK,)}, status=302, truncated=TIME, problem=Unreachable, waits=True)  # fmt: skip
    nowhere: dict[str, Any] = {"problem": Unreachable, "status": 302}
    yield row("redirect-nowhere", sized(b"", status=b"HTTP/1.1 302 Found"), **nowhere, says="has no location")
    yield row("redirect-empty", to(b""), **nowhere, says="has no location")
    yield row("redirect-two-places", to(b"/b", b"Location: /c"), **nowhere, says="two different places")
    refused: dict[str, Any] = {"problem": AddressRefused, "status": 302}
    yield row("redirect-to-a-file", to(b"file:///etc/passwd"), **refused)
    yield row("redirect-to-loopback", to(b"http://127.0.0.1/"), **refused)
    yield row("redirect-to-metadata", to(b"http://169.254.169.254/latest/"), **refused)
    yield row("redirect-to-another-port", to(b"http://redirect-to-another-port.localhost:1/"), **refused)
    yield row("redirect-to-userinfo", to(b"http://a:b@news.example/"), **refused)
    yield row("redirect-to-backslash", to(b"\\\\127.0.0.1\\b"), **refused)
    yield row("redirect-nine-thousand-characters", to(b"/" + b"b" * 9000), **refused)
    yield row("redirect-one-megabyte", to(b"/" + b"b" * (1 << 20)), problem=TooLarge, status=302, truncated=LENGTH)
    meta = b"<meta http-equiv=refresh content='0;url=/b'><script>location='/b'</script>"
    yield ways("redirect-by-page", {"/": (sized(meta, b"Refresh: 0;url=/b"),), "/b": (OK,)}, payload=meta, hits=1)


def _reset() -> Iterator[Row]:
    lost: dict[str, Any] = {"kept": 0, "problem": Unreachable}
    cut: dict[str, Any] = {"truncated": DISCONNECT}
    yield row("reset-before-answer", RESET, **lost, hits=2)
    yield turns("reset-once-before-answer", (RESET,), (OK,), payload=PAGE, hits=2, note="note: a first connection was")
    yield row("reset-in-status-line", b"HTTP/1.1 2", 0.05, RESET, **lost, hits=1)
    yield row("reset-in-head", b"HTTP/1.1 200 OK\r\nX: y", 0.05, RESET, **lost)
    yield row("reset-before-body", head(b"Content-Length: 9"), 0.05, RESET, **cut)
    yield row("reset-in-body", head(b"Content-Length: 100") + PAGE, 0.05, RESET, **cut, payload=PAGE)
    yield row("reset-in-endless-body", head() + PAGE, 0.05, RESET, **cut, payload=PAGE)
    yield row("reset-in-chunk", chunked(CHUNK, b"ff\r\nx"), 0.05, RESET, **cut)
    yield row("reset-after-whole-body", OK, 0.05, RESET, payload=PAGE)
    yield row("end-before-answer", **lost, says="without an answer")
    yield row("end-after-line-end", b"\r\n", status=None, problem=Unreachable)
    yield row("end-after-interim", b"HTTP/1.1 100 Continue\r\n\r\n", **lost)


def _status() -> Iterator[Row]:
    for code in (*range(203, 207), *range(400, 406), 407, 409, 410, 418, 421, 451, 500, 501, 502, 504, 599, 600, 999):
        body = b"" if code == 204 else PAGE
        yield row(f"status-{code}", sized(body, status=b"HTTP/1.1 %d Some reason" % code), status=code, payload=body)
    yield row("status-204-with-body", sized(status=b"HTTP/1.1 204 X"), status=204, payload=b"", note="surplusBytes")
    yield row("status-101", head(status=b"HTTP/1.1 101 Switching Protocols") + b"\x00\x01", status=101)
    interim = b"HTTP/1.1 %d X\r\nLink: </x>\r\n\r\n"
    for code in (100, 102, 103, 199):
        note = f"interim answer {code} left out"
        yield row(f"status-{code}-first", interim % code + OK, payload=PAGE, note=note)
    yield row("status-nine-interim", interim % 103 * 9 + OK, payload=PAGE)
    yield row("status-ten-interim", interim % 103 * 10 + OK, kept=0, problem=Unreachable, says="interim")
    none: dict[str, Any] = {"status": None, "problem": Unreachable, "says": "not HTTP"}
    for name, answer in {
        "000": sized(status=b"HTTP/1.1 000 X"),
        "two-digits": sized(status=b"HTTP/1.1 20 OK"),
        "four-digits": sized(status=b"HTTP/1.1 2000 OK"),
        "word": sized(status=b"HTTP/1.1 abc OK"),
        "missing": sized(status=b"HTTP/1.1"),
        "glued": sized(status=b"HTTP/1.1 200OK"),
        "no-version": sized(status=b"HTTP 200 OK"),
        "icy": sized(status=b"ICY 200 OK"),
        "blank-line-first": b"\r\n" + OK,
        "html": PAGE,
        "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
        "smtp": b"220 mail.example ESMTP\r\n",
        "redis": b"-ERR unknown command\r\n",
        "json": b'{"status": 200}',
        "nuls": bytes(100),
        "one-byte": b"x",
        "http-2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00",
        "tls": b"\x15\x03\x03\x00\x02\x02\x46",
    }.items():
        yield row(f"status-none-{name}", answer, **none)
    busy = b"HTTP/1.1 %d Busy"
    again = sized(b"", b"Retry-After: 0", status=busy % 503)
    yield turns("retry-twice-then-well", (again,), (again,), (OK,), payload=PAGE, hits=3, note="answeredBefore: 503")
    yield turns("retry-in-vain", (again,), status=503, hits=3)
    yield turns("retry-429", (sized(b"", b"Retry-After: 0", status=busy % 429),), (OK,), payload=PAGE, hits=2)
    for name, value in {
        "an-hour": b"3600",
        "very-long": b"90000000000",
        "digits": b"9" * 300,
        "a-date": b"Fri, 31 Dec 2100 23:59:59 GMT",
    }.items():
        yield row(f"retry-after-{name}", sized(b"", b"Retry-After: " + value, status=busy % 503), status=503, hits=1)
    for name, value in {"word": b"soon", "negative": b"-5", "odd-date": b"Fri, 99 Foo 2100 99:99:99 XYZ"}.items():
        yield row(f"retry-after-{name}", sized(b"", b"Retry-After: " + value, status=busy % 429), status=429, hits=1)
    past = sized(b"", b"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", status=busy % 503)
    yield turns("retry-after-the-past", (past,), (OK,), payload=PAGE, hits=2)
    yield row("retry-500-is-not", sized(b"", b"Retry-After: 0", status=busy % 500), status=500, hits=1)


def asked(name: str, *scripts: Script, **expected: Any) -> Row:
    """A good page behind a robots.txt that answers as scripted."""
    return name, {"play": Play(routes={"/": ((OK,),), "/x": ((OK,),)}, robots=scripts), **expected}


def says(text: str | bytes, *fields: bytes) -> Script:
    return (sized(text.encode() if isinstance(text, str) else text, *fields),)


def _robots() -> Iterator[Row]:
    never: dict[str, Any] = {"kept": 0, "problem": RobotsDisallowed, "hits": 0}
    lost: dict[str, Any] = {"kept": 0, "problem": Unreachable, "hits": 0}
    well: dict[str, Any] = {"payload": PAGE, "hits": 1}
    shut = "User-agent: *\nDisallow: /\n"
    for status in (400, 401, 403, 404, 410, 418, 451):
        yield asked(f"robots-{status}", (sized(status=b"HTTP/1.1 %d X" % status),), **well)
    for status in (500, 502, 503, 599, 429):
        yield asked(f"robots-{status}", (sized(status=b"HTTP/1.1 %d X" % status),), **never, says=str(status))
    yield asked("robots-hang", (HANG,), **lost, waits=True, says="robots.txt")
    yield asked("robots-hang-in-body", (head(b"Content-Length: 99") + shut.encode(), HANG), **lost, waits=True)
    yield asked("robots-reset", (RESET,), **lost, says="robots.txt")
    yield asked("robots-cut", (head(b"Content-Length: 99") + b"User-agent: *\n",), **lost, says="robots.txt")
    yield asked("robots-no-http", (b"SSH-2.0-x\r\n",), **never, says="not HTTP")
    yield asked("robots-interim", (b"HTTP/1.1 103 E\r\n\r\n" + sized(shut.encode()),), **never)
    yield asked("robots-shut", says(shut), **never, says="disallows")
    yield asked("robots-shut-for-us", says("User-agent: OnRecord\nDisallow: /\nUser-agent: *\nAllow: /\n"), **never)
    yield asked("robots-shut-for-others", says("User-agent: other\nDisallow: /\n"), **well)
    yield asked("robots-open-for-us", says(f"{shut}User-agent: onrecord\nAllow: /\n"), **well)
    yield asked("robots-longest-match", says("User-agent: *\nDisallow: /\nAllow: /$\n"), **well)
    yield asked("robots-wildcard", says("User-agent: *\nDisallow: *\n"), **never)
    yield asked("robots-empty", says(""), **well)
    yield asked("robots-empty-disallow", says("User-agent: *\nDisallow:\n"), **well)
    yield asked("robots-byte-order-mark", says("\ufeff" + shut), **never)
    yield asked("robots-cr-only", says(shut.replace("\n", "\r")), **never)
    yield asked("robots-crlf", says(shut.replace("\n", "\r\n")), **never)
    yield asked("robots-upper-case", says(shut.upper()), **never)
    yield asked("robots-html", says(PAGE), **well)
    yield asked("robots-nuls", says(bytes(1000)), **well)
    yield asked("robots-invalid-utf-8", says(b"\xff\xfe\xff" * 99 + b"\n" + shut.encode()), **never)
    yield asked("robots-gzip", says(gzip.compress(shut.encode()), b"Content-Encoding: gzip"), **never)
    yield asked(
        "robots-bomb", says(gzip.compress(shut.encode() + b"#" * (50 << 20)), b"Content-Encoding: gzip"), **never
    )
    yield asked("robots-endless", (head() + shut.encode(), Forever(b"Disallow: /y\n" * 500)), **never)
    yield asked("robots-half-a-megabyte", says(("# " + "x" * 97 + "\n") * 5000 + shut), **never)
    yield asked("robots-a-hundred-thousand-rules", says(shut + "Disallow: /a\n" * 38_000), **never)
    yield asked("robots-a-thousand-wildcards", says("User-agent: *\nDisallow: /" + "*a" * 1000 + "*b\n"), **well)
    yield asked("robots-many-agents", says("User-agent: a\n" * 30_000 + "Disallow: /\n"), **well)
    yield asked("robots-one-long-line", says("User-agent: *\nDisallow: /" + "y" * 400_000), **well)
    yield asked("robots-redirect-nowhere", (to(b""),), **well)
    yield asked("robots-redirect-loop", (to(b"/robots.txt"),), **well)
    yield asked("robots-redirect-to-metadata", (to(b"http://169.254.169.254/robots.txt"),), **never)
    yield asked("robots-redirect-to-a-file", (to(b"file:///etc/passwd"),), **never)
    hops = {f"/{n}": ((to(b"/%d" % (n + 1)),),) for n in range(4)}
    yield "robots-five-redirects", {"play": Play(routes={"/": ((OK,),), **hops, "/4": (says(shut),)},
                                                 robots=((to(b"/0"),),)), **never}  # fmt: skip
    hops["/4"] = ((to(b"/5"),),)
    yield "robots-six-redirects", {"play": Play(routes={"/": ((OK,),), **hops, "/5": (says(shut),)},
                                                robots=((to(b"/0"),),)), **well}  # fmt: skip


def _tls() -> Iterator[Row]:
    lost: dict[str, Any] = {"kept": 0, "problem": Unreachable}

    def secured(name: str, certificate: str, *steps: bytes | float | str, **expected: Any) -> Row:
        return name, {"play": Play(routes={"/": (steps,)}, tls=certificate), **expected}

    def below(name: str, *steps: bytes | str | Forever, **expected: Any) -> Row:
        return name, {"play": Play(routes={}, below=steps), **lost, **expected}

    yield secured("tls-good", "good", OK, payload=PAGE)
    yield secured("tls-self-signed", "self-signed", OK, **lost, says="self-signed certificate")
    yield secured("tls-expired", "expired", OK, **lost, says="expired")
    yield secured("tls-wrong-name", "wrong-name", OK, **lost, says="Hostname mismatch")
    yield secured("tls-nameless", "nameless", OK, **lost, says="certificate was refused")
    yield secured("tls-outdated", "outdated", OK, **lost, says="TLS failed")
    yield secured(
        "tls-cut-in-body", "good", head(b"Content-Length: 500") + PAGE, CUT, truncated=DISCONNECT, payload=PAGE
    )
    yield secured("tls-cut-in-endless-body", "good", head() + PAGE, CUT, truncated=DISCONNECT, payload=PAGE)
    yield secured("tls-cut-after-whole-body", "good", OK, CUT, payload=PAGE)
    yield secured("tls-cut-before-answer", "good", CUT, **lost)
    yield secured("tls-ended-well-without-length", "good", head() + PAGE, payload=PAGE)
    yield secured("tls-reset-in-body", "good", head(b"Content-Length: 500") + PAGE, 0.05, RESET, truncated=DISCONNECT)
    yield secured("tls-hang-in-body", "good", head(b"Content-Length: 500") + PAGE, HANG, truncated=TIME, waits=True)
    yield secured("tls-to-plain", "good", to(b"http://tls-to-plain.localhost:1/"), status=302, problem=AddressRefused)
    yield below("tls-hang-in-handshake", HANG, waits=True, says="timed out")
    yield below("tls-cut-in-handshake", RESET)
    yield below("tls-end-in-handshake", b"")
    yield below("tls-plain-http", b"HTTP/1.1 400 Bad Request\r\n\r\n", says="TLS failed")
    yield below("tls-garbage", b"\x00" * 999)
    yield below("tls-endless-garbage", Forever(b"\x16\x03\x03\x40\x00" + bytes(1 << 14)), waits=True)
    yield below("tls-alert", b"\x15\x03\x03\x00\x02\x02\x28")
    yield below("tls-half-a-hello", b"\x16\x03\x03\x00\x7a\x02\x00", HANG, waits=True)
