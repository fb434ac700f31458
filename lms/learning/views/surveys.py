"""An anonymous survey: one page, sent once at the end. Nothing is saved before, and nothing links the answers
to a person afterwards: no attempt, no session, no log."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.models import Assessment
from lms.cohorts.access import enrolment_or_404
from lms.cohorts.models import Enrolment
from lms.conf import setting
from lms.learning.access import TEST_TAKER
from lms.learning.domain import SurveyAnswersError, submit_anonymous, survey_sheet
from lms.learning.domain.printed import Arranged
from lms.learning.domain.refusals import refusal_of
from lms.learning.enums import Occasion
from lms.learning.forms import field_at, fields_at
from lms.learning.queries import has_answered_survey, terms_of_survey
from lms.learning.views.responses import SeeOther, plain_page, to_dashboard
from lms.learning.views.taking import first_sentence
from lms.ui.policy import requires


@requires(TEST_TAKER)
def survey(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """The questions of an anonymous survey; sent, they lead back here, where only thanks are left."""
    enrolment = enrolment_or_404(request)
    assigned = Assessment.objects.filter(
        is_anonymous=True, assignments__cohort=enrolment.cohort_id
    ).distinct()
    assessment = get_object_or_404(assigned, pk=assessment_id)
    if has_answered_survey(enrolment, assessment):
        return render(request, "learning/survey_done.html", {"title": assessment.label})
    terms = terms_of_survey(enrolment, assessment)
    if not terms.is_open_now:
        code = "not_yet" if terms.opens_later else "closed"
        zone = enrolment.cohort.village.time_zone
        return _not_open(request, refusal_of(code, Occasion.SURVEY, terms, zone), assessment)
    sheet = survey_sheet(enrolment=enrolment, assessment=assessment)
    if request.method == "POST":
        return _receive(request, enrolment, assessment, sheet)
    return _show(request, enrolment, assessment, sheet)


def _receive(
    request: HttpRequest, enrolment: Enrolment, assessment: Assessment, sheet: list[Arranged]
) -> HttpResponse:
    data = {position: fields_at(request.POST, position) for position in range(1, len(sheet) + 1)}
    try:
        submit_anonymous(enrolment=enrolment, assessment=assessment, data=data, sheet=sheet)
    except SurveyAnswersError as wrong:
        return _show(request, enrolment, assessment, sheet, data=data, errors=wrong.by_position)
    except ValidationError as refusal:
        if refusal.code == "empty":
            return _show(request, enrolment, assessment, sheet, data=data, problem=first_sentence(refusal))
        if refusal.code != "done":
            return _not_open(request, refusal, assessment)
    return SeeOther(reverse("learning:survey", args=[assessment.pk]))


def _show(
    request: HttpRequest,
    enrolment: Enrolment,
    assessment: Assessment,
    sheet: list[Arranged],
    *,
    data: Any = None,
    errors: dict[int, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    shown = [
        {
            "position": position,
            "payload": entry.question.participant_payload(entry.order),
            "field": field_at(position),
            "response": data[position] if data else None,
            "error": (errors or {}).get(position, ""),
        }
        for position, entry in enumerate(sheet, start=1)
    ]
    context = {
        "title": assessment.label,
        "instructions": assessment.instructions,
        "assessment": assessment,
        "shown": shown,
        "wrong": [entry for entry in shown if entry["error"]],
        "problem": problem,
        "idle_minutes": setting("IDLE_SECONDS") // 60,
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "learning/survey.html", context, status=400 if errors or problem else 200)


def _not_open(request: HttpRequest, refusal: ValidationError, assessment: Assessment) -> HttpResponse:
    return plain_page(
        request, status=403, title=assessment.label, text=first_sentence(refusal), **to_dashboard()
    )
