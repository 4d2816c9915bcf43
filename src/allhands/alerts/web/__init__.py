"""Pages of the alerts slice."""
