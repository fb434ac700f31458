"""A form becomes the questions of one attempt: lists as they stand, draws by tags, nothing twice."""

import random
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import registry
from assessments.composing import Candidate, allot, canonical_rng, compose_form
from assessments.enums import Purpose
from assessments.models import AssessmentForm, FormItem, FormSection, Question
from tests.factories import AssessmentFactory, OutcomeFactory, make_multiple, make_single

pytestmark = pytest.mark.django_db


def make_form(letter: str = "A", **assessment: Any) -> AssessmentForm:
    return AssessmentForm.objects.create(assessment=AssessmentFactory(**assessment), letter=letter)


def parallel(form: AssessmentForm, letter: str = "B") -> AssessmentForm:
    return AssessmentForm.objects.create(assessment=form.assessment, letter=letter)


def put(form: AssessmentForm, *questions: Question, section: int = 1) -> None:
    start = form.items.count() + 1
    for position, question in enumerate(questions, start=start):
        FormItem.objects.create(form=form, question=question, section=section, position=position)


def drawing(form: AssessmentForm, draw: int, number: int = 1, **tags: Any) -> FormSection:
    return FormSection.objects.create(form=form, number=number, draw=draw, **tags)


def ids(form: AssessmentForm, seed: int = 1, **options: Any) -> list[int]:
    return [item.question_id for item in compose_form(form, rng=random.Random(seed), **options)]


# Lists


def test_without_a_draw_nobody_is_asked_what_was_seen_elsewhere() -> None:
    form = make_form()
    put(form, question := make_single("S"))

    def exclude() -> list[int]:
        raise AssertionError("asked")

    assert ids(form, exclude=exclude) == [question.pk]


def test_a_list_without_sections_keeps_its_order() -> None:
    form = make_form()
    questions = [make_single(f"S{n}") for n in range(4)]
    put(form, *questions)
    assert ids(form) == [question.pk for question in questions]


def test_sections_come_by_number_whatever_the_places_say() -> None:
    form = make_form()
    late, early = make_single("S1"), make_single("S2")
    for number in (1, 2):
        FormSection.objects.create(form=form, number=number)
    put(form, late, section=2)
    put(form, early, section=1)
    composed = compose_form(form, rng=random.Random(1))
    assert [(item.question_id, item.section) for item in composed] == [(early.pk, 1), (late.pk, 2)]


def test_shuffling_stays_within_sections_and_loses_nothing() -> None:
    form = make_form(shuffle_questions=True)
    parts = {number: [make_single(f"S{number}-{n}") for n in range(5)] for number in (1, 2)}
    for number, questions in parts.items():
        put(form, *questions, section=number)
    orders = {tuple(ids(form, seed)) for seed in range(8)}
    assert len(orders) > 1
    for order in orders:
        assert set(order[:5]) == {question.pk for question in parts[1]}
        assert set(order[5:]) == {question.pk for question in parts[2]}


def test_a_retired_question_stays_where_it_is_listed() -> None:
    form = make_form()
    question = make_single(retired_at=timezone.now())
    put(form, question)
    assert ids(form) == [question.pk]


def test_what_was_seen_before_does_not_thin_out_a_list() -> None:
    form = make_form()
    anchor = make_single()
    put(form, anchor)
    put(parallel(form), anchor)
    assert ids(form, exclude=lambda: [anchor.pk]) == [anchor.pk]


# Draws


def test_a_draw_takes_only_what_has_all_its_tags() -> None:
    form, outcome = make_form(), OutcomeFactory()
    tags = {"topic": "REN", "difficulty": "mudah", "bloom": "ingat"}
    right = make_single("YA", **tags)
    outcome.questions.add(right)
    for name, other in {"topic": "UUD", "difficulty": "sukar", "bloom": "paham"}.items():
        outcome.questions.add(make_single(f"BUKAN-{name}", **{**tags, name: other}))
    make_single("BUKAN-outcome", **tags)
    drawing(form, 1, outcome=outcome, **tags)
    assert {tuple(ids(form, seed)) for seed in range(6)} == {(right.pk,)}


@pytest.mark.parametrize(
    "unfit",
    [{"is_current": False}, {"retired_at": timezone.now()}, {"points": 0}],
    ids=["older", "retired", "attitude"],
)
def test_a_draw_passes_over_what_is_not_offered(unfit: dict[str, Any]) -> None:
    form = make_form()
    make_single("TIDAK", **unfit)
    fit = make_single("YA")
    drawing(form, 1)
    assert {tuple(ids(form, seed)) for seed in range(6)} == {(fit.pk,)}


def test_a_survey_may_draw_questions_without_points() -> None:
    form = make_form(purpose="survey")
    attitude = make_single(points=0)
    drawing(form, 1)
    assert ids(form) == [attitude.pk]


def test_a_draw_takes_the_least_used_first(monkeypatch: pytest.MonkeyPatch) -> None:
    form = make_form()
    used, fresh, other = (make_single(f"S{n}") for n in range(3))
    monkeypatch.setattr(registry, "_usage_counts", [lambda asked: {used.pk: 3, other.pk: 1}])
    drawing(form, 1)
    assert {tuple(ids(form, seed)) for seed in range(6)} == {(fresh.pk,)}
    assert set(ids(form, usage={fresh.pk: 9, used.pk: 9})) == {other.pk}


