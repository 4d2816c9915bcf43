"""Addresses of the API."""

from django.urls import URLPattern, path

from allhands.exchange.web.problems import in_house_form, too_many_calls
from allhands.exchange.web.v1 import api
from allhands.exchange.web.who_to_call import NAME, open_to_other_sites

# What answers without a key.
_OPEN = frozenset({NAME, "openapi-json", "openapi-view", "api-root"})

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = in_house_form(_pattern.callback)
        if _pattern.name == NAME:
            _pattern.callback = open_to_other_sites(_pattern.callback)
        if _pattern.name not in _OPEN:  # key_calls looks for it
            setattr(_pattern.callback, "allhands_too_many_calls", too_many_calls)  # noqa: B010  a function is open

urlpatterns = [path("api/v1/", (_patterns, _app, _namespace))]
