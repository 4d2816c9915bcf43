"""The page that explains the API: written from its OpenAPI form, so that it cannot tell another story. No script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

Form = Mapping[str, Any]
_REF: Final = "#/components/schemas/"
_WORDS: Final = {"string": "text", "boolean": "true or false", "integer": "whole number", "object": "object"}
_FORMATS: Final = {"date-time": "date, time and offset", "date": "day, such as 2011-03-14", "binary": "file"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One thing to send or to read.

    Args:
        kind: its type in words.
        shape: name of the shape it has, when that is explained on the page.
        place: `body`, `header`, `path`, `query` or `form`; empty inside a shape.
    """

    name: str
    kind: str
    shape: str
    needed: bool
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    name: str
    words: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Args: status: one code, or several with commas."""

    status: str
    kind: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One operation.

    Args:
        needs: the scope a key must have; empty when any key will do.
    """

    slug: str
    method: str
    path: str
    title: str
    words: str
    needs: str
    sends: tuple[Member, ...]
    answers: tuple[Answer, ...]


class HouseDocs(DocsBase):
    """Draws the page in our own frame, under our own content security policy."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page."""
        form = api.get_openapi_schema(path_params=kwargs)
        context = {
            "calls": list_calls(form),
            "shapes": list_shapes(form),
            "form_href": self.get_openapi_url(api, kwargs),
            "calls_a_minute": settings.ALLHANDS_API_CALLS_A_MINUTE,
            "origin": settings.ALLHANDS_ORIGIN.rstrip("/"),
        }
        return render(request, "exchange/docs.html", context)


def list_calls(form: Form) -> tuple[Call, ...]:
    """Every operation, in the order in which it is declared."""
    return tuple(
        Call(
            slug=said["operationId"],
            method=method.upper(),
            path=path,
            title=said["summary"],
            words=said.get("description", ""),
            needs=said.get("x-needs", ""),
            sends=tuple(_sends(said)),
            answers=tuple(_answers(said)),
        )
        for path, methods in form["paths"].items()
        for method, said in methods.items()
    )


def list_shapes(form: Form) -> tuple[Shape, ...]:
    """Every shape that is sent or answered, by name."""
    return tuple(
        Shape(
            name=name,
            words=shape.get("description", ""),
            members=tuple(_members(shape)) or (Member(name="", kind=_kind(shape)[0], shape="", needed=True, words=""),),
        )
        for name, shape in sorted(form["components"]["schemas"].items())
    )


def _sends(said: Form) -> Iterator[Member]:
    for one in said.get("parameters", ()):
        kind, shape = _kind(one["schema"])
        words = str(one.get("description", "") or one["schema"].get("description", ""))
        yield Member(name=one["name"], kind=kind, shape=shape, needed=one["required"], words=words, place=one["in"])
    for media_type, body in said.get("requestBody", {}).get("content", {}).items():
        if media_type != "application/json":
            yield from _members(body["schema"], place="form")
            continue
        kind, shape = _kind(body["schema"])
        yield Member(name="", kind=kind, shape=shape, needed=True, words="", place="body")


def _answers(said: Form) -> Iterator[Answer]:
    """Statuses that answer in the same shape stand together."""
    found: dict[tuple[str, str], list[str]] = {}
    for status, answer in sorted(said["responses"].items()):
        for body in answer.get("content", {}).values():
            found.setdefault(_kind(body["schema"]), []).append(str(status))
    return (Answer(status=", ".join(codes), kind=kind, shape=shape) for (kind, shape), codes in found.items())


def _members(shape: Form, place: str = "") -> Iterator[Member]:
    needed = set(shape.get("required", ()))
    for name, form in shape.get("properties", {}).items():
        kind, inner = _kind(form)
        words = str(form.get("description", ""))
        yield Member(name=name, kind=kind, shape=inner, needed=name in needed, words=words, place=place)


def _kind(form: Form) -> tuple[str, str]:
    """The type in words, and the shape it refers to."""
    if "$ref" in form:
        name = str(form["$ref"]).removeprefix(_REF)
        return name, name
    if "anyOf" in form:
        return _either(form["anyOf"])
    if "enum" in form or "const" in form:
        return "one of " + ", ".join(str(one) for one in form.get("enum", [form.get("const")])), ""
    if form.get("type") == "array":
        kind, shape = _kind(form.get("items", {}))
        return f"list of {kind}", shape
    if form.get("format") in _FORMATS:
        return _FORMATS[form["format"]], ""
    return _WORDS.get(str(form.get("type")), "any JSON value"), ""


def _either(forms: list[Form]) -> tuple[str, str]:
    kinds = [_kind(one) for one in forms if one.get("type") != "null"]
    words = [kind for kind, _shape in kinds]
    if any(one.get("type") == "null" for one in forms):
        words.append("null")
    return " or ".join(words), next((shape for _kind, shape in kinds if shape), "")
