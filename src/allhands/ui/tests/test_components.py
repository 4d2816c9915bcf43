"""What every component keeps: explicit inputs, frozen presenters, both languages, no labels for a child."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from pathlib import Path

import pytest

from allhands.ui import gallery

UI = Path(__file__).resolve().parents[1]
NAMES = gallery.component_names()
TEMPLATE_LIMIT = 150
# Words that judge a child, or that mean nothing to the person who reads them at night.
AVOID = re.compile(r"runaway|awol|elope|absconder|fugitiv|frequent|please wait|no data", re.IGNORECASE)
# The components named by the screens guide that the first hour needs.
FIRST_HOUR = {
    "asked_list", "call_line", "clock", "delivery_table", "draft_line", "duty_row", "error_summary", "evidence_slot",
    "fact_line", "identity_bar", "interruption", "language_switch", "owner_badge", "portrait", "progress", "receipt",
    "source_line", "state_line", "table", "tier_badge", "timeline_item", "verdict_chip", "world_band",
}  # fmt: skip


def test_every_component_of_the_first_hour_is_there() -> None:
    assert set(NAMES) >= FIRST_HOUR


@pytest.mark.parametrize("name", NAMES)
def test_template_begins_with_its_inputs_and_stays_short(name: str) -> None:
    lines = (UI / "components" / name / f"{name}.html").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("{# inputs: ")
    assert len(lines) <= TEMPLATE_LIMIT


@pytest.mark.parametrize("name", NAMES)
def test_presenters_are_frozen(name: str) -> None:
    module = importlib.import_module(f"allhands.ui.components.{name}.presenter")
    found = [
        value
        for _, value in inspect.getmembers(module, inspect.isclass)
        if value.__module__ == module.__name__ and dataclasses.is_dataclass(value)
    ]
    assert found
    assert all(value.__dataclass_params__.frozen for value in found)  # type: ignore[attr-defined]  # set by dataclass


@pytest.mark.parametrize("name", NAMES)
def test_every_state_is_drawn_in_both_languages(name: str) -> None:
    shelf = gallery.render_one(name)
    assert shelf.shown
    for shown in shelf.shown:
        for drawn in shown.both:
            assert not AVOID.search(drawn.html), f"{name}, {shown.title}"
            assert "None" not in re.sub(r"<[^>]*>", "", drawn.html), f"{name}, {shown.title} shows a None"
            assert not re.search(r"\sstyle=|<script|\son\w+=", drawn.html)


@pytest.mark.parametrize("name", NAMES)
def test_no_hover_text_and_no_character_as_a_shape(name: str) -> None:
    source = (UI / "components" / name / f"{name}.html").read_text(encoding="utf-8")
    assert " title=" not in source
    assert not re.search("[✓✔●○◌▲■→←✗×]", source)


def test_names_of_every_orthography_stand_unchanged() -> None:
    drawn = "".join(shown.both[0].html for shown in gallery.render_one("fact_line").shown)
    for name in (
        "Haséyaa Béésh Łigai Tsosie",
        "Wičháȟpi Wašté Wiŋ",
        "Kealohapauʻole Kaʻōnohi",
        "ᎠᏓᏅᏙ ᏩᏯ",
        "مريم الأنصاري",
    ):
        assert name in drawn
