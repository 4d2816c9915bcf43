"""States, the District of Columbia and the territories by postal code.

Source: INCITS 38:2009, names as the Census Bureau writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STATE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
        "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
        "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
        "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
        "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
        "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
        "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
        "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
        "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
        "WI": "Wisconsin", "WY": "Wyoming", "AS": "American Samoa", "GU": "Guam",
        "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "VI": "U.S. Virgin Islands",
    }
)  # fmt: skip

# As the packs call them in Spanish (a test holds the two together); the others are called the same.
STATE_NAMES_ES: Mapping[str, str] = MappingProxyType(
    {
        **STATE_NAMES,
        "AS": "Samoa Americana",
        "DC": "Distrito de Columbia",
        "HI": "Hawái",
        "LA": "Luisiana",
        "MI": "Míchigan",
        "MO": "Misuri",
        "MP": "Islas Marianas del Norte",
        "MS": "Misisipi",
        "NC": "Carolina del Norte",
        "ND": "Dakota del Norte",
        "NH": "Nuevo Hampshire",
        "NJ": "Nueva Jersey",
        "NM": "Nuevo México",
        "NY": "Nueva York",
        "OR": "Oregón",
        "PA": "Pensilvania",
        "SC": "Carolina del Sur",
        "SD": "Dakota del Sur",
        "VI": "Islas Vírgenes de los Estados Unidos",
        "WV": "Virginia Occidental",
    }
)
