"""The two conditions that learning itself can judge: attendance and the post-test."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import attended_hours
from lms.learning.enums import Occasion
from lms.learning.models import Attempt
from lms.learning.registry import CompletionCondition, ConditionResult


def _attendance_is_required(cohort: Cohort) -> bool:
    return cohort.min_attendance_percent is not None


def _evaluate_attendance(enrolment: Enrolment) -> ConditionResult:
    attended, planned = attended_hours(enrolment)
    needed = enrolment.cohort.min_attendance_percent or 0
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
    """Whether a submitted attempt reaches the pass mark, in whole points: a mark of 60 % of 27 is 17."""
    return (attempt.score or 0) * 100 >= pass_mark_percent * attempt.max_score


def _evaluate_post_test(enrolment: Enrolment) -> ConditionResult:
    mark = enrolment.cohort.assessment.pass_mark_percent
    tries = list(
        Attempt.objects.filter(enrolment=enrolment, occasion=Occasion.POST, submitted_at__isnull=False)
    )
    if not tries:
        return ConditionResult(False, _("You have not handed in the post-test yet."))
    best = max(tries, key=lambda attempt: attempt.score or 0)
    detail = _("Best result %(score)d of %(total)d points; at least %(mark)d%% is needed.") % {
        "score": best.score,
        "total": best.max_score,
        "mark": mark,
    }
    return ConditionResult(any(passes(attempt, mark) for attempt in tries), detail)


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
