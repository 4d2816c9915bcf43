"""The words of the door's codes, for pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from allhands.access.contracts import (
    ConsentKind,
    ConsentState,
    DisclosureDoor,
    IdentityCheck,
    MarkKind,
    ObjectionKind,
    ObjectionState,
    Purpose,
)
from allhands.kernel.actors import AgencyKind

Words = str | Promise

PURPOSES: Final[Mapping[Purpose, Words]] = {
    Purpose.RESPONSE: _("finding the child and keeping the child safe"),
    Purpose.CARE: _("help after the child is back"),
    Purpose.COURT: _("a court's own proceeding"),
    Purpose.STATISTICS: _("counting and federal reports"),
    Purpose.OTHER: _("anything else"),
}
CONSENTS: Final[Mapping[ConsentKind, Words]] = {
    ConsentKind.YOUTH: _("The young person"),
    ConsentKind.YOUTH_ALONE: _("The young person, who may decide this alone"),
    ConsentKind.GUARDIAN: _("A parent or guardian"),
    ConsentKind.AGENCY: _("Our agency, for its own record"),
    ConsentKind.COURT: _("A court order"),
    ConsentKind.STEWARD: _("The nation's data steward"),
    ConsentKind.MANDATED: _("A report that the law commands"),
}
CONSENT_STATES: Final[Mapping[ConsentState, Words]] = {
    ConsentState.DRAFT: _("waits for an answer"),
    ConsentState.AGREED: _("agreed"),
    ConsentState.NOT_NOW: _("not now"),
    ConsentState.DECLINED: _("said no"),
    ConsentState.STOPPED: _("stopped"),
    ConsentState.ENDED: _("ended"),
}
MARKS: Final[Mapping[MarkKind, Words]] = {
    MarkKind.FERPA: _("School record given to child welfare"),
    MarkKind.CYBERTIP: _("From a CyberTip report"),
    MarkKind.PART2: _("Drug or alcohol treatment record"),
    MarkKind.HIPAA: _("Health record"),
    MarkKind.RHYA_BCP: _("Record of a federal youth shelter"),
    MarkKind.RHYA_TLP: _("Record of a transitional living programme"),
    MarkKind.VAWA: _("Record of a victim service"),
    MarkKind.TRIBAL_ONLY: _("Only for the nation"),
}
DOORS: Final[Mapping[DisclosureDoor, Words]] = {
    DisclosureDoor.PACKET: _("packet"),
    DisclosureDoor.PAGE: _("page read here"),
    DisclosureDoor.API: _("read by a program"),
    DisclosureDoor.EXPORT: _("taken along as a file"),
    DisclosureDoor.ALERT: _("made public in an alert"),
}
OBJECTIONS: Final[Mapping[ObjectionKind, Words]] = {
    ObjectionKind.NOT_MISSING: _("I am not missing"),
    ObjectionKind.REMOVE_PHOTO: _("Take my picture down"),
    ObjectionKind.CORRECT: _("Something about me is wrong"),
}
OBJECTION_STATES: Final[Mapping[ObjectionState, Words]] = {
    ObjectionState.RECEIVED: _("waits for the first of two people"),
    ObjectionState.FIRST_HEARD: _("waits for the second person"),
    ObjectionState.SPLIT: _("the two disagree; a third person begins anew"),
    ObjectionState.GRANTED: _("granted"),
    ObjectionState.REFUSED: _("refused"),
}
IDENTITY: Final[Mapping[IdentityCheck, Words]] = {
    IdentityCheck.CALLED_SAFE_NUMBER: _("We called the safe number they gave"),
    IdentityCheck.THROUGH_ADVOCATE: _("Through an advocate or lawyer they trust"),
    IdentityCheck.CAME_IN: _("They came to an agency they chose"),
    IdentityCheck.KNOWN_ANSWERS: _("They knew what only they can know"),
    IdentityCheck.NOT_POSSIBLE: _("Not yet possible"),
}
KINDS: Final[Mapping[AgencyKind, Words]] = {
    AgencyKind.CHILD_WELFARE: _("Child welfare"),
    AgencyKind.LAW_ENFORCEMENT: _("Police"),
    AgencyKind.TRIBAL_GOVERNMENT: _("Tribal nation"),
    AgencyKind.TRIBAL_POLICE: _("Tribal police"),
    AgencyKind.COURT: _("Court"),
    AgencyKind.SHELTER: _("Shelter"),
    AgencyKind.ADVOCATE: _("Advocate or child's lawyer"),
    AgencyKind.CAC: _("Child advocacy centre"),
    AgencyKind.SCHOOL: _("School"),
    AgencyKind.HEALTH: _("Clinic"),
    AgencyKind.CLEARINGHOUSE: _("Clearinghouse"),
    AgencyKind.HOTLINE: _("Hotline"),
}
CLASSES: Final[Mapping[str, Words]] = {
    "P0": _("Poster"),
    "P1": _("Response"),
    "P2": _("Case"),
    "P3": _("Restricted"),
    "P4": _("Privileged"),
}
GROUNDS: Final[Mapping[str, Words]] = {
    "yes": pgettext_lazy("matrix", "yes"),
    "own": _("own only"),
    "instruction": _("what to do for health"),
    "agreement": _("agreement"),
    "steward": _("steward"),
    "release": _("release"),
    "order": _("court order"),
    "glass": _("break-glass"),
}

# A try of changed policies asks on more grounds than a cell of the matrix shows, and about more than classes.
TRIED_GROUNDS: Final[Mapping[str, Words]] = {
    **GROUNDS,
    "youth": CONSENTS[ConsentKind.YOUTH],
    "guardian": CONSENTS[ConsentKind.GUARDIAN],
    "youth_alone": CONSENTS[ConsentKind.YOUTH_ALONE],
    "agency": CONSENTS[ConsentKind.AGENCY],
    "mandated": CONSENTS[ConsentKind.MANDATED],
    "commanded": _("named by a statute"),
}

CLOSED: Final[Mapping[str, Words]] = {
    **{kind.value: words for kind, words in MARKS.items()},
    "HIPAA": _("Health record of a clinic"),
    "SUSPENDED": _("its nation stopped secondary use"),
}
