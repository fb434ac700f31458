"""The two conditions that learning itself can judge: attendance and the post-test."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import attended_hours
from lms.learning.enums import Occasion
from lms.learning.models import Attempt
from lms.learning.registry import CompletionCondition, ConditionResult


def _attendance_is_required(cohort: Cohort) -> bool:
    return cohort.min_attendance_percent is not None


def _evaluate_attendance(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, ConditionResult]:
    hours = attended_hours(enrolments)
    return {
        enrolment.pk: _attendance(*hours[enrolment.pk], needed=enrolment.cohort.min_attendance_percent or 0)
        for enrolment in enrolments
    }


def _attendance(attended: int, planned: int, *, needed: int) -> ConditionResult:
    if planned == 0:
        return ConditionResult(False, _("No meeting has been planned yet."))
    detail = _("%(attended)d of %(planned)d lesson hours attended; at least %(needed)d%% is needed.") % {
        "attended": attended,
        "planned": planned,
        "needed": needed,
    }
    return ConditionResult(attended * 100 >= needed * planned, detail)


def _post_test_is_required(cohort: Cohort) -> bool:
    return cohort.require_post_test


def passes(attempt: Attempt, pass_mark_percent: int) -> bool:
    """Whether an attempt with a result reaches the pass mark, in whole points: a mark of 60 % of 27 is 17.

    One that waits for marking has no result, so it does not pass, whatever the mark.
    """
    if attempt.score is None:
        return False
    return attempt.score * 100 >= pass_mark_percent * attempt.max_score


def _evaluate_post_test(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, ConditionResult]:
    tries: dict[uuid.UUID, list[Attempt]] = {enrolment.pk: [] for enrolment in enrolments}
    submitted = Attempt.objects.counted().filter(occasion=Occasion.POST, submitted_at__isnull=False)
    for attempt in submitted.filter(enrolment__in=enrolments):
        tries[attempt.enrolment_id].append(attempt)
    return {
        enrolment.pk: _post_test(tries[enrolment.pk], mark=enrolment.cohort.assessment.pass_mark_percent)
        for enrolment in enrolments
    }


def _post_test(tries: Sequence[Attempt], *, mark: int) -> ConditionResult:
    if not tries:
        return ConditionResult(False, _("You have not handed in the post-test yet."))
    scored = [attempt for attempt in tries if attempt.score is not None]
    if not scored:
        return ConditionResult(False, _("Your post-test is being marked. The result comes after that."))
    best = max(scored, key=lambda attempt: attempt.score or 0)
    detail = _("Best result %(score)d of %(total)d points; at least %(mark)d%% is needed.") % {
        "score": best.score,
        "total": best.max_score,
        "mark": mark,
    }
    return ConditionResult(any(passes(attempt, mark) for attempt in scored), detail)


ATTENDANCE = CompletionCondition(
    code="attendance",
    label=gettext_lazy("Attendance"),
    is_required=_attendance_is_required,
    evaluate=_evaluate_attendance,
    order=10,
)
POST_TEST = CompletionCondition(
    code="post_test",
    label=gettext_lazy("Post-test passed"),
    is_required=_post_test_is_required,
    evaluate=_evaluate_post_test,
    order=20,
)
