"""Sheets that are typed twice, compared, settled and filed."""

import datetime
import random
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assessments.queries import load_questions
from assessments.questions.base import DONT_KNOW
from lms.cohorts.models import Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.domain.answers import save_response
from lms.learning.domain.keyed import KeyedQuestion
from lms.learning.domain.paper import (
    compare,
    file_paper_sheet,
    key_first,
    key_second,
    questions_of_form,
    restart_sheet,
    settle,
    today_in,
)
from lms.learning.models import Attempt, AttemptRecord, PaperSheet
from lms.learning.queries import current_answers
from tests.factories import EnrolmentFactory, make_staff

DAY = datetime.date(2026, 6, 1)


def questions_for(enrolment: Enrolment, occasion: str = "pre") -> list[KeyedQuestion]:
    form = enrolment.cohort.assessment.forms.get(letter="A")
    return questions_of_form(cohort=enrolment.cohort, occasion=occasion, form=form)


def right_letters(questions: list[KeyedQuestion], enrolment: Enrolment) -> dict[str, str]:
    """What somebody writes on paper who knows everything."""
    items = enrolment.cohort.assessment.forms.get(letter="A").items.order_by("position")
    loaded = load_questions(item.question_id for item in items)
    correct = [loaded[item.question_id].correct_response() for item in items]
    return {str(q.position): q.write(answer) for q, answer in zip(questions, correct, strict=True)}


def first(enrolment: Enrolment, typed: dict[str, str], actor: Any, **changes: Any) -> PaperSheet:
    occasion = changes.pop("occasion", "pre")
    return key_first(
        enrolment=enrolment,
        form=enrolment.cohort.assessment.forms.get(letter="A"),
        occasion=occasion,
        typed=typed,
        taken_on=changes.pop("taken_on", DAY),
        questions=questions_for(enrolment, occasion),
        actor=actor,
    )


pytestmark = pytest.mark.django_db


@pytest.fixture
def keyer(db: None) -> Any:
    return make_staff("pengetik")


@pytest.fixture
def second_keyer(db: None) -> Any:
    return make_staff("pengetik-dua")


def test_two_rounds_that_agree_are_filed_as_an_attempt_that_counts(
    enrolment: Enrolment, keyer: Any, second_keyer: Any
) -> None:
    questions = questions_for(enrolment)
    typed = right_letters(questions, enrolment)
    sheet = first(enrolment, typed, keyer)
    comparison = key_second(
        sheet=sheet,
        typed={place: f" {text.lower()}" for place, text in typed.items()},
        questions=questions,
        actor=second_keyer,
    )
    assert comparison.different == []
    attempt = file_paper_sheet(sheet=comparison.sheet, questions=questions, actor=second_keyer)
    assert (attempt.mode, attempt.closed_by, attempt.entered_by) == ("paper", "staff", second_keyer)
    assert attempt.score == attempt.max_score == 13
    assert Attempt.objects.with_result().get() == attempt
    record = AttemptRecord.objects.get(attempt=attempt)
    assert record.action == "keyed"
    assert record.detail["first_by"] == str(keyer.pk)
    assert record.detail["second_by"] == str(second_keyer.pk)
    assert record.detail["single"] is False


def test_it_was_handed_in_at_noon_of_its_day_in_the_village(enrolment: Enrolment, keyer: Any) -> None:
    village = enrolment.cohort.village
    village.time_zone = "Asia/Makassar"
    village.save()
    sheet = first(enrolment, {"1": "A"}, keyer)
    attempt = file_paper_sheet(sheet=sheet, questions=questions_for(enrolment), actor=keyer, single=True)
    expected = datetime.datetime(2026, 6, 1, 4, 0, tzinfo=datetime.UTC)
    assert attempt.submitted_at == attempt.started_at == expected


def test_a_sheet_of_today_is_not_handed_in_later_than_now(enrolment: Enrolment, keyer: Any) -> None:
    sheet = first(enrolment, {"1": "A"}, keyer, taken_on=today_in(enrolment.cohort))
    attempt = file_paper_sheet(sheet=sheet, questions=questions_for(enrolment), actor=keyer, single=True)
    assert attempt.submitted_at is not None
    assert attempt.submitted_at <= timezone.now()


