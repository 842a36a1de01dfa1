"""The index: what makes an archive searchable. A cache of what the WARC files say, never the truth.

protocol             what an index can do; tests/test_index_contract.py holds both to it
urls, order          URLs as keys to compare by; the order of rows, and dates as numbers and periods
words, syntax        words folded and stemmed; what a person types, as a tree
tags, search         filters and ranges as tags; a query made ready
rows, repeats        what an index keeps of an entry; quotes that an earlier capture already has
identity             ids of statements and of speakers
references           what revisits refer to
cursors              where a walk through results continues
packing              documents as the SQLite index stores them
highlights           the words found, as spans and as HTML
letters              what Elasticsearch refused
sqlite               the index in SQLite FTS5
sqlite_read, sqlite_write, sqlite_match, sqlite_resembling     its parts: reading, writing, expressions, likeness
generations          its files
elastic              the index in Elasticsearch
elastic_read, elastic_match, elastic_resembling                its parts: reading, queries, likeness
elastic_write, elastic_documents, elastic_generations          writing, documents, the indexes behind aliases
elastic_names, elastic_client, elastic_errors                  their names, the connection, what it refuses
"""

from __future__ import annotations

from archiver.config import Config
from archiver.index.protocol import Index

__all__ = ["Index", "open_index"]


def open_index(config: Config) -> Index:
    """The index that the settings name. Nothing is read, made or connected to before its first use."""
    if config.index:
        from archiver.index.elastic import ElasticIndex  # noqa: PLC0415 - one of the two libraries is never needed

        return ElasticIndex(config)
    from archiver.index.sqlite import SqliteIndex  # noqa: PLC0415

    return SqliteIndex(config.archive / "index", seconds=config.search_seconds)
