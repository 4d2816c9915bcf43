"""The answer to "Who do I call?", from what was answered, what the law says and whom one can call. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from allhands.directory import words
from allhands.directory.contracts import Answer, Asked, Call, LineState, Urgent, Who
from allhands.directory.judging import (
    IN_CARE,
    NOT_LAW,
    Judged,
    Reading,
    duty_lines,
    fill,
    first_hours,
    law_notes,
    no_wait_of,
)
from allhands.directory.lines import DAY_AND_NIGHT, offered_for
from allhands.law import Text

CLEARINGHOUSE = "ncmec"
CALM = "T3"

EMERGENCY = Call(
    code="911",
    name=words.CALL_911,
    shown="911",
    tel="911",
    hours=DAY_AND_NIGHT,
    is_open=True,
    what=None,
    tells=None,
    state=LineState.VERIFIED,
    verified_on=None,
    origin=Text(en="", es=""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known besides the answers.

    Args:
        police: numbers of the police of every place that may be meant, nearest first.
        care: numbers of the care agencies that answer for the place.
    """

    police: tuple[Call, ...]
    care: tuple[Call, ...]
    reading: Reading
    now: datetime


def compose(asked: Asked, judged: tuple[Judged, ...], known: Known) -> Answer:
    """Whom to call, what to say, what the law asks of whom. 911 stands first unless danger was denied and nothing
    that was said suggests it."""
    because = tuple(_because(asked, judged))
    danger = bool(because)
    no_wait = no_wait_of(judged)
    first = first_hours(judged)
    return Answer(
        asked=asked,
        danger=danger,
        because=because or (() if known.police else (words.BECAUSE["nobody"],)),
        calls=tuple(_calls(danger, asked, known)),
        others=_others(asked, known),
        say=tuple(_say(asked, has_no_wait=no_wait is not None)),
        no_wait=no_wait,
        have=words.HAVE + (words.HAVE_AGENCY if asked.who in IN_CARE else ()),
        duties=first,
        open_duties=sum(not line.applies for line in duty_lines(judged)),
        notes=law_notes(judged, known.reading),
        packs=tuple(
            dict.fromkeys(
                pack.title for one in judged for pack in one.assessment.packs if not pack.id.startswith(NOT_LAW)
            )
        ),
        made_at=known.now,
    )


def _because(asked: Asked, judged: Iterable[Judged]) -> Iterator[Text]:
    """Why 911 comes first: what was ticked, what else a threshold of the packs says, or that danger was not denied."""
    ticked = sorted(asked.urgent - {Urgent.NONE}, key=list(Urgent).index)
    if ticked:
        yield fill(words.BECAUSE["ticked"], what=_joined(words.URGENT[code] for code in ticked))
    reasons = {reason.rule_id: reason for one in judged for reason in one.raised}
    yield from (reason.text for reason in reasons.values() if reason.tier != CALM)
    if not asked.urgent:
        yield words.BECAUSE["unsaid"]


def _joined(texts: Iterable[Text]) -> Text:
    found = list(texts)
    return Text(
        en="; ".join(text.en[:1].lower() + text.en[1:] for text in found),
        es="; ".join(text.es[:1].lower() + text.es[1:] for text in found),
    )


def _calls(danger: bool, asked: Asked, known: Known) -> Iterator[Call]:
    after = replace(EMERGENCY, what=words.CALL_911_NOT)
    if danger or not known.police:
        yield EMERGENCY
    yield from known.police
    if not danger and known.police:
        yield after
    if asked.who in {Who.SCHOOL, Who.CARER}:
        yield from known.care
    yield from offered_for(["always"], known.now.date())


def _others(asked: Asked, known: Known) -> tuple[Call, ...]:
    reasons = {"young"}
    if Urgent.SUICIDE in asked.urgent:
        reasons.add("suicide")
    if asked.urgent & {Urgent.ONLINE, Urgent.TAKEN}:
        reasons.add("exploitation")
    if any(place.nation or place.indian_country for place in asked.places):
        reasons.add("nation")
    return offered_for(reasons, known.now.date())


def _say(asked: Asked, *, has_no_wait: bool) -> Iterator[Text]:
    sentences = words.SAY[asked.who] if asked.who else words.SAY_ANYONE
    danger = sorted(asked.urgent - {Urgent.NONE}, key=list(Urgent).index)
    for number, sentence in enumerate(sentences):
        yield fill(sentence, age=_age(asked.age)) if "{age}" in sentence.en else sentence
        if number == 0 and danger:
            yield fill(words.SAY_DANGER, what=_joined(words.URGENT[code] for code in danger))
    if has_no_wait and asked.who is not Who.POLICE:
        yield words.SAY_WAIT


def _age(age: int | None) -> Text:
    if age is None:
        return Text(en="", es="")
    number = Text(en=str(age), es=str(age))
    return words.AGE_ONE if age == 1 else fill(words.AGE, age=number)
