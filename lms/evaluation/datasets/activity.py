"""What the house knows of a training besides its tests, for the report that an organiser hands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.html import strip_tags

from assessments.models import LegalBasis
from courses.models import LessonPage
from courses.queries import outline_of
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Enrolment, Meeting
from lms.cohorts.queries.board import TopicOfBoard, board
from lms.cohorts.queries.experiences import summary_of
from lms.cohorts.queries.parties import Behind, objectives_of, parties_behind, team_of
from lms.cohorts.years import render_years
from lms.evaluation.stats.suppression import suppressed
from lms.people.enums import Sex


@dataclass(frozen=True, slots=True)
class Module:
    """What was taught: a module with the titles of its lessons."""

    code: str
    title: str
    hours: int
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """``n`` people came at least once; without any attendance on record (``recorded`` False) it counts who is
    registered. Groups by name are those that may be told; the rest belongs together."""

    n: int
    recorded: bool
    sexes: Mapping[str, int]
    elements: Mapping[str, int]
    hamlets: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Activity:
    """``by_meeting``: people present by id of the meeting. Texts are empty where nothing was written."""

    background: str
    method: str
    bases: tuple[str, ...]
    general_objective: str
    objectives: tuple[tuple[str, str], ...]
    results: tuple[str, ...]
    behind: Behind
    team: tuple[tuple[str, str], ...]
    meetings: tuple[Meeting, ...]
    by_meeting: Mapping[int, int]
    modules: tuple[Module, ...]
    course: str
    summary: str
    present: Present
    findings: tuple[TopicOfBoard, ...]
    today: date


def activity_of(cohort: Cohort, today: date) -> Activity:
    """A fixed number of queries, besides those for texts that stand in another language."""
    outline = outline_of(cohort.course)
    training, documents = cohort.years

    def shown(text: object) -> str:
        return render_years(str(text), training=training, documents=documents)

    there = _there(cohort).order_by().values_list("meeting").annotate(n=Count("pk"))
    return Activity(
        background=shown(cohort.course.summary),
        method=_plain(shown(cohort.course.how_to_learn)),
        bases=tuple(_bases(cohort)),
        general_objective=shown(cohort.programme.general_objective) if cohort.programme else "",
        objectives=tuple(objectives_of(cohort)),
        results=tuple(line.strip() for line in str(cohort.expected_results).splitlines() if line.strip()),
        behind=parties_behind(cohort),
        team=tuple((each.shown_name, str(each.get_role_display())) for each in team_of(cohort)),
        meetings=tuple(Meeting.objects.filter(cohort=cohort)),
        by_meeting=dict(there),
        modules=tuple(
            Module(
                one.page.code,
                shown(one.page.title),
                one.page.lesson_hours,
                tuple(shown(lesson.title) for lesson in one.lessons),
            )
            for one in outline.modules
        ),
        course=shown(cohort.course.title),
        summary=summary_of(cohort),
        present=_present(cohort),
        findings=tuple(board(cohort)),
        today=today,
    )


def _there(cohort: Cohort) -> Any:
    return Attendance.objects.filter(enrolment__cohort=cohort, status__in=COUNTS_AS_PRESENT)


def _present(cohort: Cohort) -> Present:
    people = Enrolment.objects.filter(cohort=cohort)
    there = _there(cohort)
    recorded = there.exists()
    if recorded:
        people = people.filter(pk__in=there.values("enrolment"))
    rows = list(
        people.values_list("participant__sex", "participant__element", "participant__dusun").order_by()
    )
    sexes, elements, hamlets = ([row[at] for row in rows] for at in range(3))
    return Present(
        len(rows),
        recorded,
        _told({sex: sexes.count(sex) for sex in Sex.values}, zero_tells=True),
        _told({value: elements.count(value) for value in sorted(set(elements))}),
        _told({value: hamlets.count(value) for value in sorted(set(hamlets))}),
    )


def _told(counts: Mapping[str, int], *, zero_tells: bool = False) -> dict[str, int]:
    """The groups that may be told beside their total, as on the public page; the largest first."""
    told = suppressed(counts, zero_tells=zero_tells)
    return dict(sorted(told.items(), key=lambda entry: -entry[1]))


def _bases(cohort: Cohort) -> list[str]:
    """The rules that the lessons cite, each once: a hundred articles would not be read."""
    lessons = LessonPage.objects.live().descendant_of(cohort.course)
    links = LessonPage.legal_bases.through.objects.filter(lessonpage__in=lessons).values("legalbasis")
    found = LegalBasis.objects.filter(pk__in=links).select_related("regulation")
    return sorted({str(basis.regulation) for basis in found})


def _plain(html: str) -> str:
    """Rich text without its marks; a paragraph stays a line."""
    broken = html.replace("</p>", "\n").replace("</li>", "\n").replace("</h2>", "\n").replace("</h3>", "\n")
    return "\n".join(line.strip() for line in strip_tags(broken).splitlines() if line.strip())
