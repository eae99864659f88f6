"""Test that the API matches its OpenAPI document and stays compatible."""

import io
from functools import cache
from pathlib import Path

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.throttling import AnonRateThrottle
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.pages.reading import read

pytestmark = pytest.mark.slow


SNAPSHOT = Path(__file__).resolve().parents[2] / "docs/reference/openapi.yaml"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)

# What asks here does not unpack what is sent to it.
AS_IT_IS = {"Accept-Encoding": "identity"}
EXAMPLES = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def described():
    """Return the OpenAPI document in the repository."""
    return yaml.load(SNAPSHOT.read_text("utf-8"), yaml.CSafeLoader)


def records_described():
    """Return the paths of records; search is tested with an index in tests/search/."""
    return [path for path in described()["paths"] if path.startswith("/api/v1/") and path != "/api/v1/search/"]


@pytest.mark.parametrize("path", records_described())
def test_whatever_is_asked_the_answer_is_as_described(archive, monkeypatch, path):
    monkeypatch.setattr(AnonRateThrottle, "allow_request", lambda self, request, view: True)
    interface = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())

    @EXAMPLES
    @given(case=interface[path]["GET"].as_strategy())
    def ask(case):
        case.call_and_validate(checks=CHECKS, headers=AS_IT_IS)

    ask()


@pytest.mark.parametrize("path", records_described())
def test_the_records_are_as_described(archive, client, path):
    interface = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
    first = client.get(path.replace("{id}/", "")).json()["results"][0]
    case = interface[path]["GET"].Case(path_parameters={"id": str(first["id"])} if "{id}" in path else {})

    assert case.call_and_validate(checks=CHECKS, headers=AS_IT_IS).status_code == 200


def test_the_description_in_the_documents_is_the_one_in_force(client):
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)

    assert SNAPSHOT.read_text("utf-8") == out.getvalue(), (
        "the interface changed: manage.py spectacular --file docs/reference/openapi.yaml"
    )


def test_programs_get_the_same_description(client, db):
    response = client.get("/api/schema/")

    assert response["Content-Type"] == "application/vnd.oai.openapi+json"
    assert response.json() == described()


def test_the_page_tells_of_every_condition_and_field(client, archive):
    response = client.get("/api/docs/")
    page = read(response).text

    for path, methods in described()["paths"].items():
        if "{id}" not in path:
            assert path in page
            assert all(parameter["name"] in page for parameter in methods["get"]["parameters"])
    assert "title_derived" in page
    assert "style=" not in response.content.decode()


def test_the_example_on_the_page_is_answered(client, archive):
    (example,) = [link for _, link in read(client.get("/api/docs/")).links if "lead=" in link]

    assert [item["meeting"]["date"] for item in client.get(example).json()["results"]] == ["2019-11-21"]


def test_the_index_leads_to_everything(client, archive):
    index = client.get("/api/").json()
    assert index["v1"] == "http://testserver/api/v1/"
    assert {"schema", "documentation", "data", "search"} <= index.keys()

    lists = client.get(index["v1"]).json()
    assert len(lists) == 11
    for address in lists.values():
        assert client.get(address).status_code == 200
