"""Who may do what on this land tonight, from packs, places and the agencies' own record. Pure.

The first row is always who starts the alert: a girl of the Navajo Nation died while nobody knew that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allhands import law
from allhands.directory.contracts import Call, Cited, LawNote
from allhands.directory.judging import Judged, Reading, cited, law_notes
from allhands.law import Text

# Acts of the rule packs by the question they answer.
_ACTS: Mapping[str, tuple[str, ...]] = {
    "takes": ("accept_report",),
    "leads": ("other:lead-agency", "hand_off_answer", "other:tell-sheriff"),
    "files": ("enter_national_file", "report_to_namus", "report_to_clearinghouse", "other:enter-state-file"),
    "tribe": ("notify_tribe", "other:icwa-notice", "other:icwa-secretary-notice"),
    "placement": ("other:icwa-placement-order", "other:emergency-petition", "other:placement-record"),
}
# Federal wording stands behind the plans of state and nation, which decide.
_KINDS = ("tribes.", "us.states.", "us.territories.", "us.federal.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Numbers of agencies here, by what they are."""

    police: tuple[Call, ...] = ()
    tribal_police: tuple[Call, ...] = ()
    nation: tuple[Call, ...] = ()
    care: tuple[Call, ...] = ()
    clearinghouse: tuple[Call, ...] = ()

    def of(self, code: str) -> tuple[Call, ...]:
        """The numbers of whoever a code of the packs names."""
        known = {
            "law_enforcement": self.tribal_police + self.police,
            "tribal_police": self.tribal_police,
            "tribal_government": self.nation,
            "tribal_icwa_agent": self.nation,
            "child_welfare_agency": self.care,
            "state_clearinghouse": self.clearinghouse,
        }
        return known.get(code, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the card with its source.

    Args:
        who: code of who acts; `until`: the limit; `needs`: what must be met; `sure`: False while it hangs on the child.
    """

    who: str
    words: Text
    until: Text | None = None
    needs: tuple[Text, ...] = ()
    source: tuple[Cited, ...] = ()
    calls: tuple[Call, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question. `gap` says what nobody has told us; `ask` whom to ask about it."""

    code: str
    title: Text
    lines: tuple[Line, ...] = ()
    said: tuple[Text, ...] = ()
    calls: tuple[Call, ...] = ()
    gap: Text | None = None
    ask: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The whole card of one place."""

    rows: tuple[Row, ...]
    notes: tuple[LawNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """What is known of the land besides law and agencies.

    Args:
        transmitters: in words, with source; empty when nobody has told us.
        jurisdiction: sentences on who has power there (Public Law 280 and the like), with sources.
        gaps: what of it was read nowhere.
    """

    transmitters: tuple[Text, ...] = ()
    jurisdiction: tuple[Line, ...] = ()
    gaps: tuple[Text, ...] = ()


def compose_card(judged: tuple[Judged, ...], numbers: Numbers, land: Land, reading: Reading) -> Card:
    """The card, the alert first."""
    rows = (
        _alert_row(judged, numbers, land),
        _row("takes", judged, numbers, calls=numbers.tribal_police + numbers.police),
        _leads_row(judged, numbers, land),
        _row("files", judged, numbers),
        _row("tribe", judged, numbers, calls=numbers.nation),
        _row("placement", judged, numbers, calls=numbers.care, always_gap=True),
        *(_untold(code, numbers) for code in ("family", "search", "healing", "steward")),
    )
    return Card(rows=rows, notes=law_notes(judged, reading))


def _alert_row(judged: Iterable[Judged], numbers: Numbers, land: Land) -> Row:
    criteria = {one.id: one for each in judged for one in each.assessment.criteria}
    found = sorted(
        (one for one in criteria.values() if one.verdict is not law.Verdict.FALSE),
        key=lambda one: (_kind(one.pack_id), one.id),
    )
    local = [one for one in found if not one.pack_id.startswith("us.federal")]
    gap = None if local else _GAPS["alert"]
    said = (*land.transmitters, *(() if land.transmitters else (_GAPS["transmitter"],)))
    return Row(
        code="alert",
        title=_TITLES["alert"],
        lines=tuple(_alert_line(one, numbers) for one in (local or found)),
        said=said,
        calls=numbers.clearinghouse,
        gap=gap,
        ask=numbers.nation or numbers.police,
    )


def _alert_line(one: law.CriterionResult, numbers: Numbers) -> Line:
    return Line(
        who=one.activator,
        words=one.title,
        until=one.plain,
        needs=tuple(need.title for need in one.needs),
        source=cited(one.source),
        calls=numbers.of(one.activator),
    )


def _kind(pack_id: str) -> int:
    return next((place for place, start in enumerate(_KINDS) if pack_id.startswith(start[:-1])), len(_KINDS))


def _row(
    code: str, judged: Iterable[Judged], numbers: Numbers, *, calls: tuple[Call, ...] = (), always_gap: bool = False
) -> Row:
    lines = tuple(_lines(_ACTS[code], judged, numbers))
    gap = _GAPS[code] if always_gap or not (lines or calls) else None
    return Row(code=code, title=_TITLES[code], lines=lines, calls=calls, gap=gap, ask=numbers.nation)


def _leads_row(judged: Iterable[Judged], numbers: Numbers, land: Land) -> Row:
    lines = tuple(_lines(_ACTS["leads"], judged, numbers))
    return Row(
        code="leads",
        title=_TITLES["leads"],
        lines=(*lines, *land.jurisdiction),
        said=(UNSURE, *land.gaps),
        gap=None if lines else _GAPS["leads"],
        ask=numbers.tribal_police or numbers.police,
    )


def _lines(acts: Iterable[str], judged: Iterable[Judged], numbers: Numbers) -> Iterator[Line]:
    """The duties of these acts, those that hold for sure first, the nation's and the state's before the federal one."""
    wanted = set(acts)
    duties = {duty.rule_id: duty for one in judged for duty in one.assessment.duties if duty.action in wanted}
    found = list(duties.values())
    for duty in sorted(found, key=lambda one: (one.applies is not law.Verdict.TRUE, _kind(one.pack_id), one.rule_id)):
        yield Line(
            who=duty.actor,
            words=duty.plain,
            until=duty.due_words,
            source=cited(duty.source),
            calls=numbers.of(duty.actor),
            sure=duty.applies is law.Verdict.TRUE,
        )


def _untold(code: str, numbers: Numbers) -> Row:
    return Row(code=code, title=_TITLES[code], gap=_GAPS[code], ask=numbers.nation or numbers.care)


UNSURE = Text(
    en="If nobody knows whose land it is: never wait. The first police told take the report and enter it; who leads is "
    "settled afterwards.",
    es="Si nadie sabe de quién es la tierra: no espere. La primera policía avisada toma el reporte y lo "
    "registra; quién "
    "dirige se decide después.",
)
_TITLES: Mapping[str, Text] = {
    "alert": Text(en="Starts the alert", es="Activa la alerta"),
    "takes": Text(en="Takes the report, and must not refuse", es="Toma el reporte y no puede negarse"),
    "leads": Text(en="Leads", es="Dirige"),
    "files": Text(en="Enters NCIC, NamUs and the state's file", es="Registra en NCIC, NamUs y el archivo del estado"),
    "tribe": Text(en="Tells the nation", es="Avisa a la nación"),
    "placement": Text(en="Can decide tonight where the child stays", es="Puede decidir esta noche dónde se queda"),
    "family": Text(en="Speaks with the family, in its language", es="Habla con la familia, en su idioma"),
    "search": Text(en="Searches, and feeds who searches", es="Busca, y alimenta a quienes buscan"),
    "healing": Text(
        en="Helps afterwards: victim services, healing", es="Ayuda después: servicios a víctimas, sanación"
    ),
    "steward": Text(en="Answers for the nation's data", es="Responde por los datos de la nación"),
}
_TOLD = "Nobody has told us", "Nadie nos lo ha dicho"
_GAPS: Mapping[str, Text] = {
    "alert": Text(
        en="We have read no alert plan of this place. Below is what federal guidance asks; ask now who may start one.",
        es="No hemos leído un plan de alertas de este lugar. Abajo está la guía federal; pregunte ya quién "
        "puede activarla.",
    ),
    "transmitter": Text(
        en="Nobody has told us which transmitter reaches this land. Ask whoever starts the alert, also about the "
        "neighboring state's.",
        es="Nadie nos ha dicho qué transmisor llega a esta tierra. Pregunte a quien activa la alerta, también "
        "por los del "
        "estado vecino.",
    ),
    "takes": Text(
        en="We have no number of police here and read no rule of this place. Call 911.",
        es="No tenemos un número de policía de aquí ni leímos una regla del lugar. Llame al 911.",
    ),
    "leads": Text(
        en="Nobody has told us who leads on the nation's land, on fee land and off it.",
        es="Nadie nos ha dicho quién dirige en la tierra de la nación, en tierra privada y fuera de ella.",
    ),
    "files": Text(
        en="We read no rule on who enters the files here.", es="No leímos una regla sobre quién registra aquí."
    ),
    "tribe": Text(
        en="We read no rule on who tells the nation. Ask every child's family, and call the nation yourself.",
        es="No leímos una regla sobre quién avisa a la nación. Pregunte a cada familia y llame usted a la nación.",
    ),
    "placement": Text(
        en="Nobody has told us who can approve relatives or clan tonight: tribal court, or the caseworker with "
        "a safety "
        "check.",
        es="Nadie nos ha dicho quién puede aprobar esta noche a parientes o al clan: el tribunal tribal o "
        "trabajo social "
        "con una revisión de seguridad.",
    ),
    "family": Text(
        en="Nobody has told us; names stand here only by consent.",
        es="Nadie nos lo ha dicho; aquí solo hay nombres con consentimiento.",
    ),
    **{code: Text(en=f"{_TOLD[0]}.", es=f"{_TOLD[1]}.") for code in ("search", "healing", "steward")},
}
