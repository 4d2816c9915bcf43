"""Pure decisions of the duty ledger: what a new assessment changes, what counts as proof, when the ladder climbs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from allhands.duties.contracts import HOUSE_PACK, DutyState, NewEvidence, Rung
from allhands.kernel.errors import Refused

LONGEST_NAME = 200
SHORTEST_REASON, LONGEST_REASON = 10, 2000
OLDEST = datetime(1900, 1, 1, tzinfo=UTC)  # before it a year is a slip of the keys

SETTLED = frozenset({DutyState.PROVED, DutyState.PROVED_LATE, DutyState.WAIVED})

DUTY_TRANSITIONS: dict[tuple[DutyState, str], DutyState] = {
    (DutyState.OPEN, "prove"): DutyState.PROVED,
    (DutyState.OPEN, "prove_late"): DutyState.PROVED_LATE,
    (DutyState.OPEN, "waive"): DutyState.WAIVED,
    (DutyState.OPEN, "supersede"): DutyState.SUPERSEDED,
    (DutyState.SUPERSEDED, "reopen"): DutyState.OPEN,
    (DutyState.WAIVED, "prove"): DutyState.PROVED,
    (DutyState.WAIVED, "prove_late"): DutyState.PROVED_LATE,
    (DutyState.WAIVED, "reopen"): DutyState.OPEN,
}

# Shapes are generous on purpose: agencies number reports in many ways. They catch the blank tick, the word "done",
# the phone number and the name put in the wrong box, not an unusual but real number.
SHAPES: Mapping[str, re.Pattern[str]] = {
    "police_report_number": re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./#-]{2,39}"),
    "ncic_number": re.compile(r"[MmNn]?-?\d{9,10}"),
    "ncmec_case_number": re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./#-]{3,39}"),
    "hhs_reference": re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./#-]{2,39}"),
    "officer": re.compile(r"(?s)\S.{1,199}"),
    "court_receipt": re.compile(r"(?s)\S.{1,199}"),
    "tribe_receipt": re.compile(r"(?s)\S.{1,199}"),
    "attorney_receipt": re.compile(r"(?s)\S.{1,199}"),
    "parent_contact": re.compile(r"(?s)\S.{2,399}"),
    "contact_log": re.compile(r"(?s)\S.{2,1999}"),
    "screening_record": re.compile(r"(?s)\S.{1,199}"),
    "other_receipt": re.compile(r"(?s)\S.{1,399}"),
    "refused_by_recipient": re.compile(r"(?s)\S.{9,1999}"),
    "document": re.compile(r"(?s).{0,400}"),
}

# Proof that the recipient said no ends nothing: it climbs the ladder at once and the duty stays red.
NOT_PROOF = frozenset({"refused_by_recipient"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A duty as the ledger holds it, reduced to what a new assessment may change."""

    rule_id: str
    state: DutyState


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a new assessment does to the ledger. Every rule held before appears in exactly one of the last three."""

    open: tuple[str, ...]
    refresh: tuple[str, ...]
    reopen: tuple[str, ...]
    supersede: tuple[str, ...]
    keep: tuple[str, ...]


def plan_changes(held: Iterable[Held], asked: Iterable[str]) -> Plan:
    """How the ledger follows the rules that ask now. Nothing is dropped: what is no longer asked is superseded.

    Example:
        >>> plan_changes([Held(rule_id="a", state=DutyState.OPEN)], ["b"]).supersede
        ('a',)
    """
    now = set(asked)
    known = {duty.rule_id: duty.state for duty in held}
    return Plan(
        open=tuple(sorted(now - known.keys())),
        refresh=tuple(sorted(rule for rule, state in known.items() if rule in now and state is DutyState.OPEN)),
        reopen=tuple(sorted(rule for rule, state in known.items() if rule in now and state is DutyState.SUPERSEDED)),
        supersede=tuple(sorted(rule for rule, state in known.items() if rule not in now and state is DutyState.OPEN)),
        keep=tuple(
            sorted(
                rule
                for rule, state in known.items()
                if state in SETTLED or (rule not in now and state is DutyState.SUPERSEDED)
            )
        ),
    )


def decide_duty(state: DutyState, event: str) -> DutyState:
    """The state after the event.

    Raises:
        Refused: `duty-state`, when the event cannot follow this state.
    """
    try:
        return DUTY_TRANSITIONS[state, event]
    except KeyError:
        words = _("This duty has moved on since you opened it. Look at it again; nothing changed.")
        raise Refused("duty-state", words) from None


def decide_proof(
    *, state: DutyState, accepted: Iterable[str], proof: NewEvidence, due_at: datetime | None, now: datetime
) -> DutyState:
    """The state after this proof: the same state when the proof is a refusal by the recipient.

    Raises:
        Refused: `proof-kind`, `proof-shape`, `proof-time`, `proof-future` or `duty-state`, each with the field.
    """
    check_proof(accepted=accepted, proof=proof, now=now)
    if proof.kind in NOT_PROOF:
        if state in SETTLED:
            return decide_duty(state, "prove")
        return state
    late = due_at is not None and proof.happened_at > due_at
    return decide_duty(state, "prove_late" if late else "prove")


def check_by_hand(pack_id: str) -> None:
    """Nothing, where a person may type the proof.

    Raises:
        Refused: `proof-by-act`, for a duty that only the act itself proves.
    """
    if pack_id == HOUSE_PACK:
        words = "Nothing is typed here: the act itself is the proof. Open it and do it; this turns green by itself."
        raise Refused("proof-by-act", words, field="kind")


def check_proof(*, accepted: Iterable[str], proof: NewEvidence, now: datetime) -> None:
    """Nothing, when this can be proof.

    Raises:
        Refused: `proof-kind`, `proof-shape`, `proof-time` or `proof-future`.
    """
    kinds = {*accepted, "document", "refused_by_recipient"}
    if proof.kind not in kinds:
        raise Refused("proof-kind", "Choose one of the kinds of proof listed for this duty.", field="kind")
    if proof.kind == "document" and not proof.document:
        raise Refused("proof-shape", "Choose a file: a paper or a picture of the screen.", field="document")
    if not SHAPES[proof.kind].fullmatch(proof.value.strip()):
        raise Refused("proof-shape", SHAPE_HELP.get(proof.kind, SHAPE_HELP["other_receipt"]), field="value")
    _check_words(proof)
    if proof.happened_at < OLDEST:
        raise Refused("proof-time", "This is too long ago. Check the year.", field="happened_at")
    if proof.happened_at > now:
        raise Refused("proof-future", "This time has not come yet. When did it happen?", field="happened_at")


def _check_words(proof: NewEvidence) -> None:
    if len(proof.taken_by) > LONGEST_NAME:
        words = _("Please shorten the name to %(most)s characters.") % {"most": LONGEST_NAME}
        raise Refused("proof-shape", words, field="taken_by")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t" for letter in proof.value + proof.taken_by):
        raise Refused("proof-shape", "There is an invisible control character in this. Type it again.", field="value")


SHAPE_HELP: Mapping[str, str] = {
    "police_report_number": (
        "This is not a police report number. Look for letters and digits on the card the officer gave you, "
        "or choose “they would not take it”."
    ),
    "ncic_number": "An NCIC number has nine or ten digits, often with an M in front. Ask the officer to read it again.",
    "ncmec_case_number": "This is not a NCMEC case number. It has digits; the call taker reads it out at the end.",
    "hhs_reference": "Write the reference that the office gave you. It has digits.",
    "refused_by_recipient": "Say who would not take it, when, and why. It goes up the ladder right away.",
    "contact_log": "Write who was reached, how, and what came of it.",
    "other_receipt": "Write who confirmed it, in a few words.",
}


def check_reason(code: str, reason: str) -> str:
    """The reason without blanks around it, for all to read beside a name.

    Raises:
        Refused: with this code, when it is no sentence, or a letter.
    """
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise Refused(code, "Write the reason in a full sentence. Your name stands beside it.", field="reason")
    if len(words) > LONGEST_REASON:
        too_long = _("Please shorten the reason to %(most)s characters.") % {"most": LONGEST_REASON}
        raise Refused(code, too_long, field="reason")
    return words


def rung_at(*, clock_starts_at: datetime | None, due_at: datetime | None, now: datetime) -> Rung:
    """The rung the ladder has reached: half of the time used, four fifths, over.

    A duty that is due at once (no length of time) is over as soon as it starts.
    """
    if clock_starts_at is None or due_at is None or now < clock_starts_at:
        return Rung.NONE
    if now > due_at or due_at == clock_starts_at:
        return Rung.OVER
    used = (now - clock_starts_at) / (due_at - clock_starts_at)
    if used >= Rung.NEAR / 100:
        return Rung.NEAR
    return Rung.HALF if used >= Rung.HALF / 100 else Rung.NONE