def test_equally_used_questions_are_drawn_by_lot() -> None:
    form = make_form()
    made = {make_single(f"S{n}").pk for n in range(4)}
    drawing(form, 1)
    assert {pk for seed in range(40) for pk in ids(form, seed)} == made


def test_a_draw_never_takes_what_a_form_of_the_test_lists_nor_its_pair() -> None:
    form = make_form()
    put(form, make_single("M1-A", pair="M1"), section=1)
    put(parallel(form), make_single("M2-B", pair="M2"))
    sibling_of_own, sibling_of_other = make_single("M1-B", pair="M1"), make_single("M2-A", pair="M2")
    drawing(form, 1, number=2)
    assert sibling_of_own.pk not in ids(form)
    assert ids(form)[1:] == [sibling_of_other.pk]


def test_a_draw_passes_over_every_version_of_what_was_seen() -> None:
    form = make_form()
    seen = make_single("S1", is_current=False)
    make_single("S1", version=2)
    fresh = make_single("S2")
    drawing(form, 1)
    assert {tuple(ids(form, seed, exclude=lambda: [seen.pk])) for seed in range(6)} == {(fresh.pk,)}


def test_a_broad_section_leaves_the_last_question_of_a_narrow_one() -> None:
    form = make_form()
    narrow, broad = make_single("S1", topic="REN"), make_single("S2", topic="UUD")
    drawing(form, 1, number=1)
    drawing(form, 1, number=2, topic="REN")
    assert {tuple(ids(form, seed)) for seed in range(8)} == {(broad.pk, narrow.pk)}


def test_too_few_questions_name_the_section() -> None:
    form = make_form()
    make_single("S1-A", pair="S1")
    make_single("S1-B", pair="S1")
    drawing(form, 2, number=3, title="Anggaran")
    with pytest.raises(ValidationError) as refused:
        ids(form)
    assert refused.value.code == "too_few"
    assert "3 (Anggaran)" in refused.value.messages[0]


def test_the_canonical_composition_is_the_same_on_every_day_and_differs_between_forms() -> None:
    form = make_form(shuffle_questions=True)
    for n in range(12):
        make_single(f"S{n}")
    other = parallel(form)
    drawing(form, 6)
    drawing(other, 6)
    first = compose_form(form, rng=canonical_rng(form), usage={})
    assert compose_form(form, rng=canonical_rng(form), usage={}) == first
    assert compose_form(other, rng=canonical_rng(other), usage={}) != first


def queries_for(number: int) -> int:
    form = make_form(code=f"tes-{number}")
    for n in range(number):
        put(form, make_multiple(f"F{number}-{n}"), section=n + 1)
        drawing(form, 2, number=100 + n, topic=f"T{number}")
        for k in range(2):
            make_single(f"D{number}-{n}-{k}", topic=f"T{number}")
    with CaptureQueriesContext(connection) as captured:
        assert len(ids(form, exclude=lambda: [0])) == 3 * number
    return len(captured)


def test_a_large_blueprint_costs_as_many_queries_as_a_small_one() -> None:
    assert queries_for(3) == queries_for(1) <= 6


# The draw itself, for any bank and any blueprint


@st.composite
def blueprints(draw: st.DrawFn) -> tuple[list[FormSection], dict[int, list[Candidate]]]:
    units = draw(st.lists(st.integers(0, 6), max_size=14))
    bank = [
        Candidate(pk, f"Q{pk}", f"pair {unit}", draw(st.sampled_from("XYZ")), "", "", 1)
        for pk, unit in enumerate(units)
    ]
    asked = draw(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["", *"XYZ"])), max_size=4))
    sections = [FormSection(number=n, draw=size, topic=topic) for n, (size, topic) in enumerate(asked, 1)]
    return sections, {
        section.number: [candidate for candidate in bank if candidate.matches(section)]
        for section in sections
    }


def possible(sections: list[FormSection], pool: dict[int, list[Candidate]]) -> bool:
    """Hall's condition: any group of sections finds as many units as it draws."""
    for mask in range(1 << len(sections)):
        group = [section for n, section in enumerate(sections) if mask >> n & 1]
        units = {candidate.unit for section in group for candidate in pool[section.number]}
        if len(units) < sum(section.draw or 0 for section in group):
            return False
    return True


@given(blueprints())
def test_a_draw_succeeds_exactly_when_the_bank_can_fill_it(made: Any) -> None:
    sections, pool = made
    try:
        chosen = allot(sections, pool)
    except ValidationError:
        assert not possible(sections, pool)
        return
    taken = Counter(candidate.unit for candidates in chosen.values() for candidate in candidates)
    assert set(taken.values()) <= {1}
    for section in sections:
        assert len(chosen[section.number]) == section.draw
        assert all(candidate in pool[section.number] for candidate in chosen[section.number])


def test_a_practice_draws_nothing_that_a_test_lists_nor_the_other_way_round() -> None:
    practised, tested = make_single("P1"), make_single("T1")
    put(make_form(purpose=Purpose.PRACTICE), practised)
    put(make_form(), tested)
    practice, test = make_form(purpose=Purpose.PRACTICE), make_form()
    for form in (practice, test):
        drawing(form, 1)
    assert ids(practice) == [practised.pk]
    assert ids(test) == [tested.pk]
