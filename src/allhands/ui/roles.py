"""What people call each role. Codes are the kernel's; the words are translated here, once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from allhands.kernel.actors import Role

_WORDS = {
    Role.CASEWORKER: gettext_lazy("caseworker"),
    Role.SUPERVISOR: gettext_lazy("supervisor"),
    Role.DIRECTOR: gettext_lazy("director"),
    Role.OFFICER: gettext_lazy("police officer"),
    Role.DISPATCHER: gettext_lazy("dispatcher"),
    Role.TRIBAL_LIAISON: gettext_lazy("tribal liaison"),
    Role.DATA_STEWARD: gettext_lazy("data steward"),
    Role.COURT_CLERK: gettext_lazy("court clerk"),
    Role.ATTORNEY: gettext_lazy("attorney"),
    Role.ADVOCATE: gettext_lazy("advocate"),
    Role.SHELTER_WORKER: gettext_lazy("shelter worker"),
    Role.SCHOOL_LIAISON: gettext_lazy("school liaison"),
    Role.CLEARINGHOUSE_ANALYST: gettext_lazy("clearinghouse analyst"),
    Role.ADMINISTRATOR: gettext_lazy("administrator"),
    Role.OPERATOR: gettext_lazy("operator"),
    Role.AUDITOR: gettext_lazy("auditor"),
}


def role_words(role: Role) -> str:
    """The role in the reader's language."""
    return str(_WORDS[role])