def test_a_day_in_the_future_is_refused(enrolment: Enrolment, keyer: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        first(enrolment, {"1": "A"}, keyer, taken_on=timezone.localdate() + datetime.timedelta(days=2))
    assert refusal.value.code == "future"
    assert not PaperSheet.objects.exists()


def test_what_cannot_be_read_is_told_by_person_and_question(enrolment: Enrolment, keyer: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        first(enrolment, {"1": "Z", "4": "dua belas"}, keyer)
    name = enrolment.participant.full_name
    assert [message.split(":")[0] for message in refusal.value.messages] == [
        f"{name}, soal 1",
        f"{name}, soal 4",
    ]
    assert not PaperSheet.objects.exists()


def test_once_is_not_enough_unless_somebody_says_so(enrolment: Enrolment, keyer: Any) -> None:
    questions = questions_for(enrolment)
    sheet = first(enrolment, {"1": "A"}, keyer)
    with pytest.raises(ValidationError) as refusal:
        file_paper_sheet(sheet=sheet, questions=questions, actor=keyer)
    assert refusal.value.code == "not_twice"
    attempt = file_paper_sheet(sheet=sheet, questions=questions, actor=keyer, single=True)
    assert AttemptRecord.objects.get(attempt=attempt).detail["single"] is True


def test_differences_are_settled_before_filing_and_stay_on_record(
    enrolment: Enrolment, keyer: Any, second_keyer: Any
) -> None:
    questions = questions_for(enrolment)
    sheet = first(enrolment, {"1": "A", "3": "B"}, keyer)
    comparison = key_second(sheet=sheet, typed={"1": "B", "3": "B"}, questions=questions, actor=second_keyer)
    assert comparison.different == comparison.open == [1]
    with pytest.raises(ValidationError) as refusal:
        file_paper_sheet(sheet=comparison.sheet, questions=questions, actor=keyer)
    assert refusal.value.code == "differs"
    comparison = settle(sheet=comparison.sheet, chosen={"1": "C"}, questions=questions)
    assert comparison.open == []
    attempt = file_paper_sheet(sheet=comparison.sheet, questions=questions, actor=keyer)
    item = attempt.items.get(position=1)
    assert current_answers(attempt)[item.pk] == item.option_order[2]
    detail = AttemptRecord.objects.get(attempt=attempt).detail
    assert detail["differences"] == {"1": {"first": "A", "second": "B", "settled": "C"}}


def test_a_cell_can_be_settled_as_empty(enrolment: Enrolment, keyer: Any) -> None:
    questions = questions_for(enrolment)
    sheet = first(enrolment, {"1": "A"}, keyer)
    key_second(sheet=sheet, typed={}, questions=questions, actor=keyer)
    sheet.refresh_from_db()
    settled = settle(sheet=sheet, chosen={"1": ""}, questions=questions).sheet
    attempt = file_paper_sheet(sheet=settled, questions=questions, actor=keyer)
    assert current_answers(attempt) == {}


def test_filing_again_changes_nothing(enrolment: Enrolment, keyer: Any) -> None:
    questions = questions_for(enrolment)
    sheet = first(enrolment, {"1": "A"}, keyer)
    attempt = file_paper_sheet(sheet=sheet, questions=questions, actor=keyer, single=True)
    assert file_paper_sheet(sheet=sheet, questions=questions, actor=keyer, single=True) == attempt
    assert AttemptRecord.objects.count() == Attempt.objects.count() == 1


def test_somebody_who_took_it_on_a_screen_is_left_alone(enrolment: Enrolment, keyer: Any) -> None:
    start_attempt(enrolment=enrolment, occasion="pre")
    with pytest.raises(ValidationError) as refusal:
        first(enrolment, {"1": "A"}, keyer)
    assert refusal.value.code == "taken"


def test_a_second_round_is_compared_and_not_overwritten_by_a_first(enrolment: Enrolment, keyer: Any) -> None:
    sheet = first(enrolment, {"1": "A"}, keyer)
    key_second(sheet=sheet, typed={"1": "B"}, questions=questions_for(enrolment), actor=keyer)
    with pytest.raises(ValidationError) as refusal:
        first(enrolment, {"1": "C"}, keyer)
    assert refusal.value.code == "compared"


def test_what_was_typed_in_the_wrong_row_can_be_thrown_away(enrolment: Enrolment, keyer: Any) -> None:
    sheet = first(enrolment, {"1": "A"}, keyer)
    restart_sheet(sheet=sheet)
    sheet.refresh_from_db()
    assert (sheet.first, sheet.first_by) == ({}, None)
    attempt = file_paper_sheet(
        sheet=first(enrolment, {"1": "B"}, keyer),
        questions=questions_for(enrolment),
        actor=keyer,
        single=True,
    )
    with pytest.raises(ValidationError) as refusal:
        restart_sheet(sheet=attempt.paper_sheet)
    assert refusal.value.code == "filed"


def test_the_pre_test_may_be_typed_after_the_post_test_was_taken(enrolment: Enrolment, keyer: Any) -> None:
    enrolment.cohort.pretest_first = False
    enrolment.cohort.save()
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="post"))
    sheet = first(enrolment, {"1": "A"}, keyer)
    attempt = file_paper_sheet(sheet=sheet, questions=questions_for(enrolment), actor=keyer, single=True)
    assert attempt.occasion == "pre"


