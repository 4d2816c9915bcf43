"""A sign behind net-snmp's agent (`pass_persist`): it keeps what is set, and plays the states of a message table.

Run by snmpd, not by Python's test: it speaks net-snmp's line protocol on standard input and output.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = ".1.3.6.1.4.1.1206.4.2.3"
STATUS, TEXT, CRC = f"{ROOT}.5.8.1.9.4.1", f"{ROOT}.5.8.1.3.4.1", f"{ROOT}.5.8.1.5.4.1"
ACTIVATE, SOURCE, MODE = f"{ROOT}.6.3.0", f"{ROOT}.6.5.0", f"{ROOT}.6.1.0"
ACTIVATE_ERROR, POWER, LINE_LOSS = f"{ROOT}.6.17.0", f"{ROOT}.6.9.0", f"{ROOT}.6.12.0"
ACTIVATE_STATE = f"{ROOT}.6.25.0"
OWNER, PRIORITY = f"{ROOT}.5.8.1.4.4.1", f"{ROOT}.5.8.1.8.4.1"


def crc_of(text: bytes) -> int:
    """Written anew from the MIB's words, not shared with our client."""
    value = 0xFFFF
    for octet in text + b"\x00\x00":
        value ^= octet
        for _ in range(8):
            value = (value >> 1) ^ 0x8408 if value & 1 else value >> 1
    value ^= 0xFFFF
    return ((value & 0xFF) << 8) | (value >> 8)


class SignState:
    """The objects of one sign."""

    def __init__(self, mood: str) -> None:
        self.mood = mood
        self.next, self.asked = "", 0
        self.values: dict[str, tuple[str, str]] = {
            MODE: ("integer", "2" if mood == "local" else "4"),
            STATUS: ("integer", "1"),
            SOURCE: ("octet", "07 00 01 00 00"),
            ACTIVATE_ERROR: ("integer", "3" if mood == "priority" else "2"),
            # snmpd looks whether an object is there before it lets anybody set it.
            **dict.fromkeys((TEXT, OWNER, ACTIVATE, POWER, LINE_LOSS), ("octet", "00")),
            **dict.fromkeys((CRC, PRIORITY), ("integer", "0")),
        }

    def get(self, oid: str) -> list[str]:
        if oid == ACTIVATE_STATE and self.mood.startswith("slow"):
            return [oid, "integer", self._turning()]
        if oid == STATUS and self.mood == "strange":
            return [oid, "octet", "76 61 6C 69 64"]
        if oid not in self.values:
            return ["NONE"]
        kind, value = self.values[oid]
        return [oid, kind, value]

    def set(self, oid: str, kind: str, value: str) -> str:
        if oid == STATUS:
            return self._status(int(value))
        if oid == ACTIVATE:
            return self._activate(value)
        self.values[oid] = (kind, value)
        return "DONE"

    def _status(self, asked: int) -> str:
        if asked == 7:
            octets = bytes.fromhex(self.values.get(TEXT, ("octet", ""))[1].replace(" ", ""))
            crc = crc_of(octets) ^ (1 if self.mood == "other-crc" else 0)
            self.values[CRC] = ("integer", str(crc))
        self.values[STATUS] = ("integer", {6: "2", 7: "4"}.get(asked, "1"))
        return "DONE"

    def _activate(self, value: str) -> str:
        if self.mood == "priority":
            return "inconsistent-value"
        octets = value.split()
        self.next = " ".join([octets[3], *octets[4:8]])
        if not self.mood.startswith("slow"):
            self.values[SOURCE] = ("octet", self.next)
        return "DONE"

    def _turning(self) -> str:
        """On the way when asked first, then there, or stuck."""
        self.asked += 1
        if self.asked == 1:
            return "5"
        if self.mood == "slow-error":
            return "4"
        self.values[SOURCE] = ("octet", self.next)
        return "5"


def main() -> None:
    """Answers until snmpd goes; what was set is written beside for the test to read."""
    sign, log = SignState(sys.argv[1]), Path(sys.argv[2])
    while line := sys.stdin.readline():
        word = line.strip()
        if word == "PING":
            answer = ["PONG"]
        elif word == "get":
            answer = sign.get(sys.stdin.readline().strip())
        elif word == "set":
            oid, (kind, value) = sys.stdin.readline().strip(), read_value(sys.stdin.readline().strip())
            with log.open("a") as file:
                file.write(f"{oid} {value}\n")
            answer = [sign.set(oid, kind, value)]
        elif word == "getnext":
            sys.stdin.readline()
            answer = ["NONE"]
        else:  # snmpd ends a value with an empty line
            continue
        print("\n".join(answer), flush=True)


def read_value(line: str) -> tuple[str, str]:
    """Kind and value as snmpd hands them over: strings in quotes, or octets as hexadecimal words."""
    kind, _, value = line.partition(" ")
    value = value.strip()
    if kind == "string":
        return "octet", value.strip('"').encode().hex(" ").upper()
    if kind == "octet":
        return "octet", " ".join(value.strip('"').split()).upper()
    return "integer", value


if __name__ == "__main__":
    main()
