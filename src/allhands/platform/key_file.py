"""A secret that lies in a file of the data folder, readable by its own user only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def kept_text(file: Path, make: Callable[[], str]) -> str:
    """What the file holds; made when there is none. Of several processes that make one, all read the same.

    Args:
        make: a fresh secret, ASCII.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(make())
        try:
            os.link(unfinished, file)  # whole or not at all, and never over another process's secret
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return file.read_text(encoding="ascii")
