"""Reads one variable of the environment, or says kindly why it cannot. Used by settings only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def env_text(name: str, default: str) -> str:
    """The variable, or the default when it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def env_choice(name: str, default: str, choices: Iterable[str]) -> str:
    """The variable, which must be one of the choices."""
    allowed = tuple(choices)
    value = env_text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}. It may be: {', '.join(allowed)}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """True or false from the words people use for them."""
    text = env_text(name, "true" if default else "false").lower()
    if text not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} is {text!r}. It may be: true or false.")
    return text in _TRUE


def env_int(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number not below the minimum."""
    text = env_text(name, str(default))
    if not text.isdecimal() or int(text) < minimum:
        raise ImproperlyConfigured(f"{name} is {text!r}. It must be a whole number, {minimum} or more.")
    return int(text)


def env_secret(name: str, default: str = "") -> str:
    """A secret from `NAME`, or from the file that `NAME_FILE` points to."""
    file_name = os.environ.get(f"{name}_FILE", "")
    if not file_name:
        return os.environ.get(name, "") or default
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Keep one.")
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file_name}, which cannot be read: {error.strerror}.") from error
