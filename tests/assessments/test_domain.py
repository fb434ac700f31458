"""Versions: what people answered stays as it was; forms change only when told."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from assessments import registry
from assessments.domain import is_used, new_version, remove_question, save_question
from assessments.models import Choice, FormItem, Question
from assessments.queries import load_questions
from tests.factories import MAKERS, OutcomeFactory, make_assessment, make_single

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    used: set[int] = set()
    monkeypatch.setattr(registry, "_use_checks", [used.__contains__])
    return used


def content(question: Question) -> dict[str, Any]:
    """All that authors wrote: everything but identities and the version."""
    own = {"id", "question_ptr", "polymorphic_ctype", "version", "is_current"}
    fields = {
        f.name: getattr(question, f.attname) for f in question._meta.concrete_fields if f.name not in own
    }
    rows = [
        [
            {
                f.name: getattr(row, f.attname)
                for f in row._meta.concrete_fields
                if not f.unique and f.name != "question"
            }
            for row in getattr(question, relation).all()
        ]
        for relation in question.prefetch
    ]
    return {**fields, "rows": rows, "outcomes": list(question.outcomes.all())}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_new_version_is_equal_in_all_but_identities(kind: str) -> None:
    question = MAKERS[kind](citations=[{"ref": "UU 6/2014", "status": "verified"}], note="Catatan")
    OutcomeFactory().questions.add(question)
    before = content(question)

    copy = new_version(question)

    old, new = load_questions([question.pk])[question.pk], load_questions([copy.pk])[copy.pk]
    assert content(new) == content(old) == before
    assert (old.version, old.is_current, new.version, new.is_current) == (1, False, 2, True)
    if question.prefetch:
        assert not set(old.option_ids()) & set(new.option_ids())


def test_a_version_of_a_version_counts_on() -> None:
    assert new_version(new_version(make_single())).version == 3


def test_an_older_version_has_no_next_one() -> None:
    question = make_single()
    new_version(question)
    with pytest.raises(ValidationError) as refusal:
        new_version(question)
    assert refusal.value.code == "stale"
    assert Question.objects.count() == 2


def test_forms_keep_the_version_that_they_use() -> None:
    item = make_assessment().forms.get(letter="A").items.get(position=1)
    new_version(Question.objects.get(pk=item.question_id))
    assert FormItem.objects.get(pk=item.pk).question_id == item.question_id


def test_an_unanswered_question_is_edited_in_place() -> None:
    question = make_single()
    ids = question.option_ids()
    question.stem = "Kalimat baru"
    saved = save_question(question=question, outcomes=[OutcomeFactory()])
    assert saved.pk == question.pk
    assert Question.objects.get().stem == "Kalimat baru"
    assert saved.option_ids() == ids
    assert [outcome.code for outcome in saved.outcomes.all()] == ["H1"]


def test_an_answered_question_keeps_its_words_and_its_options(in_use: set[int]) -> None:
    question = make_single()
    in_use.add(question.pk)
    edited = load_questions([question.pk])[question.pk]
    edited.stem = "Kalimat baru"
    kept, *dropped = edited.choices.all()
    kept.text = "pilihan baru"
    edited.choices = [kept, Choice(text="satu lagi", sort_order=9)]

    saved = save_question(question=edited, outcomes=[])

    old = Question.objects.get(pk=question.pk)
    assert old.stem == "Soal S1"
    assert [choice.text for choice in old.choices.all()] == [f"S1 pilihan {n}" for n in range(4)]
    assert saved.stem == "Kalimat baru"
    assert [choice.text for choice in saved.choices.all()] == ["pilihan baru", "satu lagi"]
    assert len(dropped) == 3


def test_forms_switch_only_when_told(in_use: set[int]) -> None:
    item = make_assessment().forms.get(letter="A").items.get(position=1)
    question = Question.objects.get(pk=item.question_id)
    in_use.add(question.pk)
    second = save_question(question=question, outcomes=[])
    assert FormItem.objects.get(pk=item.pk).question_id == question.pk
    FormItem.objects.filter(pk=item.pk).update(question=second.pk)
    in_use.add(second.pk)
    third = save_question(question=second, outcomes=[], use_in_forms=True)
    assert FormItem.objects.get(pk=item.pk).question_id == third.pk


def test_a_question_that_is_not_saved_yet_is_not_used(in_use: set[int]) -> None:
    assert not is_used(type(make_single())(code="X", stem="Baru"))


def test_removing_the_newest_version_brings_back_the_one_before() -> None:
    question = make_single()
    remove_question(question=new_version(question))
    assert Question.objects.get().pk == question.pk
    assert Question.objects.get().is_current


def test_what_is_answered_or_in_a_form_stays(in_use: set[int]) -> None:
    answered = make_single()
    in_use.add(answered.pk)
    in_form = Question.objects.get(pk=make_assessment().forms.first().items.first().question_id)
    for question in (answered, in_form):
        with pytest.raises(ValidationError) as refusal:
            remove_question(question=question)
        assert refusal.value.code == "in_use"
        assert Question.objects.filter(pk=question.pk).exists()
