"""Small trainings in the database of a real installation; called by ``support_installation``."""

import json

from django.contrib.auth.models import Group

from assessments.queries import load_questions
from lms.cohorts.models import Cohort, Meeting
from lms.cohorts.queries.times import today_in
from lms.people.domain import issue_pin
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory, make_staff


def make_training() -> str:
    """One person in one training. Returns JSON: code, pin, and answers, which are [kind, right response]
    for each question of the pre-test in order."""
    enrolment = EnrolmentFactory(cohort=CohortFactory(), form_order="AB")
    pin = issue_pin(participant=enrolment.participant)
    form = enrolment.cohort.assessment.forms.get(letter="A")
    ids = list(form.items.order_by("position").values_list("question_id", flat=True))
    questions = load_questions(ids)
    answers = [(questions[pk].kind, questions[pk].correct_response()) for pk in ids]
    return json.dumps({"code": enrolment.participant.code, "pin": pin, "answers": answers})


def make_room(people: int) -> str:
    """Several people in one training. Returns JSON: people, each with code and pin."""
    cohort = CohortFactory()
    cards = []
    for _person in range(people):
        person = EnrolmentFactory(cohort=cohort, form_order="AB").participant
        cards.append({"code": person.code, "pin": issue_pin(participant=person)})
    return json.dumps({"people": cards})


def meeting_of_today(cohort: Cohort) -> Meeting:
    """A meeting at which signing in on a registered device counts, all day long."""
    return MeetingFactory(cohort=cohort, held_on=today_in(cohort.village), sign_in_counts=True)


def make_meeting(people: int) -> str:
    """A meeting of today. Returns JSON: cohort, meeting, username and password of a trainer, and people, each
    with code and pin."""
    cohort = CohortFactory()
    meeting = meeting_of_today(cohort)
    set_up_roles()
    trainer = make_staff("pelatih-hadir", organisation=cohort.organisation)
    trainer.set_password("rahasia-panjang-sekali-7")
    trainer.save()
    trainer.groups.add(Group.objects.get(name=TRAINER))
    cards = []
    for number in range(people):
        person = EnrolmentFactory(cohort=cohort, participant__full_name=f"Warga {number:02d}").participant
        cards.append({"code": person.code, "pin": issue_pin(participant=person)})
    made = {"cohort": str(cohort.pk), "meeting": meeting.pk, "username": trainer.username}
    return json.dumps({**made, "password": "rahasia-panjang-sekali-7", "people": cards})
