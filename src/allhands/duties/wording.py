"""The codes of rule packs in words people use."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WHO: Mapping[str, str | Promise] = {
    "child_welfare_agency": pgettext_lazy("who", "child welfare agency"),
    "law_enforcement": pgettext_lazy("who", "police"),
    "tribal_police": pgettext_lazy("who", "tribal police"),
    "tribal_government": pgettext_lazy("who", "the nation"),
    "tribal_icwa_agent": pgettext_lazy("who", "the nation's ICWA agent"),
    "ncmec": "NCMEC",
    "ncic": "NCIC",
    "namus": "NamUs",
    "state_clearinghouse": pgettext_lazy("who", "state clearinghouse"),
    "court": pgettext_lazy("who", "the court"),
    "childs_attorney": pgettext_lazy("who", "the child's attorney"),
    "guardian_ad_litem": pgettext_lazy("who", "guardian ad litem"),
    "parents": pgettext_lazy("who", "parents"),
    "caregiver": pgettext_lazy("who", "caregiver"),
    "school": pgettext_lazy("who", "school"),
    "shelter": pgettext_lazy("who", "shelter"),
    "hhs_otip": pgettext_lazy("who", "federal office on trafficking (OTIP)"),
    "fbi": "FBI",
    "federal_agency": pgettext_lazy("who", "federal agency"),
    "care_provider": pgettext_lazy("who", "care provider"),
    "state_icj_office": pgettext_lazy("who", "state ICJ office"),
    "caretaker_responsible": pgettext_lazy("who", "whoever cares for the child"),
    "state_child_abuse_line": pgettext_lazy("who", "child abuse line"),
    "attorney_general": pgettext_lazy("who", "attorney general"),
    "everyone": pgettext_lazy("who", "everyone"),
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
    "done_here": _("Done here"),
}


# Proof that is a number of the recipient's own; whoever reads it can call and ask for it.
NUMBERS = frozenset({"police_report_number", "ncic_number", "ncmec_case_number", "hhs_reference"})

_NUMBER = _("number %(number)s")
_RECEIPT = _("receipt")
_SHORT: Mapping[str, Promise] = {
    "officer": _("name of the officer"),
    "document": _("paper"),
    "screening_record": _("screening record"),
    "done_here": _("done here"),
    "contact_log": _("contact"),
    "parent_contact": _("contact"),
}

# The act in the words of whoever must do it. The rule's own title stands beside it, with the law.
ACTS: Mapping[str, Promise] = {
    "accept_report": _("Take the report"),
    "report_to_police": _("Report to police"),
    "report_to_ncmec": _("Tell NCMEC"),
    "report_to_clearinghouse": _("Tell the state clearinghouse"),
    "report_to_namus": _("Tell NamUs"),
    "enter_national_file": _("Enter in the national police file (NCIC)"),
    "update_national_file": _("Complete the entry in the national police file"),
    "notify_court": _("Tell the court"),
    "notify_parents": _("Tell the parents"),
    "notify_tribe": _("Tell the nation"),
    "notify_school": _("Tell the school"),
    "notify_caregiver": _("Tell the caregiver"),
    "notify_fbi": _("Tell the FBI"),
    "supervisor_notice": _("Tell the supervisor"),
    "search_investigate": _("Search, and follow every lead"),
    "regular_contact": _("Stay in touch with %(recipient)s"),
    "liaison": _("Keep a contact person for %(recipient)s"),
    "notify_attorney": _("Tell %(recipient)s"),
    "return_screening": _("Screen after the return"),
    "primary_factors": _("Find out with the child what led up to it"),
    "respond_to_factors": _("Act on what led up to it"),
    "hand_off_answer": _("Answer the hand-off"),
}


def act(action: str, recipient: str, title: str) -> str:
    """What must be done, short; the rule's title where the act has no name of its own."""
    words = ACTS.get(action)
    return str(words) % {"recipient": who(recipient)} if words else title


_HINTS: Mapping[str, Promise] = {
    "police_report_number": _("On the card the officer gave you, or ask the dispatcher."),
    "ncic_number": _("Nine or ten digits, often with an M in front. The officer can read it out."),
    "ncmec_case_number": _("The call taker reads it out at the end."),
}


def proof_hint(kind: str) -> str:
    """Where to find it; empty where the label says enough."""
    return str(_HINTS.get(kind, ""))


def who(code: str) -> str:
    """The person or office a rule's code means."""
    return str(WHO.get(code, code.replace("_", " ")))


def proof_short(kind: str, value: str) -> str:
    """What proved it, in a word or two."""
    if kind in NUMBERS:
        return str(_NUMBER) % {"number": value}
    return str(_SHORT.get(kind, _RECEIPT))


def proof(kind: str) -> str:
    """A kind of proof."""
    return str(PROOF.get(kind, kind.replace("_", " ")))
