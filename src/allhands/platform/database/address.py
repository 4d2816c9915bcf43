"""Where the database is, as a value; and as the mapping that Django wants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, unquote, urlsplit

OWNER = "allhands_owner"
APP = "allhands_app"
NAME = "allhands"
PORT = 5432

# The longest path of a Unix socket on macOS; Linux allows 107. `.s.PGSQL.5432` is part of it.
SOCKET_PATH_BYTES = 103


class AddressError(ValueError):
    """The text is not the address of a PostgreSQL database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One way to reach one database.

    Args:
        host: a host name, or the directory of a Unix socket.
        role: taken on after sign-in with `SET ROLE`; empty to stay who signed in.
        options: further libpq parameters, such as `sslmode`.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = ""
    role: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def conninfo(self) -> str:
        """The address as libpq reads it."""
        query = [f"host={quote(self.host, safe='')}", f"port={self.port}"]
        query += [f"{key}={quote(value, safe='')}" for key, value in self.libpq_options()]
        password = f":{quote(self.password, safe='')}" if self.password else ""
        return f"postgresql://{quote(self.user, safe='')}{password}@/{quote(self.name, safe='')}?{'&'.join(query)}"

    def django(self) -> dict[str, object]:
        """The address as an entry of `DATABASES`."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": str(self.port),
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(self.libpq_options()),
        }

    def named(self, name: str) -> Address:
        """The same way in, to another database."""
        return replace(self, name=name)

    def taking(self, role: str) -> Address:
        """The same way in, then `SET ROLE`. Weaker than a login of its own: what signed in can go back."""
        return replace(self, role=role)

    def libpq_options(self) -> list[tuple[str, str]]:
        """Parameters beyond host, port, name, user and password."""
        role = [("options", f"-c role={self.role}")] if self.role else []
        return [*self.options, *role]


def parse_url(url: str) -> Address:
    """The address that a `postgresql://user:password@host:port/name?option=value` URL names.

    Raises:
        AddressError: another scheme, or no user, or no database name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise AddressError("a database URL starts with postgresql://")
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name or not parts.username:
        raise AddressError("a database URL names a user and a database: postgresql://user:password@host:5432/allhands")
    return Address(
        host=options.pop("host", "") or parts.hostname or "localhost",
        port=int(options.pop("port", "") or parts.port or PORT),
        name=name,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        options=tuple(sorted(options.items())),
    )
