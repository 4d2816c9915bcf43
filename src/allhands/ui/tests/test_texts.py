"""Every text of the interface is written in Spanish too."""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).resolve().parents[1]
CATALOGUE = (UI / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
_GETTEXT = re.compile(r"gettext(?:_lazy)?\(\"([^\"]+)\"\)")
_ENTRY = re.compile(
    r'msgid "((?:[^"\\]|\\.)+)"\n(?:msgid_plural "(?:[^"\\]|\\.)+"\nmsgstr\[0\]|msgstr) "((?:[^"\\]|\\.)*)"'
)


def _used() -> set[str]:
    texts: set[str] = set()
    for path in UI.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        texts |= {one or other for one, other in _TRANSLATE.findall(source)}
        blocks = (block.split("{% plural %}")[0] for block in _BLOCK.findall(source))
        texts |= {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in blocks}
    for path in UI.glob("*.py"):
        texts |= set(_GETTEXT.findall(path.read_text(encoding="utf-8")))
    return texts


def _written() -> dict[str, str]:
    return {key.replace('\\"', '"'): value for key, value in _ENTRY.findall(CATALOGUE)}


def test_every_text_has_its_spanish() -> None:
    missing = {text for text in _used() if not _written().get(text)}
    assert not missing


def test_no_spanish_is_left_over() -> None:
    assert not _written().keys() - _used()


def test_placeholders_are_the_same() -> None:
    for english, spanish in _written().items():
        holes = re.compile(r"%\(\w+\)s|\{\w+\}")
        assert sorted(holes.findall(english)) == sorted(holes.findall(spanish)), english
