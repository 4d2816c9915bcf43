"""What most pages of the door begin with: the reader, the episode through the door, the child above the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from allhands.access.contracts import EpisodeAccess
from allhands.agencies.presenting import Reader, reader_of
from allhands.duties import api as duties
from allhands.duties.presenting import Knowing, know
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.components.identity_bar.presenter import IdentityBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One child's response, as this reader may know it."""

    reader: Reader
    episode: EpisodeView
    statements: tuple[FactLine, ...]
    knowing: Knowing

    @property
    def access(self) -> EpisodeAccess:
        """The response as the policies know it."""
        return episodes.access_of(self.episode)

    @property
    def bar(self) -> IdentityBar:
        """The child above the page."""
        ledger = duties.list_duties([self.episode.episode_id]).get(self.episode.episode_id, ())
        tier = self.knowing.tier(duties.list_tiers([self.episode.episode_id]).get(self.episode.episode_id))
        return people.identity_bar(self.episode, self.statements, ledger, tier, self.reader)

    def frame(self) -> dict[str, object]:
        """What every template of an episode needs."""
        return {"bar": self.bar, "name": self.episode.child.call_name, "episode_id": self.episode.episode_id}


def open_episode(request: HttpRequest, episode_id: str) -> Opened:
    """The episode through the door.

    Raises:
        Denied: it does not exist, or not for this reader.
    """
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    statements = episodes.statements_of(one.episode_id)
    knowing = know(reader.actor, one, statements, reader.now)
    return Opened(reader=reader, episode=one, statements=statements, knowing=knowing)


def label_of(fact_id: str, reader: Reader) -> str:
    """A fact's name in the reader's language; of one no pack declares any more, its id."""
    declared = packs.library().facts.get(fact_id)
    return declared.label.get(reader.lang) if declared else fact_id
