"""Tags that draw shapes, icons and times the same way everywhere."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from allhands.ui.wording import Moment, TimedText

register = template.Library()

SPRITE = "vendor/sprite.svg"


@register.simple_tag
def shape(name: str) -> SafeString:
    """A status shape of 16 px. Decoration: the word beside it carries the meaning."""
    return _use("shape", name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of 20 px. Decoration: a word stands beside it."""
    return _use("icon", name)


def _use(css: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{} {}--{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        css,
        name,
        static(SPRITE),
        name,
    )


@register.simple_tag
def timed(text: TimedText) -> SafeString:
    """A sentence whose stretch of time the page keeps true by the minute."""
    if not text.counts:
        return format_html("{}", str(text))
    return format_html(
        '{}<span class="nowrap" data-counts="{}" data-at="{}">{}</span>{}',
        text.before,
        text.counts,
        text.iso,
        text.span,
        text.after,
    )


@register.simple_tag
def at(moment: Moment) -> SafeString:
    """An instant as `<time>`."""
    return format_html('<time class="nowrap" datetime="{}">{}</time>', moment.iso, moment.words)
