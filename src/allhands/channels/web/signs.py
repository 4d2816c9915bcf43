"""The queue of a traffic desk: which signs to set or clear, what they show, and a person's word that they do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from allhands.access import api as access
from allhands.channels import api as channels
from allhands.channels.contracts import SignTask
from allhands.channels.web.reader import Reader, reader_of
from allhands.kernel.errors import Refused
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.wording import Moment
from allhands.wire import multi

_REFUSALS = {
    "reason-missing": gettext_lazy("Say in a few words why the sign does not show it."),
    "delivery-cannot-follow": gettext_lazy("Somebody else has confirmed this sign already."),
}
_MARKS = {"Exercise": gettext_lazy("Exercise"), "Test": gettext_lazy("Test")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow:
    """A sign with its text, line by line, and the numbers of its pages; `mark` says that it is not real."""

    task: SignTask
    mark: str
    pages: tuple[int, ...]
    since: Moment
    ends: Moment


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first."""
    return _page(request, _operator(request))


@require_POST
def confirm(request: HttpRequest, sending_id: int) -> HttpResponse:
    """The person's word about one sign."""
    reader = _operator(request)
    words = str(request.POST.get("words", ""))
    is_shown = request.POST.get("shown") == "yes"
    try:
        channels.confirm_sign(reader.actor, sending_id, shown=is_shown, words=words, now=reader.now)
    except Refused as refused:
        problem = str(_REFUSALS.get(refused.code, refused.reason))
        return _page(request, reader, problem=problem, about=sending_id, words=words)
    return redirect("signs")


@require_GET
def picture(request: HttpRequest, sending_id: int, page: int) -> HttpResponse:
    """One page as the sign would show it."""
    _operator(request)
    task = next((one for one in channels.list_sign_tasks() if one.sending_id == sending_id), None)
    sign = multi.SIGNS.get(task.sign_type) if task else None
    if task is None or sign is None or not task.is_composed:
        raise Http404
    pages = multi.render(multi.decode(task.multi).message, sign)
    if not 1 <= page <= len(pages):
        raise Http404
    return HttpResponse(pages[page - 1].png, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _operator(request: HttpRequest) -> Reader:
    reader = reader_of(request)
    access.check_operate(reader.actor)
    return reader


def _page(request: HttpRequest, reader: Reader, *, problem: str = "", about: int = 0, words: str = "") -> HttpResponse:
    problems = (Problem(words=problem, field_id=f"words-{about}"),) if problem else ()
    context = {
        "rows": [_row(task, reader) for task in channels.list_sign_tasks()],
        "errors": ErrorSummary(problems=problems),
        "problem": problem,
        "about": about,
        "words": words,
    }
    return render(request, "channels/signs.html", context, status=422 if problem else 200)


def _row(task: SignTask, reader: Reader) -> SignRow:
    count = task.multi.count("[np]") + 1 if task.is_composed and task.multi else 0
    return SignRow(
        task=task,
        mark=str(_MARKS.get(task.mark, task.mark)),
        pages=tuple(range(1, count + 1)),
        since=reader.moment(task.since),
        ends=reader.moment(task.expires_at),
    )
