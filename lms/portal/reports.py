"""Everything that a participant's own page shows, gathered from the apps below."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.certificates.queries import certificate_of
from lms.cohorts.models import Enrolment
from lms.followup.models import Plan
from lms.followup.queries import actions_of, has_submitted_plan, plan_of
from lms.learning.datasets import CourseLines, course_lines
from lms.learning.domain import required_conditions
from lms.learning.domain.conditions import POST_TEST
from lms.learning.enums import Occasion
from lms.learning.models import Completion
from lms.learning.queries import Tries, tries_of
from lms.learning.registry import CompletionCondition, ConditionResult
from lms.portal.domain import Facts, Step, next_step

Standing = list[tuple[CompletionCondition, ConditionResult]]


@dataclass(frozen=True, slots=True)
class NextThing:
    """One sentence that says what comes next, and one button. ``url`` is empty where only waiting helps."""

    step: Step
    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A quiet line: what, how it stands (word and badge kind), and where it leads, if anywhere."""

    title: str
    state: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class Dashboard:
    """The own page of one enrolment."""

    enrolment: Enrolment
    next: NextThing
    lines: CourseLines
    rows: list[Row]
    conditions: Standing
    completed: bool


def dashboard_of(enrolment: Enrolment) -> Dashboard:
    """The own page of an enrolment; ``cohort`` and ``cohort.course`` should be loaded."""
    lines = course_lines(enrolment)
    tries = tries_of(enrolment)
    conditions = required_conditions(enrolment)
    completed = Completion.objects.filter(enrolment=enrolment).exists()
    facts = _facts(enrolment, lines, tries, conditions, completed)
    return Dashboard(
        enrolment=enrolment,
        next=_next_thing(next_step(facts), lines),
        lines=lines,
        rows=[
            _test_row(Occasion.PRE, tries),
            _test_row(Occasion.POST, tries),
            _certificate_row(certificate_of(enrolment), completed),
            _plan_row(plan_of(enrolment)),
        ],
        conditions=conditions,
        completed=completed,
    )


def _facts(
    enrolment: Enrolment, lines: CourseLines, tries: Tries, conditions: Standing, completed: bool
) -> Facts:
    missing = {condition.code for condition, standing in conditions if not standing.met}
    plan_missing = enrolment.cohort.require_plan and not has_submitted_plan(enrolment)
    return Facts(
        pretest_first=tries.pretest_first,
        may_start_pre_test=tries.may_start(Occasion.PRE),
        pre_test_going_on=tries.open_attempt(Occasion.PRE) is not None,
        lessons_done=lines.done,
        lessons_left=lines.total - lines.done,
        may_start_post_test=tries.may_start(Occasion.POST),
        post_test_going_on=tries.open_attempt(Occasion.POST) is not None,
        post_test_handed_in=bool(tries.submitted(Occasion.POST)),
        post_test_missing=POST_TEST.code in missing,
        plan_missing=plan_missing,
        plan_written=plan_missing and actions_of(enrolment).exists(),
        completed=completed,
    )


def _next_thing(step: Step, lines: CourseLines) -> NextThing:
    lesson = lines.next_lesson
    if step is Step.LESSON and lesson is not None:
        text = _("Your next lesson: %(title)s") % {"title": lesson.page.title}
        return NextThing(step, text, _("Go on with the lesson"), lesson.page.url or "")
    text, action, url = {**_words_of_tests(), **_words_after_tests()}[step]
    return NextThing(step, text, action, url)


def _words_of_tests() -> dict[Step, tuple[str, str, str]]:
    """Sentence, button and address of each step that is a test."""
    pre = reverse("learning:start", args=[Occasion.PRE])
    post = reverse("learning:start", args=[Occasion.POST])
    return {
        Step.START_PRE_TEST: (
            _("Begin with the pre-test. It shows what you know already."),
            _("Go to the pre-test"),
            pre,
        ),
        Step.CONTINUE_PRE_TEST: (
            _("You have begun the pre-test. Your answers are saved; go on where you were."),
            _("Go on with the pre-test"),
            pre,
        ),
        Step.START_POST_TEST: (
            _("You have finished all lessons. Now the post-test shows what you have learned."),
            _("Go to the post-test"),
            post,
        ),
        Step.CONTINUE_POST_TEST: (
            _("You have begun the post-test. Your answers are saved; go on where you were."),
            _("Go on with the post-test"),
            post,
        ),
        Step.REPEAT_POST_TEST: (
            _("The pass mark has not been reached yet. You may take the post-test once more."),
            _("Take the post-test again"),
            post,
        ),
    }


def _words_after_tests() -> dict[Step, tuple[str, str, str]]:
    """The same for what comes after them; without a button where only waiting helps."""
    return {
        Step.PLAN: (
            _("Write down what you will do in your village: your follow-up plan."),
            _("Go to my follow-up plan"),
            reverse("followup:plan"),
        ),
        Step.HAND_IN_PLAN: (
            _("Your follow-up plan is not handed in yet. Look it over, then hand it in."),
            _("Go to my follow-up plan"),
            reverse("followup:plan"),
        ),
        Step.CERTIFICATE: (
            _("You have finished this training. Your certificate is here."),
            _("Go to my certificate"),
            reverse("certificates:own"),
        ),
        Step.WAIT: (
            _("You have done everything that you can do here. Below you see what is still missing."),
            "",
            "",
        ),
    }


def _test_row(occasion: Occasion, tries: Tries) -> Row:
    start = reverse("learning:start", args=[occasion])
    submitted = tries.submitted(occasion)
    if tries.open_attempt(occasion) is not None:
        return Row(occasion.label, _("going on"), "doing", start)
    if submitted:
        best = max(submitted, key=lambda attempt: attempt.score or 0)
        words = _("%(score)d of %(total)d points") % {"score": best.score, "total": best.max_score}
        return Row(occasion.label, words, "done", reverse("learning:result", args=[best.pk]))
    if tries.may_start(occasion):
        return Row(occasion.label, _("open"), "waiting", start)
    return Row(occasion.label, _("not open"), "plain")


def _certificate_row(certificate: Certificate | None, completed: bool) -> Row:
    title, url = _("Certificate"), reverse("certificates:own")
    if certificate is not None and certificate.status == CertificateStatus.VALID:
        return Row(title, _("issued"), "done", url)
    return Row(title, _("being made") if completed else _("not yet"), "waiting", url)


def _plan_row(plan: Plan | None) -> Row:
    title, url = _("Follow-up plan"), reverse("followup:plan")
    if plan is None:
        return Row(title, _("not begun"), "waiting", url)
    if plan.submitted_at is None:
        return Row(title, _("draft"), "draft", url)
    return Row(title, _("handed in"), "done", url)


def own_enrolments(participant_id: Any) -> list[Enrolment]:
    """All trainings of a person, the newest first."""
    own = Enrolment.objects.filter(participant_id=participant_id).select_related("cohort", "cohort__course")
    return list(own.order_by("-cohort__starts_on", "-enrolled_at"))
