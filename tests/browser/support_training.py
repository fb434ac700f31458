"""A small training in the database of a real installation; called by ``support_installation``."""

import json

from assessments.queries import load_questions
from lms.people.domain import issue_pin
from tests.factories import CohortFactory, EnrolmentFactory


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
