"""The door once more, written from the tables of practice 6.4 and federal-law 7.13 and from nothing else.

It knows no Cedar and imports no policy: what it says and what the policies say must agree. A cell says on what
condition a class opens for a kind of agency; a wall says what closes it whatever the cell says.
"""

from __future__ import annotations

from dataclasses import dataclass

# a always, n need, r release, g agreement, s steward, i instruction only, o own only, - never
CELLS = {
    "LAW_ENFORCEMENT": "aanr-",
    "TRIBAL_POLICE": "aanr-",
    "CHILD_WELFARE": "aaao-",
    "ADVOCATE": "aaroo",
    "HEALTH": "aano-",
    "CAC": "aano-",
    "SCHOOL": "ai---",
    "SHELTER": "ar-r-",
    "TRIBAL_GOVERNMENT": "aagso",
    "COURT": "aanr-",
    "CLEARINGHOUSE": "aanr-",
    "HOTLINE": "ai---",
}
NEEDS = {
    "RESPONSE": {"LAW_ENFORCEMENT", "TRIBAL_POLICE", "HEALTH", "CAC", "COURT", "CLEARINGHOUSE"},
    "CARE": {"HEALTH", "CAC"},
    "COURT": {"LAW_ENFORCEMENT", "TRIBAL_POLICE", "COURT"},
}
WORK = {"RESPONSE", "CARE", "COURT"}
MACHINE_HATS = {"ADMINISTRATOR", "OPERATOR", "AUDITOR"}
POLICE = {"LAW_ENFORCEMENT", "TRIBAL_POLICE"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question. Door: member, token or packet; relation: owner, party or stranger; holder: us, others or ''."""

    door: str
    kind: str
    regime: str
    role: str
    relation: str
    level: int
    holder: str
    origins: frozenset[str]
    tribal_only: bool
    instruction: bool
    suspended: bool
    purpose: str
    consents: frozenset[str]
    agreement: bool
    emergency: bool
    commanded: bool


def may(case: Case) -> bool:
    """Whether the field is to be seen."""
    if case.role in MACHINE_HATS or not _passes_walls(case):
        return False
    if case.door == "packet":
        return _cell(case) or (case.commanded and case.purpose == "RESPONSE" and case.level < 4)
    if case.relation == "stranger":
        return False
    return _cell(case) or _own(case) or _emergency(case) or _statistics(case)


@dataclass(frozen=True, kw_only=True)
class Card:
    """A consent in force: its kind, which agency wrote it, and which one it would open something to."""

    kind: str
    by: str
    to: str


def counted(cards: list[Card], reader: str, holder: str, origins: frozenset[str]) -> frozenset[str]:
    """The kinds of consent that reach a piece of this holder for this reader.

    Practice 6.4 has each release written by who explained it; federal-law 7 has the holder of a protected record hear
    it. Nobody is their own ground, and an agency decides about its own record alone.
    """
    found = set()
    for card in cards:
        third = card.by not in {reader, holder} and not origins and card.kind != "AGENCY"
        if card.to == reader and (card.by == holder or third):
            found.add(card.kind)
    return frozenset(found)


def _works(case: Case) -> bool:
    return case.door == "packet" or (case.door == "member" and case.role != "DISPATCHER")


def _cell(case: Case) -> bool:
    cell = CELLS[case.kind][case.level]
    is_person = case.door != "token"
    released = is_person and _released(case)
    match cell:
        case "a":
            opens = case.purpose in WORK
        case "n":
            opens = _works(case) and case.kind in NEEDS.get(case.purpose, set())
        case "i":
            opens = case.kind == "SCHOOL" and case.instruction and case.purpose == "RESPONSE"
        case "g":
            opens = is_person and case.agreement and case.purpose in WORK
        case "s":
            opens = is_person and "STEWARD" in case.consents
        case _:
            opens = False
    return opens or released


def _released(case: Case) -> bool:
    given = case.consents
    if case.level in {1, 2} and case.kind in {"ADVOCATE", "TRIBAL_GOVERNMENT", "SHELTER"}:
        if CELLS[case.kind][case.level] == "-":
            return False  # a shelter's cell for the case stays empty, whoever agreed
        return bool(given & {"YOUTH", "YOUTH_ALONE", "GUARDIAN", "AGENCY", "COURT"})
    if case.level == 3 and case.kind not in {"SCHOOL", "HOTLINE"}:
        both = "YOUTH" in given and bool(given & {"GUARDIAN", "AGENCY"})
        return both or bool(given & {"YOUTH_ALONE", "COURT"})
    return False


def _own(case: Case) -> bool:
    if case.holder != "us":
        return False
    never = CELLS[case.kind][case.level] == "-"
    if case.door == "member" and case.role != "DISPATCHER":
        return not never and case.purpose in WORK | {"STATISTICS"}
    return CELLS[case.kind][case.level] == "n" and case.purpose in WORK


def _emergency(case: Case) -> bool:
    opens = case.door == "member" and case.role != "DISPATCHER" and case.kind not in {"SCHOOL", "HOTLINE"}
    return opens and case.emergency and case.purpose == "RESPONSE" and case.level in {1, 2, 3}


def _statistics(case: Case) -> bool:
    is_person = case.door == "member" and case.role != "DISPATCHER"
    return is_person and case.purpose == "STATISTICS" and case.relation == "owner" and case.level < 3


def _passes_walls(case: Case) -> bool:
    given, own = case.consents, case.holder == "us"
    if case.purpose == "OTHER" or (case.suspended and case.purpose not in WORK):
        return False
    if case.tribal_only and not own and "STEWARD" not in given:
        return False
    return all(own or _origin_lets_pass(origin, case) for origin in case.origins - {"HIPAA", "CYBERTIP"}) and (
        _clinic_lets_pass(case) and _cybertip_lets_pass(case)
    )


def _origin_lets_pass(origin: str, case: Case) -> bool:
    given = case.consents
    both = {"YOUTH", "GUARDIAN"} <= given
    match origin:
        case "RHYA_BCP":
            return both or bool(given & {"COURT", "MANDATED"})
        case "RHYA_TLP":
            return bool(given & {"YOUTH", "YOUTH_ALONE", "COURT", "MANDATED"})
        case "VAWA":
            return both or bool(given & {"YOUTH_ALONE", "COURT", "MANDATED"})
        case "PART2":
            # 42 U.S.C. 290dd-2(e): initial reports of child abuse under State law, which go to child welfare.
            reported = "MANDATED" in given and case.kind == "CHILD_WELFARE"
            return reported or bool(given & {"YOUTH", "YOUTH_ALONE", "COURT"})
        case "FERPA":
            by_order = "COURT" in given and case.kind not in POLICE and case.door != "token"
            return case.regime == "FERPA" or by_order
    raise AssertionError(origin)


def _clinic_lets_pass(case: Case) -> bool:
    # 45 CFR 164.512(f)(2) names a list that police may ask for; NCMEC is no police.
    held_back = case.kind == "CLEARINGHOUSE" or (case.kind in POLICE and case.level >= 2)
    if "HIPAA" not in case.origins or not held_back:
        return True
    return case.emergency or bool(case.consents & {"YOUTH", "YOUTH_ALONE", "GUARDIAN", "COURT"})


def _cybertip_lets_pass(case: Case) -> bool:
    return "CYBERTIP" not in case.origins or (case.holder == "us" and case.door != "packet")
