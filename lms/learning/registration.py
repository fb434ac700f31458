"""What learning adds to the apps below: a button and a section on a training's page, and where the results
that a corrected key may change are looked at again."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.models import Question
from assessments.registry import register_correction_link, register_use_check
from lms.cohorts.enums import CohortState, LinkGroup
from lms.cohorts.models import Cohort, Meeting
from lms.cohorts.registry import (
    CohortPaper,
    Missing,
    register_cohort_check,
    register_cohort_link,
    register_cohort_panel,
    register_cohort_paper,
    register_meeting_link,
)
from lms.learning.desk.corrections import correction_applies
from lms.learning.desk.notices import shaken_completions
from lms.learning.domain.completion import completions_resting_on
from lms.learning.domain.printed import question_was_printed
from lms.learning.models import Attempt
from lms.learning.queries.marks import work_to_mark
from lms.learning.registry import register_result_witness


def _url(cohort: Cohort) -> str:
    return reverse("learning_attempts:cohort", args=[cohort.pk])


# For people who need help: their answers are entered by staff.
_HELPED = (
    (30, "aloud", _("Read a test aloud"), "comment"),
    (31, "sheets", _("Type in paper tests"), "table"),
)


def _together_url(meeting: Meeting) -> str:
    return reverse("learning_together", args=[meeting.cohort_id, meeting.pk])


def _named_url(name: str, cohort: Cohort) -> str:
    return reverse(name, args=[cohort.pk])


def _panel(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    work = work_to_mark(Cohort.objects.filter(pk=cohort.pk)).values_list("points", "is_marked")
    return {
        "unmarked": sum(not is_marked for _points, is_marked in work),
        "holding": sum(not is_marked and points > 0 for points, is_marked in work),
        "shaken": shaken_completions(cohort),
        "url": _url(cohort),
    }


def regrade_link(question: Question) -> str | None:
    """The dry run for a version that corrects one with which attempts were scored."""
    if not correction_applies(question):
        return None
    return reverse("learning_regrade:plan", args=[question.corrects_id, question.pk])


def _going_on(cohort: Cohort, to: str) -> Iterator[Missing]:
    """Before a training is closed or archived, what people have begun and not handed in."""
    if to not in (CohortState.CLOSED, CohortState.ARCHIVED):
        return
    number = Attempt.objects.counted().filter(enrolment__cohort=cohort, submitted_at=None).count()
    if number:
        text = ngettext("%(number)d test is going on.", "%(number)d tests are going on.", number)
        yield Missing(text % {"number": number}, _url(cohort))


def register() -> None:
    """Called once when the apps are ready."""
    register_result_witness("learning.completion", _("Completion"), completions_resting_on)
    register_correction_link(regrade_link)
    register_use_check(question_was_printed)
    register_cohort_link(
        "learning.attempts",
        label=_("Participants' tests"),
        url=_url,
        permission="learning.view_attempt",
        group=LinkGroup.DAY,
        order=20,
        icon="form",
    )
    register_cohort_link(
        "learning.live",
        label=_("Watch the class"),
        url=partial(_named_url, "learning_live:page"),
        permission="learning.view_attempt",
        group=LinkGroup.DAY,
        order=10,
        icon="view",
    )
    register_cohort_panel(
        "learning.attempts",
        order=10,
        template="learning_admin/panel.html",
        context=_panel,
        permission="learning.view_attempt",
    )
    register_cohort_check("learning.going_on", check=_going_on)
    register_cohort_link(
        "learning.surveys",
        label=_("Survey results"),
        url=partial(_named_url, "learning_surveys"),
        permission="learning.view_attempt",
        group=LinkGroup.AFTER,
        order=20,
        icon="clipboard-list",
    )
    register_meeting_link(
        "learning.together",
        label=_("Lessons studied together"),
        url=_together_url,
        permission="cohorts.change_attendance",
        order=10,
        icon="group",
    )
    for order, code, label, icon in _HELPED:
        register_cohort_link(
            f"learning.{code}",
            label=label,
            url=partial(_named_url, f"learning_{code}"),
            permission="learning.enter_attempt",
            group=LinkGroup.DAY,
            order=order,
            icon=icon,
        )
    register_cohort_paper(
        CohortPaper(
            code="tes",
            order=40,
            label=_("Tests on paper"),
            hint=_("Questions and answer sheets, also with names or in large print. Not part of the pack."),
            permission="learning.enter_attempt",
            url=partial(_named_url, "learning_paper"),
            in_pack=False,
        )
    )
