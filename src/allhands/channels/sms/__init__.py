"""Owns text messages to subscribers: the text, the segmenter, two clients, what people answer, quiet hours."""
