"""A county, a border at night, a large one, one that no map can draw, and nothing yet."""

from __future__ import annotations

from typing import Any

from allhands.ui.components.area_preview.presenter import present_area
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang

_RING = ((47.0, -98.9), (47.3, -98.2), (47.1, -97.4), (46.6, -97.6), (46.5, -98.6), (47.0, -98.9))


def examples(lang: Lang) -> tuple[Example, ...]:
    county = say(lang, "Prairie County, North Dakota", "Condado de Prairie, Dakota del Norte")
    usual: dict[str, Any] = {
        "rings": [_RING],
        "words": county,
        "km2": 1843.0,
        "overshoot": (310.0, 4200.0),
        "people": (12_040, 18_300, "2020 census"),
        "crossings": (),
        "unknown": (),
        "is_large": False,
        "is_night": False,
        "lang": lang,
    }
    states = ("Minnesota", "North Dakota")
    large = usual | {"km2": 83_000.0, "people": (1_204_000, None, "2020 census"), "is_large": True}
    no_map = usual | {"rings": (), "km2": None, "overshoot": None, "people": (None, None, ""), "unknown": (county,)}
    nothing = no_map | {"unknown": (), "words": ""}
    return (
        Example(title="ok", context={"area": present_area(**usual)}),
        Example(title="exact", context={"area": present_area(**usual | {"overshoot": (0.0, 0.0)})}),
        Example(
            title="border, night", context={"area": present_area(**usual | {"crossings": states, "is_night": True})}
        ),
        Example(title="large", context={"area": present_area(**large)}),
        Example(title="unknown number", context={"area": present_area(**no_map)}),
        Example(title="nothing chosen", context={"area": present_area(**nothing)}),
    )
