"""Styles and scripts travel deflated to whoever takes them so, and whole to everybody else."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["allhands.css", "lite.css", "htmx.js", "maplibre/maplibre-gl.mjs"])
def test_a_file_is_a_third_of_its_size_on_a_bad_link(client: Client, path: str) -> None:
    whole = client.get(f"/static/vendor/{path}")
    small = client.get(f"/static/vendor/{path}", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in whole.headers
    assert (small.headers["Content-Encoding"], small.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(small.content) == whole.content
    assert len(small.content) * 3 < len(whole.content)
    assert small.headers["Content-Type"] == whole.headers["Content-Type"]
