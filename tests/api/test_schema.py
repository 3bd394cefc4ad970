"""The API against its own OpenAPI schema: requests that schemathesis makes up, and none is a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from communique.api.app import ROOT, create_app
from communique.api.bench import Bench
from communique.api.tokens import Tokens
from communique.views.contacts import contact_json
from tests.api.conftest import TOKEN, WRITE, Asked

#: That a request without its token is refused, tests say by themselves; here every request has it.
#: Nor can a schema say what dates, names and cursors mean: those that mean nothing are refused.
EXCLUDED = [ignored_auth, positive_data_acceptance]
QUIET = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="session")
def described(sampled: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("schema") / "ledger.db"
    path.write_bytes(sampled)
    bench = Bench(path)
    yield schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", create_app(bench, Tokens([TOKEN])))
    bench.close()


def test_no_request_is_a_fault_of_ours(described: Any, subtests: pytest.Subtests) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    for operation, mode in product(operations, GenerationMode):
        with subtests.test(f"{operation.label} {mode.value}"):

            @settings(max_examples=12, suppress_health_check=QUIET)
            @given(operation.as_strategy(mode))
            def asked(case: Any) -> None:
                case.call_and_validate(headers=WRITE, excluded_checks=EXCLUDED)

            with suppress(Unsatisfiable):  # where nothing is asked for, nothing wrong can be asked
                asked()


def test_the_schema_is_openapi_3_1_and_names_every_question(api: Asked) -> None:
    told: Any = api.get("/openapi.json")
    assert told["openapi"].startswith("3.1")
    named = {address.removeprefix(ROOT).split("/")[1] for address in told["paths"]} - {""}
    assert named == {
        "contacts", "reports", "documents", "actors", "plans", "agreements", "claims", "judgements", "check", "read"
    }  # fmt: skip
    for operations in told["paths"].values():
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["400"]["content"]


def test_shapes_have_the_fields_of_the_answers(api: Asked, bench: Bench) -> None:
    shapes = json.loads(json.dumps(api.get("/openapi.json")))["components"]["schemas"]
    row = bench.at().rows[0]
    assert set(shapes["Contact"]["properties"]) == set(contact_json(row))
