"""Conditions and forms: what a pack holds survives the way into the form and back; what is typed is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import Library, load_library
from allhands.law.packs.rule_file import FOLDERS
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook.editing.changes import changes_of, pieces
from allhands.lawbook.editing.conditions import Node, root_of, walk, write
from allhands.lawbook.editing.inputs import sections_of
from allhands.lawbook.editing.paths import get, put
from allhands.lawbook.editing.typed import apply_act, rule_of, tidy, trees_of
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.web.condition_rows import rows_of

ROOT = Path(settings.ALLHANDS_PACKS_DIR)
RULES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"us/*/{folder}/*.yaml")) + sorted(
    path for folder in FOLDERS for path in ROOT.glob(f"us/states/??/{folder}/*.yaml")
)


def value_of(path: Path) -> dict[str, Any]:
    value: Any = read_yaml(path.read_bytes(), path.name).value
    return dict(value)


@pytest.fixture(scope="module")
def library(few_packs: Path) -> Library:
    return load_library(few_packs)


def test_every_condition_of_every_pack_is_made_of_choices() -> None:
    assert len(RULES) > 500
    for path in RULES:
        when = value_of(path)["applies_when"]
        root = root_of(when)
        kept = [node.values[0] for _, node in walk(root) if node.kind == "kept"]
        # A choice that an installation makes once for all is no fact of a child: the form shows it as written.
        assert all(text.startswith('{"setting"') for text in kept), path
        assert write(root) in (when, {"all": [when]}), path
        assert write(tidy(root_of(when))) in (when, when.get("all", [None])[0], when.get("any", [None])[0])


@pytest.mark.parametrize(
    "odd",
    [
        {}, {"all": "x"}, {"unheard": 1}, {"not": {"not": {"true": "a.b"}}}, "text", None,
        {"equals": {"fact": "a.b", "value": [1]}},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_choice_can_say_is_kept_as_it_was(odd: Any) -> None:
    assert write(root_of(odd)) == {"all": [odd]}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
YAML = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.dates() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(YAML)
def test_written_yaml_reads_back_as_the_very_same_values(value: Any) -> None:
    found = read_yaml(write_yaml({"value": value}).encode(), "x")
    assert (found.value, found.findings) == ({"value": value}, ())


def posted_of(sections: Any, row: Any) -> dict[str, list[str]]:
    """What a browser would send for the form as it stands."""
    posted = {one.name: list(one.values) for section in sections for one in section.inputs}
    waiting = [row]
    while waiting:
        one = waiting.pop()
        posted |= {f"{one.name}kind": [one.kind], f"{one.name}mode": [one.mode], f"{one.name}subject": [one.subject]}
        posted |= {f"{one.name}test": [one.test], f"{one.name}value": list(one.values)}
        posted[f"{one.name}not"] = ["yes"] if one.negated else []
        waiting += one.below
    return posted


def expressions(value: dict[str, Any]) -> list[tuple[str, Any]]:
    """Every tree of a rule by the prefix of its inputs."""
    found = [("when", value["applies_when"])]
    if (after := get(value, "then.only_after")) is not None:
        found.append(("after", after))
    for prefix, path in (("need", "then.needs"), ("condition", "then.conditions")):
        rows = enumerate(listed(get(value, path)))
        found += [(f"{prefix}{number}", row["when"]) for number, row in rows if row.get("when") is not None]
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def plainly(value: Any) -> Any:
    """A group of one line is that line."""
    if isinstance(value, dict):
        for mode in ("all", "any"):
            if isinstance(inner := value.get(mode), list) and len(inner) == 1 and len(value) == 1:
                return plainly(inner[0])
        return {key: plainly(part) for key, part in value.items()}
    return [plainly(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("folder", ["definitions", "duties", "criteria", "permissions"])
def test_form_sent_back_untouched_changes_no_word(library: Library, folder: str) -> None:
    for path in sorted(ROOT.glob(f"us/*/{folder}/*.yaml")) + sorted(ROOT.glob(f"us/states/nd/{folder}/*.yaml")):
        value = value_of(path)
        sections = sections_of(value, library, {"x": "X"}, "en")
        posted: dict[str, list[str]] = {}
        for prefix, expression in expressions(value):
            posted |= posted_of(sections, rows_of(root_of(expression), prefix, library, "en"))
        again = rule_of(posted, value)
        for part in ("then.only_after", "then.needs", "then.conditions"):
            if get(value, part) is not None:
                assert [plainly(one) for one in listed(get(again, part))] == [
                    plainly(one) for one in listed(get(value, part))
                ]
                put(again, part, get(value, part))
        again["applies_when"] = value["applies_when"]  # compared above: a group of one line becomes that line
        both: list[dict[str, Any]] = [value, dict(again)]
        for mapping in both:
            mapping.pop("tests_missing", None) if not mapping.get("tests_missing") else None
            mapping["notes"] = str(mapping.get("notes") or "").strip()
            clock = mapping.get("then", {}).get("clock", {}) if isinstance(mapping.get("then"), dict) else {}
            for key in [key for key, part in clock.items() if part is None or part is False]:
                del clock[key]
        assert both[1] == both[0], path


def test_a_need_is_added_and_another_taken_away() -> None:
    path = next(iter(sorted((ROOT / "us/states/nd/criteria").glob("*.yaml"))))
    value = value_of(path)
    needs = value["then"]["needs"]
    posted = {f"then.needs[{number}].id": [one["id"]] for number, one in enumerate(needs)}
    posted |= {f"then.needs[{number}].title.en": [one["title"]["en"]] for number, one in enumerate(needs)}
    posted |= {"then.needs[0].id": [""], "then.needs[0].title.en": [""]}
    posted |= {f"then.needs[{len(needs)}].id": ["fresh"], f"then.needs[{len(needs)}].title.en": ["Fresh"]}
    again: Any = rule_of(posted, value)
    assert [one["id"] for one in again["then"]["needs"]] == [*(one["id"] for one in needs[1:]), "fresh"]
    assert again["then"]["needs"][-1] == {"when": {"always": True}, "id": "fresh", "title": {"en": "Fresh"}}
    assert value["then"]["needs"] == needs  # what was saved is not touched


def test_a_permission_is_written_by_choices() -> None:
    posted = {
        "then.holder": ["", "school"], "then.recipient": ["", "law_enforcement", "ncmec"], "then.purpose": ["", "any"],
        "then.data_class": ["", "education_record"], "then.except.purpose": ["", "statistics"],
        "then.wall": ["", "yes"],
        "then.outcome": ["conditions"], "then.minimum": ["name\r\n\r\n age "], "then.conditions[0].id": ["asked"],
        "then.conditions[0].words.en": ["Police asked"], "then.conditions[0].words.es": ["La policía pidió"],
    }  # fmt: skip
    rule: Any = rule_of(posted, {"kind": "permission", "then": {"except": {"recipient": "public"}}})
    assert rule["then"] == {
        "holder": "school", "recipient": ["law_enforcement", "ncmec"], "purpose": "any", "outcome": "conditions",
        "data_class": "education_record", "except": {"recipient": "public", "purpose": "statistics"}, "wall": True,
        "minimum": ["name", "age"],
        "conditions": [{"id": "asked", "words": {"en": "Police asked", "es": "La policía pidió"}}],
    }  # fmt: skip


def test_a_clock_waits_for_what_was_added_and_for_nothing_once_it_is_gone() -> None:
    group = {"c:after::kind": ["group"], "c:after::mode": ["all"]}
    line = {"c:after:0:kind": ["test"], "c:after:0:subject": ["child.in_foster_care"], "c:after:0:test": ["is"]}
    waits: Any = rule_of(group | line, {"kind": "duty", "then": {}})
    assert waits["then"] == {"only_after": {"true": "child.in_foster_care"}}
    assert rule_of(group, waits)["then"] == {}


def test_buttons_add_and_remove_lines() -> None:
    root = Node("group", mode="all", below=[Node("test", subject="child.age_years", test="below", values=("18",))])
    trees = {"when": root}
    apply_act(trees, "add:when:", {"add:when:": ["any"]})
    apply_act(trees, "add:when:1", {"add:when:1": ["child.in_foster_care"]})
    assert [node.kind for _, node in walk(root)] == ["group", "test", "group", "test"]
    apply_act(trees, "remove:when:0", {})
    for nonsense in ("remove:when:9.9", "add:other:", "remove:when:", "boo", "add:when:0.0"):
        apply_act(trees, nonsense, {})
    assert [node.kind for _, node in walk(root)] == ["group", "group", "test"]


@given(st.dictionaries(st.sampled_from(["c:when::kind", "c:when:0:kind", "c:when:0.0:kind", "c:when:7.7:mode"]),
                       st.lists(TEXT, max_size=2), max_size=4))  # fmt: skip
def test_any_form_somebody_makes_up_is_read_without_a_crash(posted: dict[str, list[str]]) -> None:
    for tree in trees_of(posted).values():
        write(tidy(tree))


def test_changes_are_told_in_words(library: Library, few_packs: Path, tmp_path: Path) -> None:
    assert changes_of("us.states.nd", library, library, "en") == ()
    before, after = pieces("tell the police within 24 hours", "tell the police within 2 hours")
    assert [one.text for one in before if one.how == "out"] == ["24"]
    assert [one.text for one in after if one.how == "in"] == ["2"]
