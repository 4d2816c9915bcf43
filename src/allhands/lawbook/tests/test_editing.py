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


@pytest.mark.parametrize("folder", ["definitions", "duties", "criteria"])
def test_form_sent_back_untouched_changes_no_word(library: Library, folder: str) -> None:
    for path in sorted((ROOT / "us/states/nd" / folder).glob("*.yaml")):
        value = value_of(path)
        sections = sections_of(value, library, {"x": "X"}, "en")
        row = rows_of(root_of(value["applies_when"]), "when", library, "en")
        again = rule_of(posted_of(sections, row), value)
        again["applies_when"] = value["applies_when"]  # compared above: a group of one line becomes that line
        both: list[dict[str, Any]] = [value, dict(again)]
        for mapping in both:
            mapping.pop("tests_missing", None) if not mapping.get("tests_missing") else None
            mapping["notes"] = str(mapping.get("notes") or "").strip()
            clock = mapping.get("then", {}).get("clock", {}) if isinstance(mapping.get("then"), dict) else {}
            for key in [key for key, part in clock.items() if part is None or part is False]:
                del clock[key]
        assert both[1] == both[0], path


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
