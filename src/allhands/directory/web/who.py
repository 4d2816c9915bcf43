"""Who do I call? Four questions anyone may answer or leave out; the answer on the same address. Keeps nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from allhands.directory import api, sheet
from allhands.directory import presenting as showing
from allhands.directory.contracts import Asked, Form
from allhands.directory.places import names_of, typed_words
from allhands.directory.web import lite
from allhands.ui.wording import Lang, date_words


def form_of(request: HttpRequest) -> Form:
    """What was sent, by form or by link."""
    sent: QueryDict = request.POST if request.method == "POST" else request.GET
    return Form(one=lambda name: str(sent.get(name, "")), urgent=tuple(str(one) for one in sent.getlist("urgent")))


def hidden_of(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What was answered, to be sent on by a button: as typed, so that a correction can still be made."""
    return (*asked.typed, *(("urgent", code.value) for code in sorted(asked.urgent, key=lambda one: one.value)))


def _places(asked: Asked, lang: Lang) -> tuple[str, ...]:
    return tuple(place.get(lang) for place in names_of(asked.places))


@csrf_exempt  # changes nothing; a token would need a cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """The questions, and the answer below or above them."""
    lang, now = lite.lang_of(request), timezone.now()
    asked = api.ask(form_of(request))
    with override(lang):
        context = {
            "form": showing.show_form(asked, hidden_of(asked), lang, where=typed_words(asked.places, lang)),
            "answer": showing.show_answer(api.answer(asked, now), _places(asked, lang), lang),
            "is_blank": asked.is_blank,
            "made": date_words(now.date(), now.date(), lang),
            "coarse": api.as_query(asked),
        }
    status = 422 if asked.troubles else 200
    return lite.page(request, "directory/who.html", context, lang=lang, status=status)


@csrf_exempt  # changes nothing; a token would need a cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def script(request: HttpRequest) -> HttpResponse:
    """What to say on the phone, for paper, with room for what one is told."""
    lang, now = lite.lang_of(request), timezone.now()
    asked = api.ask(form_of(request))
    with override(lang):
        context = {"answer": showing.show_answer(api.answer(asked, now), _places(asked, lang), lang)}
    return lite.page(request, "directory/script.html", context, lang=lang)


@csrf_exempt  # changes nothing; a token would need a cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def one_page(request: HttpRequest) -> HttpResponse:
    """The answer as a PDF of one page."""
    lang, now = lite.lang_of(request), timezone.now()
    asked = api.ask(form_of(request))
    with override(lang):
        page = showing.show_answer(api.answer(asked, now), _places(asked, lang), lang)
        pdf = sheet.render_pdf(page, lang, made_at=now, band=sheet.band_words(lang))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="who-to-call.pdf"'
    return lite.without_trace(response, lang)
