"""Owns the texts of highway signs: MULTI of NTCIP 1203 read, written, measured and drawn. Never talks to a sign."""

from allhands.wire.multi.decode import Decoded, MultiError, Token, decode, tokens
from allhands.wire.multi.encode import encode, normalize
from allhands.wire.multi.fit import fit
from allhands.wire.multi.fonts import FONTS, Font
from allhands.wire.multi.layout import lay_out
from allhands.wire.multi.model import Item, Message, Text, plain_text
from allhands.wire.multi.render import Picture, render
from allhands.wire.multi.signs import SIGNS, ColorScheme, Sign
from allhands.wire.multi.validate import validate

__all__ = [
    "FONTS",
    "SIGNS",
    "ColorScheme",
    "Decoded",
    "Font",
    "Item",
    "Message",
    "MultiError",
    "Picture",
    "Sign",
    "Text",
    "Token",
    "decode",
    "encode",
    "fit",
    "lay_out",
    "normalize",
    "plain_text",
    "render",
    "tokens",
    "validate",
]
