"""An alert about a child who does not exist, in the agreed form."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from allhands.alerts.contracts import (
    AlertArea,
    AlertId,
    AlertMessage,
    AlertPhoto,
    AlertStatus,
    AlertText,
    CallNumber,
    Circle,
    EventCode,
    MessageKind,
    TransmissionId,
)

SENT = datetime(2026, 11, 23, 20, 31, tzinfo=UTC)
ENGLISH = AlertText(
    headline="Missing: Maya, 14",
    name="Maya",
    age="14",
    description="5 ft 3 in, about 120 lb, brown eyes, black shoulder-length hair, braces",
    clothing="Green parka, no hat, grey school bag",
    last_seen_place="Harwell bus stop, Main Street",
    last_seen_at="Mon Nov 23, 2:05 pm",
    vehicle="Blue Ford F-150, plate ND ABC1234",
    companion="",
    instruction="Do not approach. Call Harwell Police.",
)
SPANISH = AlertText(
    headline="Desaparecida: Maya, 14",
    name="Maya",
    age="14 años",
    description="1,60 m, unas 120 lb, ojos cafés, cabello negro a los hombros, frenos dentales",
    clothing="Abrigo verde, sin gorro, mochila escolar gris",
    last_seen_place="parada de autobuses de Harwell, calle Main",
    last_seen_at="lun. 23 nov., 2:05 p. m.",
    vehicle="Ford F-150 azul, placa ND ABC1234",
    companion="",
    instruction="No se acerque. Llame a la policía de Harwell.",
)
AREA = AlertArea(
    words={"en": "Prairie County", "es": "condado de Prairie"},
    county_fips=("38079",),
    nations=(),
    polygons=(((48.5, -100.2), (49.0, -100.2), (49.0, -99.4), (48.5, -99.4), (48.5, -100.2)),),
    circles=(),
)


def drawn_photo() -> AlertPhoto:
    """A drawing of nobody, as a JPEG without anything hidden in it."""
    picture = Image.new("RGB", (600, 750), "#d9e8f6")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((120, 90, 480, 520), fill="#3a2a22")
    draw.ellipse((170, 150, 430, 500), fill="#c98f6b")
    draw.polygon([(60, 750), (130, 560), (470, 560), (540, 750)], fill="#3d6b4f")
    for x in (245, 345):
        draw.ellipse((x, 300, x + 22, 322), fill="#1b1b1b")
    draw.arc((250, 370, 350, 430), 20, 160, fill="#1b1b1b", width=6)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return AlertPhoto(
        jpeg=file.getvalue(),
        alt={"en": "Drawn portrait. Not a real person.", "es": "Retrato dibujado. No es una persona real."},
        is_drawn=True,
    )


def a_message(**changes: Any) -> AlertMessage:
    """A live alert as the agency approved it; change a field at a time."""
    message = AlertMessage(
        transmission_id=TransmissionId("t0000000000000001"),
        alert_id=AlertId("a0000000000000001"),
        identifier="ah-bcd4fgh7jk2mnp5q",
        sender="alerts@harwell.example.gov",
        sender_name="Harwell Police",
        sent_at=SENT,
        expires_at=SENT + timedelta(hours=24),
        kind=MessageKind.ALERT,
        status=AlertStatus.ACTUAL,
        event=EventCode.MEP,
        references=(),
        texts={"en": ENGLISH, "es": SPANISH},
        area=AREA,
        photo=drawn_photo(),
        call=CallNumber(
            e164="+17015550100",
            shown="701-555-0100",
            name={"en": "Harwell Police", "es": "la policía de Harwell"},
        ),
        public_url="https://alerts.example.gov/a/bcd4fgh7",
        world="live",
    )
    return replace(message, **changes)


def in_demo(message: AlertMessage) -> AlertMessage:
    """The same, in the demo world, where nothing is Actual."""
    return replace(message, world="demo", status=AlertStatus.EXERCISE)


CIRCLE = Circle(centre=(48.6, -99.9), radius_km=12.5)
