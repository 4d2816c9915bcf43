"""The draft of an alert: what people write once, and what both languages are made of. Pure.

Facts that are codes (hair, eyes, height) are said in both languages; sentences are written by a person in each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from allhands.alerts import harm
from allhands.alerts.contracts import AlertText, Language, LatLon
from allhands.ui import wording

LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
# The sentences a person writes in each language.
WORDS: Final = ("looks", "clothing", "seen_place", "vehicle", "companion")
REQUIRED: Final = ("looks", "seen_place")
LONGEST: Final[Mapping[str, int]] = {
    "name": 60, "looks": 200, "clothing": 160, "seen_place": 120, "vehicle": 160, "companion": 160,
}  # fmt: skip
LONGEST_AGO = timedelta(days=366 * 20)  # a child of today was not last seen before that
CONSENTS: Final = ("name", "photo", "tribe")
LONGEST_LIFE_HOURS: Final = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftArea:
    """Where it should go, as chosen: names are the control, the map a help.

    Args:
        polygon: one closed ring, or empty.
        centre, radius_km: a circle, or None and 0.
        minutes: travel time by road around the last-seen point; 0 for none.
    """

    county_fips: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    polygon: tuple[LatLon, ...] = ()
    centre: LatLon | None = None
    radius_km: float = 0
    minutes: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.county_fips or self.nations or self.polygon or self.centre)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One content for every way out.

    Args:
        name: the first name people call the child; empty when it was not released.
        age: whole years; None when not known.
        seen_at: when the child was last seen.
        texts: the sentences by language.
        companion_approved: police said that who may be with the child is told.
        consent_by: who agreed, and in which capacity, such as "Ms. Olsen, legal guardian"; or that police decided.
        consents: what that covers: name, photo, tribe.
        police_decided: police publish without a card on record, because life is in danger; `consent_by` says who.
        photo_id: the picture chosen; empty for none.
        route_id: the verified number people call.
        english_only: somebody said so, knowing that Spanish readers get nothing.
        demanded: harm code to the law that demands the field all the same.
        hours: how long it lives.
    """

    name: str = ""
    age: int | None = None
    seen_at: datetime | None = None
    texts: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    companion_approved: bool = False
    consent_by: str = ""
    consents: tuple[str, ...] = ()
    police_decided: bool = False
    photo_id: str = ""
    route_id: str = ""
    english_only: bool = False
    demanded: Mapping[str, str] = field(default_factory=dict)
    hours: float = 24
    area: DraftArea = field(default_factory=DraftArea)

    def text(self, lang: Language, name: str) -> str:
        """One sentence of one language; empty when not written."""
        return self.texts.get(lang, {}).get(name, "")

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The fields that go out only as long as a card on record covers them."""
        return () if self.police_decided else self.consents

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which the alert can leave: those whose needed sentences are written."""
        return tuple(lang for lang in LANGUAGES if all(self.text(lang, name) for name in REQUIRED))


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as it is stored."""
    area = draft.area
    return {
        "name": draft.name,
        "age": draft.age,
        "seen_at": draft.seen_at.isoformat() if draft.seen_at else None,
        "texts": {lang: dict(words) for lang, words in draft.texts.items()},
        "companion_approved": draft.companion_approved,
        "consent_by": draft.consent_by,
        "consents": list(draft.consents),
        "police_decided": draft.police_decided,
        "photo_id": draft.photo_id,
        "route_id": draft.route_id,
        "english_only": draft.english_only,
        "demanded": dict(draft.demanded),
        "hours": draft.hours,
        "area": {
            "county_fips": list(area.county_fips),
            "nations": list(area.nations),
            "polygon": [list(point) for point in area.polygon],
            "centre": list(area.centre) if area.centre else None,
            "radius_km": area.radius_km,
            "minutes": area.minutes,
        },
    }


def from_json(raw: Mapping[str, Any]) -> Draft:
    """The stored draft."""
    area = raw["area"]
    return Draft(
        name=raw["name"],
        age=raw["age"],
        seen_at=datetime.fromisoformat(raw["seen_at"]) if raw["seen_at"] else None,
        texts={lang: raw["texts"][lang] for lang in LANGUAGES if lang in raw["texts"]},
        companion_approved=raw["companion_approved"],
        consent_by=raw["consent_by"],
        consents=tuple(raw["consents"]),
        police_decided=raw.get("police_decided", False),
        photo_id=raw["photo_id"],
        route_id=raw["route_id"],
        english_only=raw["english_only"],
        demanded=raw["demanded"],
        hours=raw["hours"],
        area=DraftArea(
            county_fips=tuple(area["county_fips"]),
            nations=tuple(area["nations"]),
            polygon=tuple((point[0], point[1]) for point in area["polygon"]),
            centre=(area["centre"][0], area["centre"][1]) if area["centre"] else None,
            radius_km=area["radius_km"],
            minutes=area["minutes"],
        ),
    )


def seen_words(draft: Draft, lang: Language, *, now: datetime, zone: ZoneInfo) -> str:
    """Day, date, time and zone, never relative; empty when not known."""
    if draft.seen_at is None:
        return ""
    return wording.full(draft.seen_at, now=now, zone=zone, lang=lang, hours=wording.Hours.PUBLIC)


def look_through(draft: Draft, *, now: datetime, zone: ZoneInfo) -> tuple[harm.Finding, ...]:
    """What the harm check says of every sentence and of the name."""
    found: list[harm.Finding] = []
    released = {"tribe"} if "tribe" in draft.consents else set()
    for lang in LANGUAGES:
        fields = {**draft.texts.get(lang, {}), **({"name": draft.name} if lang == "en" else {})}
        words = seen_words(draft, lang, now=now, zone=zone)
        found.extend(harm.check({lang: fields}, consented=released, when_words=words))
    return tuple(found)


def reword(draft: Draft, finding: harm.Finding) -> Draft:
    """The draft with one finding mended.

    Raises:
        ValueError: the words have changed since.
    """
    if finding.field == "name":
        return replace(draft, name=harm.reword(draft.name, finding))
    words = dict(draft.texts.get(finding.lang, {}))
    words[finding.field] = harm.reword(words.get(finding.field, ""), finding)
    return replace(draft, texts={**draft.texts, finding.lang: words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Why the draft cannot be offered yet: a field and a code; the page has the words."""

    field: str
    code: str


