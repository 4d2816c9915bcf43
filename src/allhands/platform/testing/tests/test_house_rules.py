"""Each house rule of pages finds what it is for."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from allhands.platform.testing.house_rules import find_broken

GOOD = """<html lang="en"><head><title>Board · Allhands</title></head><body><h1>Board</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"><label for="a">A</label>
<input id="a" name="a"><label>B <input name="b"></label><button>Send</button></form>
<script src="/static/a.js"></script><script type="application/json">{}</script><img src="a" alt=""></body></html>"""
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; script-src 'self'"}


def answer(text: str, **headers: str) -> HttpResponse:
    return HttpResponse(text, headers={**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}})


def test_good_page_breaks_nothing() -> None:
    assert find_broken(answer(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<h1>Board</h1>", "", "0 h1"),
        ("<h1>Board</h1>", "<h1>Board</h1><h1>Two</h1>", "2 h1"),
        ("<title>Board", "<title>Welcome", "does not begin with the h1"),
        ('lang="en"', "", "html lang"),
        ('for="a"', "", "no label for a"),
        ('<script src="/static/a.js">', "<script>", "a script inside"),
        ("<h1>", '<h1 style="color:red">', "a style inside"),
        ("<button>", '<button onclick="x()">', "event handler"),
        ("<button>Send", "<button>", "without words"),
        ('<img src="a" alt="">', '<img src="a">', "alternative text"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "CSRF"),
        ('<img src="a"', '<img id="a" src="a"', "stands 2 times"),
        ("<form", '<a href="javascript:x()">x</a><form', "address that is code"),
    ],
)
def test_broken_page_is_named(old: str, new: str, words: str) -> None:
    assert old in GOOD
    broken = find_broken(answer(GOOD.replace(old, new)))
    assert any(words in each for each in broken), broken


def test_error_title_may_say_so_first() -> None:
    assert find_broken(answer(GOOD.replace("<title>Board", "<title>Error: Board"))) == []


def test_page_that_may_be_kept_is_named() -> None:
    assert "no-store" in find_broken(answer(GOOD, Cache_Control="max-age=60"))[0]


def test_policy_that_allows_inline_is_named() -> None:
    policy = "default-src 'none'; script-src 'unsafe-inline'"
    assert "Content-Security-Policy" in find_broken(answer(GOOD, Content_Security_Policy=policy))[0]


def test_fragment_needs_no_heading() -> None:
    assert find_broken(answer("<p>Two changes</p>")) == []


def test_data_is_not_looked_at() -> None:
    assert find_broken(HttpResponse("{}", content_type="application/json")) == []
