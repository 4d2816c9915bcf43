"""What a report or a statement must be before it may enter the house. Collects every fault; loses nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from allhands import law
from allhands.episodes import identity
from allhands.episodes.contracts import Json, NewStatement, ReportCommand
from allhands.episodes.identity import LONGEST_NAME, NAME_FACTS
from allhands.kernel.errors import Refused
from allhands.kernel.findings import Finding, Level
from allhands.kernel.instants import parse_instant
from allhands.platform import packs
from allhands.platform.nations import unknown_nations

OLDEST = datetime(1900, 1, 1, tzinfo=UTC)  # before it a year is a slip of the keys


@dataclass
class FactsRefused(Refused):
    """Several fields are wrong at once; each finding names its field and what is allowed."""

    findings: tuple[Finding, ...] = ()


def check_command(command: ReportCommand, now: datetime) -> None:
    """Nothing, when the report can be taken.

    Raises:
        FactsRefused: with one finding for each wrong field.
    """
    findings = [
        *_name_findings("call_name", command.call_name, required=True),
        *_reporter_findings(command),
        *statement_findings(command.statements, now),
    ]
    if not command.idempotency_key or len(command.idempotency_key) > 128:
        words = "Send a key of 1 to 128 characters, new for each report."
        findings.append(_finding("idempotency_key", "report.key", words))
    raise_findings(findings)
    raise_findings([*_whole_name_findings(command), *together_findings(command.statements, now)])


def raise_findings(findings: Iterable[Finding]) -> None:
    """Nothing, when none of the findings is an error.

    Raises:
        FactsRefused: with every error found.
    """
    errors = tuple(found for found in findings if found.level is Level.ERROR)
    if errors:
        raise FactsRefused("facts", errors[0].message, field=errors[0].path, findings=errors)


def statement_findings(statements: Iterable[NewStatement], now: datetime) -> list[Finding]:
    """Everything wrong with the statements: unknown facts, wrong types, impossible times, hidden characters."""
    findings: list[Finding] = []
    for said in statements:
        if said.stated_at > now:
            findings.append(_finding(said.fact_id, "statement.future", "This was said in the future. Check the time."))
        if said.stated_at < OLDEST:
            findings.append(_finding(said.fact_id, "statement.past", "This was said too long ago. Check the year."))
        findings.extend(_name_findings("informant", said.informant, required=False))
        if said.fact_id in NAME_FACTS and isinstance(said.value, str):
            findings.extend(_name_findings(said.fact_id, said.value, required=False))
        try:
            law.parse_facts({said.fact_id: said.value}, packs.library().facts, as_of=now)
        except law.FactsError as error:
            findings.extend(error.findings)
        else:
            findings.extend(unknown_nations({"facts": {said.fact_id: said.value}}, packs.library()))
    return findings


def together_findings(statements: Iterable[NewStatement], now: datetime) -> list[Finding]:
    """What is wrong only when statements are read together, such as last seen before being born.

    Expects statements that are right one by one.
    """
    said: list[Json] = [
        {
            "fact": one.fact_id,
            "value": one.value,
            "informant": one.informant,
            "certainty": one.certainty.value.lower(),
            "at": one.stated_at.isoformat(),
        }
        for one in statements
        if one.value is not None
    ]
    try:
        law.parse_input({"as_of": now.isoformat(), "statements": said}, packs.library().facts)
    except law.FactsError as error:
        return [replace(found, path=found.path.removeprefix("facts.")) for found in error.findings]
    return []


def missing_since(command: ReportCommand) -> datetime | None:
    """When the child was last seen, if somebody said so."""
    for said in command.statements:
        if said.fact_id == "time.last_seen_at" and isinstance(said.value, str):
            return parse_instant(said.value)
    return None


def _reporter_findings(command: ReportCommand) -> list[Finding]:
    return [
        *_name_findings("reporter_name", command.reporter_name, required=False),
        *_name_findings("reporter_relation", command.reporter_relation, required=False, longest=100),
        *_name_findings("reporter_phone", command.reporter_phone, required=False, longest=40),
        *_name_findings("owner_email", command.owner_email, required=False, longest=254),
    ]


def _name_findings(field: str, text: str, *, required: bool, longest: int = LONGEST_NAME) -> list[Finding]:
    if required and not text.strip():
        return [_finding(field, "name.empty", "Write the name the child uses. A first name is enough.")]
    if len(text) > longest:
        return [_finding(field, "text.too-long", f"Please shorten this to {longest} characters.")]
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        return [_finding(field, "text.control", "There is an invisible control character in this. Type it again.")]
    return []


def _whole_name_findings(command: ReportCommand) -> list[Finding]:
    """First, middle and last name are kept as one legal name, which has the same limit."""
    whole = identity.names_of(command.call_name, command.statements)
    return [
        _finding("child.family_name", "text.too-long", f"All names together have at most {LONGEST_NAME} characters.")
        for name in whole
        if len(name.text) > LONGEST_NAME
    ]


def _finding(path: str, code: str, message: str) -> Finding:
    return Finding(path=path, code=code, level=Level.ERROR, message=message)
