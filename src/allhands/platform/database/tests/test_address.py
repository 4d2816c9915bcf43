"""Addresses of databases, read and written."""

from __future__ import annotations

import pytest

from allhands.platform.database.address import AddressError, parse_url


def test_url_is_read_whole() -> None:
    address = parse_url("postgresql://allhands_app:s%40fe@db.example:5433/all%20hands?sslmode=require")
    assert (address.host, address.port, address.name) == ("db.example", 5433, "all hands")
    assert (address.user, address.password) == ("allhands_app", "s@fe")
    assert address.options == (("sslmode", "require"),)


def test_socket_folder_stands_in_the_query() -> None:
    address = parse_url("postgresql://app@/allhands?host=%2Frun%2Fdb&port=6000")
    assert (address.host, address.port) == ("/run/db", 6000)


def test_what_is_written_is_read_again() -> None:
    address = parse_url("postgresql://app:p%2Fw@h/allhands?sslmode=require")
    assert parse_url(address.conninfo()) == address


def test_taking_a_role_asks_for_it_at_sign_in() -> None:
    address = parse_url("postgresql://login@h/allhands").taking("allhands_app")
    assert address.django()["OPTIONS"] == {"options": "-c role=allhands_app"}


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://u@h/db", id="another scheme"),
        pytest.param("postgresql://h/db", id="no user"),
        pytest.param("postgresql://u@h/", id="no database"),
    ],
)
def test_bad_url_is_refused(url: str) -> None:
    with pytest.raises(AddressError, match="database URL"):
        parse_url(url)
