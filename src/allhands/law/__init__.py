"""Owns facts, three-valued expressions, rules, packs, assessments and their explanations.

Pure: reads pack files and nothing else; no clock, no network, no Django. Knows no jurisdiction by name.
"""

from allhands.law.amending import Amendment, amend
from allhands.law.assess import assess
from allhands.law.assessment import (
    Assessment,
    Conflict,
    CriterionResult,
    DefinitionResult,
    DutyResult,
    NeedResult,
    PackRef,
    Question,
    Reason,
    SourceRef,
    Tier,
)
from allhands.law.cache import AssessmentCache
from allhands.law.conflict_cases import ConflictAnswer, ConflictCase, ConflictRow, ConflictTable, conflict_table
from allhands.law.criteria import alert_criteria
from allhands.law.differing import Difference, difference
from allhands.law.expressions.scene import Trace
from allhands.law.facts.declarations import Choice, FactDeclaration, FactType
from allhands.law.facts.json_text import read_json
from allhands.law.facts.known import Certainty, Disagreement, Facts, FactsError, Stated
from allhands.law.facts.reading import parse_facts
from allhands.law.facts.statements import AssessInput, Statement, govern, parse_input
from allhands.law.json_form import value_json
from allhands.law.library import Library, PackError
from allhands.law.loading import load_library
from allhands.law.packs.conflict_file import load_conflict_cases
from allhands.law.permission import (
    Condition,
    PermissionReason,
    PermissionResult,
    Permissions,
    Sharing,
    SharingError,
    permission,
)
from allhands.law.permission_json import permission_json
from allhands.law.places import Place
from allhands.law.rules import Clock, DutyTerms, Pack, Rule, RuleKind, is_old
from allhands.law.speaking import SPEAKING_FACTS
from allhands.law.values import JSON, Confidence, FactValue, Text, Verdict, nearest_word

__all__ = [
    "JSON",
    "SPEAKING_FACTS",
    "Amendment",
    "AssessInput",
    "Assessment",
    "AssessmentCache",
    "Certainty",
    "Choice",
    "Clock",
    "Condition",
    "Confidence",
    "Conflict",
    "ConflictAnswer",
    "ConflictCase",
    "ConflictRow",
    "ConflictTable",
    "CriterionResult",
    "DefinitionResult",
    "Difference",
    "Disagreement",
    "DutyResult",
    "DutyTerms",
    "FactDeclaration",
    "FactType",
    "FactValue",
    "Facts",
    "FactsError",
    "Library",
    "NeedResult",
    "Pack",
    "PackError",
    "PackRef",
    "PermissionReason",
    "PermissionResult",
    "Permissions",
    "Place",
    "Question",
    "Reason",
    "Rule",
    "RuleKind",
    "Sharing",
    "SharingError",
    "SourceRef",
    "Stated",
    "Statement",
    "Text",
    "Tier",
    "Trace",
    "Verdict",
    "alert_criteria",
    "amend",
    "assess",
    "conflict_table",
    "difference",
    "govern",
    "is_old",
    "load_conflict_cases",
    "load_library",
    "nearest_word",
    "parse_facts",
    "parse_input",
    "permission",
    "permission_json",
    "read_json",
    "value_json",
]
