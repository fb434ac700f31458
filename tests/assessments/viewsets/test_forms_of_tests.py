"""Previews, and tests with their forms."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments.models import AssessmentForm, Outcome
from tests.assessments.viewsets.editing import errors_of, grant
from tests.factories import (
    MAKERS,
    make_assessment,
    make_single,
    make_staff,
)

pytestmark = pytest.mark.django_db


# Previews


@pytest.mark.parametrize("kind", MAKERS)
def test_the_preview_shows_the_participants_view_without_the_key(author: Client, kind: str) -> None:
    question = MAKERS[kind](note="KUNCI-catatan")
    page = author.get(reverse(f"questions_{kind}:preview", args=[question.pk])).content.decode()
    assert question.stem in page
    assert "KUNCI" not in page
    assert "alasan" not in page


def test_the_inspect_page_shows_key_rationale_and_citation(author: Client) -> None:
    question = make_single(citations=[{"ref": "UU 6/2014 Ps 3", "status": "verified"}])
    page = author.get(reverse("questions_single:inspect", args=[question.pk])).content.decode()
    assert "S1 alasan 0" in page
    assert "UU 6/2014 Ps 3" in page


# Tests and their forms


def test_a_test_shows_its_points_and_says_that_its_forms_are_equal(author: Client) -> None:
    assessment = make_assessment()
    response = author.get(reverse("assessments:inspect", args=[assessment.pk]))
    assert response.context["totals"] == [13, 13]
    assert response.context["outcome_rows"] == [("H1", [13, 13])]
    assert response.context["equal"]


def test_a_test_warns_when_its_forms_differ(author: Client) -> None:
    assessment = make_assessment()
    assessment.forms.get(letter="B").items.get(position=1).delete()
    response = author.get(reverse("assessments:inspect", args=[assessment.pk]))
    assert not response.context["equal"]
    assert "help-warning" in response.content.decode()


def form_post(form: AssessmentForm, questions: list[int]) -> dict[str, Any]:
    rows = [
        {"id": str(item.pk), "question": pk} for item, pk in zip(form.items.all(), questions, strict=True)
    ]
    data = nested_form_data({"items": inline_formset(rows, initial=len(rows))})
    return data | {"assessment": form.assessment_id, "letter": form.letter}


def test_questions_of_a_form_can_change_places(author: Client) -> None:
    form = make_assessment().forms.get(letter="A")
    before = list(form.items.values_list("question_id", flat=True))
    wanted = [before[1], before[0], *before[2:]]
    response = author.post(reverse("assessment_forms:edit", args=[form.pk]), form_post(form, wanted))
    assert response.status_code == 302, errors_of(response)
    items = form.items.order_by("position")
    assert list(items.values_list("question_id", "position")) == [
        (pk, position) for position, pk in enumerate(wanted, start=1)
    ]


def test_a_question_stands_once_in_a_form(author: Client) -> None:
    form = make_assessment().forms.get(letter="A")
    before = list(form.items.values_list("question_id", flat=True))
    data = form_post(form, [before[0], before[0], *before[2:]])
    response = author.post(reverse("assessment_forms:edit", args=[form.pk]), data)
    assert response.status_code == 200
    assert list(form.items.values_list("question_id", flat=True)) == before


def test_author_makes_a_new_form(author: Client) -> None:
    assessment = make_assessment()
    assessment.forms.get(letter="B").delete()
    question = make_single("S9")
    data = nested_form_data({"items": inline_formset([{"question": question.pk}])})
    data |= {"assessment": assessment.pk, "letter": "B"}
    response = author.post(reverse("assessment_forms:add"), data)
    assert response.status_code == 302, errors_of(response)
    assert assessment.forms.get(letter="B").items.get().question_id == question.pk


def test_the_editor_of_a_form_reads_the_questions_once(
    author: Client, django_assert_max_num_queries: Any
) -> None:
    form = make_assessment().forms.get(letter="A")
    url = reverse("assessment_forms:edit", args=[form.pk])
    author.get(url)
    with django_assert_max_num_queries(60):
        author.get(url)


@pytest.mark.parametrize("name", ["assessments", "assessment_forms", "outcomes"])
def test_tests_forms_and_outcomes_are_not_deleted_here(author: Client, name: str) -> None:
    make_assessment()
    assert author.get(reverse(f"{name}:index")).status_code == 200
    model = {"assessments": AssessmentForm, "assessment_forms": AssessmentForm, "outcomes": Outcome}[name]
    pk = model.objects.first().pk
    assert author.get(f"{reverse(f'{name}:index')}delete/{pk}/").status_code == 404


def test_the_menu_shows_authors_the_questions_and_others_nothing(client: Client) -> None:
    url = reverse("questions_all:index")
    client.force_login(make_staff("pelatih"))
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()
    author = make_staff("penulis")
    grant(author, "view_singlechoicequestion")
    client.force_login(author)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert url in page
    assert reverse("questions_numeric:index") not in page
