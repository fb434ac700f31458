"""The commitment of LNN-2018, simulated: the scale at three moments, and pledges with signatures."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from assessments.models import Assessment
from assessments.queries import load_questions
from assessments.questions.likert import LikertQuestion
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.followup import domain as followup
from lms.followup.domain import Signature
from lms.followup.enums import SignatureMeans
from lms.followup.models import Pledge
from lms.followup.suggestions import STANDARD
from lms.ids import new_id
from lms.learning import domain as learning
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt

# When each moment was answered, and how much more than before people agree on average.
_MOMENTS = {
    Occasion.BEFORE: (date(2018, 6, 11), 0.0),
    Occasion.AFTER: (date(2018, 6, 11), 0.7),
    Occasion.DAY_90: (date(2018, 9, 11), 0.85),
}
_WITNESS = Signature(date(2018, 6, 11), "Saksi 1", "Tokoh masyarakat")
_SEED = 20180612


def _morning(day: date) -> datetime:
    """Eight o'clock in Loonuna (WITA)."""
    return datetime.combine(day, time(0), tzinfo=UTC)


def load(cohort: Cohort) -> None:
    """Let the people of the cohort say how committed they are, promise and sign."""
    rng = random.Random(_SEED)
    people = list(cohort.enrolments.order_by("pk").select_related("participant"))
    _scale(cohort, people, rng)
    _pledges(cohort, people)


def _scale(cohort: Cohort, people: Sequence[Enrolment], rng: random.Random) -> None:
    survey = Assessment.objects.filter(code="survei-sikap", live=True).first()
    if survey is None:
        return
    usual = {person.pk: rng.gauss(3.3, 0.6) for person in people}
    for occasion, (day, more) in _MOMENTS.items():
        # Open for as long as it takes to play it back; after that the usual time of the moment holds.
        row = Assignment.objects.create(
            cohort=cohort,
            occasion=occasion,
            assessment=survey,
            closes_at=timezone.now() + timedelta(hours=1),
        )
        for person in people:
            is_there = rng.random() < (0.8 if occasion == Occasion.DAY_90 else 0.95)
            if is_there and not (occasion == Occasion.BEFORE and person.participant.full_name == "Warga 12"):
                _answer(person, occasion, survey, usual[person.pk] + more, day, rng)
        row.closes_at = None
        row.save(update_fields=["closes_at"])


def _answer(
    person: Enrolment, occasion: Occasion, survey: Assessment, level: float, day: date, rng: random.Random
) -> None:
    attempt = learning.start_attempt(enrolment=person, occasion=occasion, assessment=survey)
    learning.open_sitting(attempt=attempt)
    items = list(attempt.items.order_by("position"))
    questions = load_questions(item.question_id for item in items)
    events = []
    for item in items:
        question = questions[item.question_id]
        if isinstance(question, LikertQuestion):
            step = max(1, min(len(question.scale), round(rng.gauss(level, 0.7))))
            response = question.turned(step, reverse=question.reverse)
            events.append(
                AnswerEvent(
                    id=new_id(), item=item, sitting=1, sequence=item.position, response=response,
                    received_at=_morning(day),
                )
            )  # fmt: skip
    AnswerEvent.objects.bulk_create(events)
    learning.submit_attempt(attempt=attempt)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=_morning(day), submitted_at=_morning(day))


def _pledges(cohort: Cohort, people: Sequence[Enrolment]) -> None:
    """Most write and sign; some sign what only the paper says; two have not signed, one was helped."""
    means = {}
    for index, person in enumerate(people):
        on_paper_only = person.participant.full_name == "Warga 12"
        if person.participant.full_name == "Warga 11":  # left at noon
            continue
        if not on_paper_only:
            chosen = [STANDARD[index % len(STANDARD)], STANDARD[(index + 2) % len(STANDARD)]]
            followup.write_pledge(
                enrolment=person,
                promises=chosen[: 1 + index % 2],
                scribe_name="Perangkat 2" if person.participant.full_name == "Warga 4" else "",
            )
        if person.participant.full_name not in ("Warga 7", "Perangkat 5"):
            means[person] = SignatureMeans.THUMBPRINT if index % 9 == 8 else SignatureMeans.SIGNATURE
    followup.record_signatures(cohort=cohort, means=means, signature=_WITNESS, photo=None, user=None)
    at = _morning(_WITNESS.signed_on) + timedelta(hours=8)
    own = Pledge.objects.filter(enrolment__cohort=cohort)
    own.update(created_at=at, written_at=at)
    own.filter(signed_on__isnull=False).update(recorded_at=at)
