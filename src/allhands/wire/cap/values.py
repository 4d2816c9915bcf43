"""The text forms inside CAP elements: times, points, rings, circles, references, lists of words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from allhands.wire.cap.model import Circle, LonLat, Reference

# CAP 1.2, 3.2.1 sent: offset always written, "Z" never, no fraction. The OASIS XSD pattern `[-,+]` lets a comma stand
# in for the sign; the text of the standard does not, and xs:dateTime does not either.
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)
# CAP 1.0 and 1.1 have plain xs:dateTime.
_OLD_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LARGEST_OFFSET: Final = timedelta(hours=14)  # XML Schema part 2, 3.2.7.3
_NUMBER: Final = re.compile(r"[+-]?(\d{1,18}\.?\d{0,40}|\.\d{1,40})", re.ASCII)
_NOTHING: Final = 1e-20  # smaller numbers mean zero: no place and no height is that exact
# XML's blanks, and only those: a no-break space between two points is read by no receiver.
BLANKS: Final = " \t\r\n"
_PARTS: Final = re.compile(r"[^ \t\r\n]+")
_WORDS: Final = re.compile(r'"([^"]*)"|(\S+)')
# 3.2.1 identifier and sender: no spaces, commas or restricted characters (< and &).
_NAME: Final = re.compile(r"[^\s,<&]+")


class BadValue(ValueError):
    """A text that does not have the form its element asks for; the words say what is allowed."""


def parse_time(text: str, *, strict: bool) -> datetime:
    """An aware instant, with the offset as written.

    Args:
        strict: the form of CAP 1.2; otherwise any xs:dateTime that carries an offset, its fraction cut off.
    Raises:
        BadValue: the text is no instant in that form.
    Example:
        >>> parse_time("2026-03-07T21:14:05-07:00", strict=True).isoformat()
        '2026-03-07T21:14:05-07:00'
    """
    form = _TIME if strict else _OLD_TIME
    if not form.fullmatch(text):
        raise BadValue(
            f"“{text}” is not a CAP time. Write it like 2026-03-07T21:14:05-07:00: seconds, then the offset with its "
            "sign; no Z, no fraction; UTC is -00:00."
        )
    # XML Schema part 2, 3.2.7: 24:00:00 is the end of the day, the first moment of the next.
    ends_a_day = text[10:19] == "T24:00:00"
    try:
        instant = datetime.fromisoformat(text.replace("T24:", "T00:") if ends_a_day else text)
        instant += timedelta(days=ends_a_day)
    except (ValueError, OverflowError) as wrong:
        raise BadValue(f"“{text}” is no day or time that exists: {wrong}.") from None
    offset = instant.utcoffset()
    if offset is None or abs(offset) > _LARGEST_OFFSET:
        raise BadValue(f"“{text}” is more than 14 hours away from UTC; no place on Earth is.")
    return instant.replace(microsecond=0)


def format_time(instant: datetime) -> str:
    """CAP's text for an aware instant; UTC is written -00:00 (3.3.2)."""
    text = instant.isoformat(timespec="seconds")
    return f"{text[:-6]}-00:00" if text.endswith("+00:00") else text


def parse_number(text: str) -> float:
    """A plain decimal number.

    Raises:
        BadValue: anything else, an exponent or "NaN" included.
    """
    stripped = text.strip(BLANKS)
    if not _NUMBER.fullmatch(stripped):
        raise BadValue(f"“{_short(text)}” is not a plain decimal number such as 12.5.")
    return float(stripped)


def format_number(value: float) -> str:
    """The shortest plain decimal that reads back as the same number; never an exponent.

    Example:
        >>> format_number(1e-7), format_number(35.0)
        ('0.0000001', '35.0')
    """
    if abs(value) < _NOTHING:
        return "0.0"
    return format(Decimal(repr(value)), "f")


