"""Everything that a participant's own page shows, gathered from the apps below."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.certificates.queries import certificate_of
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Enrolment
from lms.cohorts.queries.board import findings_shown
from lms.cohorts.queries.experiences import experiences_shown
from lms.followup.models import Plan, Pledge
from lms.followup.queries import actions_of, has_submitted_plan, newest_pledge, plan_of
from lms.learning.datasets import CourseLines, course_lines
from lms.learning.domain import required_conditions
from lms.learning.domain.conditions import POST_TEST
from lms.learning.enums import Occasion
from lms.learning.models import Completion
from lms.learning.queries import Tries, tries_of
from lms.learning.queries.assigned import WaitingLesson, waiting_lessons
from lms.learning.registry import CompletionCondition, ConditionResult
from lms.portal.domain import Facts, Step, next_step
from lms.portal.rows import Row, assigned_rows, test_rows

Standing = list[tuple[CompletionCondition, ConditionResult]]


@dataclass(frozen=True, slots=True)
class NextThing:
    """One sentence that says what comes next, and one button. ``url`` is empty where only waiting helps."""

    step: Step
    text: str
    action: str = ""
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
    # Lessons that wait because a rule has changed since.
    updates: list[WaitingLesson]
    # How far the training has come, where that explains what is not open; else empty.
    notice: str = ""


def dashboard_of(enrolment: Enrolment) -> Dashboard:
    """The own page of an enrolment; ``cohort`` and ``cohort.course`` should be loaded."""
    lines = course_lines(enrolment)
    tries = tries_of(enrolment)
    conditions = required_conditions(enrolment)
    completed = Completion.objects.filter(enrolment=enrolment).exists()
    pledge = newest_pledge(enrolment)
    facts = _facts(enrolment, lines, tries, conditions, pledge, completed=completed)
    return Dashboard(
        enrolment=enrolment,
        next=_next_thing(next_step(facts), lines),
        lines=lines,
        rows=[
            *test_rows(tries, time_zone=enrolment.cohort.village.time_zone),
            *assigned_rows(enrolment),
            _certificate_row(certificate_of(enrolment), completed),
            _plan_row(plan_of(enrolment)),
            _pledge_row(pledge),
            Row(_("My notes"), _("only for you"), "plain", reverse("learning:notes")),
            _board_row(enrolment),
            _experience_row(enrolment),
        ],
        conditions=conditions,
        completed=completed,
        updates=waiting_lessons(enrolment.participant_id),
        notice=_notices().get(enrolment.cohort.state, ""),
    )


def _notices() -> dict[str, str]:
    return {
        CohortState.OPEN: _("The training has not started. What is open already you can do at home."),
        CohortState.CLOSED: _("The training is over. Lessons, plan, surveys and certificate stay open."),
        CohortState.ARCHIVED: _("The training is over and kept for reading. Your certificate stays here."),
    }


def _facts(
    enrolment: Enrolment,
    lines: CourseLines,
    tries: Tries,
    conditions: Standing,
    pledge: Pledge | None,
    *,
    completed: bool,
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
        pledge_missing=enrolment.cohort.require_pledge and (pledge is None or not pledge.stands),
        completed=completed,
    )


def _next_thing(step: Step, lines: CourseLines) -> NextThing:
    lesson = lines.resume
    if step is Step.LESSON and lesson is not None:
        was_here = lesson == lines.last_read
        text = _("You were in this lesson: %(title)s") if was_here else _("Your next lesson: %(title)s")
        words = text % {"title": lesson.page.title}
        return NextThing(step, words, _("Go on with the lesson"), lesson.page.url)
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
        Step.PLEDGE: (
            _("Write down what you promise to do. After that you sign it on paper."),
            _("Go to my pledge"),
            reverse("followup:pledge"),
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


def _pledge_row(pledge: Pledge | None) -> Row:
    title, url = _("My pledge"), reverse("followup:pledge")
    if pledge is None or not pledge.stands:
        return Row(title, _("not written yet"), "waiting", url)
    return (
        Row(title, _("signed"), "done", url) if pledge.is_signed else Row(title, _("written"), "doing", url)
    )


def _board_row(enrolment: Enrolment) -> Row:
    number = findings_shown(enrolment.cohort)
    words = ngettext("%(number)d finding", "%(number)d findings", number) % {"number": number}
    return Row(_("Findings board"), words, "plain", reverse("board:board"))


def _experience_row(enrolment: Enrolment) -> Row:
    number = experiences_shown(enrolment.cohort)
    words = ngettext("%(number)d experience", "%(number)d experiences", number) % {"number": number}
    return Row(_("Experience board"), words, "plain", reverse("experience:board"))


def own_enrolments(participant_id: Any) -> list[Enrolment]:
    """All trainings of a person that were opened, the newest first."""
    own = Enrolment.objects.filter(participant_id=participant_id).exclude(cohort__state=CohortState.PLANNED)
    own = own.select_related("cohort__course")
    return list(own.order_by("-cohort__starts_on", "-enrolled_at"))


def planned_enrolments(participant_id: Any) -> list[Enrolment]:
    """The trainings of a person that are only planned, the soonest first."""
    own = Enrolment.objects.filter(participant_id=participant_id, cohort__state=CohortState.PLANNED)
    return list(own.select_related("cohort__village").order_by("cohort__starts_on", "enrolled_at"))
