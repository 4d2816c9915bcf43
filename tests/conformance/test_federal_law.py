"""The federal pack against the dossier it comes from (federal-law.md), statement by statement, both ways.

Each statement with a duty, clock, criterion or permission is a rule, or a gap that packs/index.yaml tells, or a choice
with a setting and a record (docs/decisions/federal-choices). Each rule stands on a statement, and claims no more than
the dossier's mark allows: V (own text read) is A at most, V-old is B, V-sec and M (secondary, memory) are C.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.law import Library, load_library
from allhands.law.packs.coverage import read_coverage
from allhands.law.rules import DutyTerms, Pack

PACKS = Path(__file__).parents[2] / "packs"
# Statement of the dossier, its mark, and our rules.
RULES = """
DEF-MCAA              V      def-mcaa
DEF-NCSAA             V      def-ncsaa def-ncsaa-under-18
DEF-IVE-MISSING       V      def-ive-missing
DEF-IVE-RUN           V      def-ive-run
DEF-AFCARS-RUN        V      def-afcars-run
DEF-AFCARS-WU         V      def-afcars-wu
DEF-RHYA-RUN          V      def-rhya-run
DEF-RHYA-HOMELESS     V      def-rhya-homeless
DEF-RHYA-STREET       V      def-rhya-street
DEF-MV-UY             V      def-mv-uy
DEF-ICJ-RUN           V      def-icj-run
DEF-NCIC              M      def-ncic-emd def-ncic-eme def-ncic-emi def-ncic-emj def-ncic-emo def-ncic-emv
DEF-AMBER             V      amber-doj amber-fcc
DEF-MEP               V      mep
DEF-ASHANTI           V      ashanti
DEF-DISPLACED         V      def-displaced
DEF-KIDNAP-FED        V      def-kidnap-fed kidnap-24h
DEF-IPKCA             V      def-ipkca
DEF-SAVANNA-INDIAN    V      def-savanna-indian
DEF-INDIAN-CHILD      V      def-indian-child
DEF-UAC               M      def-uac
IVE-SCOPE             V      ive-scope ive-scope-literal ive-scope-services
DUTY-IVE-24H          V      duty-ive-24h-le duty-ive-24h-ncmec
DUTY-IVE-COMMS        V      duty-ive-comms duty-ive-comms-ncmec duty-ive-comms-recovery duty-ive-comms-recovery-ncmec
DUTY-IVE-PROTOCOL     V      duty-ive-protocol duty-ive-protocol-report
PRIMARY-FACTORS       V      primary-factors respond-to-factors
RETURN-SCREEN         V      return-screen
DUTY-IVE-ST-24H       V      duty-ive-st-24h
DUTY-IVE-ST-ANNUAL    V      duty-ive-st-annual
DEF-ST-VICTIM         V      def-st-victim
DEF-IVE-CHILD         V      def-ive-child
DUTY-LE-REPORT-NCIC   V      duty-le-report-ncic duty-le-report-namus
DUTY-LE-NO-WAIT       V      duty-le-no-wait
DUTY-LE-NO-AGE-PURGE  V      duty-le-no-age-purge
DUTY-LE-2H            V      duty-le-2h duty-le-2h-clearinghouse duty-le-2h-namus
DUTY-LE-30D           V      duty-le-30d
DUTY-LE-60D-BEFORE    M      duty-le-60d
DUTY-LE-SEARCH        V      duty-le-search
DUTY-LE-NCMEC-FOSTER  V      duty-le-ncmec-foster
DUTY-LE-LIAISON       V      duty-le-liaison duty-le-liaison-ncmec
DUTY-LE-TERMINAL      V      duty-le-terminal
NAMUS-FLOW            V      namus-72h namus-30d namus-180d
CONFIRM-ENTRY         V      duty-confirm-entry share-le-parent
AMBER-COORD           V      amber-coord
AMBER-SEC             V      amber-sec
WEA-CLASS             V      wea-class
TRAF-ST               V      traf-st
TRAF-SEVERE           V      traf-severe
TRAF-CSA              V      traf-csa
TRAF-CRIME            V      traf-crime
TRAF-CAN              V      traf-can
TRAF-CAPTA-PLAN       V      traf-capta-plan
DUTY-HHS-24H          V      duty-hhs-24h duty-hhs-24h-le
DUTY-CYBERTIP         V-old  duty-cybertip duty-cybertip-preserve share-cybertip
DUTY-FED-LAND         V      duty-fed-land
DUTY-IC-ABUSE         V      duty-ic-abuse
DUTY-IC-XNOTIFY       V      duty-ic-xnotify duty-ic-xnotify-cps
DUTY-IC-FBI           V      duty-ic-fbi
DUTY-IC-36H           V      duty-ic-36h duty-ic-36h-cps
DUTY-IVE-CAN          V      duty-ive-can
DUTY-STATE-MR         V      duty-state-mr
ICWA-MISSING-POLICY   M      icwa-missing-notice
ICWA-NOTICE           V      icwa-notice icwa-notice-parents icwa-sec
ICWA-NOTICE-REG       V      icwa-notice-reg
ICWA-WAIT             V      icwa-wait
ICWA-ASK              V      icwa-ask
ICWA-EMERG            V      icwa-emerg
ICWA-PREF             V      icwa-pref
ICWA-RECORD           V      icwa-record share-icwa-record
ICWA-EXCL             V      icwa-excl
ICWA-TRANSFER         V      icwa-transfer
ICWA-INTERVENE        V      icwa-intervene
JURISDICTION          V-old  jurisdiction-federal jurisdiction-state jurisdiction-tribal
TRIBAL-ACCESS         V      tribal-access
25-USC-3205           V      share-25usc3205
SHARE-IVE             V      share-ive-le share-ive-ncmec share-ive-public share-ive-abuse
SHARE-CAPTA           V      share-capta-gov share-capta-public
SHARE-RHYA            V      share-rhya-bcp share-rhya-tlp share-rhya-statistics share-rhya-charges share-rhya-matching
SHARE-RHYA-BESIDE     V      share-rhya-abuse share-rhya-family
SHARE-RHYA-COMPELLED  M      share-rhya-process
SHARE-VAWA            V      share-vawa share-vawa-abuse share-vawa-abuser share-vawa-matching share-vawa-process
SHARE-FVPSA           V      share-fvpsa share-fvpsa-address
SHARE-HIPAA           V-old  share-hipaa-abuse share-hipaa-emergency share-hipaa-law share-hipaa-locate
SHARE-HIPAA-MORE      V-old  share-hipaa-never share-hipaa-process share-hipaa-threat share-hipaa-victim
SHARE-HIPAA-CONSENT   M      share-hipaa-authorization
SHARE-42CFR2          V      share-42cfr2 share-42cfr2-abuse share-42cfr2-against share-42cfr2-emergency
SHARE-FERPA           V      share-ferpa-cw share-ferpa-emergency share-ferpa-jj share-ferpa-onward share-ferpa-process
SHARE-FERPA-DIRECTORY M      share-ferpa-directory share-ferpa-parent
SHARE-MV              V      share-mv-status
SHARE-JJ              V      share-jj share-jj-le jj-no-lock-up
SHARE-PRIVACYACT      V      share-privacyact share-privacyact-le
SHARE-CJI             V      share-cji
SHARE-FPLS            V      share-fpls
SHARE-ICWA            V      share-icwa
SHARE-MATRIX          V      share-agency-tribe share-ferpa-public share-health-public share-vawa-public
SHARE-MATRIX-LE       V      share-le-cps share-le-ncmec share-le-public share-le-tribe
DUTY-RHY-72H          V      duty-rhy-72h duty-rhy-72h-document duty-rhy-72h-other-adult
DUTY-RHY-72H-BEFORE   V-old  duty-rhy-72h-old
RHY-STAY              V      rhy-stay
DUTY-UAC-48H          V      duty-uac-48h
DUTY-UAC-72H          V      duty-uac-72h
UAC-SCREEN            V      uac-screen
UAC-8H                V      uac-8h
UAC-RUN-REPORT        M      uac-run-report uac-run-report-ncmec uac-run-report-orr
UAC-SPONSOR           M      uac-sponsor
ICJ-DETAIN            V      icj-detain
ICJ-RETURN            V      icj-return
ICJ-REQ               V-old  icj-req
AFCARS-SUBMIT         V-old  afcars-submit
"""
# Statements that are no rule, and the words of the index that say so.
GAPS = {
    "AFCARS elements (9)": "the removal circumstances are not encoded",
    "NAMUS 60 days, 24 hours (3.10)": "60 days for unidentified persons and 24 hours for updates",
    "AMBER-STD, AMBER-TRIBE, NCMEC-IMMUNITY, WANDER (4.2)": "34 USC 20502, 20504, 20505, 12621",
    "EAS-CAE, EAS-BLU (4.3)": "beyond CAE and MEP",
    "WEA limits (4.3)": "47 CFR 10.420 to 10.500",
    "State plans (4.4)": "Feather, Ebony, Turquoise",
    "HHS clocks (5.2)": "7105(b)(1)(G)",
    "HHS, other officials (5.2)": "other Federal, State and local officials",
    "ICWA-STD, Savanna's Act (6.1, 6.2)": "25 USC 1921",
    "Public Law 280, retrocession (6.5)": "Public Law 280 has a table",
    "SHARE-IVE administration (7.1)": "42 USC 671(a)(8)(A) to (D)",
    "SHARE own record (7.2, 7.3)": "What a youth may see of the own record",
    "SHARE-42CFR2 research (7.6)": "Research, audit and de-identified data",
    "PKPA, Hague (7.11)": "28 USC 1738A, 22 USC 9001",
    "Other RHY (8.2)": "34 USC 11212, 11231",
    "UAC-RUNRISK (8.4)": "45 CFR 410.1107",
    "671(d), 11295a (2.6, 11)": "Yearly publications",
}
# Section 12, the master table: hours, days (cd) or working days (bd); "none" where the text sets no number.
LIMITS = """
duty-le-2h 2h              duty-le-2h-clearinghouse 2h  duty-le-2h-namus 2h       duty-le-no-wait 0
duty-le-30d 30d            duty-le-60d 60d              duty-le-ncmec-foster none duty-ive-24h-le 0,24h
duty-ive-24h-ncmec 0,24h   duty-ive-comms none          duty-ive-comms-ncmec none duty-ive-comms-recovery none
duty-ive-st-24h 0,24h      return-screen none           primary-factors none      respond-to-factors none
duty-hhs-24h 24h           duty-hhs-24h-le 24h          duty-fed-land 0,24h       duty-ic-abuse 0
duty-ic-xnotify 0          duty-ic-xnotify-cps 0        duty-ic-36h 36h           duty-ic-36h-cps 36h
duty-ic-fbi 0              duty-rhy-72h 0,72h           rhy-stay 21d              duty-uac-48h 48h
duty-uac-72h 72h           uac-8h 8h                    uac-screen 48h            uac-run-report 0
uac-run-report-orr 0,4h    icj-return 5bd               icj-req 60d               icwa-wait 10d
icwa-emerg 30d             icwa-sec 15d                 namus-72h 72h             namus-30d 30d
namus-180d 180d            duty-cybertip none           duty-cybertip-preserve 12m afcars-submit 45d
"""
# Section 14, the time line: from when each wording is in force.
SINCE = """
duty-le-no-wait 1990-11-29  def-ncsaa 2003-04-30           duty-le-report-ncic 2003-04-30  duty-le-2h 2006-07-27
duty-le-30d 2015-05-29      duty-le-ncmec-foster 2015-05-29 ive-scope 2015-09-29           duty-ive-protocol 2015-09-29
return-screen 2015-09-29    primary-factors 2015-09-29     duty-ive-24h-le 2016-09-29      duty-ive-24h-ncmec 2016-09-29
duty-ive-st-24h 2016-09-29  duty-rhy-72h 2017-01-19        duty-ive-st-annual 2017-09-29   def-savanna-indian 2020-10-10
def-afcars-run 2022-10-01   def-afcars-wu 2022-10-01       duty-le-2h-namus 2022-12-27     namus-72h 2022-12-27
traf-can 2023-01-05         duty-ive-comms 2023-01-05      duty-cybertip-preserve 2024-05-07 amber-sec 2024-06-17
mep 2025-09-08
"""
HIGHEST = {"V": "ABC", "V-old": "BC", "M": "C"}


@pytest.fixture(scope="module")
def federal() -> Pack:
    library: Library = load_library(PACKS)
    return library.pack("us.federal")


def statements() -> list[tuple[str, str, list[str]]]:
    lines = [line.split() for line in RULES.strip().splitlines()]
    return [(words[0], words[1], words[2:]) for words in lines]


def test_every_statement_is_a_rule_and_every_rule_a_statement(federal: Pack) -> None:
    named = [rule for _, _, rules in statements() for rule in rules]
    assert sorted(named) == sorted(rule.id.removeprefix("us.federal.") for rule in federal.rules)


def test_no_rule_claims_more_than_was_read(federal: Pack) -> None:
    marks = {rule: mark for _, mark, rules in statements() for rule in rules}
    for rule in federal.rules:
        assert rule.confidence.value in HIGHEST[marks[rule.id.removeprefix("us.federal.")]], rule.id


def test_what_is_no_rule_is_told_as_a_gap() -> None:
    entries, _ = read_coverage(PACKS)
    told = " ".join(gap.en for entry in entries if entry.pack == "us.federal" for gap in entry.gaps)
    assert [name for name, words in GAPS.items() if words not in told] == []


def limit_of(terms: DutyTerms) -> str:
    clock = terms.clock
    numbers = ((clock.hours, "h"), (clock.days, "d"), (clock.business_days, "bd"), (clock.months, "m"))
    found = ["0"] if clock.immediate else []
    found += [f"{number:g}{unit}" for number, unit in numbers if number is not None]
    return ",".join(found) or "none"


def test_the_numbers_are_those_of_the_master_table(federal: Pack) -> None:
    words = LIMITS.split()
    wanted = dict(zip(words[::2], words[1::2], strict=True))
    terms = {rule.id.removeprefix("us.federal."): rule.terms for rule in federal.rules}
    found = {}
    for name in wanted:
        duty = terms[name]
        assert isinstance(duty, DutyTerms)
        found[name] = limit_of(duty)
    assert found == wanted


def test_each_wording_speaks_from_its_day(federal: Pack) -> None:
    words = SINCE.split()
    wanted = dict(zip(words[::2], words[1::2], strict=True))
    first = {rule.id.removeprefix("us.federal."): rule.periods[0].start for rule in federal.rules}
    assert {name: str(first[name]) for name in wanted} == wanted


def test_a_duty_outside_the_master_table_has_no_number(federal: Pack) -> None:
    listed = set(LIMITS.split()[::2])
    for rule in federal.rules:
        name = rule.id.removeprefix("us.federal.")
        if isinstance(rule.terms, DutyTerms) and name not in listed:
            assert limit_of(rule.terms) in ("none", "0") or name == "duty-rhy-72h-old", rule.id
