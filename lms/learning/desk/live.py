"""The class as it is at this moment: who is signed in where, at what, and who may need help.

Read anew at each look, in a number of queries that does not grow with the people.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from lms.cohorts.models import Cohort, Enrolment, Station
from lms.learning.desk.live_people import OPEN, LiveClass, Person, Test, TestCount
from lms.learning.desk.rooms import Room, Row, rooms_of
from lms.learning.desk.signs import Here, Signs, clock, here_of, troubles_of
from lms.learning.desk.states import State
from lms.learning.enums import TEST_OCCASIONS, Mode, Occasion
from lms.learning.models import AnswerEvent, Attempt, LessonProgress
from lms.learning.places import Kind, Place, read_place
from lms.people.domain import Wrong, wrong_tries
from lms.people.models import Participant, Presence

# The tests that a facilitator counts; others are told of while they are open.
_COUNTED = (Occasion.PRE, Occasion.POST)
# Answered by the participant, with or without a scribe; else staff type, and the screen is theirs.
_OWN_HANDS = (Mode.SELF, Mode.SCRIBE)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was read for everybody at once."""

    now: datetime
    presences: dict[uuid.UUID, Presence]
    sharing: Counter[int]
    saved: dict[uuid.UUID, datetime]
    wrong: dict[str, Wrong]
    lessons: dict[int, str]
    finished: dict[uuid.UUID, int]
    stations: dict[int, str]


def live_class(cohort: Cohort) -> LiveClass:
    """The class now. Eleven queries, however many people."""
    rooms = rooms_of(cohort)
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort)
        .select_related("participant")
        .order_by("participant__full_name", "pk")
    )
    facts = _read(cohort, [enrolment.participant for enrolment in enrolments], rooms)
    rows = [(room, _newest(room)) for room in rooms]
    people = tuple(_person(enrolment, rows, facts) for enrolment in enrolments)
    return LiveClass(people, tuple(_count(room, newest) for room, newest in rows if _is_counted(room)))


def _read(cohort: Cohort, people: Sequence[Participant], rooms: Iterable[Room]) -> _Facts:
    there = Presence.objects.filter(participant__enrolments__cohort=cohort).select_related("device")
    presences = {presence.participant_id: presence for presence in there}
    attempts = [row.attempt for room in rooms for row in room.open_rows if row.attempt is not None]
    own = [attempt.pk for attempt in attempts if attempt.mode in _OWN_HANDS]
    events = AnswerEvent.objects.filter(item__attempt__in=own).order_by().values_list("item__attempt_id")
    stations = Station.objects.filter(cohort=cohort, removed_at=None)
    done = LessonProgress.objects.filter(enrolment__cohort=cohort, completed_at__isnull=False).order_by()
    return _Facts(
        now=timezone.now(),
        presences=presences,
        sharing=Counter(presence.device_id for presence in presences.values() if presence.device_id),
        saved=dict(events.annotate(Max("received_at"))),
        wrong=wrong_tries(person.code for person in people),
        lessons=_titles(cohort, presences.values()),
        finished=dict(done.values_list("enrolment_id").annotate(Count("pk"))),
        stations=dict(stations.values_list("device_id", "name")),
    )


def _titles(cohort: Cohort, presences: Iterable[Presence]) -> dict[int, str]:
    """The titles of the lessons that people are at, as far as they belong to this training's course."""
    places = [read_place(presence.place) for presence in presences]
    wanted = {place.number for place in places if place is not None and place.kind is Kind.LESSON}
    pages = Page.objects.filter(pk__in=wanted, path__startswith=cohort.course.path)
    return dict(pages.values_list("pk", "title"))


def _is_counted(room: Room) -> bool:
    return room.terms.occasion in _COUNTED


def _newest(room: Room) -> dict[uuid.UUID, Row]:
    """By enrolment the newest attempt that counts; rows come in the order of tries."""
    return {row.enrolment.pk: row for row in room.rows if row.state is not State.VOID}


def _count(room: Room, newest: dict[uuid.UUID, Row]) -> TestCount:
    states = Counter(row.state for row in newest.values())
    return TestCount(
        label=str(room.occasion_label),
        not_begun=states[State.NOT_BEGUN],
        going_on=sum(states[state] for state in OPEN),
        handed_in=states[State.HANDED_IN] + states[State.UNMARKED],
    )


