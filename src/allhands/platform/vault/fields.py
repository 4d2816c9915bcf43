"""Model fields whose values lie encrypted in the database and are plain in Python.

The instance says which record's key closes the value; the closed value itself says which key opens it. A value whose
key was destroyed reads as `SEALED`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from pydantic_core import from_json, to_json

from allhands.platform.vault import keys
from allhands.platform.vault.envelope import close, open_with, parse


class _Sealed(enum.Enum):
    SEALED = "sealed"

    def __bool__(self) -> bool:
        return False


SEALED: Final = _Sealed.SEALED
"""What a value reads as after its record was sealed: false, equal to nothing else, and no value at all."""


class Closed(bytes):
    """A value that is closed already: nothing else may be written to a closed column."""


RecordOf = Callable[[Any], str]
"""From a model instance to the id of the record whose key closes its value."""


def of_episode(row: Any) -> str:
    """The record of a row of one response: its episode."""
    return str(row.episode_id)


class ClosedBytesField(models.BinaryField):  # type: ignore[type-arg]  # the stubs' parameters are Django's own
    """Bytes, closed at rest.

    Args:
        record_of: which record an instance belongs to.
        deflate: whether long values are deflated first; for words. Its length in the database is then not its own.
    """

    def __init__(self, *args: Any, record_of: RecordOf | None = None, deflate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_of, self.deflate = record_of, deflate

    def pre_save(self, model_instance: models.Model, add: bool) -> Closed | None:
        """The closed value, made as the row is written."""
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        if value is SEALED:
            raise keys.Sealed(str(model_instance.pk))
        assert self.record_of is not None, f"{self.purpose()} must say whose key closes it"
        record_id = self.record_of(model_instance)
        return self.closed(value, record_id)

    def closed(self, value: Any, record_id: str) -> Closed:
        """The value as it is stored."""
        key = keys.key_for_writing(record_id, timezone.now())
        plain = self.to_bytes(value)
        return Closed(close(plain, record_id=record_id, key=key, purpose=self.purpose(), deflate=self.deflate))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Only what was closed is written: `update()` and filters would leave the plain value behind."""
        if value is not None and not isinstance(value, Closed):
            raise TypeError(f"{self.purpose()} is closed: save the row; it cannot be filtered or updated by its value")
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: object, expression: object, connection: object) -> object:
        """The plain value; SEALED when its key is gone."""
        if value is None:
            return None
        assert isinstance(value, (bytes, memoryview))
        envelope = parse(bytes(value))
        try:
            key = keys.keys_for_reading([envelope.record_id])[envelope.record_id]
        except keys.Sealed:
            return SEALED
        return self.from_bytes(open_with(envelope, key=key, purpose=self.purpose()))

    def purpose(self) -> str:
        """Table and column: a closed value opens at its own place only."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001  the documented way to a model's table

    def to_bytes(self, value: Any) -> bytes:
        """The plain value as bytes."""
        return bytes(value)

    def from_bytes(self, plain: bytes) -> object:
        """The plain value from its bytes."""
        return plain


class ClosedJSONField(ClosedBytesField):
    """A JSON value, closed at rest; deflated where it is long."""

    def __init__(self, *args: Any, record_of: RecordOf | None = None, deflate: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, record_of=record_of, deflate=deflate, **kwargs)

    def to_bytes(self, value: Any) -> bytes:
        """Compact UTF-8."""
        return to_json(value)

    def from_bytes(self, plain: bytes) -> object:
        """The value again."""
        return from_json(plain)


class ClosedTextField(ClosedBytesField):
    """Text, closed at rest."""

    def to_bytes(self, value: Any) -> bytes:
        """UTF-8."""
        return str(value).encode()

    def from_bytes(self, plain: bytes) -> object:
        """The text again."""
        return plain.decode()
