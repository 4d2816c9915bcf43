"""The harm check: one row a promise, in both languages, and one click that mends it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allhands.alerts import harm
from allhands.alerts.contracts import Language

CASES: list[tuple[Language, str, str, str]] = [
    ("en", "Left her foster home on Third Street", "care", "Left her home on Third Street"),
    ("en", "Missing from a group home", "care", "Missing from a home"),
    ("en", "Her caseworker is looking", "care", "Her is looking"),
    ("en", "Has autism, green parka", "health", "Has, green parka"),
    ("en", "needs medication", "health", "needs may need help soon"),
    ("en", "She is pregnant", "pregnancy", "She is"),
    ("en", "Possibly trafficked", "trafficking", "Possibly may be in danger"),
    ("en", "An undocumented girl", "immigration", "An girl"),
    ("en", "member of the Sample Nation", "tribe", ""),
    ("en", "Runaway, 14", "blame", "missing, 14"),
    ("en", "Ran away before", "blame", "is missing"),
    ("en", "on drugs", "blame", ""),
    ("en", "Call 701-555-0100 now", "phone", "Call now"),
    ("en", "Seen last night at the mall", "time", "Seen Mon Nov 23, 2:05 pm at the mall"),
    ("es", "Salió de su hogar de crianza", "care", "Salió de su casa"),
    ("es", "Tiene autismo", "health", "Tiene"),
    ("es", "Está embarazada", "pregnancy", "Está"),
    ("es", "Posible trata de personas", "trafficking", "Posible puede estar en peligro"),
    ("es", "Es indocumentada", "immigration", "Es"),
    ("es", "joven indígena", "tribe", "joven"),
    ("es", "Se escapó de casa", "blame", "falta"),
    ("es", "Usa drogas", "blame", ""),
    ("es", "Llame al (701) 555-0100", "phone", "Llame al"),
    ("es", "Vista anoche", "time", "Vista Mon Nov 23, 2:05 pm"),
]


@pytest.mark.parametrize(("lang", "text", "code", "mended"), CASES, ids=[f"{c[0]}-{c[1][:20]}" for c in CASES])
def test_harm_is_named_and_one_click_mends_it(lang: Language, text: str, code: str, mended: str) -> None:
    found = harm.check({lang: {"description": text}}, when_words="Mon Nov 23, 2:05 pm")
    assert [one.code for one in found] == [code]
    assert found[0].why["en"]
    assert found[0].why["es"]
    assert harm.reword(text, found[0]) == mended


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Green parka, no hat, 5 ft 3, brown hair, green eyes, scar on left hand"),
        ("en", "Harwell bus stop on Third Street, near the Native Plant Garden"),
        ("en", "Silver van, Red River Mall, Monday Nov 23 at 2:05 pm"),
        ("en", "Wears glasses and a hearing aid"),
        ("es", "Abrigo verde, sin gorro, 1.60 m, pelo castaño, ojos verdes"),
        ("es", "Parada de autobuses de Harwell, calle Tercera, lun. 23 de nov. a las 2:05 p. m."),
    ],
)
def test_what_helps_to_recognize_a_child_passes(lang: Language, text: str) -> None:
    assert harm.check({lang: {"description": text}}) == ()


def test_a_nation_may_be_named_when_it_was_released() -> None:
    text: dict[Language, dict[str, str]] = {"en": {"description": "citizen of the Sample Nation"}}
    assert [one.code for one in harm.check(text)] == ["tribe"]
    assert harm.check(text, consented={"tribe"}) == ()


@pytest.mark.parametrize(
    ("lang", "text", "code", "mended"),
    [
        pytest.param("en", "Left her fоster hоme", "care", "Left her home", id="look-alike letters"),
        pytest.param("en", "Left a children’s home", "care", "Left a home", id="curly quote"),
        pytest.param("en", "Left her fos\u200bter home", "care", "Left her home", id="invisible character"),
        pytest.param("en", "Left her foster\u00a0home 🙂", "care", "Left her home 🙂", id="fixed blank, emoji"),
        pytest.param("en", "risk of self‑harm", "health", "risk of", id="fixed hyphen"),
        pytest.param("en", "Ｒｕｎａｗａｙ, 14", "blame", "missing, 14", id="wide letters"),
        pytest.param("en", "Call 701–555–0100 now", "phone", "Call now", id="number with long dashes"),
        pytest.param("es", "joven indi\u0301gena", "tribe", "joven", id="accent of its own"),
    ],
)
def test_words_that_only_look_the_same_are_found_and_mended(lang: Language, text: str, code: str, mended: str) -> None:
    found = harm.check({lang: {"description": text}})
    assert [one.code for one in found] == [code]
    assert text[found[0].start :].startswith(found[0].words), "as written, so that one click finds it"
    assert harm.reword(text, found[0]) == mended


@pytest.mark.parametrize(
    "reason",
    [
        "Habituаl runawаy",
        "She ran before and came back",
        "Lifestyle, we see this a lot",
        "Known substance use",
        "Habitual runaway",
        "Se fugó otra vez",
        "Por su estilo de vida",
        "Consumo de sustancias",
    ],
)
def test_reasons_of_blame_are_found(reason: str) -> None:
    assert harm.find_labels(reason)


@pytest.mark.parametrize("reason", ["No description yet.", "The child is home since 14:05.", "Falta la descripción."])
def test_reasons_by_criterion_pass(reason: str) -> None:
    assert harm.find_labels(reason) == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.text(max_size=200))
def test_any_text_is_looked_through_and_rewording_ends(text: str) -> None:
    for _ in range(200):
        found = harm.check({"en": {"description": text}, "es": {"description": text}})
        stops = [one for one in found if one.lang == "en"]
        if not stops:
            return
        text = harm.reword(text, stops[0])
    pytest.fail("rewording never ended")
