"""The table of fields against the packs that declare the facts, and against the field matrix of the law."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from allhands.duties.packets import FIELDS, PacketKind
from allhands.duties.packets.fields import COMMANDS, NAMES, TOLD_ELSEWHERE, Field

_FACTS = Path(__file__).parents[5] / "packs" / "core" / "facts"
TABLE = (*FIELDS, *NAMES)


@pytest.fixture(scope="module")
def declared() -> Mapping[str, Mapping[str, Any]]:
    files = sorted(_FACTS.glob("*.yaml"))
    facts = [fact for file in files for fact in yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]]
    return {fact["id"]: fact for fact in facts}


@pytest.mark.parametrize("field", TABLE, ids=lambda field: field.fact_id)
def test_field_is_declared_and_no_laxer_than_its_pack(field: Field, declared: Mapping[str, Mapping[str, Any]]) -> None:
    assert field.sensitivity >= declared[field.fact_id]["sensitivity"]
    if field.unit:
        assert declared[field.fact_id]["unit"] == field.unit


def test_facts_told_elsewhere_are_declared(declared: Mapping[str, Mapping[str, Any]]) -> None:
    assert declared.keys() >= TOLD_ELSEWHERE


def test_each_fact_has_one_row() -> None:
    ids = [field.fact_id for field in TABLE]
    assert len(ids) == len(set(ids))


# Source: 42 USC 671(a)(35)(B)(ii) and (iii); 34 USC 41308(3)(A) and (C); minimum data for entry in NCIC.
DEMANDED = {
    "42 USC 671(a)(35)(B)(ii)": {
        "description.height_cm", "description.weight_kg", "description.sex", "description.ethnicity",
        "description.race", "description.hair_color", "description.eye_color",
    },
    "42 USC 671(a)(35)(B)(iii)": {
        "child.pregnant", "description.medications_instruction", "child.suicidal", "child.suspected_trafficking",
    },
    "34 USC 41308(3)(A)": {
        "child.given_name", "child.date_of_birth", "description.sex", "description.race", "description.height_cm",
        "description.weight_kg", "description.eye_color", "description.hair_color",
    },
    "34 USC 41308(3)(C)": {"time.last_contact_at", "description.last_seen_place"},
    "34 USC 41308(3)(D)": {"description.missing_category"},
}  # fmt: skip


@pytest.mark.parametrize("citation", DEMANDED)
def test_police_and_ncmec_get_what_the_law_names(citation: str) -> None:
    rows = [field for field in TABLE if field.fact_id in DEMANDED[citation]]
    assert len(rows) == len(DEMANDED[citation])
    for field in rows:
        assert citation in field.required_by
        assert {PacketKind.POLICE, PacketKind.NCMEC} <= field.kinds


@pytest.mark.parametrize(
    ("kind", "rule_id"), [(kind, rule) for kind, rules in COMMANDS.items() for rule in sorted(rules)]
)
def test_commanding_rules_exist_and_speak_of_that_recipient(kind: PacketKind, rule_id: str) -> None:
    file = _FACTS.parents[1] / "us" / "federal" / "duties" / f"{rule_id.removeprefix('us.federal.')}.yaml"
    rule = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert rule["id"] == rule_id
    assert rule["then"]["recipient"] == {"POLICE": "law_enforcement", "NCMEC": "ncmec"}[kind.value]


def test_public_channel_rule_keeps_health_and_foster_care_from_parents_sheet() -> None:
    to_parents = {field.fact_id for field in TABLE if PacketKind.PARENT in field.kinds}
    assert not to_parents & {"child.in_foster_care", "child.placement_kind", "place.placement", "child.pregnant"}
    assert {field.sensitivity for field in TABLE if PacketKind.PARENT in field.kinds} <= {"P0", "P1"}
