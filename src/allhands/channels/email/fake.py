"""The mail port's fake: keeps letters, answers as told. For tests of everything but the wire."""

from __future__ import annotations

from dataclasses import dataclass, field

from allhands.channels.email.letter import Letter
from allhands.channels.email.port import Answer, MailPort, NotTaken, Outcome, Postponed, Watch


@dataclass
class FakeMail(MailPort):
    """Takes every letter, or raises or answers `says` instead."""

    says: Answer | Postponed | NotTaken = field(
        default_factory=lambda: Answer(outcome=Outcome.ACCEPTED, code="smtp-250", words="queued as 7")
    )
    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter, watch: Watch) -> Answer:
        self.letters.append(letter)
        watch("written")
        if isinstance(self.says, Answer):
            return self.says
        raise self.says

    def check(self) -> None:
        if isinstance(self.says, Postponed):
            raise self.says
