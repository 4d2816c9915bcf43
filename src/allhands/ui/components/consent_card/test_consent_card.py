"""A card is never for everything, and its three answers are equal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from lxml import html

from allhands.ui.components.consent_card.gallery import examples
from allhands.ui.components.consent_card.presenter import ConsentCard


def draft() -> ConsentCard:
    card = examples("en")[0].context["card"]
    assert isinstance(card, ConsentCard)
    return card


def test_a_card_that_names_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="everything"):
        replace(draft(), fields=())
    with pytest.raises(ValueError, match="how"):
        replace(draft(), ways=())


def test_three_answers_look_alike_and_none_is_chosen() -> None:
    page = html.fromstring(
        render_to_string("components/consent_card/consent_card.html", {"card": draft(), "csrf_token": "x"})
    )
    buttons = [button for button in page.iter("button") if button.get("name") == "answer"]
    assert [button.get("value") for button in buttons] == ["AGREED", "NOT_NOW", "DECLINED"]
    assert len({button.get("class") for button in buttons}) == 1
    assert not page.xpath("//input[@type='checkbox'][@checked]")
