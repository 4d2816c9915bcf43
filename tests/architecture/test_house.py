"""Every tracked file keeps the house rules, and every rule finds what it is for."""

from __future__ import annotations

import pytest

from tests.architecture import house

LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 50


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_house_keeps_the_rule(rule: house.Rule) -> None:
    found = [
        f"{name}: {wrong}"
        for name in house.tracked()
        if name not in house.EXEMPT
        for wrong in rule(name, house.read(name))
    ]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (house.too_long, "src/a.py", LONG_FUNCTION),
        (house.too_long, "src/a.py", "x = 1\n" * 401),
        (house.too_long, "src/tests/test_a.py", "x = 1\n" * 501),
        (house.too_long, "src/a.html", "<p>\n" * 151),
        (house.nameless_module, "src/allhands/duties/helpers.py", ""),
        (house.label_on_a_child, "src/a.html", "<p>This runaway</p>"),
        (house.label_on_a_child, "src/a.po", 'msgid "Child is AWOL"'),
        (house.registry_host, "script/setup", "pip install -i https://pypi." + "org/simple"),
        (house.careless_ignore, "src/a.py", "x = 1  # type: " + "ignore"),
        (house.careless_ignore, "src/a.py", "x = 1  # type: " + "ignore[misc]"),
        (house.swallowed_bug, "src/a.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
        (house.swallowed_bug, "src/a.py", "try:\n    pass\nexcept:\n    pass\n"),
        (house.swallowed_bug, "src/a.py", "try:\n    pass\nexcept (KeyError, BaseException):\n    pass\n"),
        (house.open_environment, "src/a.py", "import os\nx = os.environ.get('A')\n"),
    ],
)
def test_rule_finds_the_bad_line(rule: house.Rule, name: str, text: str) -> None:
    assert list(rule(name, text))


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (house.too_long, "src/a.py", "x = 1\n" * 400),
        (house.too_long, "src/migrations/0001_initial.py", LONG_FUNCTION),
        (house.nameless_module, "src/allhands/duties/domain.py", ""),
        (house.label_on_a_child, "src/a.html", "{# never say runaway #}<p>The child is missing.</p>"),
        (house.label_on_a_child, "packs/a.yaml", "quote: a runaway child"),
        (house.careless_ignore, "src/a.py", "x = 1  # type: " + "ignore[misc]  # the library is not annotated"),
        (house.swallowed_bug, "src/a.py", "try:\n    pass\nexcept KeyError:\n    pass\n"),
        (
            house.swallowed_bug,
            "src/allhands/platform/web/middleware.py",
            "try:\n    pass\nexcept Exception:\n    pass\n",
        ),
    ],
)
def test_rule_lets_the_good_line_be(rule: house.Rule, name: str, text: str) -> None:
    assert list(rule(name, text)) == []