def lacks(draft: Draft, *, now: datetime, zone: ZoneInfo, on_record: Collection[str]) -> tuple[Lack, ...]:
    """Everything missing or impossible, in the order of the page.

    Args:
        on_record: the fields that a card of the door covers now.
    """
    checks = [
        (draft.seen_at is None, "seen_at", "seen-missing"),
        (draft.seen_at is not None and draft.seen_at > now, "seen_at", "seen-future"),
        (draft.seen_at is not None and draft.seen_at < now - LONGEST_AGO, "seen_at", "seen-past"),
        (bool(draft.name) and "name" not in draft.consents, "consents", "name-not-released"),
        (bool(draft.photo_id) and "photo" not in draft.consents, "consents", "photo-not-released"),
        (bool(draft.consents) and not draft.consent_by.strip(), "consent_by", "consent-by-missing"),
        (not set(draft.rests_on) <= set(on_record), "consents", "no-card"),
        (not draft.route_id, "route_id", "route-missing"),
        (_has_companion(draft) and not draft.companion_approved, "companion_approved", "companion-not-approved"),
    ]
    found = [Lack(field=name, code=code) for wrong, name, code in checks if wrong]
    return (*_word_lacks(draft), *found, *_harm_lacks(draft, now, zone), *_area_lacks(draft))


def compose(draft: Draft, lang: Language, *, call: tuple[str, str], seen: str) -> AlertText:
    """The texts of one language.

    Args:
        call: name and number as people read it.
        seen: when the child was last seen, in this language.
    """
    who = _who(draft, lang)
    agency, number = call
    name = draft.name or {"en": "this child", "es": "esta niña o este niño"}[lang]
    instruction = {
        "en": f"If you see {name}, do not approach. Call {agency}, {number}. In danger now: 911.",
        "es": f"Si ve a {name}, no se acerque. Llame a {agency}, {number}. Si hay peligro ahora: 911.",
    }[lang]
    return AlertText(
        headline=who,
        name=draft.name,
        age=_age(draft.age, lang),
        description=draft.text(lang, "looks"),
        clothing=draft.text(lang, "clothing"),
        last_seen_place=draft.text(lang, "seen_place"),
        last_seen_at=seen,
        vehicle=draft.text(lang, "vehicle"),
        companion=draft.text(lang, "companion") if draft.companion_approved else "",
        instruction=instruction,
    )


def _who(draft: Draft, lang: Language) -> str:
    name = draft.name or {"en": "a child", "es": "una niña o un niño"}[lang]
    age = "" if draft.age is None else {"en": f", {draft.age}", "es": f", {_age(draft.age, 'es')}"}[lang]
    return {"en": f"Missing: {name}{age}", "es": f"Persona desaparecida: {name}{age}"}[lang]


def _age(age: int | None, lang: Language) -> str:
    if age is None:
        return ""
    if age == 0:
        return {"en": "under 1", "es": "menos de 1 año"}[lang]
    return {"en": f"{age}", "es": f"{age} año" if age == 1 else f"{age} años"}[lang]


def _has_companion(draft: Draft) -> bool:
    return any(draft.text(lang, "companion") for lang in LANGUAGES)


def _word_lacks(draft: Draft) -> Iterable[Lack]:
    for name in REQUIRED:
        if not draft.text("en", name):
            yield Lack(field=f"{name}_en", code=f"{name}-missing")
        elif not draft.text("es", name) and not draft.english_only:
            yield Lack(field=f"{name}_es", code="spanish-missing")
    for lang in LANGUAGES:
        for name in WORDS:
            if len(draft.text(lang, name)) > LONGEST[name]:
                yield Lack(field=f"{name}_{lang}", code="too-long")


def _harm_lacks(draft: Draft, now: datetime, zone: ZoneInfo) -> Iterable[Lack]:
    for finding in look_through(draft, now=now, zone=zone):
        if finding.code not in harm.DEMANDABLE or not draft.demanded.get(finding.code, "").strip():
            name = finding.field if finding.field == "name" else f"{finding.field}_{finding.lang}"
            yield Lack(field=name, code="harm")


def _area_lacks(draft: Draft) -> Iterable[Lack]:
    if draft.area.is_empty:
        yield Lack(field="area", code="area-missing")
