"""Completes what FastAPI tells of the routes: who may ask, what a no looks like, the report."""

from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel, Field

from services.intake.complaint import ComplaintBody
from services.intake.form import ReportForm

_REF: Final = "#/components/schemas/{model}"
OPEN: Final = frozenset({"/api/v1/login", "/api/v1/answers", "/api/v1/answers/messages"})
"""Where nobody says who they are."""
EITHER: Final = frozenset({"/api/v1/complaints/{report_id}"})
"""Open to all, and used with a token by staff who do it for somebody."""


def _body(model: type[BaseModel]) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=model.__name__)}
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


REPORT: Final = _body(ReportForm)
COMPLAINT: Final = _body(ComplaintBody)
"""Bodies which their routes read by hand."""


class WrongField(BaseModel):
    """A field that was wrong, and what to do about it."""

    field: str
    says: str


class ProblemDetails(BaseModel):
    """A no: `code` for the machine, `detail` a Swedish sentence for the person (RFC 9457)."""

    type: str = Field(examples=["urn:avvik:problem:incomplete"])
    title: str
    status: int
    detail: str
    code: str
    errors: list[WrongField] | None = None


def openapi(app: FastAPI) -> dict[str, Any]:
    """Return the document, made once."""
    if app.openapi_schema is None:
        made = FastAPI.openapi(app)
        parts = made["components"]["schemas"]
        for model in (ReportForm, ComplaintBody, ProblemDetails):
            schema = model.model_json_schema(ref_template=_REF)
            parts |= schema.pop("$defs", {})
            parts[model.__name__] = schema
        made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path, operations in made["paths"].items():
            for operation in operations.values():
                if path.startswith("/api/v1") and path not in OPEN:
                    operation["security"] = [{"token": []}, *([{}] if path in EITHER else [])]
                    operation["responses"].setdefault("401", {"description": "Not logged in"})
                _tell_problems(operation["responses"])
        for framework_own in ("HTTPValidationError", "ValidationError"):
            parts.pop(framework_own, None)
        app.openapi_schema = made
    return app.openapi_schema


def _tell_problems(responses: dict[str, Any]) -> None:
    schema = {"$ref": _REF.format(model=ProblemDetails.__name__)}
    for status, answer in responses.items():
        if status.startswith("4"):
            answer["content"] = {"application/problem+json": {"schema": schema}}
