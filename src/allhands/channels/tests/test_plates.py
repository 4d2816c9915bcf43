"""Plates as people write them: found whole, or not at all."""

from __future__ import annotations

import pytest

from allhands.channels.roadsigns.plates import speaks_of_plate, split_plate


@pytest.mark.parametrize(
    ("vehicle", "plate", "rest"),
    [
        ("Blue Ford F-150, plate ND ABC1234", "ND ABC1234", "Blue Ford F-150"),
        ("Blue Ford F-150, plate nd abc1234", "ND ABC1234", "Blue Ford F-150"),
        ("White van, license: 7XYZ123", "7XYZ123", "White van"),
        ("2014 Honda Civic TX/ABC-1234", "TX ABC-1234", "2014 Honda Civic"),
        ("2014 Honda Civic TX-ABC1234", "TX-ABC1234", "2014 Honda Civic"),
        ("Silver Ford Escort, plate ND 123 ABC", "ND 123 ABC", "Silver Ford Escort"),
        ("Silver Ford Escort, plate 123 ABC, dent in the door", "123 ABC", "Silver Ford Escort, dent in the door"),
        ("Blue Ford, license plate number MN 4-HELP-2 blue", "MN 4-HELP-2", "Blue Ford, blue"),
        ("Silver Ford, Texas plates, ABC1234", "TX ABC1234", "Silver Ford"),
        ("Silver Ford, Texas plate ABC1234", "TX ABC1234", "Silver Ford"),
        ("Silver Ford, TX plate ABC1234, roof rack", "TX ABC1234", "Silver Ford, roof rack"),
        ("Silver Ford, plates: New Mexico ABC123", "NM ABC123", "Silver Ford"),
        ("Silver Ford, West Virginia tag 1AB 234", "WV 1AB 234", "Silver Ford"),
        ("Silver Ford, license plate (ND) 123ABC", "ND 123ABC", "Silver Ford"),
        ("Silver Ford, plate ND-123ABC", "ND-123ABC", "Silver Ford"),
        ("Silver Ford, plate ND-ABC1234", "ND-ABC1234", "Silver Ford"),
        ("Silver Ford, plate: ND - ABC1234", "ND ABC1234", "Silver Ford"),
        ("Silver Ford, plate ND: ABC1234", "ND ABC1234", "Silver Ford"),
        ("Red Kia, ABC1234 plate", "ABC1234", "Red Kia"),
        ("Red Kia, TX ABC1234 plate, dented", "TX ABC1234", "Red Kia, dented"),
        ("Red KIA ABC1234 (Texas plate)", "TX ABC1234", "Red KIA"),
        ("Blue Ford, Lic. No. ABC 1234", "ABC 1234", "Blue Ford"),
        ("Blue Ford, lic. plate ABC1234", "ABC1234", "Blue Ford"),
        ("Blue Ford, plate # ABC1234", "ABC1234", "Blue Ford"),
        ("Blue Ford, plate no. 123456", "123456", "Blue Ford"),
        ("Blue Ford, plate DE 123456", "DE 123456", "Blue Ford"),
        ("plate is ABC1234", "ABC1234", ""),
        ("Blue Ford; the plate was ABC1234.", "ABC1234", "Blue Ford; the"),
        ("Blue Ford, plate on the trailer: ABC1234", "ABC1234", "Blue Ford, on the trailer"),
        ("Blue Ford, plate ND HELPME", "ND HELPME", "Blue Ford"),
        ("BLUE FORD, PLATE ND ABC1234", "ND ABC1234", "BLUE FORD"),
        ("Ford azul, placas nd 123 abc", "ND 123 ABC", "Ford azul"),
        ("Ford azul, placa de Texas ABC1234", "TX ABC1234", "Ford azul"),
        ("Ford azul, placas de Dakota del Norte ABC1234", "ND ABC1234", "Ford azul"),
        ("Ford azul, placas de Nuevo México: ABC-123", "NM ABC-123", "Ford azul"),
        ("Ford azul, placa de ABC1234", "ABC1234", "Ford azul"),
        ("Ford azul, placa es ABC1234", "ABC1234", "Ford azul"),
        ("Ford azul, placa número ABC1234", "ABC1234", "Ford azul"),
        ("Ford azul, placa n.º ABC1234", "ABC1234", "Ford azul"),
        ("Ford azul, matrícula: ABC 1234", "ABC 1234", "Ford azul"),
        ("Ford azul, placas texanas ABC1234", "ABC1234", "Ford azul, texanas"),
    ],
)
def test_plate_is_found_however_it_is_written(vehicle: str, plate: str, rest: str) -> None:
    assert split_plate(vehicle) == (plate, rest)


@pytest.mark.parametrize(
    "vehicle",
    [
        "Blue Ford, plate unknown",
        "BLUE FORD, PLATE UNKNOWN",
        "BLUE FORD, PLATE NOT KNOWN",
        "Blue Ford, plate starts with 12",
        "Blue Ford, plate starts with ABC12",
        "Blue Ford, partial plate ABC12",
        "Blue Ford, plate ABC12, last two digits not seen",
        "Blue Ford F150XL, plate unknown",
        "Blue Ford F150XL plate unknown",
        "BMW 328XI, no plates",
        "Blue Ford, Texas plates, ABC 1234X",
        "Blue Ford, Texas plates, 2014 model",
        "Blue Ford, plates, ABC-12-34",
        "Blue Ford, plate 2 doors",
        "Ford azul, placa desconocida",
        "Ford azul, placa empieza con ABC12",
        "Ford azul, sin placas, modelo F150XL",
    ],
)
def test_plate_in_part_is_none(vehicle: str) -> None:
    assert split_plate(vehicle)[0] == ""
    assert speaks_of_plate(vehicle)


@pytest.mark.parametrize("vehicle", ["Red bicycle", "Blue Ford F-150", ""])
def test_vehicle_without_a_plate_is_left_as_it_is(vehicle: str) -> None:
    assert split_plate(vehicle) == ("", vehicle)
    assert not speaks_of_plate(vehicle)
