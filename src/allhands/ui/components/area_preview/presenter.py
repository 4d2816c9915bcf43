"""An area as a small picture and the sentences that say the same. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from allhands.ui.wording import Lang

Point = tuple[float, float]  # latitude, longitude in degrees

_WIDTH, _HEIGHT, _MARGIN = 320.0, 200.0, 12.0
_SAY = {
    "en": {
        "will": "Will get it: {km2} km²{people}.",
        "people": ", about {people} people live there ({as_of})",
        "most": ", at most {people}",
        "may": "May get it: {km2} km² more, up to {m} outside.",
        "exact": "Nothing more than what was chosen is told.",
        "unknown": "No map here can draw {names}. How large it is and how many live there is not known.",
        "nothing": "Nothing is chosen yet.",
        "crosses": "It lies in {states}. A second look is asked.",
        "large": "It is very large. A second look is asked.",
        "night": "It is night there. A second look is asked.",
    },
    "es": {
        "will": "La recibirán: {km2} km²{people}.",
        "people": ", donde viven unas {people} personas ({as_of})",
        "most": ", como máximo {people}",
        "may": "Podrían recibirla: {km2} km² más, hasta {m} fuera.",
        "exact": "No se avisa a nadie fuera de lo elegido.",
        "unknown": "Ningún mapa aquí puede dibujar {names}. No se sabe su tamaño ni cuántas personas viven allí.",
        "nothing": "Todavía no se eligió nada.",
        "crosses": "Está en {states}. Se pide mirar otra vez.",
        "large": "Es muy grande. Se pide mirar otra vez.",
        "night": "Allí es de noche. Se pide mirar otra vez.",
    },
}
_CENSUS = {"2020 census": "censo de 2020"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPreview:
    """An area ready to draw.

    Args:
        paths: outlines in a picture of 320 by 200; empty when nothing can be drawn.
        has_overshoot: the dashed line around it means something.
        sentences: everything the picture shows, in words.
        looks: reasons to look twice, in words.
    """

    words: str
    paths: tuple[str, ...]
    has_overshoot: bool
    sentences: tuple[str, ...]
    looks: tuple[str, ...] = ()


def present_area(  # noqa: PLR0913  one argument for each thing the sentence says
    *,
    rings: Sequence[Sequence[Point]],
    words: str,
    km2: float | None,
    overshoot: tuple[float | None, float | None] | None,
    people: tuple[int | None, int | None, str],
    crossings: Sequence[str],
    unknown: Sequence[str],
    is_large: bool,
    is_night: bool,
    lang: Lang,
) -> AreaPreview:
    """The area in words and as outlines.

    Args:
        rings: what leaves, closed.
        overshoot: km² told beyond what was chosen, and how many metres that reaches outside.
        people: living there, at most, and as of when.
        unknown: names that no map can draw.
    """
    say = _SAY[lang]
    looks = [say["crosses"].format(states=", ".join(crossings))] if crossings else []
    looks += [say["large"]] if is_large else []
    looks += [say["night"]] if is_night else []
    sentences = [*_size(km2, people, lang), *_beyond(overshoot, lang)]
    if unknown:
        sentences.append(say["unknown"].format(names=", ".join(unknown)))
    return AreaPreview(
        words=words,
        paths=_paths(rings),
        has_overshoot=bool(overshoot and overshoot[0]),
        sentences=tuple(sentences or [say["nothing"]]),
        looks=tuple(looks),
    )


def number(value: float, lang: Lang) -> str:
    """A rounded number: three figures, thousands apart.

    Example:
        >>> number(1843.2, "en")
        '1,840'
    """
    if value <= 0:
        return "0"
    size = max(0, math.floor(math.log10(value)) - 2)
    rounded = round(value, -size) if value >= 100 else round(value, 1)
    text = f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"
    return text if lang == "en" else text.replace(",", "\u202f").replace(".", ",")


def _size(km2: float | None, people: tuple[int | None, int | None, str], lang: Lang) -> list[str]:
    if km2 is None:
        return []
    say, (about, most, as_of) = _SAY[lang], people
    living = ""
    if about is not None:
        year = as_of if lang == "en" else _CENSUS.get(as_of, as_of)
        living = say["people"].format(people=number(about, lang), as_of=year)
        living += say["most"].format(people=number(most, lang)) if most and most > about else ""
    return [say["will"].format(km2=number(km2, lang), people=living)]


def _beyond(overshoot: tuple[float | None, float | None] | None, lang: Lang) -> list[str]:
    if overshoot is None or overshoot[0] is None or overshoot[1] is None:
        return []
    if overshoot[0] < 0.05:
        return [_SAY[lang]["exact"]]
    return [_SAY[lang]["may"].format(km2=number(overshoot[0], lang), m=_distance(overshoot[1], lang))]


def _distance(metres: float, lang: Lang) -> str:
    return f"{number(metres, lang)} m" if metres < 1_000 else f"{number(metres / 1_000, lang)} km"


def _paths(rings: Sequence[Sequence[Point]]) -> tuple[str, ...]:
    """Outlines, north up, fitted into the picture; degrees of longitude shortened by the latitude of the middle."""
    points = [point for ring in rings for point in ring]
    if not points:
        return ()
    middle = math.radians(sum(lat for lat, _ in points) / len(points))
    flat = [[(lon * math.cos(middle), -lat) for lat, lon in ring] for ring in rings]
    xs, ys = [x for ring in flat for x, _ in ring], [y for ring in flat for _, y in ring]
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_HEIGHT - 2 * _MARGIN) / high)
    left, top = (_WIDTH - wide * scale) / 2, (_HEIGHT - high * scale) / 2
    return tuple(
        "M" + "L".join(f"{left + (x - min(xs)) * scale:.1f} {top + (y - min(ys)) * scale:.1f}" for x, y in ring) + "Z"
        for ring in flat
    )
