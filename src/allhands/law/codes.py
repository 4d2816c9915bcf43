"""The closed lists of codes that rules may use. The same act has the same code, so that deadlines compare."""

from __future__ import annotations

ACTORS = frozenset(
    {
        "child_welfare_agency", "law_enforcement", "tribal_police",
        "tribal_government", "tribal_icwa_agent", "ncmec", "ncic", "namus",
        "state_clearinghouse", "court", "childs_attorney", "guardian_ad_litem",
        "parents", "caregiver", "school", "shelter", "hhs_otip", "fbi",
        "federal_agency", "care_provider", "state_icj_office", "caretaker_responsible",
        "state_child_abuse_line", "attorney_general", "everyone",
    }
)  # fmt: skip

ACTIONS = frozenset(
    {
        "accept_report", "report_to_police", "report_to_ncmec",
        "enter_national_file", "update_national_file", "notify_court", "notify_attorney",
        "notify_parents", "notify_tribe", "notify_school", "notify_caregiver",
        "supervisor_notice", "regular_contact", "search_investigate", "liaison",
        "return_screening", "primary_factors", "respond_to_factors",
        "report_trafficking_to_police", "notify_hhs_trafficking", "report_abuse",
        "cross_notify_abuse", "written_report_36h", "notify_fbi",
        "contact_parents_from_shelter", "hand_off_answer", "icj_return", "confirm_entry",
        "activate_alert", "annual_count", "report_to_clearinghouse", "report_to_namus",
    }
)  # fmt: skip
OTHER_ACTION = r"other:[a-z][a-z0-9-]*"

EVIDENCE = frozenset(
    {
        "police_report_number", "officer", "ncic_number", "ncmec_case_number",
        "court_receipt", "tribe_receipt", "parent_contact", "attorney_receipt",
        "document", "refused_by_recipient", "screening_record", "contact_log",
        "hhs_reference", "other_receipt",
    }
)  # fmt: skip

SENSITIVITIES = frozenset({"P0", "P1", "P2", "P3", "P4"})
WORLDS = frozenset({"live", "demo", "drill"})
PACK_KINDS = frozenset({"core", "federal", "state", "tribe", "practice"})
COVERAGES = frozenset({"complete", "partial", "none"})
TIERS = ("T1", "T2", "T3")
OUTCOMES = frozenset({"permit", "conditions", "deny"})

# Kinds of public alert. Plans give one kind many names; the criterion's title has the name used there.
ALERTS = frozenset(
    {
        "amber", "mep", "wea", "ashanti", "ema", "endangered-child-advisory", "endangered-young-adult",
        "emergency-missing-child", "missing-child-alert", "enhanced-missing-child-alert", "feather", "turquoise",
        "mipa", "ebony", "kasey", "silver", "seek-and-find", "golden", "care", "autism", "brittany", "matties-call",
        "critically-missing-adult",
    }
)  # fmt: skip
