"""Who may pass at each address: one entry a route, keyed by its name.

How to add a route: put its name into the group of `MAY` that fits, or add a group. The first audience may open the
page, the second may send something there; None means that this is no way in at all ("method not allowed", which the
test checks too). Audiences are sets of names from `PEOPLE` and `KEYS`: use those below, or add a named one. An address
with a new parameter needs a value in `stage.py`; so does one that refuses an empty form before it asks who is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Audience = frozenset[str]
Passes = tuple[Audience | None, Audience | None]

PEOPLE: Final[Audience] = frozenset(
    {
        "caseworker", "supervisor", "director", "administrator", "operator", "auditor",  # the owner's agency
        "officer", "dispatcher",  # the sheriff, who owes a duty
        "tribal_liaison",  # the nation, asked to take the child on
        "clearinghouse_analyst", "court_clerk", "attorney",
        "outsider",  # another county, with no part in it
    }
)  # fmt: skip
# Keys of an agency's software. The weak one is good for nothing but reading episodes.
KEYS: Final[Audience] = frozenset({"key of the owner", "weak key", "revoked key", "key of the outsider"})

NOBODY: Final[Audience] = frozenset()
STRANGER: Final[Audience] = frozenset({"stranger"})
EVERYBODY: Final[Audience] = PEOPLE | KEYS | STRANGER
_MACHINE: Final[Audience] = frozenset({"administrator", "operator", "auditor"})
REPORTERS: Final[Audience] = PEOPLE - _MACHINE
OWNER: Final[Audience] = frozenset({"caseworker", "supervisor", "director"})
SHERIFF: Final[Audience] = frozenset({"officer", "dispatcher"})
NATION: Final[Audience] = frozenset({"tribal_liaison"})
RESPONSE: Final[Audience] = OWNER | SHERIFF | NATION | {"clearinghouse_analyst"}
# The duty rests on a fact of class P2, which a dispatcher and an agency that is only asked may not see.
READ_CASE: Final[Audience] = OWNER | {"officer", "clearinghouse_analyst"}
DECIDE_WITH_NAME: Final[Audience] = frozenset({"supervisor", "director"})
CASEWORKER: Final[Audience] = frozenset({"caseworker"})
WRITE_LAW: Final[Audience] = DECIDE_WITH_NAME | NATION | {"attorney", "administrator"}
RUN_THE_AGENCY: Final[Audience] = frozenset({"administrator", "operator"})
OPERATOR: Final[Audience] = frozenset({"operator"})
GOOD_KEYS: Final[Audience] = frozenset({"key of the owner", "weak key", "key of the outsider"})
READ_BY_KEY: Final[Audience] = frozenset({"key of the owner", "weak key"})
WRITE_BY_KEY: Final[Audience] = frozenset({"key of the owner"})


def _names(words: str, opens: Audience | None, sends: Audience | None) -> dict[str, Passes]:
    return dict.fromkeys(words.split(), (opens, sends))


MAY: Final[Mapping[str, Passes]] = {
    # --- Anybody: no data behind it, or it asks for a secret itself ---
    **_names("healthz readyz metrics sign-in-help", EVERYBODY, None),
    **_names("set_language language openapi-json openapi-view", EVERYBODY, EVERYBODY),
    **_names("theme", None, EVERYBODY),
    **_names("account_login account_logout mfa_authenticate mfa_login_webauthn let-in join", EVERYBODY, EVERYBODY),
    **_names("account_set_password mfa_index mfa_list_webauthn", EVERYBODY, EVERYBODY),  # only point to the account
    # --- For anybody too: the law that was read, whom to call, proof of the journal, alerts that are out ---
    **_names("law law-pack law-conflicts law-conflict", EVERYBODY, None),
    **_names("journal-checkpoint journal-key journal-growth", EVERYBODY, None),
    **_names("who-to-call who-can-act who_to_call", EVERYBODY, EVERYBODY),
    **_names("who-to-call-script who-to-call-pdf", EVERYBODY, EVERYBODY),
    **_names("who-to-call-worker who-can-act-card who-can-act-worker", EVERYBODY, None),
    **_names("alert-land", EVERYBODY, None),
    **_names("near-me near-me-confirm near-me-manage", EVERYBODY, EVERYBODY),
    **_names("public-alert public-photo public-card", EVERYBODY, None),
    **_names("feed-atom feed-json feed-signs feed-cap", EVERYBODY, None),
    **_names("feed-signs-cap", NOBODY, None),  # no alert of the stage is for road signs
    **_names("hook-sms", None, NOBODY),  # a provider, by its signature alone
    # --- Nobody in the live world ---
    **_names("gallery gallery-component demo", NOBODY, None),
    **_names("demo-enter demo-reset", None, NOBODY),
    **_names("api-root account_inactive", NOBODY, NOBODY),
    # --- An agency's identity provider, with a key for nothing else, which is tried in agencies/tests/test_scim.py ---
    **_names("scim-config scim-users scim-user", NOBODY, NOBODY),
    # --- Whoever is signed in: their own account, and nothing of anybody else's ---
    **_names("account", PEOPLE, None),
    **_names("account-sessions-end locked-hand", None, PEOPLE),
    **_names("locked unsent", PEOPLE, PEOPLE),  # one's own session
    **_names("account-hat", None, CASEWORKER),  # the hat is hers
    **_names("account_change_password mfa_activate_totp mfa_add_webauthn", PEOPLE, PEOPLE),
    **_names("mfa_generate_recovery_codes", PEOPLE, PEOPLE),
    **_names("account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn", CASEWORKER, CASEWORKER),
    **_names("mfa_deactivate_totp mfa_remove_webauthn mfa_edit_webauthn", CASEWORKER, CASEWORKER),
    **_names("mfa_view_recovery_codes", CASEWORKER, None),
    **_names("live board agency report-counties", PEOPLE, None),
    # --- An agency's affairs, and the machinery ---
    **_names("agency-route-new agency-invite agency-member-end agency-key-new", RUN_THE_AGENCY, RUN_THE_AGENCY),
    **_names("agency-route-verify agency-member-let-in agency-invite-withdraw agency-key-revoke", None, RUN_THE_AGENCY),
    **_names("agency-agreement-new agency-agreement-end", RUN_THE_AGENCY, RUN_THE_AGENCY),
    **_names("agency-agreement-confirm", None, RUN_THE_AGENCY),
    **_names("operations channels signs", OPERATOR, None),
    **_names("way-test", None, OPERATOR),
    **_names("sign-picture", NOBODY, None),  # no sign waits on the stage
    **_names("sign-confirm copies-decide", None, NOBODY),  # nor does a copy
    **_names("operations-retry operations-drop channel-test channel-release delivery-decide", None, OPERATOR),
    # --- Everybody who works with children ---
    **_names("search duties inbox", REPORTERS, None),
    **_names("report", REPORTERS, REPORTERS),
    # --- What one person is typing ---
    **_names("report-save", None, CASEWORKER),
    **_names("report-danger", CASEWORKER, None),
    **_names("report-check report-call report-running report-step", CASEWORKER, CASEWORKER),
    # --- One child ---
    **_names("episode report-sent facts photo-picture", RESPONSE, None),
    **_names("fact photo returned", RESPONSE, RESPONSE),
    **_names("handoff", RESPONSE, OWNER),
    **_names("handoff-answer", None, NATION),
    **_names("duty", READ_CASE, OWNER),
    **_names("evidence-document", READ_CASE, None),
    **_names("duty-waive tier-lower", DECIDE_WITH_NAME, DECIDE_WITH_NAME),
    **_names("notice", OWNER | SHERIFF, None),
    **_names("notice-file", OWNER, None),
    **_names("notice-update", None, OWNER),
    # --- What was delivered to the sheriff ---
    **_names("inbox-about inbox-item inbox-file", SHERIFF, None),
    **_names("inbox-acknowledge", None, SHERIFF),
    # --- The door: who knows what, and who may ---
    **_names("why consent-new", RESPONSE, RESPONSE),
    **_names("consents", RESPONSE, None),
    **_names("consent-answer consent-stop copy-recall ask-answer", None, OWNER),
    **_names("glass", RESPONSE, RESPONSE - {"dispatcher"}),
    **_names("ledger", RESPONSE | {"auditor"}, None),
    **_names("ledger-all", frozenset({"supervisor", "director", "auditor", "attorney"}), None),
    **_names("access-matrix", PEOPLE, None),
    **_names("policies-try", _MACHINE, _MACHINE),
    **_names("objection-ask objection-status", EVERYBODY, EVERYBODY),  # the person named, without an account
    **_names("objections", OWNER | NATION | {"officer", "outsider"}, None),
    **_names("objection", OWNER, OWNER),
    # --- Keeping and forgetting: those who lead; the sheriff's supervisor would too, and the cast has none ---
    **_names("keeping keeping-step", DECIDE_WITH_NAME, DECIDE_WITH_NAME),
    **_names("keeping-child", DECIDE_WITH_NAME, DECIDE_WITH_NAME),
    **_names("keeping-report keeping-report-csv", DECIDE_WITH_NAME, None),
    **_names("steward", NOBODY, NOBODY),  # a nation's data steward alone, and the cast has none
    **_names("steward-export", NOBODY, None),
    **_names("nation-key", NOBODY, NOBODY),  # those who keep a nation's records, and the cast has none
    # --- Alerts: asked for by the response, decided by whoever may send them here ---
    **_names("alerts", PEOPLE, None),  # the operator finds the record of authorities there, and no child
    **_names("alert-ask alert-request", RESPONSE, RESPONSE),
    **_names("alert-start", None, RESPONSE),
    **_names("alert alert-artefact alert-sent", RESPONSE, None),
    **_names("alert-write alert-area alert-look", RESPONSE, RESPONSE),
    **_names("alert-take-back", SHERIFF, SHERIFF),
    **_names("alert-act", None, RESPONSE),
    **_names("alert-refusals", REPORTERS, None),  # counts, no child
    **_names("alert-authority", OPERATOR, OPERATOR),
    **_names("alert-authority-end", None, OPERATOR),
    # --- The book of the law: written by one, put into force by another ---
    **_names("packs law-release law-draft", WRITE_LAW, None),
    **_names("law-draft-start law-release-take law-draft-ask law-draft-take-back", None, WRITE_LAW),
    **_names("law-draft-discard law-case-drop law-rule-remove", None, WRITE_LAW),
    **_names("law-draft-return law-draft-publish", None, NATION),  # the law of a nation, by the nation
    **_names("law-draft-follow law-draft-preview", None, WRITE_LAW),
    **_names("law-settle", NOBODY, WRITE_LAW),  # a form of the page before; nothing to open
    **_names("law-sources law-pack-edit law-gaps law-rule-new law-rule law-try", WRITE_LAW, WRITE_LAW),
    # --- Whom to call, for people who work here ---
    **_names("directory-duties", PEOPLE, None),
    **_names("directory-start-report", None, REPORTERS),
    # --- Nobody while no organisation's sign-in is configured ---
    **_names("openid_connect_login openid_connect_callback", NOBODY, NOBODY),
    # --- Software ---
    **_names("report_missing", None, WRITE_BY_KEY | {"key of the outsider"}),
    **_names("read_episode list_duties", READ_BY_KEY, None),
    **_names("state_facts prove_duty attach_document", None, WRITE_BY_KEY),
    **_names("assess", None, GOOD_KEYS),
}
