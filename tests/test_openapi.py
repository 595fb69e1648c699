"""What the product says of itself is true: OpenAPI of its routes, AsyncAPI of its facts."""

import dataclasses
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from pydantic.json_schema import models_json_schema

from events import CATALOGUE
from services.asyncapi import asyncapi
from services.command_forms import form_of
from services.web import describe
from services.web.app import create_app
from tests.test_permissions import ROUTES
from workflows.access import COMMANDS


@pytest.fixture(scope="module")
def openapi():
    return create_app().openapi()


def _refs(part, path=""):
    """Find every reference below a part, and where it stands."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref" and isinstance(value, str):
                yield path, value
            else:
                yield from _refs(value, f"{path}/{name}")
    elif isinstance(part, list):
        for n, value in enumerate(part):
            yield from _refs(value, f"{path}/{n}")


def _pointed(document, ref):
    assert ref.startswith("#/"), ref
    found = document
    for step in ref[2:].split("/"):
        found = found[unquote(step).replace("~1", "/").replace("~0", "~")]
    return found


def _dangling(document):
    wrong = []
    for path, ref in _refs(document):
        try:
            _pointed(document, ref)
        except (KeyError, TypeError, AssertionError):
            wrong.append((path, ref))
    return wrong


def test_every_reference_in_openapi_leads_somewhere(openapi):
    assert openapi["openapi"].startswith("3.1")
    assert _dangling(openapi) == []


def test_every_schema_in_openapi_is_one(openapi):
    for name, schema in openapi["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("type") or schema.get("enum") or schema.get("anyOf"), name
    for path, operations in openapi["paths"].items():
        for operation in operations.values():
            body = operation.get("requestBody", {}).get("content", {})
            for kind, content in body.items():
                assert content.get("schema"), (path, kind)
                Draft202012Validator.check_schema(content["schema"])


def test_openapi_names_every_route(openapi):
    told = {
        (method.upper(), path)
        for path, operations in openapi["paths"].items()
        for method in operations
    }
    assert told >= set(ROUTES)
    ids = [
        operation["operationId"]
        for operations in openapi["paths"].values()
        for operation in operations.values()
    ]
    assert len(ids) == len(set(ids))
    for operations in openapi["paths"].values():
        for operation in operations.values():
            assert operation.get("description"), operation["operationId"]


def test_openapi_names_every_command_with_its_form(openapi):
    for name, command in COMMANDS.items():
        operation = openapi["paths"][f"/api/v1/cases/{{case_id}}/{name}"]["post"]
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        ref = next(ref for _, ref in _refs(body))
        form = _pointed(openapi, ref)
        assert set(form.get("properties", {})) == set(form_of(command).model.model_fields), name
        assert form["additionalProperties"] is False
        own = {field.name for field in dataclasses.fields(command)}
        assert set(form.get("properties", {})) <= own
        assert set(operation["responses"]) >= {"200", "204", "403", "404", "409", "422"}


def test_a_report_is_described_as_it_is_taken(openapi):
    operation = openapi["paths"]["/api/v1/reports/{report_id}"]["put"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    schema = schema | {"components": openapi["components"]}
    check = Draft202012Validator(schema)
    right = {"unit": "solrosen", "text": "Besöket uteblev.", "harm": "near_miss"}
    assert check.is_valid(right)
    assert check.is_valid(right | {"occurred_at": "2026-03-02T07:00:00+01:00"})
    for wrong in ({"harm": "kanske"}, {"text": ""}, {"vem": 1}, {"unit": "Å"}, {"source": "x"}):
        assert not check.is_valid(right | wrong), wrong


def test_every_refusal_is_described_as_a_problem(openapi):
    for path, operations in openapi["paths"].items():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")):
                    kinds = set(answer.get("content", {}))
                    assert kinds <= {"application/problem+json"}, (path, status, kinds)


def test_openapi_tells_how_to_show_who_one_is(openapi):
    schemes = openapi["components"]["securitySchemes"]
    assert any(it.get("scheme") == "bearer" for it in schemes.values())
    for path, operations in openapi["paths"].items():
        for operation in operations.values():
            open_to_all = not path.startswith("/api/v1") or path in describe.OPEN
            asked = operation.get("security", [])
            assert bool(asked) is not open_to_all, path
            assert ({} in asked) is (path in describe.EITHER), path


async def test_what_is_served_is_what_is_made(town):
    served = await town.nobody.get("/api/openapi.json")
    assert served.json() == create_app().openapi()
    served = await town.nobody.get("/api/asyncapi.json")
    assert served.json() == asyncapi()


def test_asyncapi_has_every_event_of_the_catalogue():
    made = asyncapi()
    assert _dangling(made) == []
    assert set(made["channels"]) == set(made["operations"]) == {*CATALOGUE, "intake.report"}
    _, schemas = models_json_schema([(it, "validation") for it in CATALOGUE.values()])
    for name, event in CATALOGUE.items():
        message = made["components"]["messages"][name]
        refs = {ref.rpartition("/")[2] for _, ref in _refs(message)}
        assert refs == {"CloudEvent", event.__name__}
        assert event.__name__ in schemas["$defs"]
    for schema in made["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
