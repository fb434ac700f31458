"""What the editor of a question posts, and what it says when that is refused."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments.models import Question

PART_FIELDS = {
    "choices": ("text", "is_correct", "rationale"),
    "match_pairs": ("left", "right", "rationale"),
    "steps": ("text",),
}


def grant(user: Any, *codenames: str) -> None:
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="assessments", codename__in=codenames)
    )


def form_data(question: Question, **changes: Any) -> dict[str, Any]:
    """What the editor would post for a question as it is in the database."""
    data: dict[str, Any] = {"code": question.code, "stem": question.stem, "points": question.points}
    data |= dict.fromkeys(("pair", "form_letter", "topic", "lesson_code", "bloom", "difficulty"), "")
    data |= {"stability": "", "note": question.note, "citations": "", "feedback": "", "bank": question.bank}
    data |= {"change": "wording"}
    for field in question._meta.local_fields:
        if not field.primary_key:
            value = getattr(question, field.name)
            data[field.name] = "" if value is None or value == [] else value
    for relation in question.prefetch:
        rows = list(getattr(question, relation).all())
        forms = [
            {"id": str(row.pk), **{name: getattr(row, name) for name in PART_FIELDS[relation]}}
            for row in rows
        ]
        data[relation] = inline_formset(forms, initial=len(forms))
    data |= changes
    outcomes = data.pop("outcomes", [])
    posted = {**nested_form_data(data), "outcomes": outcomes}
    # A box that is not ticked is not sent.
    return {name: value for name, value in posted.items() if value is not False}


PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}


def edit(
    client: Client, question: Question, *, action: dict[str, str] = PUBLISH, **changes: Any
) -> HttpResponse:
    """Post the editor: published unless another button is named; ``action={}`` saves a draft."""
    url = reverse(f"questions_{question.kind}:edit", args=[question.pk])
    return client.post(url, {**form_data(question, **changes), **action})


def errors_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    form = response.context["form"]
    inline = [formset.errors for formset in form.formsets.values()]
    return f"{form.errors} {inline}"


def codes(response: HttpResponse) -> set[str]:
    return {error.code for errors in errors_by_field(response).values() for error in errors}


def errors_by_field(response: HttpResponse) -> dict[str, list[Any]]:
    assert response.status_code == 200
    found: dict[str, list[Any]] = response.context["form"].errors.as_data()
    return found
