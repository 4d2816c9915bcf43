"""One module a command: queue, send, record, open and acknowledge, resolve by a person, bounce, test."""
