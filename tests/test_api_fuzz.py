"""Whatever is asked, as described or not: no server error, every error a problem, every answer as described.

`make test` tries a few hundred requests; `make fuzz` some thousands. The same with the index away.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from api.app import create_app, openapi
from api.errors import MEDIA_TYPE
from archiver.archive import Archive
from archiver.config import load
from archiver.jobs import Jobs
from archiver.records import Entry
from tests.site.serve import Site
from tests.test_access_table import ERASED, KINDS, MODES, PRIVATE, WITHDRAWN, Held, held_archive

CASES = int(os.environ.get("ONRECORD_TEST_CASES", "300"))
OPERATIONS = sorted(
    operation["operationId"]
    for operations in openapi(load({}))["paths"].values()
    for method, operation in operations.items()
    if method != "parameters" and operation["operationId"] != "getDescription"  # the tool asks for it anyway
)
FEW = settings(
    max_examples=max(2, CASES // len(OPERATIONS) // 3),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ONE = settings(FEW, max_examples=max(1, CASES // len(OPERATIONS) // 6))
WAYS = list(itertools.product(MODES, (False, True)))
"""Reading modes, without a key and with one; in a short run those that differ most."""

if CASES < 1000:
    WAYS = [("open", False), ("quotes", False), ("keys", True)]
NO_INDEX = ("http://127.0.0.1:9",)  # the discard port: nobody answers there
NEEDING_INDEX = {
    *("searchQuotes", "countQuotes", "getQuote", "searchSnapshots", "getSnapshot", "getText", "getRecord"),
    *("listSpeakers", "getCdx", "getTimeMap", "pageArticles", "pageOutlets", "pagePeople"),
}
"""Operations that only the index can answer; without it they say so."""
WORDED = {
    "check",
    "searchQuotes",
    "countQuotes",
    "exportQuotesCsv",
    "exportQuotesNdjson",
    "exportQuotesParquet",
    "exportQuotesXlsx",
    "exportSnapshotsCsv",
    "exportSnapshotsNdjson",
    "exportSnapshotsParquet",
    "exportSnapshotsXlsx",
    "getCdx",
    "getTimeGate",
    "getTimeMap",
    "getMemento",
    "followQuotesAtom",
    "followQuotesJson",
}
"""Operations whose parameters have a syntax that no schema says."""
PAGE_FORMS = {"content_type_conformance"}
"""What forms do not hold to: a form that is refused comes back as a page."""
REFUSABLE = ["captureSnapshot", "listSpeakers", "searchQuotes", "searchSnapshots"]
"""Operations whose parameters can be malformed; any text may be an id."""
load_all_checks()
ALL_CHECKS = CHECKS.get_all()

Operations = dict[str, Any]


def answered(case: Any, but: Iterable[str] = ()) -> Any:
    """The answer to a case, after all checks save those named."""
    case.headers = {**(case.headers or {}), "Accept-Encoding": "identity"}  # the tool decodes no content coding here
    answer = case.call_and_validate(checks=[check for check in ALL_CHECKS if check.__name__ not in but])
    assert set(but) >= PAGE_FORMS or answer.status_code < 400 or answer.headers["content-type"] == [MEDIA_TYPE]
    return answer


def operations_of(app: Flask) -> Operations:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    found: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.fixture(scope="module")
def taking(sample: Archive, tmp_path_factory: pytest.TempPathFactory) -> Operations:
    """The operations of a server whose queue nobody works on, so that nothing is fetched."""
    return operations_of(create_app(sample, sample.config, Jobs(sample)))


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operations]:
    """The operations of a server whose index does not answer."""
    folder: Path = tmp_path_factory.mktemp("away") / "archive"
    config = replace(load({}, {"archive": str(folder)}), index=NO_INDEX)
    with Archive(config) as archive:
        yield operations_of(create_app(archive, config, Jobs(archive)))


@pytest.mark.parametrize("name", OPERATIONS)
@FEW
@given(data=st.data())
def test_what_the_description_allows_is_answered_as_described(
    taking: Operations, name: str, data: st.DataObject
) -> None:
    case = data.draw(taking[name].as_strategy())
    case.query.pop("cursor", None)  # only what a page gave is one
    case.query.pop("package", None)  # a ZIP, which has its own tests
    case.query.pop("format", None)  # other kinds of file, which have theirs
    but = {"positive_data_acceptance"} if name in WORDED or name.startswith("page") else set()
    answered(case, but={*but, *(PAGE_FORMS if name.startswith("pagePost") else ())})


@pytest.mark.parametrize("name", REFUSABLE)
@FEW
@given(data=st.data())
def test_what_the_description_forbids_is_refused_as_described(
    taking: Operations, name: str, data: st.DataObject
) -> None:
    case = data.draw(taking[name].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    if str(case.query.get("package")).lower() == "true":
        del case.query["package"]  # a ZIP, where the rest is allowed after all
    answered(case)


@pytest.fixture(scope="module")
def archive_held(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Held]:
    """A public, a private, a withdrawn and an erased page."""
    with held_archive(tmp_path_factory.mktemp("modes") / "archive", site) as found:
        yield found


@pytest.fixture(scope="module")
def in_modes(archive_held: Held) -> dict[str, Operations]:
    """The operations of a server of each reading mode, on an archive that holds what not everybody may see."""
    return {reading: operations_of(archive_held.apps[reading]) for reading in MODES}


@pytest.mark.parametrize("name", OPERATIONS)
@ONE
@given(data=st.data())
def test_in_every_reading_mode_nothing_is_answered_that_may_not_be_seen(
    archive_held: Held, in_modes: dict[str, Operations], name: str, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    entry = archive_held.entries[kind]
    ids = {"quote_id": entry.quote.id, "snapshot_id": entry.snapshot_id, "sample_id": archive_held.sample}
    for reading, with_key in WAYS:
        operation = in_modes[reading][name]
        wanted = {each: value for each, value in ids.items() if f"{{{each}}}" in operation.path}
        case = data.draw(operation.as_strategy(**({"path_parameters": wanted} if wanted else {})))
        case.query.pop("package", None)
        case.query.pop("format", None)
        key = {"Authorization": f"Bearer {archive_held.key}"} if with_key else {}
        case.headers = {**(case.headers or {}), **key, "X-Forwarded-For": "198.51.100.7"}  # who is not on this machine
        but = {"positive_data_acceptance", "ignored_auth", *(PAGE_FORMS if name.startswith("pagePost") else ())}
        answer = answered(case, but=but)
        for other in {WITHDRAWN, ERASED, *(() if with_key else (PRIVATE,))} - {kind}:
            hidden = archive_held.entries[other]
            for secret in (str(hidden.quote.id), hidden.snapshot_id, hidden.quote.text[:40]):
                assert secret.encode() not in answer.content, (reading, with_key)


@pytest.mark.parametrize("name", ["getQuote", "getSnapshot", "getText", "getRecord"])
@FEW
@given(data=st.data())
def test_what_is_there_is_answered_as_described(
    taking: Operations, marlow: Entry, name: str, data: st.DataObject
) -> None:
    ids = {"quote_id": marlow.quote.id} if name == "getQuote" else {"snapshot_id": marlow.snapshot_id}
    # A range beyond the end is well-formed and still refused.
    answer = answered(data.draw(taking[name].as_strategy(path_parameters=ids)), but={"positive_data_acceptance"})
    assert answer.status_code in {200, 206, 404, 416}


@pytest.mark.parametrize("name", OPERATIONS)
@FEW
@given(data=st.data())
def test_without_an_index_there_is_503_and_nothing_worse(away: Operations, name: str, data: st.DataObject) -> None:
    but = {"not_a_server_error", "positive_data_acceptance", *(PAGE_FORMS if name.startswith("pagePost") else ())}
    answer = answered(data.draw(away[name].as_strategy()), but=but)
    assert answer.status_code < 500 or answer.status_code == 503
    expected = {302, 400, 503} | ({404} if "%0A" in answer.request.url else set())  # a line end is in no path of ours
    assert name not in NEEDING_INDEX or answer.status_code in expected, answer.text
    assert answer.status_code != 503 or int(answer.headers["retry-after"][0]) > 0
