"""Owns the life of processes: database, web and worker, together or apart, until told to stop."""
