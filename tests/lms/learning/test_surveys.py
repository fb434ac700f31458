"""Anonymous surveys: what is stored leads from nobody's receipt to anybody's answers."""

import itertools
import json
import logging
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.learning.domain import SurveyAnswersError, start_attempt, submit_anonymous
from lms.learning.models import AnonymousResponse, AnswerEvent, Attempt, SurveyReceipt
from lms.outbox.models import OutboxEntry
from tests.factories import CohortFactory, EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.answers import posted
from tests.lms.learning.training import make_survey

pytestmark = pytest.mark.django_db
SECRET = "Kepala dusun tidak mendengar kami 7391"


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            tables[table] = sorted(cursor.fetchall(), key=repr)
    return tables


def send(client: Client, survey_id: int, **fields: str) -> Any:
    return client.post(reverse("learning:survey", args=[survey_id]), fields)


def test_after_sending_two_tables_have_grown_and_neither_leads_to_the_other(
    participant: Client, enrolment: Enrolment, caplog: pytest.LogCaptureFixture
) -> None:
    survey = make_survey(enrolment.cohort)
    participant.get(reverse("learning:survey", args=[survey.pk]))
    before = dump()
    with caplog.at_level(logging.DEBUG):
        reply = send(participant, survey.pk, q1="3", q2=SECRET)
    assert reply.status_code == 303
    after = dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - {"sqlite_sequence", "django_session"} == {
        "learning_anonymousresponse",
        "learning_surveyreceipt",
    }
    (response,) = AnonymousResponse.objects.all()
    (receipt,) = SurveyReceipt.objects.all()
    assert SECRET in json.dumps(response.answers)
    told = {str(getattr(response, field.attname)) for field in response._meta.concrete_fields}
    of_person = {str(enrolment.pk), str(enrolment.participant_id), str(receipt.pk)}
    assert not of_person & told
    elsewhere = [
        row for table, rows in after.items() if table != "learning_anonymousresponse" for row in rows
    ]
    assert not any(SECRET in repr(row) or str(response.pk) in repr(row) for row in elsewhere)
    assert not any(SECRET in str(session.get_decoded()) for session in Session.objects.all())
    assert SECRET not in caplog.text
    assert not (Attempt.objects.exists())
    assert not (AnswerEvent.objects.exists())
    assert not (OutboxEntry.objects.exists())


def test_every_sending_writes_all_rows_anew_so_that_no_key_stays_to_be_watched(enrolment: Enrolment) -> None:
    survey = make_survey(enrolment.cohort, "open_text")
    keys: list[set[Any]] = []
    for number in range(4):
        submit_anonymous(
            enrolment=EnrolmentFactory(cohort=enrolment.cohort),
            assessment=survey,
            data={1: posted({"response": f"Jawaban {number}"})},
        )
        keys.append(set(AnonymousResponse.objects.values_list("pk", flat=True)))
    assert all(not (one & other) for one, other in itertools.pairwise(keys))
    answers = [next(iter(row.answers.values())) for row in AnonymousResponse.objects.all()]
    assert sorted(answers) == [f"Jawaban {number}" for number in range(4)]


def test_their_order_in_the_database_is_not_that_of_sending(db: None) -> None:
    orders = set()
    for _training in range(6):
        cohort = CohortFactory()
        survey = make_survey(cohort, "open_text")
        for number in range(5):
            submit_anonymous(
                enrolment=EnrolmentFactory(cohort=cohort),
                assessment=survey,
                data={1: posted({"response": f"{number}"})},
            )
        # Unsorted: as the table gives them.
        rows = AnonymousResponse.objects.filter(cohort=cohort).order_by()
        orders.add(tuple(next(iter(answers.values())) for answers in rows.values_list("answers", flat=True)))
    # Six shuffles of five coincide with probability below 1e-10.
    assert len(orders) > 1


