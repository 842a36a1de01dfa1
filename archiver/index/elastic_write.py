"""Writing to Elasticsearch: documents in portions, every one of them answered for.

What the server is too busy for, or what no answer came to, is sent again after a pause; ids are ours, so that sending
twice is the same as once. What it permanently refuses goes to the list of refused documents.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import elasticsearch
import orjson
from elasticsearch import Elasticsearch

from archiver.errors import IndexUnavailable
from archiver.index.elastic_match import Body
from archiver.index.elastic_read import REMEDY
from archiver.index.letters import Letters
from archiver.records import Refused

MAX_DOCUMENTS = 250  # of one request
MAX_BYTES = 5_000_000  # of one request, unless one document is larger
TRIES = 6  # about three seconds: somebody waits
TRIES_ASIDE = 10  # about a minute: a rebuild is not given up for a server that is busy or starts again
PAUSE = 0.1  # seconds before the second try; doubled before each further one, give or take a half
BUSY = frozenset({408, 429, 502, 503, 504})
_PASSING = frozenset({"cluster_block_exception", "index_not_found_exception", "index_closed_exception"})

Line = tuple[str, bytes | None]  # an id, and a document or None to delete it


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Sends documents to indexes. `aliases`: the indexes are aliases, and must be there; else they are built aside."""

    client: Elasticsearch
    letters: Letters
    where: str
    aliases: bool

    def write(self, index: str, documents: Iterable[tuple[str, Body | None]]) -> None:
        """Writes documents by id, None deletes. Raises IndexUnavailable where some could not be written now.

        While the server works on one portion, the next is made.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="bulk") as sender:
            sent: Future[None] | None = None
            for lines in _portions(documents):
                if sent is not None:
                    sent.result()
                sent = sender.submit(self._send, index, lines)
            if sent is not None:
                sent.result()

    def _send(self, index: str, lines: Sequence[Line]) -> None:
        waiting = list(lines)
        tries = TRIES if self.aliases else TRIES_ASIDE
        for attempt in range(tries):
            if attempt:
                time.sleep(PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
            waiting = self._tried(index, waiting, last=attempt == tries - 1)
            if not waiting:
                return
        raise IndexUnavailable(f"was too busy for {len(waiting)} documents", where=self.where, remedy="Try again")

    def _tried(self, index: str, lines: Sequence[Line], *, last: bool) -> list[Line]:
        """Sends documents once; those that are to be sent again."""
        operations: list[Any] = list(_operations(lines))  # lines that are ready, which the client's types do not know
        try:
            answer = self.client.bulk(index=index, operations=operations, require_alias=self.aliases)
        except elasticsearch.ApiError as error:
            if error.status_code == 413 and len(lines) > 1:
                middle = len(lines) // 2
                self._send(index, lines[:middle])
                self._send(index, lines[middle:])
                return []
            if error.status_code == 413:
                self._refuse(index, lines[0][0], "the document is larger than the server takes")
                return []
            if last or error.status_code not in BUSY:
                raise
            return list(lines)
        except elasticsearch.TransportError:
            if last:
                raise
            return list(lines)
        return self._left(index, lines, answer["items"])

    def _left(self, index: str, lines: Sequence[Line], items: Sequence[Mapping[str, Any]]) -> list[Line]:
        """Those of the documents that the server was too busy for; the others are in, or refused."""
        answers = [next(iter(item.values())) for item in items]
        if [answer["_id"] for answer in answers] != [name for name, _ in lines]:
            raise IndexUnavailable(f"answered for {len(answers)} of {len(lines)} documents", where=self.where)
        left = []
        for line, answer in zip(lines, answers, strict=True):
            error = answer.get("error") or {}
            if answer["status"] in BUSY:
                left.append(line)
            elif error.get("type") in _PASSING:
                raise _blocked(error, self.where)
            elif error:
                self._refuse(index, line[0], f"{error.get('type')}: {error.get('reason')}")
        return left

    def _refuse(self, index: str, name: str, reason: str) -> None:
        self.letters.add([Refused(index=index, id=name, reason=reason[:500], at=datetime.now(UTC))])


def _blocked(error: Mapping[str, Any], where: str) -> IndexUnavailable:
    if error.get("type") == "cluster_block_exception":
        return IndexUnavailable(
            "does not accept writes at the moment",
            where=where,
            remedy="Free some disk space on its server, then try again",
        )
    return IndexUnavailable(f"cannot be used ({error.get('type')})", where=where, remedy=REMEDY)


def _portions(documents: Iterable[tuple[str, Body | None]]) -> Iterator[list[Line]]:
    portion: list[Line] = []
    size = 0
    for name, document in documents:
        data = None if document is None else orjson.dumps(document)
        length = len(data or b"")
        if portion and (len(portion) == MAX_DOCUMENTS or size + length > MAX_BYTES):
            yield portion
            portion, size = [], 0
        portion.append((name, data))
        size += length
    if portion:
        yield portion


def _operations(lines: Sequence[Line]) -> Iterator[bytes]:
    for name, data in lines:
        if data is None:
            yield orjson.dumps({"delete": {"_id": name}})
        else:
            yield orjson.dumps({"index": {"_id": name}})
            yield data
