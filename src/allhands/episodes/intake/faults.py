"""What is wrong with an answer, in words that blame nobody and say what to write instead. Pure.

The law room and the actions judge with findings in English for programs; this table says the same to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from allhands import law
from allhands.kernel.findings import Finding

WORDS: Mapping[str, law.Text] = {
    "answer.yes-or-no": law.Text(
        en="Choose yes, no or “I don't know”.",
        es="Elija sí, no o «No lo sé».",
    ),
    "answer.number": law.Text(
        en="Write this as a number in digits, for example 14.",
        es="Escríbalo como número, con cifras, por ejemplo 14.",
    ),
    "answer.day": law.Text(
        en="We could not read this day. Write it like 11/24/2026, or with the month in letters: Nov 24 2026.",
        es="No pudimos leer esta fecha. Escríbala con el mes en letras, por ejemplo 24 nov 2026.",
    ),
    "answer.no-such-day": law.Text(
        en="That day is not in the calendar. Check the day and the month.",
        es="Ese día no existe en el calendario. Revise el día y el mes.",
    ),
    "answer.which-month": law.Text(
        en="This could be two different days. Write the month in letters: 5 Mar 2026.",
        es="Esto puede ser dos días distintos. Escriba el mes con letras: 5 mar 2026.",
    ),
    "answer.year": law.Text(
        en="Add the year, for example 3/14/2011.",
        es="Agregue el año, por ejemplo 14 mar 2011.",
    ),
    "answer.time": law.Text(
        en="We could not read this time. Write it like 14:05 or 2:05 pm.",
        es="No pudimos leer esta hora. Escríbala como 14:05 o 2:05 p. m.",
    ),
    "answer.time-missing": law.Text(
        en="Add the time, as near as anyone knows, for example 14:05. A guess is fine: say below that it is one.",
        es="Agregue la hora, lo más cerca que se sepa, por ejemplo 14:05. Si es un cálculo, indíquelo abajo.",
    ),
    "answer.clock-gap": law.Text(
        en="The clocks went forward that night, and {time} did not happen. Was it {before} or {after}?",
        es="Esa noche se adelantó el reloj y las {time} no existieron. ¿Fue a las {before} o a las {after}?",
    ),
    "answer.both": law.Text(
        en="Here is an answer and also “I don't know”. Keep the one that is right.",
        es="Aquí hay una respuesta y también «No lo sé». Deje la que sea correcta.",
    ),
    "answer.state": law.Text(
        en="Choose the state from the list.",
        es="Elija el estado de la lista.",
    ),
    "answer.county": law.Text(
        en="We know no county, town or ZIP like that in {state}. {near}Or leave it empty: the state is enough.",
        es="No conocemos condado, pueblo ni código postal así en {state}. {near}O déjelo vacío: basta con el estado.",
    ),
    "answer.county-state": law.Text(
        en="Several states have a county of that name. Choose the state too.",
        es="Varios estados tienen un condado con ese nombre. Elija también el estado.",
    ),
    "answer.county-several": law.Text(
        en="{typed} may lie in: {counties}. Write the county it was, or leave the county empty: the state is enough.",
        es="{typed} puede estar en: {counties}. Escriba cuál fue, o deje vacío el condado: basta con el estado.",
    ),
    "answer.county-elsewhere": law.Text(
        en="That county is not in {state}. Check the state or the county.",
        es="Ese condado no está en {state}. Revise el estado o el condado.",
    ),
    "facts.unknown-nation": law.Text(
        en="We know no nation of that name. {near}Or leave it open: say yes, we do not know whose.",
        es="No conocemos ninguna nación con ese nombre. {near}O déjelo abierto: sí, no se sabe de quién.",
    ),
    "answer.choice": law.Text(
        en="This is not on our list. Choose one of the answers given.",
        es="Esto no está en nuestra lista. Elija una de las respuestas.",
    ),
    "answer.tribe-both": law.Text(
        en="Here is a nation, and also the answer no. Keep the one that is right.",
        es="Aquí hay una nación y también la respuesta no. Deje la que sea correcta.",
    ),
    "answer.birth-after-seen": law.Text(
        en="The child cannot be last seen before being born. Check this and the date of birth.",
        es="No se le pudo ver antes de nacer. Revise esto y la fecha de nacimiento.",
    ),
    "facts.in-the-future": law.Text(
        en="This lies in the future. Give a day and time that has been.",
        es="Esto está en el futuro. Dé un día y una hora que ya hayan pasado.",
    ),
    "facts.too-long-ago": law.Text(
        en="This is more than 125 years ago. Check the year.",
        es="Esto fue hace más de 125 años. Revise el año.",
    ),
    "facts.out-of-range": law.Text(
        en="This number cannot be right. It should be {least} to {most}.",
        es="Este número no puede ser. Debe estar entre {least} y {most}.",
    ),
    "facts.too-long": law.Text(
        en="This is longer than we can keep here. Shorten it to {most} characters; nothing you typed is lost.",
        es="Esto es más largo de lo que cabe aquí. Redúzcalo a {most} letras; no se pierde lo que escribió.",
    ),
    "facts.control-character": law.Text(
        en="There is a hidden sign in this that no keyboard types. Type it again.",
        es="Aquí hay un signo oculto que ningún teclado escribe. Vuelva a escribirlo.",
    ),
    "name.empty": law.Text(
        en="Write the name the child uses. A first name is enough.",
        es="Escriba el nombre que usa. Basta con el primero.",
    ),
    "draft-too-large": law.Text(
        en="This is too much text for one report, so the last of it is not saved. Shorten it, or attach it later.",
        es="Es demasiado texto para un reporte y lo último no se guardó. Redúzcalo o adjúntelo después.",
    ),
}
SAME_WORDS: Mapping[str, str] = {
    "facts.impossible-date": "answer.day",
    "facts.unknown-place": "answer.state",
    "facts.unknown-choice": "answer.choice",
    "facts.impossible-order": "answer.birth-after-seen",
    "text.too-long": "facts.too-long",
    "text.control": "facts.control-character",
}
# Characters of the longest text of a fact, as the law room has it.
LONGEST_TEXT = 4_000
_DIGITS = re.compile(r"\d+")


def words(code: str, lang: str, params: Mapping[str, str] | None = None) -> str:
    """What to say for a code of this table, in the language of the person who types.

    Example:
        >>> words("answer.clock-gap", "en", {"time": "02:30", "before": "01:30", "after": "03:30"})
        'The clocks went forward that night, and 02:30 did not happen. Was it 01:30 or 03:30?'
    """
    text = WORDS[code].get(lang)
    return text.format_map(params) if params else text


def explain(finding: Finding, lang: str, declared: law.FactDeclaration | None = None) -> str:
    """A finding of the law room or of an action, said to a person; its own words when it has no place in the table."""
    code = SAME_WORDS.get(finding.code, finding.code)
    if code not in WORDS:
        return finding.message
    most = _DIGITS.findall(finding.message)[-1:] or [str(LONGEST_TEXT)]
    params = {"most": most[0], "least": "0", **finding.params}
    if code == "facts.unknown-nation" and params.get("near"):
        params["near"] = ("¿Es {}? " if lang == "es" else "Did you mean {}? ").format(params["near"])
    if declared is not None and code == "facts.out-of-range":
        params["least"] = str(declared.minimum or 0)
        params["most"] = str(declared.maximum if declared.maximum is not None else LONGEST_TEXT)
    return words(code, lang, params)
