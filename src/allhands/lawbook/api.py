"""What other rooms may ask of the law book."""

from allhands.lawbook.actions.effect import reassess as reassess
from allhands.lawbook.actions.effect import reassess_in as reassess_in
from allhands.lawbook.actions.effect import take_effect as take_effect
from allhands.lawbook.actions.releases import import_release as import_release
from allhands.lawbook.overlay import forget as forget
from allhands.lawbook.queries import list_releases as list_releases
