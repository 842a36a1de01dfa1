"""Elasticsearch as three nodes: one killed while documents are written, and a walk while more come in.

    SCALE=200000 python -m tests.bench.cluster

What is checked is that nothing is lost or repeated; a cluster of the tests' own is started for it.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import orjson

from archiver.config import load
from archiver.errors import IndexUnavailable
from archiver.index import rows
from archiver.index.elastic import ElasticIndex
from archiver.index.elastic_documents import quote_document
from archiver.index.rows import Given
from archiver.records import Kind, Query, QuoteState
from tests.bench.made_up import DAYS, FIRST, batches
from tests.bench.table import Row, print_rows
from tests.elasticsearch.server import Node, cluster
from tests.factories import make_quote, make_rows

SCALE = int(os.environ.get("SCALE", "20000"))
WRITTEN = 4_000  # quotes while a node is killed
EVERYTHING = Query(limit=1000, state=tuple(QuoteState), kind=tuple(Kind), repeats=True)
TRIES = 20


def clustered() -> Iterator[Row]:
    """The figures, each of which is to be 0."""
    with tempfile.TemporaryDirectory() as name, cluster(Path(name)) as nodes:
        addresses = ",".join(node.address for node in nodes)
        options = {"archive": name, "index": addresses, "index_prefix": "bench", "index_replicas": "1"}
        config = load({}, options)
        index = ElasticIndex(config)
        yield from _walked(index, nodes[0].address)
        index.close()
        other = ElasticIndex(replace(config, index_prefix="killed"))
        yield from _killed(other, nodes)
        other.close()


def _killed(index: ElasticIndex, nodes: Sequence[Node]) -> Iterator[Row]:
    """A node is gone after the first of some batches; each batch is tried until it is in, as catching up does."""
    index.searched()
    given = list(batches(WRITTEN))
    wanted = Counter(str(entry.quote.id) for batch in given for _, entries in batch for entry in entries)
    killer = threading.Timer(0.5, nodes[-1].process.kill)
    unavailable = 0
    for number, batch in enumerate(given):
        if number == 1:
            killer.start()
        unavailable += _until_in(index, batch)
    killer.join()
    index.refresh()
    found = Counter(_ids(index, EVERYTHING))
    yield Row(
        what=f"one of three killed while {WRITTEN:,} quotes are written: refused", ratio=unavailable, goal="(told)"
    )
    yield Row(what="of these lost", ratio=(wanted - found).total(), goal="0")
    yield Row(what="of these twice", ratio=(found - wanted).total(), goal="0")
    yield Row(what="refused for good", ratio=len(index.refused()), goal="0")


def _until_in(index: ElasticIndex, batch: Sequence[Given]) -> int:
    """How often the index was unavailable before a batch was in."""
    for attempt in range(TRIES):
        try:
            index.add(batch)
        except IndexUnavailable as error:
            print(f"  {error.what}", file=sys.stderr)
        else:
            return attempt
    raise RuntimeError("the cluster did not come back")


def _walked(index: ElasticIndex, address: str) -> Iterator[Row]:
    """A walk through SCALE quotes, newest first, while a thread adds more."""
    index.searched()
    wanted = set(_copied(index, address))
    index.refresh()
    ending = threading.Event()
    writer = threading.Thread(target=_writing, args=(index.add, ending))
    writer.start()
    found = Counter(each for each in _ids(index, EVERYTHING) if each in wanted)
    ending.set()
    writer.join()
    yield Row(
        what=f"walk of {len(wanted):,} quotes while others come in: lost", ratio=len(wanted - set(found)), goal="0"
    )
    repeated = sum(count > 1 for count in found.values())
    yield Row(what="of these met again", ratio=repeated, goal="0")


def _writing(add: Callable[[Sequence[Given]], None], ending: threading.Event) -> None:
    """Adds quotes of other pages, newer ones and older ones, until it is stopped."""
    for number in itertools.count():
        if ending.is_set():
            return
        captured_at = FIRST + timedelta(days=number * 7 % DAYS)
        names = [f"more {number} {each}" for each in range(10)]
        url = f"https://more.example/{number}"
        quotes = [make_quote(name) for name in names]
        with suppress(IndexUnavailable):
            add([make_rows(f"more {number}", *quotes, captured_at=captured_at, url=url)])


def _copied(index: ElasticIndex, address: str) -> Iterator[str]:
    """Puts SCALE quotes in, directly: one batch's documents again and again under other ids; gives the ids."""
    first = [prepared for batch in islice(batches(1000), 1) for prepared in rows.prepared(rows.placed(batch))]
    documents = [orjson.loads(orjson.dumps(quote_document(each)[1])) for each in first]
    number = 0
    while number < SCALE:
        lines = []
        for document in documents[: SCALE - number]:
            name = f"q{number:020}".translate(str.maketrans("0189", "abcd"))
            shown = document["entry"]["entry"]
            entry = {**document["entry"], "entry": {**shown, "quote": {**shown["quote"], "id": name}}}
            lines += [
                orjson.dumps({"index": {"_id": name}}),
                orjson.dumps({**document, "id": name, "order": document["order"] + number, "entry": entry}),
            ]
            yield name
            number += 1
        body = b"\n".join([*lines, b""])
        target = f"{address}/bench-quotes/_bulk"
        request = urllib.request.Request(target, body, {"Content-Type": "application/x-ndjson"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            if orjson.loads(answer.read())["errors"]:
                raise RuntimeError("the server refused a document")
    index.refresh()


def _ids(index: ElasticIndex, query: Query) -> Iterator[str]:
    """The ids that a walk meets, page by page."""
    cursor = None
    while True:
        page = index.search(replace(query, cursor=cursor))
        yield from (str(entry.quote.id) for entry in page.entries)
        cursor = page.next
        if cursor is None:
            return


if __name__ == "__main__":
    print_rows(clustered())
