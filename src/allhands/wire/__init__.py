"""Owns the codecs: bytes in, values and findings out, bytes again. One folder a standard.

Never: a socket, a clock, the database, or a key to anything that can change. What a record of ours becomes in a
standard's terms is decided by the channel that sends it, not here.
"""
