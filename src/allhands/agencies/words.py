"""What people call the codes of this slice. Translated here, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allhands.agencies.contracts import AgreementKind, Cover, Regime, RouteKind, RoutePurpose, Scope
from allhands.kernel.actors import AgencyKind

AGENCY_KINDS: Final[Mapping[AgencyKind, Promise]] = {
    AgencyKind.CHILD_WELFARE: _("child welfare"),
    AgencyKind.LAW_ENFORCEMENT: _("police"),
    AgencyKind.TRIBAL_GOVERNMENT: _("tribal government"),
    AgencyKind.TRIBAL_POLICE: _("tribal police"),
    AgencyKind.COURT: _("court"),
    AgencyKind.SHELTER: _("youth shelter"),
    AgencyKind.ADVOCATE: _("advocates and attorneys"),
    AgencyKind.CAC: _("children's advocacy center"),
    AgencyKind.SCHOOL: _("school"),
    AgencyKind.HEALTH: _("health"),
    AgencyKind.CLEARINGHOUSE: _("missing children clearinghouse"),
    AgencyKind.HOTLINE: _("hotline"),
}
REGIMES: Final[Mapping[Regime, Promise]] = {
    Regime.TITLE_IV_E: _("Child welfare records (Title IV-E)"),
    Regime.CJIS: _("Criminal justice information (CJIS)"),
    Regime.RHYA_BCP: _("Youth shelter records (RHYA, Basic Center)"),
    Regime.RHYA_TLP: _("Youth housing records (RHYA, Transitional Living)"),
    Regime.VAWA: _("Victim services records (VAWA, FVPSA)"),
    Regime.HIPAA: _("Health records (HIPAA)"),
    Regime.PART2: _("Substance use treatment records (42 CFR Part 2)"),
    Regime.FERPA: _("School records (FERPA)"),
    Regime.COURT: _("Court records"),
    Regime.TRIBAL: _("The nation's own law"),
    Regime.NONE: _("No special law"),
}
ROUTE_KINDS: Final[Mapping[RouteKind, Promise]] = {
    RouteKind.PHONE: _("Phone"),
    RouteKind.EMAIL: _("E-mail"),
    RouteKind.INBOX: _("Inbox in Allhands"),
    RouteKind.FAX: _("Fax"),
    RouteKind.WEB: _("Web form"),
}
ROUTE_PURPOSES: Final[Mapping[RoutePurpose, Promise]] = {
    RoutePurpose.ANY: _("for anything"),
    RoutePurpose.REPORT: _("for reports of a missing child"),
    RoutePurpose.NOTICE: _("for notices"),
    RoutePurpose.AFTER_HOURS: _("after hours"),
    RoutePurpose.ICWA_NOTICE: _("for notices under the Indian Child Welfare Act"),
}
SCOPES: Final[Mapping[Scope, Promise]] = {
    Scope.REPORTS_WRITE: _("send in reports"),
    Scope.EPISODES_READ: _("read the responses your agency takes part in"),
    Scope.DUTIES_PROVE: _("attach proof to your agency's duties"),
    Scope.PEOPLE_END: _("end the access of people who left (SCIM)"),
}
AGREEMENT_KINDS: Final[Mapping[AgreementKind, Promise]] = {
    AgreementKind.MOU: _("memorandum of understanding"),
    AgreementKind.NATION: _("agreement with a nation"),
}
COVERS: Final[Mapping[Cover, Promise]] = {
    Cover.HAND_OFF: _("handing children over to each other"),
    Cover.CASE_INFORMATION: _("telling each other case information"),
    Cover.NOTICE: _("notices to each other"),
    Cover.JOINT_RESPONSE: _("responding together"),
    Cover.PLACEMENT: _("placing children"),
}
WEEKDAYS: Final[tuple[Promise, ...]] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
