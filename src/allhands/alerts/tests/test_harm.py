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


# One line a way in which words got past the check: other forms, other spellings, the other language, set apart.
MISSED: list[tuple[Language, str, str]] = [
    *(("en", text, "care") for text in (
        "fostered", "two caseworkers", "Foster-Care", "FosterCare", "foster_home", "f o s t e r care", "f0ster care",
        "fos-ter home", "C.P.S. custody", "in state custody", "youth shelter", "group-home", "ward of the county",
        "hogar de crianza", "kinship care",
    )),
    *(("es", text, "care") for text in (
        "hogares de crianza", "niño acogido", "niñas tuteladas", "trabajadores sociales", "foster home", "albergue",
    )),
    *(("en", text, "health") for text in (
        "autist", "on the spectrum", "Asperger's", "Down syndrome", "seizures", "cutting herself", "needs her meds",
        "disabilities", "bulimia", "OCD", "in therapy", "💊",
    )),
    *(("es", text, "health") for text in ("síndrome de Down", "discapacitada", "medicada", "convulsiones", "terapia")),
    *(("en", text, "pregnancy") for text in ("baby bump", "expecting", "🤰🏽", "seven months along", "embarazada")),
    *(("es", text, "pregnancy") for text in ("embarazad@", "va a ser mamá", "esperando un bebé", "preñada")),
    *(("en", text, "trafficking") for text in (
        "exploitation", "molested", "sex work", "sold by an adult", "pimped", "pornography", "porno", "pornhub",
    )),
    *(("es", text, "trafficking") for text in ("explotadas", "tráfico de personas", "abuso", "violadas")),
    *(("en", text, "immigration") for text in ("refugees", "no papers", "ICE agents", "crossed the border")),
    *(("es", text, "immigration") for text in ("indocumentados", "sin documentos", "cruzó la frontera")),
    *(("en", text, "tribe") for text in ("Lakota girl", "native girl", "tribal ID", "Ojibwe", "lives on the rez")),
    *(("es", text, "tribe") for text in ("indígenas", "joven originaria", "niña lakota")),
    *(("en", text, "blame") for text in (
        "runs away often", "running away", "took off", "snuck out", "left of her own free will", "chronic", "truant",
        "always comes back", "smokes", "meth", "bad crowd", "gangs", "se fugó", "RUN-A-WAY", "r.u.n.a.w.a.y",
    )),
    *(("es", text, "blame") for text in (
        "fúgada", "fugados", "fugad@s", "huyó de casa", "suele escaparse", "drogada", "pandilleros", "runaway",
        "siempre regresa", "malas compañías", "faltó a la escuela",
    )),
    *(("en", text, "phone") for text in (
        "701/555/0100", "(701)  555 - 0100", "555-0100", "7 0 1 5 5 5 0 1 0 0", "701·555·0100", "701_555_0100",
        "+52 55 1234 5678", "7O1-555-O1OO", "1-800-THE-LOST", "seven oh one five five five oh one oh oh",
        "٧٠١٥٥٥٠١٠٠", "7️⃣0️⃣1️⃣5️⃣5️⃣5️⃣0️⃣1️⃣0️⃣0️⃣", "⑦⓪①⑤⑤⑤⓪①⓪⓪", "a.b@example.org",
        "see facebook.com/findmaya", "@findmaya",
    )),
    *(("es", text, "phone") for text in ("siete cero uno cinco cinco cinco cero uno cero cero", "70 15 55 01 00")),
    *(("en", text, "time") for text in (
        "two hours ago", "2 hrs ago", "last Friday", "this week", "tomorrow", "at 25:70", "at 13:05 pm", "Feb 30",
        "Nov 31", "2026-13-01", "31/31/2026", "at 2:75 pm",
    )),
    *(("es", text, "time") for text in (
        "hace dos horas", "hace 2 horas", "la semana pasada", "el viernes pasado", "a las 25:70", "30 de febrero",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "code"), MISSED, ids=[f"{one[0]}-{one[2]}-{one[1]}" for one in MISSED])
def test_no_other_form_of_it_gets_past(lang: Language, text: str, code: str) -> None:
    said = f"Seen near the mall, {text}, green parka"
    found = harm.check({lang: {"looks": said}}, when_words="Mon Nov 23, 2:05 pm")
    assert code in {one.code for one in found}
    for one in found:
        assert said[one.start :].startswith(one.words), "as written, so that one click finds it"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("seen_place", "Carrington, Foster County"),
        ("seen_place", "Foster Street and 3rd Ave, Fargo, ND 58102-1234"),
        ("seen_place", "Spirit Lake Reservation, near the ice rink"),
        ("seen_place", "ICE ARENA, 720 4th St N, exit 350 of I-94"),
        ("seen_place", "46.8772, -96.7898"),
        ("vehicle", "Ford Escort, plate ND 123 ABC"),
        ("vehicle", "Jeep Cherokee, paper plate 123-4567, VIN 1HGCM82633A004352"),
        ("looks", "Took off her glasses; hearing aids; North Dakota girl, 120-130 lb, 5 ft 4 in (163 cm)"),
        ("clothing", "Fighting Sioux hoodie 2024-2025, took off his coat"),
        ("clothing", "T-shirt with “Runaway Train” on it"),
        ("name", "Foster"),
        ("name", "Cheyenne"),
        ("name", "Asma"),
        ("name", "Two Runner"),
        ("name", "Runs Off Medicine"),
        ("name", "Olivia Parole"),
        ("name", "Last Night"),
        ("name", "Pornthip Pimpa"),
        ("vehicle", "Toyota 4-Runner"),
        ("vehicle", "Toyota 4 Runner, white"),
        ("vehicle", '20" BMX bike with "Runaway" on it, 24" wheels'),
        ("clothing", 'T-shirt "Yesterday" with a guitar'),
        ("seen_place", "Parole Elementary School"),
        ("seen_place", "Smokes Poutinerie"),
        ("seen_place", 'pier of "Runaway Bay", by the “Fugitive Coffee on Main”'),
        ("looks", "between 2:05 pm and 14:45 on 11/24/2026, 2026-11-24 14:05"),
    ],
)
def test_a_place_a_car_or_a_name_is_no_harm(field: str, text: str) -> None:
    assert harm.check({"en": {field: text}}) == ()


