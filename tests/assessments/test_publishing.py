"""Drafts become what tests use; what people answered never changes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import ModelLogEntry, Revision

from assessments import registry
from assessments.domain import bring_back_question, copy_question, new_version, retire_question
from assessments.enums import Change
from assessments.models import Choice, FormItem, Question
from assessments.queries import load_questions
from tests.factories import (
    MAKERS,
    OutcomeFactory,
    make_assessment,
    make_numeric,
    make_single,
    make_staff,
    make_true_false,
)
from tests.helpers import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    used: set[int] = set()
    monkeypatch.setattr(registry, "_use_checks", [used.__contains__])
    return used


def draft(question: Question, **changes: Any) -> Revision:
    """Save a draft of a question as it is in the database with ``changes``."""
    edited = load_questions([question.pk])[question.pk]
    for name, value in changes.items():
        setattr(edited, name, value)
    return edited.save_revision(clean=False)


def row(question: Question) -> Question:
    return load_questions([question.pk])[question.pk]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_draft_changes_nothing_that_tests_use(kind: str) -> None:
    question = MAKERS[kind]()
    draft(question, stem="Kalimat baru")
    stored = row(question)
    assert (stored.stem, stored.live, stored.has_unpublished_changes) == (question.stem, True, True)
    assert stored.get_latest_revision_as_object().stem == "Kalimat baru"


@pytest.mark.parametrize("kind", MAKERS)
def test_an_unanswered_question_is_published_in_place(kind: str) -> None:
    question = MAKERS[kind]()
    options = question.option_ids()
    draft(question, stem="Kalimat baru").publish()
    stored = row(question)
    assert (stored.stem, stored.version, stored.has_unpublished_changes) == ("Kalimat baru", 1, False)
    assert stored.option_ids() == options
    assert Question.objects.count() == 1


@pytest.mark.parametrize("kind", MAKERS)
def test_publishing_a_draft_of_an_answered_question_makes_the_next_version(
    in_use: set[int], kind: str
) -> None:
    question = MAKERS[kind]()
    in_use.add(question.pk)
    before = (question.stem, question.option_ids())

    draft(question, stem="Kalimat baru").publish()

    old, new = Question.objects.filter(code=question.code).order_by("version")
    assert (old.stem, old.option_ids()) == before
    assert (old.live, old.is_current, old.has_unpublished_changes) == (True, False, False)
    assert old.get_latest_revision_as_object().stem == before[0], "the draft is no longer pending"
    assert (new.stem, new.version, new.live, new.is_current) == ("Kalimat baru", 2, True, True)
    assert not new.has_unpublished_changes
    assert new.live_revision_id == new.latest_revision_id is not None
    assert not set(new.option_ids()) & set(before[1]) or not question.prefetch
    assert set(new.option_lineage().values()) == set(old.option_lineage().values())
    assert new.corrects is None


def test_options_and_outcomes_of_a_draft_are_published_with_it() -> None:
    question = make_single()
    kept, *_others = question.choices.all()
    added = Choice(text="satu lagi", sort_order=9)
    draft(question, choices=[kept, added], outcomes=[OutcomeFactory()]).publish()
    stored = row(question)
    assert [choice.text for choice in stored.choices.all()] == [kept.text, "satu lagi"]
    assert [outcome.code for outcome in stored.outcomes.all()] == ["H1"]


def test_a_corrected_key_names_the_version_that_it_corrects(in_use: set[int]) -> None:
    question = make_single()
    in_use.add(question.pk)
    draft(question, change=Change.KEY).publish()
    assert Question.objects.get(version=2).corrects_id == question.pk


@pytest.mark.parametrize("switch", [True, False])
def test_forms_switch_to_the_next_version_only_when_the_draft_says_so(in_use: set[int], switch: bool) -> None:
    item = make_assessment().forms.get(letter="A").items.get(position=1)
    in_use.add(item.question_id)
    draft(item.question, use_in_forms=switch).publish()
    question = FormItem.objects.get(pk=item.pk).question
    assert question.version == (2 if switch else 1)
    assert not question.use_in_forms, "the wish is fulfilled once"


def test_an_unfinished_draft_is_not_published() -> None:
    question = make_single()
    revision = draft(question, choices=[])
    with pytest.raises(ValidationError):
        revision.publish()
    assert len(row(question).choices.all()) == 4


def test_a_draft_of_an_older_version_is_refused() -> None:
    question = make_single()
    revision = draft(question, stem="Zu spät")
    new_version(question)
    with pytest.raises(ValidationError) as refusal:
        revision.publish()
    assert refusal.value.code == "stale"


def test_who_may_not_publish_cannot_by_any_way() -> None:
    user = make_staff()
    grant(user, "assessments.change_singlechoicequestion")
    revision = draft(make_single(), stem="Kalimat baru")
    with pytest.raises(PublishPermissionError):
        revision.publish(user=user)
    assert Question.objects.get().stem == "Soal S1"


def test_what_is_published_is_not_taken_back() -> None:
    question = make_single()
    with pytest.raises(ValidationError):
        question.unpublish()
    assert Question.objects.get().live


def test_a_draft_cannot_claim_another_version_or_code() -> None:
    question = make_single()
    revision = draft(question)
    revision.content |= {"code": "LAIN", "version": 7, "is_current": False}
    revision.save()
    Revision.objects.get(pk=revision.pk).publish()
    stored = row(question)
    assert (stored.code, stored.version, stored.is_current) == ("S1", 1, True)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_copy_is_a_draft_of_its_own(kind: str) -> None:
    question = MAKERS[kind]()
    OutcomeFactory().questions.add(question)
    copied = copy_question(question=question, user=None)
    stored = row(copied)
    assert (stored.code, stored.version, stored.live) == (f"{question.code}-2", 1, False)
    assert stored.stem == question.stem
    assert list(stored.outcomes.all()) == list(question.outcomes.all())
    if question.option_lineage():
        assert not set(stored.option_ids()) & set(question.option_ids())
        assert not set(stored.option_lineage().values()) & set(question.option_lineage().values())
    assert copy_question(question=question, user=None).code == f"{question.code}-3"


def test_a_retired_question_says_why_and_comes_back() -> None:
    question = make_single()
    retire_question(question=question, user=None, reason="Aturannya dicabut")
    assert row(question).retired_at is not None
    bring_back_question(question=question, user=None, reason="Ternyata masih berlaku")
    assert row(question).retired_at is None
    said = [entry.data["reason"] for entry in ModelLogEntry.objects.for_instance(question).order_by("pk")]
    assert said == ["Aturannya dicabut", "Ternyata masih berlaku"]


def test_retiring_needs_a_reason() -> None:
    question = make_single()
    with pytest.raises(ValidationError):
        retire_question(question=question, user=None, reason="  ")
    assert row(question).retired_at is None


def test_the_next_version_of_a_retired_question_is_retired() -> None:
    question = make_single()
    retire_question(question=question, user=None, reason="Aturannya dicabut")
    assert row(new_version(row(question))).retired_at is not None


@pytest.mark.parametrize("change", [{"live": False}, {"is_current": False}])
def test_only_what_is_published_and_newest_can_be_put_into_a_form(change: dict[str, Any]) -> None:
    question = make_single()
    Question.objects.filter(pk=question.pk).update(**change)
    offered = FormItem._meta.get_field("question").get_limit_choices_to()
    assert not Question.objects.filter(offered).exists()


@pytest.mark.parametrize("make", [make_single, make_true_false, make_numeric])
def test_another_key_is_not_published_as_better_words(in_use: set[int], make: Any) -> None:
    question = make()
    in_use.add(question.pk)
    with pytest.raises(ValidationError) as refused:
        draft(question, **_other_key(question)).publish()
    assert refused.value.code == "key_changed"
    assert Question.objects.count() == 1
    draft(question, change=Change.KEY, **_other_key(question)).publish()
    assert Question.objects.get(version=2).corrects_id == question.pk


def test_a_right_option_may_get_better_words_and_another_place(in_use: set[int]) -> None:
    question = make_single()
    in_use.add(question.pk)
    options = list(question.choices.all())[::-1]
    for place, option in enumerate(options):
        option.text, option.sort_order = f"{option.text}, lebih jelas", place
    draft(question, choices=options).publish()
    assert Question.objects.get(version=2).corrects_id is None


def _other_key(question: Question) -> dict[str, Any]:
    if not question.prefetch:
        answer = question.answer  # type: ignore[attr-defined]
        return {"answer": not answer if isinstance(answer, bool) else answer + 1}
    options = list(question.choices.all())  # type: ignore[attr-defined]
    for option in options:
        option.is_correct = not option.is_correct
    right = [option for option in options if option.is_correct]
    for option in right[1:]:
        option.is_correct = False
    return {"choices": options}
