"""Tables of the door: fields, constraints and indexes only. Who sees which row stands in `guards.py`."""

from allhands.access.models.correcting import Objection as Objection
from allhands.access.models.correcting import Suppression as Suppression
from allhands.access.models.exceptions import Ask as Ask
from allhands.access.models.exceptions import Glass as Glass
from allhands.access.models.exceptions import Mark as Mark
from allhands.access.models.exceptions import Stewardship as Stewardship
from allhands.access.models.nation_keys import NationKey as NationKey
from allhands.access.models.nation_keys import NationSealing as NationSealing
from allhands.access.models.releases import Consent as Consent
from allhands.access.models.releases import Disclosure as Disclosure
from allhands.access.models.releases import Lease as Lease
