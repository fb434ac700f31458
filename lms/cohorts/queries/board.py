"""Reads of the findings board: a handful of queries, however many findings there are."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from courses.models import LessonPage
from courses.queries import HEAVY_FIELDS
from lms.cohorts.enums import FindingState, Topic
from lms.cohorts.models import Cohort, Enrolment, Finding, FindingSupport
from lms.cohorts.registry import finding_answers

_PARTS = re.compile(r"([0-9]+)")
_BADGES = {FindingState.OPEN: "waiting", FindingState.PLANNED: "doing", FindingState.CLOSED: "done"}


@dataclass
class Entry:
    """A finding as the board shows it, together with those merged into it."""

    finding: Finding
    merged: list[Finding] = field(default_factory=list)
    supporters: set[uuid.UUID] = field(default_factory=set)
    actions: int = 0
    # Of the participant who reads: it is the own finding; it happens in the own hamlet, too.
    is_own: bool = False
    is_supported: bool = False

    @property
    def supports(self) -> int:
        """How many people say that it also happens in their hamlet: each once, wherever it was said."""
        return len(self.supporters)

    @property
    def state(self) -> FindingState:
        if self.finding.closed_at is not None:
            return FindingState.CLOSED
        return FindingState.PLANNED if self.actions else FindingState.OPEN

    @property
    def badge(self) -> str:
        return _BADGES[self.state]

    @property
    def may_change(self) -> bool:
        """Whether the author who reads may still mend the words."""
        return self.is_own and self.state is FindingState.OPEN and not self.supports and not self.merged


@dataclass(frozen=True, slots=True)
class TopicOfBoard:
    """The findings about one topic, newest last."""

    label: Any
    entries: list[Entry]


def board(cohort: Cohort, *, reader: Enrolment | None = None) -> list[TopicOfBoard]:
    """Everything on the board, by topic. ``reader`` is the participant who looks."""
    found = Finding.objects.filter(cohort=cohort).select_related(
        "lesson__locale", "author__participant", "closed_by"
    )
    findings = _in_order(found, cohort)
    entries = {each.pk: Entry(each) for each in findings if each.merged_into_id is None}
    roots = {each.pk: each.merged_into_id or each.pk for each in findings}
    for each in findings:
        if each.merged_into_id is not None:
            entries[each.merged_into_id].merged.append(each)
    for finding_id, enrolment_id in FindingSupport.objects.filter(finding__cohort=cohort).values_list(
        "finding_id", "enrolment_id"
    ):
        entries[roots[finding_id]].supporters.add(enrolment_id)
    for finding_id, count in finding_answers(cohort).items():
        entries[roots[finding_id]].actions += count
    by_topic: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        if reader is not None:
            entry.is_own = entry.finding.author_id == reader.pk
            entry.is_supported = reader.pk in entry.supporters
        by_topic[entry.finding.topic].append(entry)
    return [TopicOfBoard(topic.label, by_topic[topic]) for topic in Topic if by_topic[topic]]


def findings_shown(cohort: Cohort) -> int:
    """How many findings the board shows; merged ones are shown within another."""
    return Finding.objects.filter(cohort=cohort, merged_into__isnull=True).count()


def findings_offered(cohort: Cohort, *, kept: uuid.UUID | None = None) -> QuerySet[Finding]:
    """Findings that an action may answer: neither merged nor closed, save the one that it names already."""
    own = Finding.objects.filter(cohort=cohort)
    return own.filter(merged_into__isnull=True, closed_at__isnull=True) | own.filter(pk=kept)


def merge_candidates(finding: Finding) -> list[Finding]:
    """The findings that this one may be merged into, in the order of the board."""
    return _in_order(findings_offered(finding.cohort).exclude(pk=finding.pk), finding.cohort)


def lessons_of(cohort: Cohort) -> QuerySet[LessonPage]:
    """The published lessons of the cohort's course, in order."""
    lessons: QuerySet[LessonPage] = LessonPage.objects.live().descendant_of(cohort.course)
    return lessons.defer(*HEAVY_FIELDS).order_by("path")


def _in_order(findings: Iterable[Finding], cohort: Cohort) -> list[Finding]:
    """Newest last, by day: of findings without a name nothing finer is known. TM10 comes after TM9."""
    zone = ZoneInfo(cohort.village.time_zone)

    def place(finding: Finding) -> tuple[Any, ...]:
        number = [int(part) if part.isdigit() else part for part in _PARTS.split(finding.code)]
        return (timezone.localdate(finding.created_at, zone), number)

    return sorted(findings, key=place)
