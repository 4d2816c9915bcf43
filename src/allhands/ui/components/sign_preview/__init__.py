"""A road sign as its codec draws it, page by page, with the words beside it."""
