"""An assessment printed for a reader: urgency, what to do by when, why, and what to ask next."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from allhands.duties.contracts import PERIOD_ACTIONS
from allhands.law import Assessment, CriterionResult, DefinitionResult, DutyResult, Library, Text, Verdict
from allhands.law.code_words import code_words

_VERDICTS = {
    Verdict.TRUE: (Text("yes", "sí"), "bold green"),
    Verdict.FALSE: (Text("no", "no"), "dim"),
    Verdict.UNKNOWN: (Text("not known yet", "aún no se sabe"), "yellow"),
}
_TITLES = {
    "tier": Text("Urgency", "Urgencia"),
    "duties": Text("Duties", "Obligaciones"),
    "definitions": Text("Is the child missing? Each definition by itself", "¿Hay desaparición? Cada definición por sí"),
    "criteria": Text("Alerts and their criteria", "Alertas y sus criterios"),
    "conflicts": Text("What does not agree", "Lo que no concuerda"),
    "ask_next": Text("Ask next", "Preguntar ahora"),
    "packs": Text("Rules used", "Reglas usadas"),
}
_NEEDS = Text("would be settled by", "se resolvería con")
_UNTIL = Text("until", "hasta")
_COVERED = Text("covered by", "cubierta por")
_ASSUMED = Text("counted as missing until settled", "cuenta como desaparición hasta resolverse")
_TIERS = {
    "T1": Text("act now", "actuar ya"),
    "T2": Text("act within the hour", "actuar en una hora"),
    "T3": Text("act this shift; every missing child is a priority", "actuar en este turno; todo caso es prioridad"),
}


def print_assessment(assessment: Assessment, library: Library, console: Console, lang: str) -> None:
    """Prints the whole assessment."""
    _Report(assessment, library, console, lang).print()


class _Report:
    def __init__(self, assessment: Assessment, library: Library, console: Console, lang: str) -> None:
        self._assessment, self._library, self._console, self._lang = assessment, library, console, lang

    def print(self) -> None:
        self._tier()
        self._duties()
        self._definitions()
        self._criteria()
        self._conflicts()
        self._ask_next()
        self._packs()

    def _say(self, text: Text) -> str:
        return text.get(self._lang)

    def _heading(self, key: str) -> None:
        self._console.print()
        self._console.print(Styled(self._say(_TITLES[key]), style="bold underline"))

    def _verdict(self, verdict: Verdict) -> Styled:
        words, style = _VERDICTS[verdict]
        return Styled(self._say(words), style=style)

    def _facts(self, facts: tuple[str, ...]) -> str:
        return ", ".join(self._say(self._library.facts[fact].label) for fact in facts)

    def _tier(self) -> None:
        tier = self._assessment.tier
        self._heading("tier")
        self._console.print(Styled(f"{tier.level}: {self._say(_TIERS[tier.level])}", style="bold"))
        for reason in tier.reasons:
            self._console.print(Styled(f"  {reason.tier}  {self._say(reason.text)}"))

    def _duties(self) -> None:
        self._heading("duties")
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        for duty in sorted(self._assessment.duties, key=_urgency):
            table.add_row(self._due(duty), self._duty(duty))
        self._console.print(table)

    def _due(self, duty: DutyResult) -> Styled:
        if duty.applies is Verdict.UNKNOWN:
            return self._verdict(duty.applies)
        if duty.due_at is None:
            return Styled("—", style="dim")
        at = f"{duty.due_at:%Y-%m-%d %H:%M} UTC"
        if duty.action in PERIOD_ACTIONS:
            return Styled(f"{self._say(_UNTIL)} {at}")
        return Styled(at, style="bold red" if duty.governs else "")

    def _duty(self, duty: DutyResult) -> Styled:
        words = Styled(self._say(duty.title), style="bold" if duty.governs else "")
        who = f"{self._say(code_words(duty.actor))} → {self._say(code_words(duty.recipient))}"
        words.append(f"\n{who}. {self._say(duty.due_words)}", style="not bold")
        if duty.covered_by is not None:
            words.append(f"\n{self._say(_COVERED)} {duty.covered_by}", style="dim not bold")
        if duty.assumed:
            words.append(f"\n{self._say(_ASSUMED)}: {', '.join(duty.assumed)}", style="yellow not bold")
        if duty.missing:
            words.append(f"\n{self._say(_NEEDS)}: {self._facts(duty.missing)}", style="yellow not bold")
        cited = "; ".join(f"{source.citation} {source.pin}".strip() for source in duty.source)
        words.append(f"\n{duty.rule_id} · {cited} · {duty.confidence.value}\n", style="dim not bold")
        return words

    def _definitions(self) -> None:
        self._heading("definitions")
        self._verdict_table(self._assessment.definitions)

    def _criteria(self) -> None:
        self._heading("criteria")
        self._verdict_table(self._assessment.criteria)

    def _verdict_table(self, results: tuple[DefinitionResult, ...] | tuple[CriterionResult, ...]) -> None:
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        for result in results:
            words = Styled(self._say(result.title))
            for need in result.needs if isinstance(result, CriterionResult) else ():
                words.append(f"\n  {self._say(need.title)}: ").append_text(self._verdict(need.verdict))
            if result.missing:
                words.append(f"\n  {self._say(_NEEDS)}: {self._facts(result.missing)}", style="yellow")
            table.add_row(self._verdict(result.verdict), words, Styled(result.id, style="dim"))
        self._console.print(table)

    def _conflicts(self) -> None:
        if self._assessment.conflicts:
            self._heading("conflicts")
        for conflict in self._assessment.conflicts:
            self._console.print(Styled(f"  {self._say(conflict.text)}"))

    def _ask_next(self) -> None:
        self._heading("ask_next")
        for question in self._assessment.ask_next[:10]:
            self._console.print(Styled(f"  {question.settles:3}  {self._say(question.question)}  ({question.fact})"))

    def _packs(self) -> None:
        self._heading("packs")
        for pack in self._assessment.packs:
            status = "" if pack.status is None else f"  {self._say(pack.status)}"
            self._console.print(Styled(f"  {pack.id} {pack.version} {pack.sha256[:12]}{status}", style="dim"))


def _urgency(duty: DutyResult) -> tuple[bool, bool, str, str]:
    due = duty.due_at.isoformat() if duty.due_at is not None else ""
    return duty.applies is Verdict.UNKNOWN, duty.due_at is None, due, duty.rule_id
