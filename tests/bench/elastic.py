"""Through our adapter, beside the same requests sent directly to the same node: wall time, because the work is the
server's. One batch is written both ways before the next, so that both meet a busy machine alike.

    python -m tests.bench.elastic          SCALE quotes (20,000 unless set) in a node of the tests
    python -m tests.bench.elastic large    what they take up there, and how quickly more come in beside them
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from archiver.config import Config, load
from archiver.index import rows
from archiver.index.elastic import ElasticIndex
from archiver.index.elastic_documents import quote_document, snapshot_document
from archiver.index.rows import Given
from archiver.records import Query
from tests.bench.made_up import BATCH, PER_ARTICLE, batches, word
from tests.bench.table import Row, print_rows
from tests.elasticsearch.server import elasticsearch

SCALE = int(os.environ.get("SCALE", "20000"))
MORE = 20_000  # quotes added to many


@dataclass
class Recorder:
    """A transport that remembers the requests that it passed on."""

    perform: Callable[..., Any]
    requests: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def __call__(self, *args: Any, **more: Any) -> Any:
        self.requests.append((args, more))
        return self.perform(*args, **more)


@contextmanager
def on_a_node() -> Iterator[Config]:
    """Settings of an index on a node that is there for them."""
    with tempfile.TemporaryDirectory() as name, elasticsearch(Path(name)) as address:
        yield load({}, {"archive": name, "index": address, "index_prefix": "bench"})


def large() -> None:
    """Measures an index of SCALE quotes, which are put in without looking for repeats, and prints a table."""
    with on_a_node() as config:
        index = ElasticIndex(config)
        index.searched()
        given = batches(SCALE + MORE)
        with index.rebuild() as fresh:
            for batch in islice(given, SCALE // BATCH // PER_ARTICLE):
                assert isinstance(fresh, ElasticIndex)
                _written(fresh, batch)
        index.refresh()
        quotes, articles = _bytes(index, "quotes"), _bytes(index, "snapshots")
        more = list(given)
        began = time.monotonic()
        for batch in more:
            index.add(batch)
        taken = time.monotonic() - began
        print_rows(
            [
                Row(what=f"{SCALE:,} quotes: bytes a quote in the store", ratio=quotes / SCALE, goal="(no goal)"),
                Row(what="bytes an article of 100 words", ratio=articles * PER_ARTICLE / SCALE, goal="(no goal)"),
                Row(what=f"{MORE:,} more: quotes a second through it", ratio=MORE / taken, goal="(no goal)"),
            ]
        )
        index.close()


def _written(index: ElasticIndex, batch: Sequence[Given]) -> None:
    index._bulk.write(index._names.quotes, map(quote_document, rows.prepared(rows.placed(batch))))
    index._bulk.write(index._names.snapshots, ((row.snapshot.id, snapshot_document(row)) for row, _ in batch))


def _bytes(index: ElasticIndex, kind: str) -> int:
    """How much the store of one of its indexes takes up, without files that only wait for their deletion."""
    name = index._names.each()[kind]
    index._client.indices.flush(index=name, wait_if_ongoing=True)
    held = index._client.indices.stats(index=name, metric="store")
    return int(held["_all"]["primaries"]["store"]["size_in_bytes"])


def main() -> None:
    """Measures and prints a table."""
    with on_a_node() as config:
        index, twin = ElasticIndex(config), ElasticIndex(replace(config, index_prefix="twin"))
        twin.searched()
        index.searched()
        through, directly = _both(index, twin, (partial(index.add, batch) for batch in batches(SCALE)))
        index.refresh()
        store = _bytes(index, "quotes")
        queries = [Query(q=word(rank)) for rank in random.Random(3).sample(range(2000), 60)]
        for query in queries:  # so that the server knows them, whoever sends them
            index.search(query)
        searched, asked = _both(index, index, (partial(index.search, query) for query in queries))
        writes, reads = through / directly, searched / asked
        print_rows(
            [
                Row(what=f"{SCALE:,} quotes: quotes a second through it", ratio=SCALE / through, goal="(no goal)"),
                Row(what="writes: through it / the same requests sent directly", ratio=writes, goal="<= 1.5"),
                Row(what="reads: through it / the same requests sent directly", ratio=reads, goal="<= 1.5"),
                Row(what="bytes a quote in the store", ratio=store / SCALE, goal="(no goal)"),
            ]
        )
        index.close()
        twin.close()


Requests = Sequence[tuple[tuple[Any, ...], dict[str, Any]]]


def _both(index: ElasticIndex, beside: ElasticIndex, works: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """The seconds of pieces of work, and of their requests sent directly: each piece both ways before the next."""
    through = directly = 0.0
    for work in works:
        taken, requests = _recorded(index, work)
        through += taken
        directly += _sent(beside, requests)
    return through, directly


def _recorded(index: ElasticIndex, work: Callable[[], object]) -> tuple[float, Requests]:
    """The seconds of some work, and its requests."""
    transport = index._client.transport
    recorder = Recorder(transport.perform_request)
    transport.perform_request = recorder  # type: ignore[method-assign]
    began = time.monotonic()
    work()
    taken = time.monotonic() - began
    transport.perform_request = recorder.perform  # type: ignore[method-assign]
    return taken, recorder.requests


def _sent(index: ElasticIndex, requests: Requests) -> float:
    """The seconds of requests sent again as they were, to the same index or to one beside it."""
    transport = index._client.transport
    prefix = index._names.quotes.removesuffix("-quotes")
    again = [
        ((method, target.replace("/bench-", f"/{prefix}-"), *rest), more)
        for (method, target, *rest), more in requests
        if "_pit" not in target and "pit" not in str(more.get("body"))[:200]
    ]
    began = time.monotonic()
    for args, more in again:
        transport.perform_request(*args, **more)
    return time.monotonic() - began


if __name__ == "__main__":
    large() if "large" in sys.argv[1:] else main()
