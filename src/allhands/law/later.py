"""A value made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Holds how to make a value, then the value. Made once, also between threads: its parts are told apart by identity.

    Example:
        >>> Later(lambda: 6 * 7).get()
        42
    """

    __slots__ = ("_lock", "_make", "_value")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Callable[[], T] | None = make
        self._lock = Lock()

    @classmethod
    def of(cls, value: T) -> Later[T]:
        """A value that is there already."""
        return cls(lambda: value)

    def get(self) -> T:
        """The value."""
        if self._make is not None:
            with self._lock:
                if self._make is not None:
                    self._value = self._make()
                    self._make = None
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and bool(self.get() == other.get())

    def __hash__(self) -> int:
        return hash(self.get())
