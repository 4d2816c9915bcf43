"""A changed policy shows who would gain or lose what, and which wall of law it would break; nonsense is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import cedarpy
import pytest
from typer.testing import CliRunner

from allhands.access import trying
from allhands.access.contracts import Asking, EpisodeAccess, FieldAccess, Purpose, Recipient
from allhands.access.decide import POLICY_FOLDER, policy_notes, policy_text
from allhands.access.fields import Shape, decide_fields, evaluate
from allhands.cli import make_app
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

WALLS = sorted(name for name in policy_notes() if name.startswith("wall-"))
NO_WALL = """
@id("field-anybody") @cite("none") @plain("Anybody.") @plain_es("Cualquiera.")
permit (principal, action in [Action::"see_field", Action::"receive_field"], resource is Field);
"""


def without(name: str) -> str:
    """All policies but one."""
    found, count = re.subn(rf'@id\("{name}"\).*?\n}}?.*?;\n(?=\n|@|//|\Z)', "", policy_text(), count=1, flags=re.DOTALL)
    assert count == 1
    assert f'"{name}"' not in found
    return found


def test_what_is_in_force_changes_nothing() -> None:
    assert trying.try_out(policy_text()) == trying.Tried(changes=(), broken=(), added=(), removed=(), rewritten=())


def test_trying_says_who_gains_and_who_loses() -> None:
    wider = policy_text().replace(
        '"CLEARINGHOUSE"].contains(principal.agency_kind)) ||', '"SCHOOL"].contains(principal.agency_kind)) ||'
    )
    tried = trying.try_out(wider)
    found = {(one.kind, one.gains) for one in tried.changes if one.purpose is Purpose.RESPONSE and not one.closed_by}
    assert found == {(AgencyKind.SCHOOL, True), (AgencyKind.CLEARINGHOUSE, False)}
    assert (tried.rewritten, tried.added, tried.removed) == (("field-case-need",), (), ())


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_that_is_taken_out_is_named(name: str) -> None:
    assert trying.fallen_walls(without(name)) == {name}


@pytest.mark.parametrize("name", ["wall-basic-center", "wall-tribal-only"])
def test_who_would_read_behind_a_wall_that_falls_is_told(name: str) -> None:
    gains = [one for one in trying.try_out(without(name)).changes if one.gains]
    assert {one.wall for one in gains} == {name}
    assert AgencyKind.LAW_ENFORCEMENT in {one.kind for one in gains}


@pytest.mark.parametrize(
    ("before", "after", "wall"),
    [
        ('containsAll(["YOUTH", "GUARDIAN"]) || context.consents.containsAny(["COURT", "MANDATED"])',
         'containsAny(["YOUTH", "GUARDIAN", "COURT", "MANDATED"])', "wall-basic-center"),
        ('resource.origins.contains("PART2") && !(principal is System)',
         'resource.origins.contains("PART2") && !(principal is System) && !context.emergency',
         "wall-substance-treatment"),
        ('when { resource.origins.contains("CYBERTIP")',
         'when { resource.sensitivity == "P9" && resource.origins.contains("CYBERTIP")', "wall-cybertip"),
        ('resource.suspended && !["RESPONSE", "CARE", "COURT"]',
         'resource.suspended && !["RESPONSE", "CARE", "COURT", "STATISTICS"]', "wall-secondary-use-suspended"),
    ],
    ids=["one consent for both", "an emergency", "never true", "statistics"],
)  # fmt: skip
def test_a_wall_that_is_weakened_in_its_text_is_named(before: str, after: str, wall: str) -> None:
    assert policy_text().count(before) >= 1
    tried = trying.try_out(policy_text().replace(before, after, 1))
    assert wall in tried.broken
    assert tried.rewritten == (wall,)


def test_a_wall_turned_into_a_permit_is_named() -> None:
    head = '@id("wall-cybertip")'
    start = policy_text().index(head)
    turned = policy_text()[:start] + policy_text()[start:].replace("forbid (", "permit (", 1)
    assert trying.fallen_walls(turned) == {"wall-cybertip"}


def test_no_permit_however_wide_opens_a_wall() -> None:
    tried = trying.try_out(policy_text() + NO_WALL)
    assert tried.added == ("field-anybody",)
    assert tried.broken == ()
    assert not [one for one in tried.changes if one.gains and one.closed_by in {"RHYA_BCP", "VAWA", "TRIBAL_ONLY"}
                and one.ground == "yes" and one.role is Role.SUPERVISOR and one.holds == "others"]  # fmt: skip


@pytest.fixture(scope="module")
def as_it_is() -> tuple[Sequence[Shape], Sequence[bool]]:
    """Everything that can be asked, and what the policies in force answer."""
    shapes = list(dict.fromkeys(trying.everything()))
    return shapes, [one.allowed for one in evaluate(shapes, cedarpy.PolicySet.from_str(policy_text()))]


CHANGES = [
    ('resource.sensitivity == "P2" && context.agreement && [', 'resource.sensitivity == "P2" && ['),
    ('"P4" && ["ADVOCATE", "TRIBAL_GOVERNMENT"].contains', '"P4" && ["ADVOCATE"].contains'),
    ('resource.sensitivity == "P1" && resource.instruction && context.purpose == "RESPONSE"',
     'resource.sensitivity == "P1" && context.purpose == "RESPONSE"'),
    ('context.purpose == "STATISTICS" && resource.owner == principal.agency', 'context.purpose == "STATISTICS"'),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CHANGES, ids=["agreement", "nation's own", "instruction", "statistics"])
def test_what_the_try_says_is_what_happens(
    before: str, after: str, as_it_is: tuple[Sequence[Shape], Sequence[bool]]
) -> None:
    """Four changes of policies, asked as the door asks once they are in force."""
    assert policy_text().count(before) == 1
    changed = policy_text().replace(before, after)
    tried = trying.try_out(changed)
    assert tried.changes
    told = {_said(one) for one in tried.changes}
    shapes, was = as_it_is
    real = evaluate(shapes, cedarpy.PolicySet.from_str(changed))
    found = {
        _said(trying.change_of(shape, gains=new.allowed, wall=""))
        for shape, old, new in zip(shapes, was, real, strict=True)
        if old != new.allowed
    }
    assert told <= found
    assert {one[:7] for one in found} == {one[:7] for one in told}, "nobody who gains or loses is left out"


def _said(one: trying.Change) -> tuple[object, ...]:
    whose = (one.reader, one.kind, one.role, one.purpose, one.sensitivity, one.holds, one.closed_by)
    return (*whose, one.ground, one.gains)


GOOD = """@id("{0}") @cite("none") @plain("Nobody.") @plain_es("Nadie.")
forbid (principal, action == Action::"administer", resource);
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("permit (", "unexpected end"),
        ('permit (principal, action == Action::"fly", resource);', "fly"),
        (GOOD.format("a").replace('@id("a") ', ""), "does not say its @id"),
        (GOOD.format("a") + GOOD.format("b").replace('@cite("none") ', ""), "b does not say its @cite"),
        (GOOD.format("a").replace('@plain("Nobody.") ', '@plain("") '), "a does not say its @plain"),
        (GOOD.format("a").replace('@plain_es("Nadie.")', ""), "a does not say its @plain_es"),
        (GOOD.format("twice") * 2, "two policies are called twice"),
    ],
    ids=["torn", "no such act", "no id", "no cite", "empty plain", "no Spanish", "one id twice"],
)
def test_policies_that_do_not_fit_are_refused_with_a_place(text: str, words: str) -> None:
    with pytest.raises(trying.PoliciesUnreadable, match=re.escape(words)):
        trying.try_out(text)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["permit (", "//" + "x" * 1_000_000], ids=["torn", "a megabyte"])
