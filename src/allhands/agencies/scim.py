"""The words of SCIM 2.0 (RFC 7643 and 7644) as far as a person's leaving needs them. Pure.

An identity provider finds a person by their work e-mail and says that they are no longer active. Making people and
giving roles stays with invitations and the organisation's sign-in, and every such wish is answered with a plain no.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

USER: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
PATCH: Final = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
CONFIG: Final = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
MOST_RESULTS: Final = 200
# RFC 7644, 3.4.2.2: attribute names and operators mind no case; the value is a JSON string.
_BY_NAME = re.compile(r'\s*userName\s+eq\s+"((?:[^"\\]|\\.)*)"\s*', re.IGNORECASE)
_FALSE, _TRUE = ("false",), ("true",)  # some providers send the words


class ScimFault(Exception):
    """A no, in the form of RFC 7644, 3.12.

    Args:
        kind: `scimType`; empty where the RFC names none.
    """

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind

    def body(self) -> dict[str, object]:
        """The answer's body; `status` is a string, as the RFC has it."""
        found: dict[str, object] = {"schemas": [ERROR], "status": str(self.status), "detail": self.detail}
        return found | ({"scimType": self.kind} if self.kind else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the agency, as its identity provider sees them.

    Args:
        user_name: work e-mail.
        active: holds a role in the agency now.
    """

    id: str
    user_name: str
    display_name: str
    active: bool


def name_asked_for(wanted: str) -> str:
    """The work e-mail of a filter; empty when there is no filter.

    Raises:
        ScimFault: 400 invalidFilter.

    Example:
        >>> name_asked_for('userName eq "wren@people.example"')
        'wren@people.example'
    """
    if not wanted.strip():
        return ""
    found = _BY_NAME.fullmatch(wanted)
    if found is None:
        raise ScimFault(400, 'The one filter known here is: userName eq "name@example.org".', "invalidFilter")
    return re.sub(r"\\(.)", r"\1", found[1]).strip().lower()


def wants_active(body: object, person: Person, *, whole: bool) -> bool:
    """What a PATCH (or, whole, a PUT) says about being active.

    Raises:
        ScimFault: 400 invalidSyntax, invalidPath, invalidValue or mutability.
    """
    if not isinstance(body, Mapping):
        raise ScimFault(400, "Send a JSON object.", "invalidSyntax")
    if not whole:
        return _patched(body, person)
    said = {str(name).lower(): value for name, value in body.items()}
    if str(said.get("username", person.user_name)).strip().lower() != person.user_name:
        raise ScimFault(400, "A work e-mail is not changed here. Invite the person under the new one.", "mutability")
    return _flag(said.get("active", person.active))


def _patched(body: Mapping[Any, Any], person: Person) -> bool:
    operations = body.get("Operations")
    if PATCH not in (body.get("schemas") or ()) or not isinstance(operations, Sequence) or not operations:
        raise ScimFault(400, f"Send schemas [{PATCH}] and at least one of Operations.", "invalidSyntax")
    active = person.active
    for one in operations:
        if not isinstance(one, Mapping) or str(one.get("op", "")).lower() not in {"replace", "add"}:
            raise ScimFault(400, "The one operation known here is replace.", "invalidSyntax")
        path, value = str(one.get("path") or ""), one.get("value")
        if not path and isinstance(value, Mapping) and {str(name).lower() for name in value} == {"active"}:
            path, value = "active", next(iter(value.values()))
        if path.lower().removeprefix(f"{USER.lower()}:") != "active":
            raise ScimFault(400, "Only active can be changed here.", "invalidPath")
        active = _flag(value)
    return active


def _flag(value: object) -> bool:
    word = str(value).lower() if isinstance(value, bool | str) else ""
    if word not in _TRUE + _FALSE:
        raise ScimFault(400, "active is true or false.", "invalidValue")
    return word in _TRUE


def show(person: Person, address: str) -> dict[str, object]:
    """A User resource.

    Args:
        address: of all users, absolute, without a slash at its end.
    """
    return {
        "schemas": [USER],
        "id": person.id,
        "userName": person.user_name,
        "displayName": person.display_name,
        "emails": [{"value": person.user_name, "type": "work", "primary": True}],
        "active": person.active,
        "meta": {"resourceType": "User", "location": f"{address}/{person.id}"},
    }


def show_page(found: Sequence[Person], address: str, start: int, count: int) -> dict[str, object]:
    """A ListResponse.

    Args:
        start: place of the first one shown; 1 is the first (RFC 7644, 3.4.2.4).
    """
    first = max(start, 1)
    shown = found[first - 1 : first - 1 + max(0, min(count, MOST_RESULTS))]
    return {
        "schemas": [LIST],
        "totalResults": len(found),
        "startIndex": first,
        "itemsPerPage": len(shown),
        "Resources": [show(one, address) for one in shown],
    }


def config(address: str) -> dict[str, object]:
    """What this service can do, and what it cannot (RFC 7643, section 5)."""
    no: dict[str, object] = {"supported": False}
    return {
        "schemas": [CONFIG],
        "patch": {"supported": True},
        "bulk": {**no, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_RESULTS},
        "changePassword": no,
        "sort": no,
        "etag": no,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Key of the agency",
                "description": "Authorization: Bearer, with a key that is good for people.",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{address}/ServiceProviderConfig"},
    }
