"""What stands in a form, its parallel form, and publishing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from assessments import uses
from assessments.blueprints import (
    arrange_form,
    copy_form,
    publish_assessment,
    state_of,
    unpublish_assessment,
)
from assessments.checker import check_assessment
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection
from tests.factories import AssessmentFactory, make_assessment, make_single, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of trainings that use every assessment: add to it."""
    names: list[str] = []
    monkeypatch.setattr(uses, "_uses", [lambda assessment_id, user: names])
    monkeypatch.setattr(uses, "_taken", [lambda assessment_id: bool(names)])
    return names


def logged(assessment: Assessment) -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.for_instance(assessment).order_by("pk")
    return [(entry.action, entry.data) for entry in entries]


def make_form(*questions: Any, letter: str = "A", **fields: Any) -> AssessmentForm:
    form = AssessmentForm.objects.create(assessment=AssessmentFactory(**fields), letter=letter)
    arrange_form(form=form, items=[(question, 1) for question in questions])
    return form


# Arranging


def test_items_and_sections_stand_in_the_order_given() -> None:
    form = make_form(make_single("S0"))
    first, second = make_single("S1"), make_single("S2")
    sections = [FormSection(title="Satu"), FormSection(title="Dua", draw=3)]
    arrange_form(form=form, items=[(second, 1), (first, 1)], sections=sections)
    assert list(form.items.values_list("question__code", "position")) == [("S2", 1), ("S1", 2)]
    assert list(form.sections.values_list("number", "title", "draw")) == [(1, "Satu", None), (2, "Dua", 3)]


def test_rearranging_a_published_test_is_written_down_with_whether_people_took_it(
    trainings: list[str],
) -> None:
    form = make_form(live=False)
    arrange_form(form=form, items=[(make_single("S1"), 1)])
    assert logged(form.assessment) == []
    form.assessment.live = True
    trainings.append("LNN")
    arrange_form(form=form, items=[(make_single("S2"), 1)], user=make_staff())
    assert logged(form.assessment) == [
        ("assessments.rearranged", {"form": "A", "questions": ["S2"], "was_taken": True})
    ]


# The parallel form


def test_a_copy_takes_the_twin_of_each_pair_and_keeps_the_rest_as_anchors() -> None:
    paired, twin = make_single("P-A", pair="P"), make_single("P-B", pair="P", form_letter="B")
    anchor = make_single("JANGKAR")
    source = make_form(paired, anchor)
    FormSection.objects.create(form=source, number=1, title="Bagian", topic="REN")
    target = copy_form(source=source)
    assert target.letter == "B"
    assert list(target.items.values_list("question_id", flat=True)) == [twin.pk, anchor.pk]
    assert list(target.sections.values_list("title", "topic")) == [("Bagian", "REN")]


@pytest.mark.parametrize("unfit", [{"is_current": False}, {"live": False}, {"form_letter": "A"}])
def test_a_twin_that_is_not_offered_is_not_taken(unfit: dict[str, Any]) -> None:
    paired = make_single("P-A", pair="P")
    make_single("P-B", **{"pair": "P", "form_letter": "B", **unfit})
    target = copy_form(source=make_form(paired))
    assert target.items.get().question_id == paired.pk


def test_a_form_with_questions_is_not_written_over() -> None:
    assessment = make_assessment()
    source = assessment.forms.get(letter="A")
    before = list(FormItem.objects.values_list("form_id", "question_id"))
    with pytest.raises(ValidationError) as refused:
        copy_form(source=source)
    assert refused.value.code == "has_items"
    assert list(FormItem.objects.values_list("form_id", "question_id")) == before


@pytest.mark.parametrize("purpose", ["practice", "survey"])
def test_practice_and_surveys_have_one_form(purpose: str) -> None:
    with pytest.raises(ValidationError) as refused:
        copy_form(source=make_form(make_single(), purpose=purpose))
    assert refused.value.code == "one_form"


# Publishing


def publish(assessment: Assessment, **options: Any) -> None:
    publish_assessment(assessment=assessment, user=make_staff(), **options)
    assessment.refresh_from_db()


def test_a_sound_test_is_published_and_that_is_written_down() -> None:
    assessment = make_assessment(live=False)
    publish(assessment)
    assert assessment.live
    assert logged(assessment) == [("assessments.published", {"acknowledged": []})]


def test_errors_stop_publishing_whatever_is_ticked() -> None:
    assessment = AssessmentFactory(live=False)
    with pytest.raises(ValidationError) as refused:
        publish(assessment, acknowledged=True, state=state_of(check_assessment(assessment)))
    assert refused.value.code == "errors"
    assessment.refresh_from_db()
    assert not assessment.live


def test_warnings_are_acknowledged_as_they_stand() -> None:
    assessment = make_assessment(live=False, time_limit_minutes=20)
    seen = state_of(check_assessment(assessment))
    for options in ({}, {"acknowledged": True}, {"state": seen}):
        with pytest.raises(ValidationError) as refused:
            publish_assessment(assessment=assessment, user=None, **options)
        assert refused.value.code == "unacknowledged"
    publish(assessment, acknowledged=True, state=seen)
    assert logged(assessment) == [("assessments.published", {"acknowledged": ["time_limit"]})]


def test_a_warning_that_came_meanwhile_is_not_acknowledged_with_the_others() -> None:
    assessment = make_assessment(live=False, time_limit_minutes=20)
    seen = state_of(check_assessment(assessment))
    assessment.forms.get(letter="B").items.first().delete()
    with pytest.raises(ValidationError) as refused:
        publish_assessment(assessment=assessment, user=None, acknowledged=True, state=seen)
    assert refused.value.code == "unacknowledged"


def test_a_test_in_use_stays_published(trainings: list[str]) -> None:
    assessment = make_assessment()
    trainings.append("LNN-2018 · Pelatihan")
    with pytest.raises(ValidationError) as refused:
        unpublish_assessment(assessment=assessment, user=None)
    assert refused.value.code == "in_use"
    assert "LNN-2018" in refused.value.messages[0]
    trainings.clear()
    unpublish_assessment(assessment=assessment, user=make_staff())
    assessment.refresh_from_db()
    assert not assessment.live
    assert [action for action, _data in logged(assessment)] == ["assessments.unpublished"]
