"""Owns the picture people share: 1200 x 630 for links, 1080 x 1080 for posts, each with its words beside it."""
