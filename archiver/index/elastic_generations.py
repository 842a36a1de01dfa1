"""The generations of indexes on an Elasticsearch server: a rebuild makes new ones, which then take the aliases."""

from __future__ import annotations

import secrets
from typing import Any

import elasticsearch
from elasticsearch import Elasticsearch

import mappings
from archiver.config import Config
from archiver.errors import IndexOutdated, IndexUnavailable
from archiver.index import words
from archiver.index.elastic_errors import reason_of
from archiver.index.elastic_names import Names
from archiver.index.elastic_read import REMEDY


class ElasticGenerations:
    """The indexes of one prefix on a server. Methods raise the client's own errors."""

    def __init__(self, client: Elasticsearch, config: Config) -> None:
        self._client = client
        self._config = config
        self._prefix = config.index_prefix

    def prepare(self) -> None:
        """Makes the first indexes if there are none. Raises IndexUnavailable, IndexOutdated for another shape."""
        where = ", ".join(self._config.index)
        if not self.aliased():
            if self.generations():
                raise IndexUnavailable("its aliases are missing", where=where, remedy=REMEDY)
            self.create(Names.of(self._prefix, "000001"), aliased=True)
        held = self._client.indices.get_mapping(index=Names.of(self._prefix).quotes)
        shapes = {each["mappings"].get("_meta", {}).get("shape") for each in held.values()}
        if shapes != {mappings.shape(words.VERSION)}:
            raise IndexOutdated("was made by another version", where=where, remedy=REMEDY)

    def fresh(self) -> Names:
        """New indexes, which no alias names yet."""
        number = max((int(generation.partition("-")[0]) for generation in self.generations()), default=0) + 1
        names = Names.of(self._prefix, f"{number:06d}-{secrets.token_hex(4)}")
        self.create(names)
        return names

    def delete(self, names: Names) -> None:
        """Deletes the indexes of a generation, those that there are."""
        self._client.indices.delete(index=list(names.each().values()), ignore_unavailable=True)

    def aliased(self) -> set[str]:
        """The indexes that the aliases name now."""
        aliases = ",".join(Names.of(self._prefix).each().values())
        held = self._client.indices.get_alias(index=f"{self._prefix}-*", expand_wildcards="all")
        return {name for name, each in held.items() if set(each["aliases"]) & set(aliases.split(","))}

    def generations(self) -> set[str]:
        """The generations that there are indexes of."""
        prefix = f"{self._prefix}-quotes-"
        held = self._client.indices.get_alias(index=f"{prefix}*", expand_wildcards="all")
        return {name.removeprefix(prefix) for name in held if name.removeprefix(prefix)[:6].isdigit()}

    def create(self, names: Names, *, aliased: bool = False) -> None:
        """Makes the indexes of a generation; another process may be making the first ones at the same time."""
        aliases = Names.of(self._prefix).each()
        for kind, name in reversed(names.each().items()):  # quotes last: they are what is looked for
            shape = mappings.mapping(kind)
            shape["mappings"]["_meta"] = {"shape": mappings.shape(words.VERSION)}
            shape["settings"]["index.number_of_shards"] = self._config.index_shards
            shape["settings"]["index.number_of_replicas"] = self._config.index_replicas
            try:
                self._client.indices.create(
                    index=name,
                    mappings=shape["mappings"],
                    settings=shape["settings"],
                    aliases={aliases[kind]: {}} if aliased else None,
                )
            except elasticsearch.BadRequestError as error:
                if reason_of(error) != "resource_already_exists_exception" or not aliased:
                    raise

    def take_aliases(self, names: Names) -> None:
        """Lets the aliases name the indexes of a generation, at once."""
        actions: list[dict[str, Any]] = []
        for kind, alias in Names.of(self._prefix).each().items():
            actions.append({"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}})
            actions.append({"add": {"index": names.each()[kind], "alias": alias}})
        self._client.indices.update_aliases(actions=actions)

    def delete_but(self, kept: set[str]) -> None:
        """Deletes the indexes of other generations."""
        for alias in Names.of(self._prefix).each().values():
            held = self._client.indices.get_alias(index=f"{alias}-*", expand_wildcards="all")
            if gone := sorted(set(held) - kept):
                self._client.indices.delete(index=gone, ignore_unavailable=True)
