"""All questions of a test on one page, in one form. The script saves each change; without it one button
sends everything at once, and only what was changed on this page is filed."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from assessments.enums import Layout
from assessments.models import FormSection
from lms.conf import setting
from lms.learning.access import TEST_TAKER
from lms.learning.domain import flag_item, read_response
from lms.learning.domain.answers import GivenAnswer, save_new_answers, save_response
from lms.learning.forms import (
    Envelope,
    field_at,
    fields_at,
    mark_of,
    read_envelope,
    refuse_fields_of_no_place,
)
from lms.learning.models import Attempt, AttemptItem
from lms.learning.places import Kind, Place
from lms.learning.queries import current_answers, last_sequence
from lms.learning.views.pressed import as_newest, is_change
from lms.learning.views.responses import SeeOther, already_submitted, not_your_test
from lms.learning.views.sittings import sitting_of
from lms.learning.views.taking import (
    ShownItem,
    clock,
    first_sentence,
    not_open,
    own_attempt,
    shown_items,
    take_uploads,
    title_of,
)
from lms.people.station import stand_at
from lms.ui.policy import requires

Errors = dict[int, str]


@requires(TEST_TAKER)
def page(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show all questions; or save what was changed and go on to the review, or to where a flag was set."""
    attempt = own_attempt(request, attempt_id)
    if attempt is None:
        return not_your_test(request)
    if request.method == "POST":
        return _save_and_go_on(request, attempt)
    instead = not_open(request, attempt)
    if instead is not None:
        return instead
    if attempt.assessment.layout != Layout.ONE_PAGE:
        return SeeOther(reverse("learning:question", args=[attempt.pk, 1]))
    return _show(request, attempt)


def _save_and_go_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if attempt.submitted_at is not None:
        return already_submitted(request, attempt)
    items = list(attempt.items.order_by("position"))
    try:
        refuse_fields_of_no_place(request.POST)
        errors = _file_all(request, attempt, items, read_envelope(request.POST))
    except ValidationError as refusal:
        attempt.refresh_from_db(fields=["submitted_at"])
        if attempt.submitted_at is not None:
            return already_submitted(request, attempt)
        return _show(request, attempt, errors={0: first_sentence(refusal)})
    if errors:
        return _show(request, attempt, errors=errors)
    here = reverse("learning:page", args=[attempt.pk])
    button, _dash, place = request.POST.get("go", "").partition("-")
    flagged = next((item for item in items if button == "flag" and place == str(item.position)), None)
    if flagged is not None:
        flag_item(item=flagged, flagged=not flagged.flagged)
        return SeeOther(f"{here}#soal-{flagged.position}")
    if button == "save":
        return SeeOther(f"{here}#soal-{place}" if place.isdecimal() else here)
    return SeeOther(reverse("learning:review", args=[attempt.pk]))


def _file_all(request: HttpRequest, attempt: Attempt, items: list[AttemptItem], envelope: Envelope) -> Errors:
    """File the changed answers: one that is refused keeps none of the others from being saved."""
    answers = current_answers(attempt)
    changed: list[GivenAnswer] = []
    errors: Errors = {}
    newest = as_newest(request, attempt, envelope)
    with transaction.atomic():
        for item in items:
            item.attempt = attempt
            try:
                changed += _changed(request, item, answers.get(item.pk), newest)
            except ValidationError as refusal:
                errors[item.position] = first_sentence(refusal)
        if not save_new_answers(attempt=attempt, answers=changed):
            errors |= _file_each(changed)
    return errors


def _changed(
    request: HttpRequest, item: AttemptItem, current: Any, envelope: Envelope
) -> Iterator[GivenAnswer]:
    """The answer to one question, if it is another than the page showed and than is known by now."""
    position = item.position
    data = take_uploads(request, item, fields_at(request.POST, position), field_at(position))
    response = read_response(item, data)
    own = envelope.of_place(position)
    if is_change(response, current, was=request.POST.get(f"was{position}", ""), envelope=own):
        yield GivenAnswer(item, own.event_id, own.sitting, own.sequence, response)


def _file_each(changed: list[GivenAnswer]) -> Errors:
    errors: Errors = {}
    for given in changed:
        try:
            _file_one(given)
        except ValidationError as refusal:
            if refusal.code == "closed":
                raise
            errors[given.item.position] = first_sentence(refusal)
    return errors


def _file_one(given: GivenAnswer) -> None:
    try:
        save_response(
            item=given.item,
            event_id=given.event_id,
            sitting=given.sitting,
            sequence=given.sequence,
            response=given.response,
        )
    except ValidationError as refusal:
        if refusal.code != "duplicate_differs":
            raise
        save_response(
            item=given.item,
            event_id=uuid.uuid4(),
            sitting=given.sitting,
            sequence=given.sequence,
            response=given.response,
        )


def _show(request: HttpRequest, attempt: Attempt, *, errors: Mapping[int, str] | None = None) -> HttpResponse:
    stand_at(request, str(Place(Kind.TEST, attempt.pk)))
    problems = dict(errors or {})
    sitting = sitting_of(request, attempt)
    sequence = last_sequence(attempt, sitting)
    answers = current_answers(attempt)
    items = list(attempt.items.order_by("position"))
    titles = _section_titles(attempt)
    shown = [
        _placed(
            entry,
            request.POST if problems else None,
            problems.get(entry.item.position, ""),
            unread=0 in problems,
        )
        for entry in shown_items(items, answers, titles=titles)
    ]
    context = {
        "attempt": attempt,
        "occasion_label": title_of(attempt),
        "shown": shown,
        "level": 3 if titles else 2,
        "problem": problems.get(0, ""),
        "wrong": [entry for entry in shown if entry.error],
        "idle_minutes": setting("IDLE_SECONDS") // 60,
        "takes_files": any(entry.takes_files for entry in shown),
        "sitting": sitting,
        "sequence": sequence,
        "next_sequence": sequence + 1,
        "client_id": uuid.uuid4(),
        "simulated": attempt.enrolment.cohort.is_simulated,
        **clock(attempt),
    }
    return render(request, "learning/page.html", context, status=400 if problems else 200)


def _placed(entry: ShownItem, posted: QueryDict | None, error: str, *, unread: bool) -> ShownItem:
    """A question at its place. What was refused is shown as it was sent, so that nothing typed is lost."""
    position = entry.item.position
    mark = mark_of(entry.response)
    response = entry.response
    if posted is not None and (error or unread):
        response = fields_at(posted, position)
    return replace(entry, response=response, error=error, field=field_at(position), mark=mark)


def _section_titles(attempt: Attempt) -> dict[int, str]:
    """Titles of the form's sections by number, in the language of the page, if they have one."""
    sections = FormSection.objects.filter(form_id=attempt.form_id).order_by()
    english = get_language() == "en"
    titles = {section.number: (section.title_en if english else "") or section.title for section in sections}
    return {number: title for number, title in titles.items() if title}
