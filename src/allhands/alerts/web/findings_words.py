"""What the channels found in a text, in the reader's language; letters that change on phones in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allhands.kernel.findings import Finding

_CHANGED, _LEFT_OUT = "text.transliterated", "text.left-out"
_PART = re.compile(r"No room for (\w+):")
_QUOTED = re.compile(r"“(.+?)”(?=[ :.]|$)")
_NUMBER = re.compile(r"\d+")


def said_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Each once, in their order; what has no words of its own here keeps those of the channel."""
    found = tuple(findings)
    changes = [pair for pair in (_QUOTED.findall(one.message) for one in found if one.code == _CHANGED) if pair]
    parts = [part for one in found if one.code == _LEFT_OUT for part in _PART.findall(one.message)]
    said = [_words(one) for one in found if one.code not in {_CHANGED, _LEFT_OUT}]
    left_out = [_("No room for: %(parts)s") % {"parts": ", ".join(_part(one) for one in parts)}] if parts else []
    return tuple(dict.fromkeys([*left_out, *_changed(changes), *said]))


def _part(name: str) -> str:
    return {
        "headline": _("the headline"),
        "sender": _("who sends it"),
        "name": _("the name"),
        "last_seen": _("last seen"),
        "last_seen_place": _("the place last seen"),
        "last_seen_at": _("the time last seen"),
        "vehicle": _("the vehicle"),
        "clothing": _("the clothes"),
        "description": _("the description"),
        "companion": _("who may be with the child"),
        "public_url": _("the link"),
        "take_down": _("the request to take copies down"),
    }.get(name, name)


def _changed(pairs: list[list[str]]) -> list[str]:
    instead = " · ".join(f"{one[0]} → {one[1]}" for one in pairs if len(one) > 1)
    gone = " · ".join(one[0] for one in pairs if len(one) == 1)
    lines = [(_("Not on every phone, so written otherwise: %(letters)s"), instead)]
    lines.append((_("Not on every phone, so left out: %(letters)s"), gone))
    return [words % {"letters": letters} for words, letters in lines if letters]


def _words(one: Finding) -> str:
    numbers = [int(number) for number in _NUMBER.findall(one.message)]
    match one.code:
        case "sms.parts":
            parts = numbers[0] if numbers else 1
            return ngettext("Sent as one part.", "Sent as %(n)d parts.", parts) % {"n": parts}
        case "text.too-long" if len(numbers) > 1:
            return _("The text takes %(used)d places; %(most)d fit.") % {"used": numbers[0], "most": numbers[1]}
        case "text.counts-twice":
            return _("“%(letter)s” takes two places.") % {"letter": _QUOTED.findall(one.message)[0]}
        case "sign.no-plate":
            return _("The plate does not fit this sign: drivers are sent to the radio. Tell the sign's operator.")
        case "sign.plate-not-read":
            return _(
                "No whole plate was read in the words about the vehicle: drivers are sent to the radio. If it is "
                "known, write it as “plate ND ABC1234”."
            )
        case "sign.shortened":
            return _("Not everything fits this sign: colour, model or make were left out.")
    return one.message