@pytest.mark.parametrize(
    ("field", "text", "code", "words"),
    [
        ("clothing", 'gray hoodie "call 701-555-0199"', "phone", "701-555-0199"),
        ("vehicle", "van, «findmaya.org» on the door", "phone", "findmaya.org"),
        ("vehicle", '20" BMX bike, child runs away, 24" wheels', "blame", "runs away"),
        ("vehicle", '20 " BMX bike, child runs away, 24 " wheels', "blame", "runs away"),
        ("vehicle", "her car, she is 14 runner", "blame", "runner"),
        ("seen_place", '"she ran away" from the mall', "blame", "ran away"),
        ("seen_place", 'near "Sunrise Group Home"', "care", "Group Home"),
        ("seen_place", "Harwell mall, on parole", "blame", "parole"),
        ("looks", "Parole", "blame", "Parole"),
        ("looks", "after a rape", "trafficking", "rape"),
    ],
)
def test_no_quotation_and_no_name_of_a_thing_carries_what_harms(field: str, text: str, code: str, words: str) -> None:
    assert [(one.code, one.words) for one in harm.check({"en": {field: text}})] == [(code, words)]


@pytest.mark.parametrize(
    ("lang", "text", "mended"),
    [("es", "Posible trafficking", "Posible"), ("es", "niña runaway", "niña"), ("en", "Girl, embarazada", "Girl"),
     ("en", "A girl, fugada", "A girl")],
)  # fmt: skip
def test_a_word_of_the_other_language_is_left_out_and_not_translated(lang: Language, text: str, mended: str) -> None:
    [found] = harm.check({lang: {"looks": text}})
    assert harm.reword(text, found) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Se trata de una joven de 14 años",
        "el lunes a las 9 de la mañana",
        "pelo mojado",
        "Pelo negro cortado al rape",
        "corte a rape",
    ],
)
def test_spanish_that_only_sounds_like_harm_passes(text: str) -> None:
    assert harm.check({"es": {"looks": text}}) == ()


@pytest.mark.parametrize(
    "reason",
    [
        "What we know does not warrant an AMBER alert yet.",
        "Her habitual residence is in another state.",
        "The family refused to give a picture so far.",
    ],
)
def test_reasons_that_only_share_a_word_with_blame_pass(reason: str) -> None:
    assert harm.find_labels(reason) == ()


def test_no_law_demands_blame() -> None:
    assert "blame" not in harm.DEMANDABLE
    assert {"care", "health", "tribe"} <= set(harm.DEMANDABLE)
    found = harm.check({"en": {"clothing": "a runaway in a “blue” coat"}})
    assert [one.words for one in found] == ["a runaway"[2:]]


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
