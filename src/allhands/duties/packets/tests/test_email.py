"""The e-mail says that a packet waits, and nothing about the child."""

from __future__ import annotations

import pytest
from hypothesis import given as with_random
from hypothesis import strategies as st

from allhands.duties.packets import DEFAULT_ALLOWED, FIELDS, PacketKind, build, render_email
from allhands.duties.packets.model import ChildNames
from allhands.duties.packets.tests.makers import TO_NCMEC, TO_POLICE, fact, given

_MARKED = st.text(alphabet="QXZ", min_size=6, max_size=12)


@with_random(
    st.sampled_from(PacketKind),
    st.dictionaries(st.sampled_from([field.fact_id for field in FIELDS]), _MARKED, max_size=40),
    _MARKED,
    st.sampled_from(["en", "es"]),
)
def test_email_carries_no_fact_and_no_name(kind: PacketKind, facts: dict[str, str], name: str, lang: str) -> None:
    lines = tuple(fact(fact_id, value) for fact_id, value in facts.items())
    document = given(*lines, child=ChildNames(given=name, family=name), duties=(TO_POLICE, TO_NCMEC))
    email = render_email(build(kind, document, allowed=frozenset({"P0", "P1", "P2", "P3"})), lang)
    sent = email.subject + email.body
    assert not any(secret in sent for secret in (*facts.values(), name))
    assert "foster" not in sent
    assert "n7c4k2" in sent


@pytest.mark.parametrize(("world", "mark"), [("demo", "[DEMO]"), ("drill", "[DRILL]"), ("live", "")])
def test_email_says_which_world_it_comes_from(world: str, mark: str) -> None:
    email = render_email(build(PacketKind.POLICE, given(world=world), allowed=DEFAULT_ALLOWED[PacketKind.POLICE]), "en")
    assert email.subject.startswith(mark or "A notice")


@pytest.mark.parametrize(("lang", "word"), [("en", "Please read it now"), ("es", "Léalo ahora")])
def test_email_speaks_the_language_asked_for(lang: str, word: str) -> None:
    packet = build(PacketKind.TRIBE, given(site="https://allhands.example.org"), allowed=frozenset({"P0"}))
    email = render_email(packet, lang)
    assert word in email.body
    assert "https://allhands.example.org/inbox/about/n7c4k2" in email.body
    assert "\n" not in email.subject
