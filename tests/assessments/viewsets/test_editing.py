"""Authors add questions, mend them and make new versions of answered ones."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments.models import FormItem, Question, SingleChoiceQuestion
from assessments.queries import load_questions
from tests.assessments.viewsets.editing import PUBLISH, codes, edit, errors_by_field, errors_of, form_data
from tests.factories import (
    make_assessment,
    make_matching,
    make_multiple,
    make_ordering,
    make_single,
)

pytestmark = pytest.mark.django_db


def test_author_adds_a_question(author: Client) -> None:
    template = make_single("S1")
    options = [
        {"text": "benar", "is_correct": "on", "rationale": ""},
        {"text": "salah", "rationale": ""},
    ]
    data = form_data(
        template, code="S2", stem="Baru", choices=inline_formset(options), citations="UU 6/2014 | verified"
    )
    response = author.post(reverse("questions_single:add"), data)
    assert response.status_code == 302, errors_of(response)
    added = SingleChoiceQuestion.objects.get(code="S2")
    assert [(choice.text, choice.is_correct) for choice in added.choices.all()] == [
        ("benar", True),
        ("salah", False),
    ]
    assert added.citations == [{"ref": "UU 6/2014", "status": "verified"}]


def test_a_code_that_is_taken_is_refused(author: Client) -> None:
    question = make_single("S1")
    response = author.post(reverse("questions_single:add"), form_data(question))
    assert "code" in response.context["form"].errors
    assert Question.objects.count() == 1


def test_options_can_be_moved_added_and_removed(author: Client) -> None:
    question = make_single("S1")
    first, second, _third, fourth = question.choices.all()
    forms = [
        {"id": str(second.pk), "text": second.text, "ORDER": "2"},
        {"id": str(first.pk), "text": first.text, "is_correct": "on", "ORDER": "3"},
        {"id": str(_third.pk), "text": _third.text, "ORDER": "1"},
        {"id": str(fourth.pk), "text": fourth.text, "ORDER": "4", "DELETE": "1"},
        {"text": "tambahan", "ORDER": "5"},
    ]
    data = form_data(question)
    data = {name: value for name, value in data.items() if not name.startswith("choices-")}
    data |= nested_form_data({"choices": inline_formset(forms, initial=4)})
    for index, form in enumerate(forms):
        data[f"choices-{index}-ORDER"] = form["ORDER"]
    response = author.post(reverse("questions_single:edit", args=[question.pk]), {**data, **PUBLISH})
    assert response.status_code == 302, errors_of(response)
    saved = load_questions([question.pk])[question.pk]
    assert [choice.text for choice in saved.choices.all()] == [
        _third.text,
        second.text,
        first.text,
        "tambahan",
    ]


@pytest.mark.parametrize("right", [0, 2])
def test_single_choice_wants_exactly_one_right_option(author: Client, right: int) -> None:
    question = make_single()
    rows = [
        {"id": str(choice.pk), "text": choice.text, "is_correct": "on" if index < right else False}
        for index, choice in enumerate(question.choices.all())
    ]
    assert "key" in codes(edit(author, question, choices=inline_formset(rows, initial=4)))


def test_multiple_choice_wants_a_right_option(author: Client) -> None:
    question = make_multiple()
    rows = [{"id": str(choice.pk), "text": choice.text} for choice in question.choices.all()]
    assert "key" in codes(edit(author, question, choices=inline_formset(rows, initial=5)))


def test_multiple_choice_tells_the_right_number_to_choose(author: Client) -> None:
    told = errors_by_field(edit(author, make_multiple(), choose=2))
    assert [error.code for error in told["choose"]] == ["choose"]


@pytest.mark.parametrize("make", [make_multiple, make_matching, make_ordering])
def test_points_must_share_out_evenly(author: Client, make: Any) -> None:
    told = errors_by_field(edit(author, make(), points=2))
    assert [error.code for error in told["points"]] == ["uneven_points"]


def test_ordering_wants_two_steps(author: Client) -> None:
    question = make_ordering()
    rows = [
        {"id": str(step.pk), "text": step.text, "DELETE": "" if index < 1 else "1"}
        for index, step in enumerate(question.steps.all())
    ]
    assert "too_few" in codes(edit(author, question, steps=inline_formset(rows, initial=5), points=1))


def test_matching_wants_two_pairs(author: Client) -> None:
    question = make_matching()
    rows = [
        {"id": str(pair.pk), "left": pair.left if index < 1 else "", "right": pair.right}
        for index, pair in enumerate(question.match_pairs.all())
    ]
    assert "too_few" in codes(edit(author, question, match_pairs=inline_formset(rows, initial=4), points=1))


def test_forms_keep_the_answered_version_unless_the_author_ticks(author: Client, in_use: set[int]) -> None:
    form = make_assessment().forms.get(letter="A")
    item = form.items.get(position=1)
    in_use.add(item.question_id)
    question = Question.objects.get(pk=item.question_id)

    edit(author, question, stem="Kalimat baru")

    item.refresh_from_db()
    assert item.question_id == question.pk


def test_forms_switch_when_the_author_ticks(author: Client, in_use: set[int]) -> None:
    form = make_assessment().forms.get(letter="A")
    item = form.items.get(position=1)
    in_use.add(item.question_id)
    question = Question.objects.get(pk=item.question_id)

    edit(author, question, stem="Kalimat baru", use_in_forms="on")

    new = Question.objects.get(code=question.code, is_current=True)
    assert FormItem.objects.get(pk=item.pk).question_id == new.pk != question.pk


def test_the_tick_is_offered_only_when_it_means_something(author: Client, in_use: set[int]) -> None:
    question = make_single()
    url = reverse("questions_single:edit", args=[question.pk])
    assert "use_in_forms" not in author.get(url).context["form"].fields
    in_use.add(question.pk)
    assert "use_in_forms" in author.get(url).context["form"].fields


def test_an_older_version_can_be_read_and_not_edited(author: Client, in_use: set[int]) -> None:
    question = make_single()
    in_use.add(question.pk)
    edit(author, question, stem="Kalimat baru")
    assert author.get(reverse("questions_single:inspect", args=[question.pk])).status_code == 200
    newest = Question.objects.get(is_current=True)
    response = author.get(reverse("questions_single:edit", args=[question.pk]))
    assert response.url == reverse("questions_single:edit", args=[newest.pk])


def test_a_question_in_a_test_is_not_deleted(author: Client) -> None:
    question = make_assessment().forms.get(letter="A").items.get(position=1).question
    url = reverse(f"questions_{question.kind}:delete", args=[question.pk])
    response = author.post(url, follow=True)
    assert Question.objects.filter(pk=question.pk).exists()
    assert response.redirect_chain[-1][0] == reverse(f"questions_{question.kind}:inspect", args=[question.pk])


def test_a_question_that_nothing_needs_is_deleted(author: Client) -> None:
    question = make_single()
    author.post(reverse("questions_single:delete", args=[question.pk]))
    assert not Question.objects.exists()
