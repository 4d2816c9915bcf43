"""A process takes as many lines as it may open files, and never none."""

from __future__ import annotations

import resource

import pytest

from allhands.platform.serving import web_server


@pytest.mark.parametrize(
    ("most", "lines", "files"),
    [(resource.RLIM_INFINITY, 8192, 8448), (20_000, 8192, 8448), (4096, 3840, 4096), (300, 128, 300)],
)
def test_lines_follow_what_is_allowed(monkeypatch: pytest.MonkeyPatch, most: int, lines: int, files: int) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (256, most))
    monkeypatch.setattr("resource.setrlimit", lambda _kind, limits: told.append(limits))
    assert web_server.lines_at_once() == lines
    assert told == [(files, most)]
