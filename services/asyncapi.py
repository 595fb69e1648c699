"""Describes every event on the stream as AsyncAPI 3, from the classes that are sent."""

from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from events import CATALOGUE
from events.cloudevent import CONTENT_TYPE, CloudEvent, event_name
from services.intake.form import IntakeMessage

_REF: Final = "#/components/schemas/{model}"


def asyncapi() -> dict[str, Any]:
    """Return the document. The same classes, the same document."""
    models: list[type[BaseModel]] = [*CATALOGUE.values(), CloudEvent, IntakeMessage]
    _, made = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    schemas = made["$defs"]
    messages = {name: _message(name) for name in CATALOGUE}
    messages["intake.report"] = {
        "name": "intake.report",
        "title": "A report from another system",
        "summary": "Taken in as if it were filed over HTTP; refused ones land in quarantine.",
        "contentType": "application/json",
        "payload": {"$ref": _REF.format(model=IntakeMessage.__name__)},
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Avvik",
            "version": "1",
            "description": (
                "Facts about cases as CloudEvents 1.0 in structured JSON mode on JetStream. "
                "The event's id is also its Nats-Msg-Id. No message names a person."
            ),
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {name: _channel(name) for name in messages},
        "operations": {name: _operation(name) for name in messages},
        "components": {"messages": messages, "schemas": schemas},
    }


def _message(name: str) -> dict[str, Any]:
    event = CATALOGUE[name]
    doc = (event.__doc__ or "").strip().partition("\n")[0]
    return {
        "name": name,
        "title": event.__name__,
        "summary": doc,
        "contentType": CONTENT_TYPE,
        "payload": {
            "allOf": [
                {"$ref": _REF.format(model=CloudEvent.__name__)},
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": f"se.avvik.{name}.v{event.version}"},
                        "data": {"$ref": _REF.format(model=event.__name__)},
                    },
                },
            ]
        },
    }


def _channel(name: str) -> dict[str, Any]:
    message = {"$ref": f"#/components/messages/{name}"}
    if name == "intake.report":
        return {"address": name, "messages": {name: message}}
    return {
        "address": f"case.{{casetype}}.{{caseid}}.{event_name(name)}",
        "parameters": {
            "casetype": {"description": "Which kind of case"},
            "caseid": {"description": "The case's id"},
        },
        "messages": {name: message},
    }


def _operation(name: str) -> dict[str, Any]:
    return {
        "action": "receive" if name == "intake.report" else "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }
