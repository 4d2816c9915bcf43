"""Owns signed calls to machines that asked for them (Standard Webhooks): thin payloads, retries, a guarded door."""
