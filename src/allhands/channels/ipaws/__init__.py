"""Owns the way to phones and broadcasters through IPAWS-OPEN: CAP, the wireless texts, the SAME header, the client.

Built to the published interface as far as it can be read (docs/howto/connect-a-channel.md); FEMA approves no software.
"""
