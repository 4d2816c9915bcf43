"""A drawn portrait, marked as drawn; a released photo; or initials. Never a grey silhouette."""
