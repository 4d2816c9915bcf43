"""Owns the proof of the journal: its Merkle tree, signed checkpoints, proofs, the witness. Only reads the journal."""
