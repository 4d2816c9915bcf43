"""Two hundred reports at once, and a hundred deaths of worker and database, at the full count that is promised.

Run: `python bench/reliability.py`. The same tests that `script/test` runs at a fifth; nothing here is a ratio: a report
is lost or doubled, or it is not. Takes some minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from measuring.figures import machine

ROOT = Path(__file__).parent.parent


def main() -> int:
    print(f"measured {machine()}")
    return pytest.main(["-q", "-p", "no:randomly", "--whole", "--durations=2", str(ROOT / "tests/reliability")])


if __name__ == "__main__":
    sys.exit(main())
