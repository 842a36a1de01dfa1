"""From parameters to the search that they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from api.fields import parameter_errors
from api.parameters import QuoteParameters
from archiver.errors import BadQuery
from archiver.index.search import BUCKETS
from archiver.records import Days, Query, SnapshotQuery


def query_of(params: Mapping[str, Any]) -> Query:
    """The search for what `QuoteParameters` loaded."""
    return Query(
        q=params["q"],
        in_passage="in_passage" in params,
        exact=params["exact"],
        speaker=_tuple(params, "speaker"),
        attributed=params.get("attributed"),
        snapshot=_tuple(params, "snapshot"),
        kind=tuple(params["kind"]),
        said=_range(params, "said"),
        state=tuple(params["state"]),
        polarity=_tuple(params, "polarity"),
        review=_tuple(params, "review"),
        repeats=params["repeats"],
        collapse="collapse" in params,
        attribute=_tuple(params, "attribute"),
        seed=params.get("seed", 0),
        **_common(params),
    )


def snapshot_query_of(params: Mapping[str, Any]) -> SnapshotQuery:
    """The search for what `SnapshotParameters` loaded."""
    return SnapshotQuery(
        q=params["q"],
        exact=params["exact"],
        status=_tuple(params, "status"),
        state=_tuple(params, "state"),
        reason=_tuple(params, "reason"),
        **_common(params),
    )


def read_query(given: Mapping[str, Any]) -> Query:
    """The search for parameters by their public names, as the terminal gives them; lists for repeated ones.

    Raises BadQuery naming the first that is unknown or malformed.
    """
    return query_of(loaded(given))


def loaded(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same parameters as `QuoteParameters` loads them. Raises BadQuery."""
    try:
        found: dict[str, Any] = QuoteParameters().load(given)
    except ValidationError as error:
        parameter, detail = next(parameter_errors(error.messages_dict))
        raise BadQuery(detail, parameter=parameter) from None
    return found


def _common(params: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that both searches have."""
    return {
        "url": _tuple(params, "url"),
        "url_exact": _tuple(params, "url_exact"),
        "site": _tuple(params, "site"),
        "outlet": _tuple(params, "outlet"),
        "language": _tuple(params, "language"),
        "published": _range(params, "published"),
        "captured": _range(params, "captured"),
        **_paging(params),
    }


def _paging(params: Mapping[str, Any]) -> dict[str, Any]:
    """What says which page; a histogram has none."""
    if "limit" not in params:
        return {}
    return {
        "sort": params["sort"].value,
        "facet": tuple(each.value for each in params.get("facet", ())),
        "facet_size": params.get("facet_size", BUCKETS),
        "limit": params["limit"],
        "cursor": params.get("cursor"),
    }


def _tuple(params: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(params.get(name, ()))


def _range(params: Mapping[str, Any], name: str) -> Days:
    return Days(start=params.get(f"{name}_from"), end=params.get(f"{name}_to"))
