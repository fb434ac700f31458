"""The arrangement that a training shares on paper and aloud."""

import pytest

from assessments.models import FormItem, Question
from assessments.registry import question_in_use
from lms.cohorts.models import Enrolment
from lms.learning.domain import start_attempt
from lms.learning.domain.printed import arrangement_of, edition, hold_printed_form
from lms.learning.models import PrintedForm
from tests.factories import EnrolmentFactory, make_single

pytestmark = pytest.mark.django_db


def printed(enrolment: Enrolment) -> PrintedForm:
    form = enrolment.cohort.assessment.forms.get(letter="A")
    return hold_printed_form(cohort=enrolment.cohort, occasion="pre", form=form)


def arrangement(enrolment: Enrolment) -> list[tuple[int, list[str]]]:
    return [(item.question.pk, item.order) for item in arrangement_of(printed(enrolment))]


def test_everybody_with_a_form_has_the_same_letters(enrolment: Enrolment) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    orders = []
    for person, mode in ((enrolment, "paper"), (other, "aloud")):
        attempt = start_attempt(enrolment=person, occasion="pre", mode=mode, entered_by=None)
        orders.append(list(attempt.items.values_list("question_id", "option_order").order_by("position")))
    assert orders[0] == orders[1] == arrangement(enrolment)


def test_printing_twice_gives_the_same_edition(enrolment: Enrolment) -> None:
    first = printed(enrolment)
    again = printed(enrolment)
    assert (again.pk, again.edition) == (first.pk, first.edition)
    assert first.items.count() == 6
    assert edition(arrangement_of(first)) == first.edition


def test_a_form_that_changed_is_printed_anew_while_nobody_answered(enrolment: Enrolment) -> None:
    first = printed(enrolment)
    form = first.form
    FormItem.objects.create(form=form, question=make_single("TAMBAHAN"), position=7)
    again = printed(enrolment)
    assert again.pk == first.pk
    assert again.edition != first.edition
    assert again.items.count() == 7


def test_a_form_that_changed_stays_as_printed_once_somebody_answered(enrolment: Enrolment) -> None:
    start_attempt(enrolment=enrolment, occasion="pre", mode="paper")
    before = arrangement(enrolment)
    form = enrolment.cohort.assessment.forms.get(letter="A")
    FormItem.objects.create(form=form, question=make_single("TAMBAHAN"), position=7)
    assert arrangement(enrolment) == before
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    attempt = start_attempt(enrolment=other, occasion="pre", mode="aloud")
    assert list(attempt.items.values_list("question_id", flat=True)) == [pk for pk, _order in before]


def test_a_question_on_paper_is_in_use(enrolment: Enrolment) -> None:
    question = Question.objects.filter(form_items__form__letter="A").first()
    assert question is not None
    assert not question_in_use(question.pk)
    printed(enrolment)
    assert question_in_use(question.pk)


def test_a_screen_attempt_draws_its_own_order(enrolment: Enrolment) -> None:
    start_attempt(enrolment=enrolment, occasion="pre")
    assert not PrintedForm.objects.exists()
