"""A draft read as far as it can be read: statements that hold, faults by field, what the law says so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from allhands import law
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import DraftView, Json, NewStatement, ReportChannel, ReportCommand
from allhands.episodes.identity import LONGEST_NAME
from allhands.episodes.intake import answers as reading
from allhands.episodes.intake import faults as fault_words
from allhands.episodes.intake import steps
from allhands.episodes.intake.answers import text_of
from allhands.episodes.intake.days import UnreadableError
from allhands.episodes.web.place_fields import Home, has_invented
from allhands.episodes.web.typed import REPORTER
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.findings import Finding
from allhands.platform import packs
from allhands.ui.wording import Lang, as_lang

PASSED = "_passed"
SKIPPED = "_skipped"
WARNED = "_warned"
INFORMANT = "_informant"
BY_CALL = "_by_call"
REPORTER_LIMITS = dict(zip(REPORTER, (LONGEST_NAME, 100, 40), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a draft amounts to now.

    Args:
        statements: those that may enter the house as they are.
        faults: field name -> what is wrong and what is allowed, in the reader's language.
        problem: what is wrong with the draft as a whole, or empty.
    """

    actor: Actor
    draft: DraftView
    statements: tuple[NewStatement, ...]
    faults: Mapping[str, str]
    assessment: law.Assessment
    questions: tuple[law.Question, ...]
    lang: Lang
    home: Home
    zone: ZoneInfo
    now: datetime
    problem: str = ""

    @property
    def answers(self) -> Mapping[str, Json]:
        return self.draft.answers

    @property
    def call_name(self) -> str:
        """The name the child uses: nickname, else first name."""
        for field in ("child.nickname", "child.given_name"):
            text = text_of(self.answers, field)
            if text and field not in self.faults and not reading.is_unknown_word(text):
                return text
        return ""

    @property
    def passed(self) -> tuple[str, ...]:
        return words_under(self.answers, PASSED)

    @property
    def skipped(self) -> tuple[str, ...]:
        return words_under(self.answers, SKIPPED)

    @property
    def is_warned(self) -> bool:
        return bool(self.answers.get(WARNED))

    @property
    def teller(self) -> str:
        """Who tells all this, unless somebody else is named beside an answer."""
        return _teller(self.draft.answers, self.actor)

    @property
    def last_informant(self) -> str:
        """Whoever was named last: offered on the next page, where it can be seen and changed."""
        return text_of(self.answers, INFORMANT)


def load(actor: Actor, draft_id: str, now: datetime) -> Intake:
    """The draft and all that follows from it.

    Raises:
        Denied: the draft is somebody else's, or was sent.
    """
    draft = episodes.find_draft(actor, draft_id)
    if draft is None:
        raise Denied("draft")
    return read(actor, draft, now)


def keep(actor: Actor, draft_id: str, answers: Mapping[str, Json], now: datetime) -> Intake:
    """The draft with these answers, saved. What cannot be saved is still in the page that comes back, with the reason.

    Raises:
        Denied: the draft is somebody else's, or was sent.
    """
    try:
        return read(actor, episodes.save_draft(actor, draft_id, answers, now), now)
    except Refused as refused:
        before = episodes.find_draft(actor, draft_id)
        if before is None:
            raise Denied("draft") from refused
        unsaved = replace(before, answers={**before.answers, **answers})
        known = refused.code in fault_words.WORDS
        words = fault_words.words(refused.code, as_lang(get_language())) if known else refused.reason
        return replace(read(actor, unsaved, now), problem=words)


