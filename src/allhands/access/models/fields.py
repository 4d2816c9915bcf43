"""Columns that several tables of the door have alike."""

from __future__ import annotations

from allhands.platform.database.columns import id_field as id_field
from allhands.platform.database.columns import one_of as one_of

CODE_LENGTH = 40
LABEL_LENGTH = 200
WORDS_LENGTH = 2000
