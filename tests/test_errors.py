"""Everything that can go wrong has a status, an exit code and one shape, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import HTTP, PROBLEMS, kind_named, kinds, problem_of
from api.run import EXIT_CODES, WORST_FIRST, Run
from archiver import errors
from archiver.errors import OnRecordError

EXITS = {
    "ConfigError": 2, "FetchError": 3, "AddressRefused": 4, "RobotsDisallowed": 4, "TooLarge": 5, "Unreachable": 3,
    "WarcError": 2, "WarcDamaged": 5, "NoSuchRecord": 2, "StorageError": 8, "StorageFull": 8, "StorageUnwritable": 8,
    "LanguageError": 2, "SearchError": 9, "BadQuery": 2, "IndexUnavailable": 9, "IndexOutdated": 9, "NotFound": 2,
}  # fmt: skip
STATUSES = {
    "AddressRefused": 422, "RobotsDisallowed": 422, "StorageFull": 507, "StorageUnwritable": 503, "BadQuery": 400,
    "IndexUnavailable": 503, "IndexOutdated": 503, "NotFound": 404,
}  # fmt: skip


def tree(root: type[OnRecordError] = OnRecordError) -> Iterator[type[OnRecordError]]:
    if not root.__name__.startswith("_"):
        yield root
    for child in root.__subclasses__():
        yield from tree(child)


@pytest.mark.parametrize("error", sorted(set(tree()), key=str))
def test_each_error_has_a_status_and_an_exit_code(error: type[OnRecordError]) -> None:
    assert 400 <= PROBLEMS[error].status < 600
    assert EXIT_CODES[error] in WORST_FIRST
    assert error.__name__ in str(errors.__doc__), "the tree in the module's docstring shows it"


@pytest.mark.parametrize(("name", "code"), EXITS.items())
def test_exit_codes_are_as_promised(name: str, code: int) -> None:
    assert EXIT_CODES[getattr(errors, name)] == code


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_statuses_are_as_promised(name: str, status: int) -> None:
    assert kind_named(name).status == status


def test_of_several_exit_codes_the_worst_is_kept_in_the_promised_order() -> None:
    order = [2, 4, 3, 5, 6, 9, 7, 8, 130]
    run = Run({})
    for code in order:
        run.note(code)
        assert run.code == code
        run.note(2)
        run.note(0)
        assert run.code == code


def test_what_may_be_tried_again_says_when() -> None:
    assert all(kind.retry_after for kind in kinds() if kind.status in {429, 503})


def test_each_kind_of_problem_has_a_name_of_its_own() -> None:
    slugs = [kind.slug for kind in kinds()]
    assert len(slugs) == len(set(slugs))
    assert all(kind.status == status for status, kind in HTTP.items())


@given(st.text(min_size=1))
def test_what_nobody_foresaw_tells_nothing_of_the_machine(secret: str) -> None:
    problem = problem_of(RuntimeError(f"/home/{secret}"))
    assert problem.kind.status == 500
    assert problem.detail == problem.kind.meaning


@pytest.mark.parametrize(
    "where", ["/var/lib/onrecord/x.warc", "~/archive", "./archive", "https://user:word@es.internal:9200"]
)
@pytest.mark.parametrize("error", [errors.StorageUnwritable, errors.WarcDamaged, errors.IndexUnavailable])
def test_no_place_on_the_machine_leaves_it(error: type[OnRecordError], where: str) -> None:
    problem = problem_of(error("something is wrong", where=where, remedy=f"chown -R 10001 {where}"))
    assert problem.detail == problem.kind.meaning


def test_what_a_client_can_mend_is_told_with_where_and_how() -> None:
    problem = problem_of(errors.AddressRefused("is not public", where="http://10.0.0.1/", remedy="Allow it"))
    assert problem.detail == "http://10.0.0.1/: is not public. Allow it"
    problem = problem_of(errors.NotFound("there is no such file", where="/etc/passwd"))
    assert problem.detail == "there is no such file"
