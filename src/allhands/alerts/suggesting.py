"""The first draft: what the statements of fact already say, so that nobody types it again at night.

Facts that are codes are said in both languages. Sentences stand in English only, as they were typed; a person writes
the Spanish. Nothing above P1 is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from allhands import law
from allhands.alerts.contracts import Language
from allhands.alerts.drafting import LONGEST, Draft, DraftArea
from allhands.episodes.contracts import FactLine, Json
from allhands.platform import packs

_OPEN_CLASSES = frozenset({"P0", "P1"})
_TEXT_FACTS: Mapping[str, str] = {
    "description.clothing": "clothing",
    "description.last_seen_place": "seen_place",
    "description.vehicle": "vehicle",
    "description.companions": "companion",
}
_WORN: tuple[tuple[str, Mapping[Language, str]], ...] = (
    ("description.glasses", {"en": "glasses", "es": "lentes"}),
    ("description.braces", {"en": "braces", "es": "frenos en los dientes"}),
)
_CM_PER_INCH, _KG_PER_POUND = 2.54, 0.45359237


def first_draft(name: str, statements: Iterable[FactLine], place: Mapping[str, str]) -> Draft:
    """The draft that a writer starts from. The name is not in it until somebody releases it."""
    said = {
        line.fact_id: line.value
        for line in statements
        if line.current and line.value is not None and _class_of(line.fact_id) in _OPEN_CLASSES
    }
    english = {field: _text(said, fact, field) for fact, field in _TEXT_FACTS.items()}
    english["looks"] = _clip(_looks(said, "en"), "looks")
    spanish = {"looks": _clip(_looks(said, "es"), "looks")}
    age = said.get("child.age_years")
    return Draft(
        name="",
        age=int(age) if isinstance(age, (int, float)) else None,
        seen_at=_instant(said.get("time.last_seen_at")),
        texts={
            "en": {key: words for key, words in english.items() if words},
            "es": {k: v for k, v in spanish.items() if v},
        },
        area=DraftArea(
            county_fips=(place["county_fips"],) if place.get("county_fips") else (),
            nations=(place["nation"],) if place.get("nation") else (),
        ),
    )


def _looks(said: Mapping[str, Json], lang: Language) -> str:
    """Girl, brown hair, green eyes, 5 ft 4 (163 cm), glasses."""
    sex = _choice(said, "description.sex", lang, skip={"another"})
    hair = _choice(said, "description.hair_color", lang)
    eyes = _choice(said, "description.eye_color", lang)
    parts = [
        sex,
        {"en": f"{hair.lower()} hair", "es": f"pelo {hair.lower()}"}[lang] if hair else "",
        {"en": f"{eyes.lower()} eyes", "es": f"ojos color {eyes.lower()}"}[lang] if eyes else "",
        _height(said.get("description.height_cm"), lang),
        _weight(said.get("description.weight_kg"), lang),
        *(words[lang] for fact, words in _WORN if said.get(fact) is True),
    ]
    return ", ".join(part for part in parts if part)


def _choice(said: Mapping[str, Json], fact: str, lang: Language, *, skip: Iterable[str] = ()) -> str:
    declared, value = packs.library().facts.get(fact), said.get(fact)
    if declared is None or not isinstance(value, str) or value in set(skip):
        return ""
    return next((_word(one, lang) for one in declared.choices if one.code == value), "")


def _word(choice: law.Choice, lang: Language) -> str:
    return choice.words.get(lang)


def _height(value: Json, lang: Language) -> str:
    if not isinstance(value, (int, float)):
        return ""
    feet, inches = divmod(round(value / _CM_PER_INCH), 12)
    return {"en": f"{feet} ft {inches} in ({value:g} cm)", "es": f"{value / 100:.2f} m ({feet} pies {inches} pulg.)"}[
        lang
    ]


def _weight(value: Json, lang: Language) -> str:
    if not isinstance(value, (int, float)):
        return ""
    pounds = round(value / _KG_PER_POUND)
    return {"en": f"about {pounds} lb ({value:g} kg)", "es": f"unos {value:g} kg ({pounds} lb)"}[lang]


def _text(said: Mapping[str, Json], fact: str, field: str) -> str:
    value = said.get(fact)
    return _clip(" ".join(value.split()), field) if isinstance(value, str) else ""


def _clip(text: str, field: str) -> str:
    return text if len(text) <= LONGEST[field] else text[: LONGEST[field]].rsplit(" ", 1)[0]


def _instant(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _class_of(fact_id: str) -> str:
    declared = packs.library().facts.get(fact_id)
    return declared.sensitivity if declared else "P4"
