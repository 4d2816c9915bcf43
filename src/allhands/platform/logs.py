"""Logs of ids and codes: one JSON object a line, and no way for a name, a place or free text to get in."""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

import structlog

_OURS = "allhands"
WITHHELD = "[withheld]"

# What a line may carry. A new key is added here, where a reviewer sees it, or it is withheld.
_CODES = "channel code event_code incident kind method port queue route signal state status task topic version world"
_NUMBERS = "attempt count ms pid seq"
_KEYS = frozenset(f"{_CODES} {_NUMBERS}".split())
_CODE = re.compile(r"[A-Za-z0-9_.:/<>\-]{1,120}")
_ID = re.compile(r"[0-9a-z.\-]{1,80}")
_EVENT = re.compile(r"[a-z0-9_.\-]{1,80}")

Code = str | int | float | bool | None


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for codes: `log.info("delivery.claimed", delivery_id=id)`. Text that is no code is withheld."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def keep_codes(values: Mapping[str, object]) -> dict[str, Code]:
    """The same mapping with everything that is not a known code, number or id withheld."""
    return {key: _keep(key, value) for key, value in values.items()}


def _keep(key: str, value: object) -> Code:
    if key in _KEYS or key.endswith("_id"):
        if value is None or isinstance(value, (bool, int, float)):
            return value
        pattern = _ID if key.endswith("_id") else _CODE
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
    return WITHHELD


class CodesFormatter(logging.Formatter):
    """Writes a record as JSON. Messages of others lose what was filled in; errors keep their kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            **keep_codes(getattr(record, "codes", {})),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def describe_error(error: BaseException) -> dict[str, object]:
    """The kind of error and the lines it passed through; never its message, which may quote what someone typed."""
    frames = traceback.extract_tb(error.__traceback__)
    described: dict[str, object] = {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [f"{frame.filename.rsplit('/site-packages/')[-1]}:{frame.lineno}:{frame.name}" for frame in frames],
    }
    if error.__cause__ is not None:
        described["cause"] = describe_error(error.__cause__)
    return described


def _event(record: logging.LogRecord) -> str:
    text = str(record.msg)
    if record.name.split(".", 1)[0] == _OURS:
        return text if _EVENT.fullmatch(text) else WITHHELD
    # A template with places to fill holds only its author's words. Without places it may have been filled already.
    return text if record.args else f"{record.module}:{record.lineno}"


def _to_record(_logger: object, _method: str, line: structlog.typing.EventDict) -> tuple[tuple[str], dict[str, object]]:
    event = str(line.pop("event", ""))
    arguments: dict[str, object] = {"exc_info": line.pop("exc_info", None), "extra": {"codes": dict(line)}}
    return (event,), arguments


structlog.configure(
    processors=[structlog.stdlib.filter_by_level, _to_record],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)
