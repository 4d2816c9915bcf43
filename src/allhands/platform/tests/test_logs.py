"""Nothing personal gets into a log, whoever writes the line."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

import pytest

from allhands.platform.logs import WITHHELD, CodesFormatter, get_logger, keep_codes

CHILD = "Maya Prairie, 4011 Elm St"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(CodesFormatter().format(record)) for record in caplog.records]


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        pytest.param({"delivery_id": "4k2m9x8b7c6d5f4g"}, {"delivery_id": "4k2m9x8b7c6d5f4g"}, id="an id"),
        pytest.param({"rule_id": "us.federal.def-mcaa"}, {"rule_id": "us.federal.def-mcaa"}, id="a rule"),
        pytest.param({"state": "FAILED", "count": 3}, {"state": "FAILED", "count": 3}, id="codes and counts"),
        pytest.param({"child_id": CHILD}, {"child_id": WITHHELD}, id="words under the name of an id"),
        pytest.param({"child_name": "Maya"}, {"child_name": WITHHELD}, id="a key nobody allowed"),
        pytest.param({"code": ["Maya"]}, {"code": WITHHELD}, id="a list"),
        pytest.param({"route": "e/<str:episode_id>"}, {"route": "e/<str:episode_id>"}, id="a route"),
    ],
)
def test_only_codes_are_kept(values: Mapping[str, object], kept: Mapping[str, object]) -> None:
    assert keep_codes(values) == kept


def test_our_own_line_keeps_event_and_ids(caplog: pytest.LogCaptureFixture) -> None:
    get_logger("allhands.channels.email").warning("delivery.failed", delivery_id="4k2m", reason=CHILD)
    line = lines(caplog)[0]
    assert (line["event"], line["delivery_id"], line["reason"]) == ("delivery.failed", "4k2m", WITHHELD)
    assert (line["level"], line["logger"]) == ("warning", "allhands.channels.email")


def test_words_of_our_own_are_withheld(caplog: pytest.LogCaptureFixture) -> None:
    get_logger("allhands.channels.email").warning(f"could not send to {CHILD}")
    assert lines(caplog)[0]["event"] == WITHHELD


def test_line_of_a_library_loses_what_was_filled_in(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("django.something").warning("Not Found: %s", CHILD)
    assert lines(caplog)[0]["event"] == "Not Found: %s"


def test_line_that_a_library_filled_in_before_is_only_a_place(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("procrastinate.worker").warning(f"Job for {CHILD}")  # noqa: G004  as libraries do
    assert str(lines(caplog)[0]["event"]).startswith("test_logs:")


def test_error_is_its_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise KeyError(CHILD)
        except KeyError as cause:
            raise ValueError(f"bad value {CHILD}") from cause
    except ValueError as error:
        get_logger("allhands.web").error("web.fault", exc_info=error)
    text = CodesFormatter().format(caplog.records[0])
    assert "Maya" not in text
    error_line = json.loads(text)["error"]
    assert error_line["kind"] == "builtins.ValueError"
    assert error_line["cause"]["kind"] == "builtins.KeyError"
    assert "test_error_is_its_kind_and_place" in error_line["where"][0]