def test_days_that_contradict_the_order_of_the_tests_are_refused(enrolment: Enrolment, keyer: Any) -> None:
    enrolment.cohort.pretest_first = False
    enrolment.cohort.save()
    post = submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="post"))
    post.started_at = post.submitted_at = datetime.datetime(2026, 5, 30, 3, tzinfo=datetime.UTC)
    post.save()
    sheet = first(enrolment, {"1": "A"}, keyer)
    with pytest.raises(ValidationError) as refusal:
        file_paper_sheet(sheet=sheet, questions=questions_for(enrolment), actor=keyer, single=True)
    assert refusal.value.code == "order"
    assert PaperSheet.objects.get().attempt is None


def test_does_not_know_is_typed_as_a_stroke(enrolment: Enrolment, keyer: Any) -> None:
    assessment = enrolment.cohort.assessment
    assessment.offer_dont_know = True
    assessment.save()
    sheet = first(enrolment, {"1": "-"}, keyer)
    attempt = file_paper_sheet(sheet=sheet, questions=questions_for(enrolment), actor=keyer, single=True)
    item = attempt.items.get(position=1)
    assert current_answers(attempt)[item.pk] == DONT_KNOW
    assert item.dont_know


class PaperAndScreen(TestCase):
    """The same answers on paper and on a screen are the same responses and the same score."""

    @hypothesis_settings(max_examples=25)
    @given(st.integers(min_value=0), st.sets(st.integers(min_value=1, max_value=6)))
    def test_they_agree(self, seed: int, left_out: set[int]) -> None:
        rng = random.Random(seed)
        enrolment = EnrolmentFactory(form_order="AB")
        keyer = make_staff(f"pengetik-{PaperSheet.objects.count()}-{enrolment.pk}")
        questions = questions_for(enrolment)
        called_out = start_attempt(
            enrolment=EnrolmentFactory(cohort=enrolment.cohort, form_order="AB"),
            occasion="pre",
            mode="aloud",
            entered_by=keyer,
        )
        open_sitting(attempt=called_out)
        loaded = load_questions(item.question_id for item in called_out.items.all())
        responses: dict[int, Any] = {}
        for item in called_out.items.order_by("position"):
            response = loaded[item.question_id].guess(item.option_order, rng)
            responses[item.position] = None if item.position in left_out else response
            event = {"sitting": 1, "sequence": item.position, "response": responses[item.position]}
            save_response(item=item, event_id=uuid.uuid4(), **event)
        on_screen = submit_attempt(attempt=called_out)

        typed = {str(q.position): q.write(responses[q.position]) for q in questions}
        sheet = first(enrolment, typed, keyer)
        key_second(sheet=sheet, typed=typed, questions=questions, actor=keyer)
        sheet.refresh_from_db()
        assert compare(sheet, questions).different == []
        on_paper = file_paper_sheet(sheet=sheet, questions=questions, actor=keyer)
        given = {item.position: current_answers(on_paper).get(item.pk) for item in on_paper.items.all()}
        assert given == responses
        assert on_paper.score == on_screen.score
