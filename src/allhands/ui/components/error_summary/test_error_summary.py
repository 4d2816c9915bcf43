"""The summary says what stands by each field."""

from __future__ import annotations

from django import forms

from allhands.ui.components.error_summary.presenter import summary_of


class ReportForm(forms.Form):
    name = forms.CharField(error_messages={"required": "Give the name, or say you don't know it."})

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("Someone else changed this while you wrote.")


def test_whole_page_problems_come_first_and_fields_are_linked() -> None:
    problems = summary_of(ReportForm({})).problems
    assert [(problem.words, problem.field_id) for problem in problems] == [
        ("Someone else changed this while you wrote.", ""),
        ("Give the name, or say you don't know it.", "id_name"),
    ]
