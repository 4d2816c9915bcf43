"""The codes of rule packs in words people use."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHO: Mapping[str, str | Promise] = {
    "child_welfare_agency": _("child welfare agency"),
    "law_enforcement": _("police"),
    "tribal_police": _("tribal police"),
    "tribal_government": _("the nation"),
    "tribal_icwa_agent": _("the nation's ICWA agent"),
    "ncmec": "NCMEC",
    "ncic": "NCIC",
    "namus": "NamUs",
    "state_clearinghouse": _("state clearinghouse"),
    "court": _("the court"),
    "childs_attorney": _("the child's attorney"),
    "guardian_ad_litem": _("guardian ad litem"),
    "parents": _("parents"),
    "caregiver": _("caregiver"),
    "school": _("school"),
    "shelter": _("shelter"),
    "hhs_otip": _("federal office on trafficking (OTIP)"),
    "fbi": "FBI",
    "federal_agency": _("federal agency"),
    "care_provider": _("care provider"),
    "state_icj_office": _("state ICJ office"),
    "caretaker_responsible": _("whoever cares for the child"),
    "state_child_abuse_line": _("child abuse line"),
    "attorney_general": _("attorney general"),
    "everyone": _("everyone"),
}

PROOF: Mapping[str, str | Promise] = {
    "police_report_number": _("Police report number"),
    "officer": _("Name of the officer who took it"),
    "ncic_number": _("NCIC number"),
    "ncmec_case_number": _("NCMEC case number"),
    "court_receipt": _("Who at the court confirmed it"),
    "tribe_receipt": _("Who at the nation confirmed it"),
    "parent_contact": _("Who was reached, and how"),
    "attorney_receipt": _("Who at the attorney's office confirmed it"),
    "document": _("A paper or a picture of the screen"),
    "refused_by_recipient": _("They would not take it: who, when, why"),
    "screening_record": _("Where the screening record lies"),
    "contact_log": _("Who was reached, how, and what came of it"),
    "hhs_reference": _("Reference number of the office"),
    "other_receipt": _("Who confirmed it"),
}


def who(code: str) -> str:
    """The person or office a rule's code means."""
    return str(WHO.get(code, code.replace("_", " ")))


def proof(kind: str) -> str:
    """A kind of proof."""
    return str(PROOF.get(kind, kind.replace("_", " ")))
