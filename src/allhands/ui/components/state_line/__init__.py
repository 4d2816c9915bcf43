"""One line under the header: stale, without signal, or sending; nothing when all is fresh."""
