"""Which tests a training has, and which trainings have an assessment or a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page

from assessments.enums import TEST_OCCASIONS, Occasion, with_moment
from assessments.models import Assessment
from lms.cohorts.models import Assignment, Cohort
from lms.cohorts.moments import ALWAYS, Window


def trainings_with(assessment_id: int, user: Any) -> list[str]:
    """The trainings that have an assessment: by name those that ``user`` may see, the others by number."""
    users = Cohort.objects.filter(Q(assessment=assessment_id) | Q(assignments__assessment=assessment_id))
    known = dict(users.values_list("pk", "code"))
    visible = Cohort.objects.visible_to(user) if user is not None else Cohort.objects.none()
    named = [str(code) for code in visible.filter(pk__in=known).values_list("code", flat=True)]
    others = len(known) - len(named)
    if others:
        text = ngettext("%(number)d training of others", "%(number)d trainings of others", others)
        named.append(text % {"number": others})
    return named


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A test, practice or survey of a training, and when it may be begun."""

    occasion: str
    assessment: Assessment
    row: Assignment | None
    window: Window = ALWAYS

    @property
    def label(self) -> str:
        """What it is called on the training's page: the occasion of a test, the title of all else."""
        is_test = self.row is None or self.row.assessment_id is None
        return (
            str(Occasion(self.occasion).label)
            if is_test
            else with_moment(self.assessment.label, self.occasion)
        )

    @property
    def is_open(self) -> bool:
        return not self.opens_later and not self.has_closed

    @property
    def opens_later(self) -> bool:
        return self.window.opens_at is not None and timezone.now() < self.window.opens_at

    @property
    def has_closed(self) -> bool:
        return self.window.closes_at is not None and timezone.now() >= self.window.closes_at


def schedule(cohort: Cohort) -> list[Scheduled]:
    """Tests in the order in which they are taken, then practice and surveys. One query.

    The tests before and after are there without a row. ``cohort.assessment`` and ``cohort.village`` should be
    loaded.
    """
    rows = list(Assignment.objects.filter(cohort=cohort).select_related("assessment").order_by("pk"))
    tests = {row.occasion: row for row in rows if row.assessment_id is None}
    return [
        *(
            _scheduled(occasion, cohort.assessment, tests.get(occasion), cohort)
            for occasion in TEST_OCCASIONS
            if occasion in tests or occasion != Occasion.FOLLOW_UP
        ),
        *(
            _scheduled(row.occasion, row.assessment, row, cohort)
            for row in rows
            if row.assessment is not None
        ),
    ]


def _scheduled(occasion: str, assessment: Assessment, row: Assignment | None, cohort: Cohort) -> Scheduled:
    return Scheduled(occasion, assessment, row, row.window(cohort) if row else ALWAYS)


def pages_with_trainings(pages: Iterable[Page]) -> list[Page]:
    """Those pages that are the course of a training, have one below them, or are a translation of such."""
    courses = Cohort.objects.values("course__translation_key")
    return [
        page
        for page in pages
        if Page.objects.descendant_of(page, inclusive=True).filter(translation_key__in=courses).exists()
    ]
