"""The quiet lines of a participant's own page for what is taken: tests, practice, surveys."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.enums import ReviewLevel, ReviewMoment, with_moment
from assessments.models import ReviewRule
from lms.cohorts.models import Enrolment
from lms.learning.enums import SURVEY_OCCASIONS, TEST_OCCASIONS, Occasion
from lms.learning.models import Attempt
from lms.learning.queries import Terms, Tries, all_terms_of, answered_surveys


@dataclass(frozen=True, slots=True)
class Row:
    """A quiet line: what, how it stands (word and badge kind), and where it leads, if anywhere."""

    title: str
    state: str
    kind: str
    url: str = ""


def test_rows(tries: Tries, *, time_zone: str) -> list[Row]:
    """The tests before and after, and the follow-up test where the training has one."""
    zone = ZoneInfo(time_zone)
    hidden = _hides_points(tries.all)
    return [
        _test_row(occasion, tries, hidden, zone)
        for occasion in TEST_OCCASIONS
        if tries.terms[occasion].assigned or tries.attempts(occasion)
    ]


def assigned_rows(enrolment: Enrolment) -> list[Row]:
    """Practices and surveys that are open, or that the person has been in. Three queries, or one if the
    training has none."""
    terms = [each for each in all_terms_of(enrolment) if each.occasion not in TEST_OCCASIONS]
    if not terms:
        return []
    own = Attempt.objects.counted().filter(enrolment=enrolment).exclude(occasion__in=TEST_OCCASIONS)
    tries = list(own.order_by("number"))
    answered = answered_surveys(enrolment)
    hidden = _hides_points(tries)
    rows = [
        _survey_row(each, done=each.assessment.pk in answered)
        if each.assessment.is_anonymous
        else _assigned_row(each, [one for one in tries if _is_of(each, one)], hidden)
        for each in terms
    ]
    return [row for row in rows if row is not None]


def _test_row(
    occasion: Occasion, tries: Tries, hidden: Collection[tuple[int, str]], time_zone: ZoneInfo
) -> Row:
    start = reverse("learning:start", args=[occasion])
    submitted = tries.submitted(occasion)
    if tries.open_attempt(occasion) is not None:
        return Row(occasion.label, _("going on"), "doing", start)
    if submitted:
        return _done_row(occasion.label, submitted, hidden)
    if tries.may_start(occasion):
        return Row(occasion.label, _("open"), "waiting", start)
    terms = tries.terms[occasion]
    if terms.opens_later and terms.opens_at is not None:
        day = date_format(timezone.localtime(terms.opens_at, time_zone), "j F")
        return Row(occasion.label, _("opens on %(day)s") % {"day": day}, "plain")
    return Row(occasion.label, _("not open"), "plain")


def _is_of(terms: Terms, attempt: Attempt) -> bool:
    return attempt.assessment_id == terms.assessment.pk and attempt.occasion == terms.occasion


def _assigned_row(terms: Terms, tries: Sequence[Attempt], hidden: Collection[tuple[int, str]]) -> Row | None:
    title = with_moment(terms.assessment.label, terms.occasion)
    start = reverse("learning:start_assigned", args=[terms.occasion, terms.assessment.pk])
    submitted = [attempt for attempt in tries if attempt.submitted_at is not None]
    if len(submitted) < len(tries):
        return Row(title, _("going on"), "doing", start)
    has_room = terms.attempts_allowed is None or len(tries) < terms.attempts_allowed
    if submitted:
        row = _done_row(title, submitted, hidden)
        return Row(row.title, row.state, row.kind, start) if has_room and terms.is_open_now else row
    return Row(title, _("open"), "waiting", start) if terms.is_open_now else None


def _survey_row(terms: Terms, *, done: bool) -> Row | None:
    if done:
        return Row(terms.assessment.label, _("handed in"), "done")
    if not terms.is_open_now:
        return None
    return Row(
        terms.assessment.label,
        _("open"),
        "waiting",
        reverse("learning:survey", args=[terms.assessment.pk]),
    )


def _done_row(title: str, submitted: Sequence[Attempt], hidden: Collection[tuple[int, str]]) -> Row:
    """The best result; one that waits for marking says so, and one that shows no points is handed in."""
    scored = [attempt for attempt in submitted if attempt.score is not None]
    best = max(scored, key=lambda attempt: attempt.score or 0) if scored else submitted[-1]
    url = reverse("learning:result", args=[best.pk])
    if not scored:
        return Row(title, _("being marked"), "waiting", url)
    if best.occasion in SURVEY_OCCASIONS or (best.assessment_id, best.occasion) in hidden:
        return Row(title, _("handed in"), "done", url)
    words = _("%(score)d of %(total)d points") % {"score": best.score, "total": best.max_score}
    return Row(title, words, "done", url)


def _hides_points(attempts: Sequence[Attempt]) -> set[tuple[int, str]]:
    """Assessments and occasions whose rules show nothing when they are handed in. No query without a try."""
    taken = {attempt.assessment_id for attempt in attempts if attempt.submitted_at is not None}
    if not taken:
        return set()
    rules = ReviewRule.objects.filter(
        assessment__in=taken, moment=ReviewMoment.HANDED_IN, level=ReviewLevel.NOTHING
    )
    return set(rules.values_list("assessment_id", "occasion"))
