"""Questions load in a number of queries that depends on kinds, not on rows."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, Question
from assessments.queries import forms_are_equal, load_questions, summarise_forms
from tests.factories import MAKERS, OutcomeFactory, make_assessment

pytestmark = pytest.mark.django_db


def queries_for(number: int) -> int:
    """Queries to load, show and score ``number`` questions of each kind."""
    made = [make(f"{kind}-{number}-{n}") for kind, make in MAKERS.items() for n in range(number)]
    Question.objects.first()  # content types are cached for the whole process
    with CaptureQueriesContext(connection) as captured:
        for question in load_questions([question.pk for question in made]).values():
            order = question.draw_order(random.Random(1))
            question.participant_payload(order)
            question.score(None)
            question.option_ids()
    return len(captured)


def test_three_of_each_kind_cost_as_many_queries_as_one() -> None:
    one = queries_for(1)
    assert queries_for(3) == one
    # The questions, six kinds, and an option table for four of them.
    assert one == 1 + 6 + 4


def test_nothing_asked_is_nothing_loaded() -> None:
    assert load_questions([]) == {}


def test_loaded_questions_are_of_their_own_kind_and_keep_the_authored_order() -> None:
    made = {kind: make() for kind, make in MAKERS.items()}
    loaded = load_questions([question.pk for question in made.values()])
    for question in made.values():
        assert type(loaded[question.pk]) is type(question)
        assert loaded[question.pk].option_ids() == question.option_ids()


def test_a_test_is_summed_by_form_and_outcome() -> None:
    assessment = make_assessment()
    extra = OutcomeFactory(code="D2")
    extra.questions.add(assessment.forms.get(letter="A").items.get(position=2).question_id)

    a, b = summarise_forms(assessment)

    assert (a.form.letter, b.form.letter) == ("A", "B")
    assert (a.total, b.total) == (13, 13)
    assert a.by_outcome == {"H1": 13, "D2": 3}
    assert b.by_outcome == {"H1": 13}
    assert not forms_are_equal([a, b])
    assert forms_are_equal([a, a])


def test_forms_with_other_points_are_not_equal() -> None:
    assessment = make_assessment()
    question = assessment.forms.get(letter="B").items.get(position=1).question
    type(question).objects.filter(pk=question.pk).update(points=2)
    assert not forms_are_equal(summarise_forms(assessment))


def test_a_form_tells_which_questions_have_a_newer_version() -> None:
    assessment = make_assessment()
    question = assessment.forms.get(letter="A").items.get(position=1).question
    Question.objects.filter(pk=question.pk).update(is_current=False)
    a, b = summarise_forms(assessment)
    assert [each.code for each in a.outdated] == [question.code]
    assert b.outdated == []


def test_a_test_without_forms_has_nothing_to_compare() -> None:
    assert summarise_forms(Assessment.objects.create(code="kosong", title="Kosong")) == []
    assert forms_are_equal([])
