"""A poster: its real first page, the files to print, and the words for who cannot see it."""
