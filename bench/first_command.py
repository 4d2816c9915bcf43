"""The first command on a fresh machine: `git clone`, then `script/demo`, until the page answers.

Run: `python bench/first_command.py [REPOSITORY] [--keep-caches]`. Prints when each step of the script began and the
whole. The clone lies in a temporary folder; the environment is empty but for HOME, PATH and what tells pip and npm
where packages are (PIP_*, NPM_CONFIG_*, certificates). The download caches of pip and npm are not used unless kept.
What is not measured: the way from a public host to this machine; REPOSITORY may name one. Budget: 3 minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from measuring.figures import machine, verdict

BUDGET_S = 180.0
GIVE_UP_S = 900.0
_KEPT = re.compile(r"(PIP_|NPM_CONFIG_|SSL_CERT|NODE_EXTRA_CA|REQUESTS_CA|https?_proxy$|no_proxy$)", re.IGNORECASE)
_ADDRESS = re.compile(r"(http://localhost:\d+)/")


def bare_environment(folder: Path, *, keep_caches: bool) -> Mapping[str, str]:
    """What a newcomer's shell has, and nothing of this one's."""
    kept = {name: value for name, value in os.environ.items() if _KEPT.match(name)}
    kept |= {"HOME": os.environ["HOME"], "PATH": os.environ["PATH"], "ALLHANDS_DATA_DIR": str(folder / "data")}
    if not keep_caches:
        kept |= {"PIP_NO_CACHE_DIR": "1", "npm_config_cache": str(folder / "npm")}
    return kept


class Demo:
    """`script/demo` in a process group of its own, its lines timed."""

    def __init__(self, clone: Path, environment: Mapping[str, str], began: float) -> None:
        self.address = ""
        self._began = began
        self._process = subprocess.Popen(
            [str(clone / "script" / "demo")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            print(f"  {time.monotonic() - self._began:6.1f} s  {line.rstrip()}", flush=True)
            if found := _ADDRESS.search(line):
                self.address = found[1]

    def wait_for_page(self) -> float:
        """Seconds since the beginning, once `/healthz` answers and the page of the demo does."""
        while True:
            seconds = time.monotonic() - self._began
            if self._process.poll() is not None or seconds > GIVE_UP_S:
                raise SystemExit("script/demo ended, or did not come to a page")
            if self.address and _answers(f"{self.address}/healthz") and _answers(f"{self.address}/demo"):
                return time.monotonic() - self._began
            time.sleep(0.1)

    def stop(self) -> None:
        """As Ctrl-C does; then make sure that nothing of it is left."""
        for ending, patience in ((signal.SIGINT, 60), (signal.SIGKILL, 10)):
            if self._process.poll() is None:
                os.killpg(self._process.pid, ending)
                try:
                    self._process.wait(patience)
                except subprocess.TimeoutExpired:
                    continue


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("repository", nargs="?", default=str(Path(__file__).resolve().parents[1]))
    parser.add_argument("--keep-caches", action="store_true", help="let pip and npm use what they downloaded before")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="allhands-first-"))
    folder.chmod(0o755)  # PostgreSQL's own user must walk to the data when we are root
    demo = None
    print(f"measured {machine()}")
    try:
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", "--no-local", given.repository, str(folder / "clone")], check=True)
        print(f"  {time.monotonic() - began:6.1f} s  cloned")
        demo = Demo(folder / "clone", bare_environment(folder, keep_caches=given.keep_caches), began)
        seconds = demo.wait_for_page()
        print(f"first command to a working page: {seconds:.0f} s, {verdict(seconds, BUDGET_S, 's')}")
    finally:
        if demo is not None:
            demo.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