def test_it_is_answered_once(participant: Client, enrolment: Enrolment) -> None:
    survey = make_survey(enrolment.cohort)
    for _time in range(2):
        reply = participant.post(reverse("learning:survey", args=[survey.pk]), {"q1": "3"}, follow=True)
        assert reply.status_code == 200
    assert (AnonymousResponse.objects.count(), SurveyReceipt.objects.count()) == (1, 1)
    assert b'<form method="post" autocomplete' not in reply.content


def test_what_cannot_be_read_stores_nothing_and_shows_what_was_typed(
    participant: Client, enrolment: Enrolment
) -> None:
    survey = make_survey(enrolment.cohort, "numeric", "open_text")
    reply = send(participant, survey.pk, q1="banyak", q2=SECRET)
    content = reply.content.decode()
    assert reply.status_code == 400
    assert 'value="banyak"' in content
    assert SECRET in content
    assert not (AnonymousResponse.objects.exists())
    assert not (SurveyReceipt.objects.exists())


def test_nothing_answered_is_not_sent_and_questions_may_be_left_out(
    participant: Client, enrolment: Enrolment
) -> None:
    survey = make_survey(enrolment.cohort)
    assert send(participant, survey.pk).status_code == 400
    assert send(participant, survey.pk, q2="Hanya ini.").status_code == 303
    (response,) = AnonymousResponse.objects.all()
    assert list(response.answers.values()) == ["Hanya ini."]


def test_the_page_says_what_anonymous_means_and_has_no_script_that_saves(
    participant: Client, enrolment: Enrolment
) -> None:
    survey = make_survey(enrolment.cohort)
    with translation.override("en"):
        content = participant.get(reverse("learning:survey", args=[survey.pk])).content.decode()
    assert "Nothing that is kept links your answers to you" in content
    assert "The answers are sent once" in content
    assert "data-answer-form" not in content
    assert "answer.js" not in content


def test_an_anonymous_survey_is_never_an_attempt(enrolment: Enrolment) -> None:
    survey = make_survey(enrolment.cohort)
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="survey", assessment=survey)
    assert refusal.value.code == "anonymous"


def test_outside_its_window_and_in_another_training_it_is_not_taken(
    participant: Client, enrolment: Enrolment
) -> None:
    survey = make_survey(enrolment.cohort)
    Assignment.objects.update(closes_at=timezone.now())
    assert send(participant, survey.pk, q1="3").status_code == 403
    elsewhere = make_survey(CohortFactory())
    assert send(participant, elsewhere.pk, q1="3").status_code == 404
    assert not AnonymousResponse.objects.exists()


def test_a_survey_with_names_is_taken_like_a_test(client: Client, enrolment: Enrolment) -> None:
    survey = make_survey(enrolment.cohort, is_anonymous=False)
    sign_in_as(client, enrolment.participant)
    start = reverse("learning:start_assigned", args=["survey", survey.pk])
    with translation.override("en"):
        words = client.get(reverse("learning:start_assigned", args=["survey", survey.pk])).content.decode()
    assert "Your name stands with your answers" in words
    assert client.post(start, {"number": "1"}).status_code == 303
    assert Attempt.objects.get().occasion == "survey"


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(texts.filter(lambda text: text.strip()), min_size=1, max_size=5))
def test_everybody_s_answers_are_all_there_whatever_they_say(db: None, answers: list[str]) -> None:
    cohort: Cohort = CohortFactory()
    survey = make_survey(cohort, "open_text")
    sent = 0
    for text in answers:
        try:
            submit_anonymous(
                enrolment=EnrolmentFactory(cohort=cohort),
                assessment=survey,
                data={1: posted({"response": text})},
            )
            sent += 1
        except (SurveyAnswersError, ValidationError):
            continue
    kept = AnonymousResponse.objects.filter(cohort=cohort)
    assert (kept.count(), SurveyReceipt.objects.filter(enrolment__cohort=cohort).count()) == (sent, sent)


def test_without_scripts_the_page_says_how_long_one_may_take(
    participant: Client, enrolment: Enrolment
) -> None:
    survey = make_survey(enrolment.cohort)
    with translation.override("en"):
        page = participant.get(reverse("learning:survey", args=[survey.pk])).content.decode()
    (said,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert "within 10 minutes" in said
