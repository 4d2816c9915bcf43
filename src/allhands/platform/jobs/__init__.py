"""Owns the queue: ids only as arguments, retries with backoff, failed jobs visible."""
