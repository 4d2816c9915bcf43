"""What an organisation's own sign-in tells about a person, and which roles follow from it. Pure.

The provider governs exactly the roles that `ALLHANDS_OIDC_ROLES` names, and only for people of its own e-mail domains:
it can neither make somebody of another agency nor take a role that an administrator here gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands.kernel.actors import Role
from allhands.kernel.errors import Refused

# RFC 8176: values of `amr` that speak of more than one factor, or of a key that asks for the person.
_SECOND_STEPS = frozenset({"mfa", "otp", "hwk", "swk", "sc"})
Hat = tuple[str, Role]
"""Agency id and role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRules:
    """What the operator agreed with the organisation.

    Args:
        domains: e-mail domains whose people may come in this way, lower case.
        groups_claim: name of the claim that lists the person's groups.
        roles: the hat that membership of a group gives.
    """

    domains: frozenset[str]
    groups_claim: str
    roles: Mapping[str, Hat]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the provider says is there.

    Args:
        hats: what the groups give now.
        has_second_step: the provider asked for more than a password.
    """

    email: str
    name: str
    hats: frozenset[Hat]
    has_second_step: bool


def parse_roles(text: str) -> dict[str, Hat]:
    """`group=agency id:ROLE`, separated by semicolons.

    Raises:
        ValueError: with what is wrong.

    Example:
        >>> parse_roles("cps=0f3a:CASEWORKER")
        {'cps': ('0f3a', <Role.CASEWORKER: 'CASEWORKER'>)}
    """
    found: dict[str, Hat] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        group, _, hat = part.partition("=")
        agency, _, role = hat.partition(":")
        if not group or not agency or role not in Role.__members__:
            raise ValueError(f"{part!r} is not GROUP=AGENCY:ROLE, with ROLE one of {', '.join(Role.__members__)}")
        found[group] = (agency, Role[role])
    return found


def read_person(claims: Mapping[str, object], rules: ProviderRules) -> Person:
    """The person behind the claims.

    Raises:
        Refused: provider-no-email, provider-email-unverified, provider-other-domain.
    """
    email = str(claims.get("email") or "").strip().lower()
    if "@" not in email:
        raise Refused("provider-no-email", "Your organisation's sign-in did not tell your work e-mail.")
    if claims.get("email_verified") is not True:
        raise Refused("provider-email-unverified", "Your organisation has not verified your e-mail address.")
    if email.rpartition("@")[2] not in rules.domains:
        raise Refused("provider-other-domain", "People with this e-mail address come in another way.")
    groups = _words(claims.get(rules.groups_claim))
    return Person(
        email=email,
        name=str(claims.get("name") or "").strip()[:200] or email,
        hats=frozenset(hat for group, hat in rules.roles.items() if group in groups),
        has_second_step=bool(_words(claims.get("amr")) & _SECOND_STEPS),
    )


def changes(rules: ProviderRules, person: Person, worn: Iterable[Hat]) -> tuple[frozenset[Hat], frozenset[Hat]]:
    """The hats to give and those to end, of the ones the provider governs."""
    governed, has = frozenset(rules.roles.values()), frozenset(worn)
    return person.hats - has, (has & governed) - person.hats


def _words(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset(value.split())
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()
