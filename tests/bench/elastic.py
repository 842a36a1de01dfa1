"""Through our adapter, beside the same requests sent directly to the same node: wall time, because the work is the
server's.

    python -m tests.bench.elastic          SCALE quotes (20,000 unless set) in a node of the tests
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archiver.config import load
from archiver.index.elastic import ElasticIndex
from archiver.index.rows import Given
from archiver.records import Query
from tests.bench.made_up import batches, word
from tests.bench.table import Row, print_rows
from tests.elasticsearch.server import elasticsearch

SCALE = int(os.environ.get("SCALE", "20000"))


@dataclass
class Recorder:
    """A transport that remembers the requests that it passed on."""

    perform: Callable[..., Any]
    requests: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def __call__(self, *args: Any, **more: Any) -> Any:
        self.requests.append((args, more))
        return self.perform(*args, **more)


def main() -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory() as name, elasticsearch(Path(name)) as address:
        config = load({}, {"archive": name, "index": address, "index_prefix": "bench"})
        index, twin = ElasticIndex(config), ElasticIndex(replace(config, index_prefix="twin"))
        given = list(batches(SCALE))
        twin.searched()
        index.searched()
        written = _recorded(index, lambda: _added(index, given))
        index.refresh()
        store = index._client.indices.stats(index="bench-quotes", metric="store")["_all"]["primaries"]["store"]
        queries = [Query(q=word(rank)) for rank in random.Random(3).sample(range(2000), 60)]
        read = _recorded(index, lambda: [index.search(query) for query in queries])
        writes, reads = _against(twin, written), _against(index, read)
        print_rows(
            [
                Row(what=f"{SCALE:,} quotes: quotes a second through it", ratio=SCALE / written[0], goal="(no goal)"),
                Row(what="writes: through it / the same requests sent directly", ratio=writes, goal="<= 1.5"),
                Row(what="reads: through it / the same requests sent directly", ratio=reads, goal="<= 1.5"),
                Row(what="bytes a quote in the store", ratio=store["size_in_bytes"] / SCALE, goal="(no goal)"),
            ]
        )
        index.close()
        twin.close()


def _added(index: ElasticIndex, given: Iterable[Sequence[Given]]) -> Iterable[object]:
    for batch in given:
        index.add(batch)
    return ()


Recorded = tuple[float, Sequence[tuple[tuple[Any, ...], dict[str, Any]]]]


def _recorded(index: ElasticIndex, work: Callable[[], Iterable[object]]) -> Recorded:
    """The seconds of some work, and its requests."""
    transport = index._client.transport
    recorder = Recorder(transport.perform_request)
    transport.perform_request = recorder  # type: ignore[method-assign]
    began = time.monotonic()
    work()
    taken = time.monotonic() - began
    transport.perform_request = recorder.perform  # type: ignore[method-assign]
    return taken, recorder.requests


def _against(index: ElasticIndex, recorded: Recorded) -> float:
    """The seconds of the adapter over those of its requests sent again as they were, to an index beside it."""
    taken, requests = recorded
    transport = index._client.transport
    prefix = index._names.quotes.removesuffix("-quotes")
    began = time.monotonic()
    for (method, target, *rest), more in requests:
        if "_pit" not in target and "pit" not in str(more.get("body"))[:200]:
            transport.perform_request(method, target.replace("/bench-", f"/{prefix}-"), *rest, **more)
    return taken / (time.monotonic() - began)


if __name__ == "__main__":
    main()
