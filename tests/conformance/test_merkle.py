"""The tree judges proofs as a transparency log's own test data say."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from allhands.platform.proof.tree import verify_consistency, verify_inclusion

_VECTORS = Path(__file__).parent / "merkle" / "rfc9162.jsonl"
VECTORS = [json.loads(line) for line in _VECTORS.read_text(encoding="utf-8").splitlines()]


def _holds(vector: dict[str, Any]) -> bool:
    def raw(name: str) -> bytes:
        return base64.b64decode(vector[name])

    proof = [base64.b64decode(step) for step in vector["proof"] or []]
    if "leafHash" in vector:
        return verify_inclusion(raw("leafHash"), vector["leafIdx"], vector["treeSize"], proof, raw("root"))
    return verify_consistency(vector["size1"], vector["size2"], proof, raw("root1"), raw("root2"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_proof_is_judged_as_labelled(vector: dict[str, Any]) -> None:
    assert _holds(vector) is not vector["wantErr"]