def _person(enrolment: Enrolment, rows: Sequence[tuple[Room, dict[uuid.UUID, Row]]], facts: _Facts) -> Person:
    person = enrolment.participant
    presence = facts.presences.get(person.pk)
    tests = tuple(
        _test(room, newest[enrolment.pk], facts.now)
        for room, newest in rows
        if _is_counted(room) or newest[enrolment.pk].state in OPEN
    )
    place = read_place(presence.place) if presence is not None else None
    current = _current(tests, place)
    signs = _signs(presence, place, current, facts, facts.wrong.get(person.code))
    here = here_of(signs)
    return Person(
        enrolment_id=enrolment.pk,
        name=person.full_name,
        dusun=person.dusun,
        here=here,
        since=_since(here, presence, signs),
        device=_device(presence, facts) if presence is not None and here is not Here.NEVER else "",
        shared=facts.sharing[presence.device_id] if presence is not None and presence.device_id else 0,
        doing=_doing(here, place, current, facts.lessons),
        tests=tests,
        saved=clock(facts.saved.get(current.attempt.pk)) if current and current.attempt else "",
        lessons=facts.finished.get(enrolment.pk, 0),
        troubles=tuple(troubles_of(signs)),
        wrong=signs.wrong,
        is_locked=signs.locked_until is not None,
        may_sign_in=person.is_active,
    )


def _device(presence: Presence, facts: _Facts) -> str:
    """What people call the device: its name where the training has registered it, else its number."""
    if presence.device is None:
        return ""
    return facts.stations.get(presence.device.pk) or str(presence.device)


def _test(room: Room, row: Row, now: datetime) -> Test:
    attempt = row.attempt
    is_running = attempt is not None and row.state is State.GOING_ON
    return Test(
        label=_label(room),
        state=row.state,
        answered=row.answered,
        total=row.total,
        until=clock(attempt.deadline(now)) if attempt is not None and is_running else "",
        attempt=attempt,
    )


def _label(room: Room) -> str:
    is_own_title = room.terms.occasion in (Occasion.PRACTICE, Occasion.SURVEY)
    return str(room.terms.assessment.label if is_own_title else room.occasion_label)


def _current(tests: Sequence[Test], place: Place | None) -> Test | None:
    """The open test that is on the screen, else any that is open."""
    there = [test for test in tests if test.is_open and test.attempt is not None]
    if place is not None:
        shown = [test for test in there if test.attempt and test.attempt.pk == place.attempt_id]
        there = shown or there
    return there[-1] if there else None


def _signs(
    presence: Presence | None, place: Place | None, current: Test | None, facts: _Facts, wrong: Wrong | None
) -> Signs:
    attempt = current.attempt if current is not None else None
    at_test = place is not None and attempt is not None and place.attempt_id == attempt.pk
    saved = facts.saved.get(attempt.pk) if attempt is not None else None
    there = presence is not None and presence.ended_at is None
    arrived = presence.place_since if presence is not None else None
    kind = place.kind if place is not None else None
    is_running = current is not None and current.state is State.GOING_ON
    return Signs(
        now=facts.now,
        # An answer that is saved is a sign of life that needs no other.
        seen_at=_latest(presence.seen_at if presence is not None else None, saved if there else None),
        ended_at=presence.ended_at if presence is not None else None,
        in_test=is_running and _is_taking(attempt, at_screen=at_test),
        progressed_at=_latest(arrived, saved, attempt.started_at if attempt is not None else None),
        question_since=arrived if at_test and kind is Kind.QUESTION else None,
        lesson_since=arrived if kind is Kind.LESSON else None,
        wrong=wrong.failures if wrong is not None else 0,
        locked_until=wrong.until if wrong is not None else None,
    )


def _is_taking(attempt: Attempt | None, *, at_screen: bool) -> bool:
    """Whether this attempt is work of the person's own that should go on. A practice may be left lying."""
    if attempt is None or attempt.mode not in _OWN_HANDS:
        return False
    return at_screen or attempt.occasion in TEST_OCCASIONS


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _since(here: Here, presence: Presence | None, signs: Signs) -> str:
    if presence is None or here is Here.NEVER:
        return ""
    if here is Here.HERE:
        return clock(presence.signed_in_at)
    return clock(presence.ended_at or signs.seen_at)


def _doing(here: Here, place: Place | None, current: Test | None, lessons: dict[int, str]) -> str:
    is_here = here in (Here.HERE, Here.SILENT)
    if is_here and place is not None and place.kind is Kind.LESSON and place.number in lessons:
        return _("Lesson: %(title)s") % {"title": lessons[place.number]}
    if current is not None and current.attempt is not None:
        return _at_test(current, place if place and place.attempt_id == current.attempt.pk else None)
    return _("another page") if is_here else ""


def _at_test(test: Test, place: Place | None) -> str:
    words: dict[str, Any] = {"test": test.label, "answered": test.answered, "total": test.total}
    if test.state is not State.GOING_ON:
        return f"{test.label}: {test.state.label}"
    if place is not None and place.kind is Kind.QUESTION:
        return _("%(test)s, question %(number)d of %(total)d") % {**words, "number": place.number}
    if place is not None and place.kind is Kind.REVIEW:
        return _("%(test)s, looking it over: %(answered)d of %(total)d answered") % words
    return _("%(test)s, %(answered)d of %(total)d answered") % words
