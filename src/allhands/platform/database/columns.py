"""Columns and constraints that the tables of many slices have alike."""

from __future__ import annotations

import enum

from django.db import models
from django.db.models import Q

from allhands.kernel.ids import ID_LENGTH, new_id


def id_field() -> models.CharField[str, str]:
    """An opaque public id, made here."""
    return models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)


def one_of(field: str, codes: type[enum.Enum], name: str) -> models.CheckConstraint:
    """The column holds one of the codes."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)
