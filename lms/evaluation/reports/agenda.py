"""From what a room answered to what its trainer should do: outcomes, questions, beliefs and pairs."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from assessments.models import Question
from assessments.questions.base import Response
from assessments.questions.words import Mistake
from lms.cohorts.models import Cohort
from lms.evaluation.datasets.lessons import Taught, taught_in
from lms.evaluation.datasets.room import Given, Room, grouped, missed_by_person, room_of
from lms.evaluation.reports.agenda_results import (
    Agenda,
    AgendaOutcome,
    AskedQuestion,
    Belief,
    LessonToOpen,
    Sight,
)
from lms.evaluation.reports.changes import changes_by_place
from lms.evaluation.stats.changes import Change
from lms.evaluation.stats.disclosure import MIN_SHOWN
from lms.evaluation.stats.lesson_time import time_shares
from lms.evaluation.stats.need import Verdict, need_of, verdict
from lms.evaluation.stats.pairing import pair_up
from lms.learning.enums import Occasion

MIN_POINTS = 3
MIN_ITEMS = 2
"""Of an outcome on each form: with less nobody is paired by it."""
MISTAKES_SHOWN = 5
BELIEFS_A_QUESTION = 3
HELD_BY = 2
"""People who must share a wrong answer before it is shown: less is a slip, or somebody's own hand."""
HALF = Fraction(1, 2)


def agenda_of(cohort: Cohort, occasion: Occasion, sight: Sight) -> Agenda:
    """The agenda that the pre-test gives, or what the post-test asks to repeat, as far as ``sight`` allows.

    What may not be seen is not in it. Its queries grow with the kinds of questions only.
    """
    room = room_of(cohort, occasion)
    withheld = not sight.people and 0 < room.handed_in < MIN_SHOWN
    agenda = Agenda(occasion, room.registered, room.handed_in, room.going_on, room.is_simulated, withheld)
    if withheld or not room.given:
        return agenda
    changes = changes_by_place(room)
    questions = [
        _question(room, given, sight, changes)
        for given in grouped(room.given, lambda one: one.question).values()
    ]
    questions = [row for row in questions if sight.people or row.n >= MIN_SHOWN]
    questions.sort(key=lambda row: (row.need.order, row.question.code))
    return replace(
        agenda,
        outcomes=_outcomes(room, taught_in(cohort), sight),
        questions=tuple(questions) if sight.questions else (),
        beliefs=_most_held(questions),
        waiting=sum(row.waiting for row in questions),
    )


def _question(
    room: Room, given: Sequence[Given], sight: Sight, changes: Mapping[str, Change]
) -> AskedQuestion:
    question = room.questions[given[0].question]
    marked = [one for one in given if one.earned is not None]
    right = sum(one.is_right for one in marked)
    partly = sum(0 < (one.earned or 0) < one.points for one in marked)
    unknown = sum(one.dont_know for one in marked)
    blank = sum(one.response is None and not one.earned and not one.dont_know for one in marked)
    return AskedQuestion(
        question=question,
        forms="".join(sorted({one.form for one in given})),
        outcomes=tuple(outcome.code for outcome in room.outcomes.get(question.pk, ())),
        need=need_of(one.missed for one in marked),
        right=right,
        partly=partly,
        wrong=len(marked) - right - partly - unknown - blank,
        dont_know=unknown,
        blank=blank,
        waiting=len(given) - len(marked),
        beliefs=_beliefs(question, [one.response for one in marked], right) if sight.keys else (),
        key=tuple(question.describe_key()) if sight.keys else (),
        note=question.note if sight.keys else "",
        change=changes.get(given[0].place),
    )


def _beliefs(question: Question, responses: Sequence[Response], right: int) -> tuple[Belief, ...]:
    held: Counter[Mistake] = Counter()
    for response in responses:
        held.update(set(question.mistakes(response)))
    rows = [
        Belief(mistake.words, mistake.why, count, len(responses), right, question)
        for mistake, count in held.items()
        if count >= HELD_BY
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.words))[:BELIEFS_A_QUESTION])


def _most_held(questions: Sequence[AskedQuestion]) -> tuple[Belief, ...]:
    """The beliefs of the room, surest first, one of a question."""
    first = [row.beliefs[0] for row in questions if row.beliefs]
    first.sort(key=lambda row: (row.need.order, row.question.code))
    return tuple(first[:MISTAKES_SHOWN])


def _outcomes(room: Room, taught: Sequence[Taught], sight: Sight) -> tuple[AgendaOutcome, ...]:
    known = {outcome.code: outcome for found in room.outcomes.values() for outcome in found}
    given = {code: room.of_outcome(code) for code in known}
    missed = {code: missed_by_person(answers) for code, answers in given.items()}
    needs = {code: need_of(shares.values()) for code, shares in missed.items() if shares}
    planned = _planned_minutes(taught, set(needs))
    advised = time_shares(planned, needs)
    all_minutes = sum(planned.values(), Fraction())
    lessons = _lessons_by_need(room, taught)
    rows = [
        AgendaOutcome(
            outcome=known[code],
            need=need,
            verdict=(judged := verdict(need)),
            below_half=sum(share > HALF for share in missed[code].values()),
            questions=len({one.question for one in given[code]}),
            lessons=tuple(lesson for lesson, codes in lessons if code in codes),
            planned=planned[code] / all_minutes if planned[code] else None,
            advised=advised.get(code),
            pairs=_pairs(room, given[code], missed[code])
            if sight.people and judged is not Verdict.SHORTER
            else (),
        )
        for code, need in needs.items()
        if sight.people or need.n >= MIN_SHOWN
    ]
    return tuple(sorted(rows, key=lambda row: (row.need.order, row.outcome.position, row.outcome.code)))


def _planned_minutes(taught: Sequence[Taught], measured: set[str]) -> dict[str, Fraction]:
    """Minutes of the lessons of each outcome. A lesson that serves several is shared out among them, so that
    nothing counts twice; outcomes that the test does not measure get none."""
    minutes = dict.fromkeys(measured, Fraction())
    for lesson in taught:
        for code in lesson.outcomes & measured:
            minutes[code] += Fraction(lesson.page.minutes, len(lesson.outcomes & measured))
    return minutes


def _lessons_by_need(room: Room, taught: Sequence[Taught]) -> list[tuple[LessonToOpen, frozenset[str]]]:
    """All lessons: first those whose own questions were missed most, then the others in their order."""
    by_lesson = grouped(room.given, lambda one: room.questions[one.question].lesson_code)
    rows = []
    for lesson in taught:
        shares = missed_by_person(by_lesson.get(lesson.page.code, ())) if lesson.page.code else {}
        need = need_of(shares.values()) if shares else None
        rows.append((LessonToOpen(lesson.page, need), lesson.outcomes))
    return sorted(rows, key=lambda row: row[0].need.order if row[0].need else (2.0, 0.0))


def _pairs(
    room: Room, given: Sequence[Given], missed: Mapping[uuid.UUID, Fraction]
) -> tuple[tuple[str, str], ...]:
    """By name, where the questions of the outcome are enough to tell two people apart."""
    for answers in grouped(given, lambda one: one.person).values():
        marked = [one for one in answers if one.earned is not None]
        if len(marked) < MIN_ITEMS or sum(one.points for one in marked) < MIN_POINTS:
            return ()
    return tuple((room.people[helper], room.people[partner]) for helper, partner in pair_up(missed))
