"""One function per command. Each is one transaction with its journal entry."""
