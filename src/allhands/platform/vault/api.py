"""What other rooms may ask of the vault."""

from __future__ import annotations

from allhands.platform.vault import nation_box as nation_box
from allhands.platform.vault import shut_list as shut_list
from allhands.platform.vault.carrying import Column as Column
from allhands.platform.vault.carrying import close_columns as close_columns
from allhands.platform.vault.envelope import EnvelopeFault as EnvelopeFault
from allhands.platform.vault.envelope import added_bytes as added_bytes
from allhands.platform.vault.fields import SEALED as SEALED
from allhands.platform.vault.fields import ClosedBytesField as ClosedBytesField
from allhands.platform.vault.fields import ClosedJSONField as ClosedJSONField
from allhands.platform.vault.fields import ClosedTextField as ClosedTextField
from allhands.platform.vault.fields import of_episode as of_episode
from allhands.platform.vault.guards import GONE as GONE
from allhands.platform.vault.keys import Sealed as Sealed
from allhands.platform.vault.keys import as_it_was as as_it_was
from allhands.platform.vault.keys import at_hand as at_hand
from allhands.platform.vault.keys import current_wrapper as current_wrapper
from allhands.platform.vault.keys import destroy as destroy
from allhands.platform.vault.keys import list_missing as list_missing
from allhands.platform.vault.keys import make_key as make_key
from allhands.platform.vault.keys import rotate as rotate
from allhands.platform.vault.keys import seal as seal
from allhands.platform.vault.keys import shut_records as shut_records
from allhands.platform.vault.keys import unseal as unseal
from allhands.platform.vault.models import DataKey as DataKey
from allhands.platform.vault.texts import close_text as close_text
from allhands.platform.vault.texts import is_closed as is_closed
from allhands.platform.vault.texts import open_text as open_text
from allhands.platform.vault.wrapping import WrappingFault as WrappingFault
from allhands.platform.vault.wrapping import new_key_text as new_key_text
from allhands.platform.vault.wrapping import parse_key as parse_key