def test_the_page_refuses_kindly_and_keeps_what_was_typed(cast: Cast, page_client: PageClient, typed: str) -> None:
    page = page_client.sign_in(cast.administrator).post("/policies/try", {"file": "walls.cedar", "policies": typed})
    assert page.status == 422
    assert "These policies cannot be read" in page.text
    assert page.elements("//textarea")[0].text_content().strip() == typed


@pytest.mark.django_db
def test_the_page_names_the_wall_that_would_fall(cast: Cast, page_client: PageClient) -> None:
    walls = (POLICY_FOLDER / "walls.cedar").read_text(encoding="utf-8")
    start, end = walls.index('@id("wall-victim-services")'), walls.index('@id("wall-substance-treatment")')
    typed = {"file": "walls.cedar", "policies": walls[:start] + walls[end:]}
    page = page_client.sign_in(cast.administrator).post("/policies/try", typed)
    assert "This would break a wall of law" in page.text
    assert "34 U.S.C. 12291(b)(2)" in page.text
    assert "No setting lifts a wall" in page.text


def test_the_command_ends_otherwise_when_a_wall_would_fall(tmp_path: Path) -> None:
    (tmp_path / "all.cedar").write_text(without("wall-tribal-only"), encoding="utf-8")
    result = CliRunner().invoke(make_app(), ["policies", "try", str(tmp_path)])
    assert result.exit_code == 2, result.output
    assert "breaks a wall of law: wall-tribal-only" in result.output


def test_a_packet_and_a_page_are_both_asked() -> None:
    """The door asks a recipient otherwise than a reader; a change that only packets feel is told too."""
    poster = 'resource.sensitivity == "P0" && ['
    narrower = policy_text().replace(poster, f"principal is Member && {poster}")
    assert "Recipient" in {one.reader for one in trying.try_out(narrower).changes}
    nobody = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=AgencyId("x"), party_agency_ids=frozenset())
    recipient = Recipient(agency_id=AgencyId("r"), kind=AgencyKind.COURT)
    assert decide_fields(recipient, nobody, [(FieldAccess(sensitivity="P0"), Asking())])[0].allowed