def read(actor: Actor, draft: DraftView, now: datetime) -> Intake:
    """What the draft amounts to now."""
    lang, zone = as_lang(get_language()), agencies.zone_of(actor)
    faults = _reporter_faults(draft.answers, lang)
    caller = reading.Caller(
        name=actor.label if REPORTER[0] in faults else _teller(draft.answers, actor),
        zone=zone,
        now=now,
        lang=lang,
        pages=steps.PAGES,
        invented_places=has_invented(),
    )
    said = reading.read(draft.answers, packs.library().facts, caller)
    faults |= {found.path: found.message for found in said.findings}
    good, wrong = _judge(said.statements, lang, now)
    faults |= wrong | _contradictions(draft.answers, lang)
    good = tuple(one for one in good if one.fact_id not in faults)
    assessment = _assess(actor, good, now)
    skipped = words_under(draft.answers, SKIPPED)
    state, county_fips = agencies.home_of(actor)
    return Intake(
        actor=actor,
        draft=draft,
        statements=good,
        faults=faults,
        assessment=assessment,
        questions=steps.open_questions(draft.answers, assessment.ask_next, packs.library().facts, skipped),
        lang=lang,
        home=Home(state=state, county_fips=county_fips),
        zone=zone,
        now=now,
    )


def command(intake: Intake, channel: ReportChannel) -> ReportCommand:
    """The report that the draft has become. Its key is the draft: sending twice reports once."""
    name, relation, phone = (text_of(intake.answers, part) for part in REPORTER)
    return ReportCommand(
        call_name=intake.call_name,
        statements=intake.statements,
        reporter_name=name,
        reporter_relation=relation,
        reporter_phone=phone,
        channel=channel,
        idempotency_key=f"draft-{intake.draft.draft_id}",
    )


def is_untouched(draft: DraftView) -> bool:
    """Whether nothing has been typed yet."""
    return not any(text_of(draft.answers, name) for name in draft.answers if not name.startswith("_"))


def words_under(answers: Mapping[str, Json], name: str) -> tuple[str, ...]:
    """The list of words a draft keeps for itself under a name."""
    value = answers.get(name)
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def fault_list(findings: Iterable[Finding], lang: Lang) -> dict[str, str]:
    """Field name -> message in the reader's language, the first of each field."""
    faults: dict[str, str] = {}
    for found in findings:
        declared = packs.library().facts.get(found.path.removeprefix("facts."))
        faults.setdefault(found.path.removeprefix("facts."), fault_words.explain(found, lang, declared))
    return faults


def _judge(said: Iterable[NewStatement], lang: Lang, now: datetime) -> tuple[tuple[NewStatement, ...], dict[str, str]]:
    """Those that may enter, and what is wrong with the others: each alone, then all together."""
    wrong: dict[str, str] = {}
    good: list[NewStatement] = []
    for statement in said:
        found = fault_list(episodes.find_faults([statement], now), lang)
        if found:
            wrong[statement.fact_id] = next(iter(found.values()))
        else:
            good.append(statement)
    together = fault_list(episodes.find_faults_together(good, now), lang)
    return tuple(one for one in good if one.fact_id not in together), wrong | together


def _contradictions(answers: Mapping[str, Json], lang: Lang) -> dict[str, str]:
    nations = [name for name in reading.typed_list(answers, "child.tribal_affiliation") if name]
    named = any(not reading.is_unknown_word(name) for name in nations)
    if named and text_of(answers, "child.tribal_tie_possible").casefold() in reading.NO:
        return {"child.tribal_tie_possible": fault_words.words("answer.tribe-both", lang)}
    return {}


def _reporter_faults(answers: Mapping[str, Json], lang: Lang) -> dict[str, str]:
    faults: dict[str, str] = {}
    for name, most in REPORTER_LIMITS.items():
        try:
            reading.check_letters(text_of(answers, name), most)
        except UnreadableError as wrong:
            faults[name] = fault_words.words(wrong.code, lang, wrong.params)
    return faults


def _assess(actor: Actor, statements: tuple[NewStatement, ...], now: datetime) -> law.Assessment:
    told = (*statements, *episodes.started_by_report(actor, statements, now))
    said: list[Json] = [
        {
            "fact": one.fact_id,
            "value": one.value,
            "informant": one.informant,
            "certainty": one.certainty.value.lower(),
            "at": one.stated_at.isoformat(),
        }
        for one in told
        if one.value is not None
    ]
    return duties.assess_raw({"as_of": now.isoformat(), "statements": said})


def _teller(answers: Mapping[str, Json], actor: Actor) -> str:
    return text_of(answers, REPORTER[0]) or actor.label