def parse_point(text: str) -> LonLat:
    """A point from CAP's `latitude,longitude`.

    Raises:
        BadValue: not two numbers, or off the globe.
    """
    parts = text.split(",")
    if len(parts) != 2:
        raise BadValue(f"“{_short(text)}” is not a point: write latitude,longitude such as 38.47,-120.14.")
    lat, lon = parse_number(parts[0]), parse_number(parts[1])
    if abs(lat) > 90:
        raise BadValue(f"Latitude {lat} is beyond the poles. CAP writes latitude first, then longitude.")
    if abs(lon) > 180:
        raise BadValue(f"Longitude {lon} is beyond 180 degrees.")
    return LonLat(lon=lon, lat=lat)


def parse_ring(text: str, *, max_points: int) -> tuple[LonLat, ...]:
    """The points of a polygon as written; whether they close and cross is judged later.

    Raises:
        BadValue: no points, a bad point, or more than `max_points`.
    """
    words = _PARTS.findall(text)
    if not words:
        raise BadValue("The polygon is empty; leave the element out instead.")
    if len(words) > max_points:
        raise BadValue(f"The polygon has {len(words):,} points; at most {max_points:,} are read.")
    return tuple(parse_point(word) for word in words)


def format_ring(ring: tuple[LonLat, ...]) -> str:
    return " ".join(format_point(point) for point in ring)


def format_point(point: LonLat) -> str:
    return f"{format_number(point.lat)},{format_number(point.lon)}"


def parse_circle(text: str) -> Circle:
    """A circle from CAP's `latitude,longitude radius`, radius in kilometres.

    Raises:
        BadValue: another form, or a negative radius.
    """
    words = _PARTS.findall(text)
    if len(words) != 2:
        raise BadValue(
            f"“{_short(text)}” is not a circle: write latitude,longitude and the radius in km: 38.47,-120.14 15."
        )
    radius_km = parse_number(words[1])
    if radius_km < 0:
        raise BadValue("The radius of a circle cannot be negative.")
    return Circle(center=parse_point(words[0]), radius_km=radius_km)


def format_circle(circle: Circle) -> str:
    return f"{format_point(circle.center)} {format_number(circle.radius_km)}"


def parse_references(text: str, *, old_form: bool, strict: bool = True) -> tuple[Reference, ...]:
    """Earlier messages, in the order written.

    Args:
        old_form: CAP 1.0's `identifier/sender`; otherwise `sender,identifier,sent`.
        strict: the form of times, as in `parse_time`.
    Raises:
        BadValue: empty, or a part that is not of the form.
    """
    words = _PARTS.findall(text)
    if not words:
        raise BadValue("The list of references is empty; leave the element out instead.")
    return tuple(_old_reference(word) if old_form else _reference(word, strict=strict) for word in words)


def _reference(word: str, *, strict: bool) -> Reference:
    parts = word.split(",")
    if len(parts) != 3 or not all(is_name(part) for part in parts[:2]):
        raise BadValue(
            f"“{_short(word)}” is not a reference: write sender,identifier,sent, with blanks between references."
        )
    return Reference(sender=parts[0], identifier=parts[1], sent_at=parse_time(parts[2], strict=strict))


def _old_reference(word: str) -> Reference:
    identifier, slash, sender = word.partition("/")
    if not slash or not identifier or not sender:
        raise BadValue(f"“{_short(word)}” is not a CAP 1.0 reference: write identifier/sender.")
    return Reference(sender=sender, identifier=identifier, sent_at=None)


def format_reference(reference: Reference) -> str:
    assert reference.sent_at is not None, "validate refuses references without a time"
    return f"{reference.sender},{reference.identifier},{format_time(reference.sent_at)}"


def is_name(text: str) -> bool:
    """Whether a text may be an identifier or a sender."""
    return bool(_NAME.fullmatch(text))


def parse_words(text: str) -> tuple[str, ...]:
    """Addresses or incidents: blanks between, double quotes around those that hold a blank (3.2.1 addresses)."""
    return tuple(quoted or bare for quoted, bare in _WORDS.findall(text) if quoted or bare)


def format_words(words: tuple[str, ...]) -> str:
    return " ".join(f'"{word}"' if any(letter.isspace() for letter in word) else word for word in words)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
