"""The API that programs of other agencies call."""
