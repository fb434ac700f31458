"""Staff make tests, practice and surveys, look at them, and publish them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments import uses
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection, Outcome, ReviewRule
from tests.assessments.viewsets.editing import errors_of, grant
from tests.factories import MAKERS, AssessmentFactory, make_assessment, make_single, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of trainings that use every assessment, whose people have begun it: add to it."""
    names: list[str] = []
    monkeypatch.setattr(uses, "_uses", [lambda assessment_id, user: names])
    monkeypatch.setattr(uses, "_taken", [lambda assessment_id: bool(names)])
    return names


def url(name: str, assessment: Assessment, *more: Any) -> str:
    return reverse(f"assessments:{name}", args=[assessment.pk, *more])


def rules(*, review: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    data = {
        "purpose": "test",
        "title": "Tes desa",
        "title_en": "",
        "code": "tes-desa",
        "instructions": "",
        "layout": "question",
        "minutes": 30,
        "pass_mark_percent": 60,
        "attempts_allowed": "",
        "time_limit_minutes": "",
        "review_rules": inline_formset(review or []),
        **changes,
    }
    return nested_form_data(data)


def post_form(
    form: AssessmentForm, questions: list[Any], sections: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """What the editor of a form sends; a question may be a pair of question and section."""
    rows = [row if isinstance(row, tuple) else (row, 1) for row in questions]
    items = [
        {"question": getattr(question, "pk", question), "section": section, "ORDER": place}
        for place, (question, section) in enumerate(rows, start=1)
    ]
    blank = {
        "title": "",
        "title_en": "",
        "draw": "",
        "outcome": "",
        "topic": "",
        "difficulty": "",
        "bloom": "",
    }
    parts = [{**blank, **section, "ORDER": n} for n, section in enumerate(sections or [], start=1)]
    data = nested_form_data({"items": inline_formset(items), "sections": inline_formset(parts)})
    return data | {"assessment": form.assessment_id, "letter": form.letter}


def arrange(client: Client, form: AssessmentForm, *args: Any) -> Any:
    return client.post(reverse("assessment_forms:edit", args=[form.pk]), post_form(form, *args))


def problems(response: Any) -> set[str]:
    assert response.status_code == 200
    return {error.code for error in response.context["form"].non_field_errors().as_data()}


def empty_form(**fields: Any) -> AssessmentForm:
    return AssessmentForm.objects.create(assessment=AssessmentFactory(**fields), letter="A")


# The rules


def test_a_new_test_has_an_empty_form_and_is_not_published(author: Client) -> None:
    response = author.post(
        reverse("assessments:add"), rules(review=[{"occasion": "post", "moment": "closed", "level": 4}])
    )
    assert response.status_code == 302, errors_of(response)
    assessment = Assessment.objects.get()
    assert response["Location"] == url("inspect", assessment)
    assert [form.letter for form in assessment.forms.all()] == ["A"]
    assert not assessment.live
    rule = ReviewRule.objects.get()
    assert (rule.occasion, rule.moment, rule.level) == ("post", "closed", 4)


def test_only_surveys_are_anonymous(author: Client) -> None:
    response = author.post(reverse("assessments:add"), rules(is_anonymous="on"))
    assert "is_anonymous" in response.context["form"].errors
    response = author.post(reverse("assessments:add"), rules(is_anonymous="on", purpose="survey"))
    assert Assessment.objects.get().is_anonymous


def test_a_rule_speaks_once_about_a_moment_and_only_of_its_own_occasions(author: Client) -> None:
    rule = {"occasion": "post", "moment": "closed", "level": 4}
    assert problems(author.post(reverse("assessments:add"), rules(review=[rule, rule]))) == {"twice"}
    response = author.post(reverse("assessments:add"), rules(review=[rule], purpose="practice"))
    assert problems(response) == {"occasion"}


def test_what_was_promised_to_those_who_answered_stays(author: Client, trainings: list[str]) -> None:
    survey = AssessmentFactory(purpose="survey", is_anonymous=True, code="tes-desa")
    trainings.append("LNN")
    response = author.post(url("edit", survey), rules(purpose="practice"))
    assert response.status_code == 302, errors_of(response)
    survey.refresh_from_db()
    assert (survey.purpose, survey.is_anonymous, survey.title) == ("survey", True, "Tes desa")


def test_a_test_with_two_forms_does_not_become_a_survey(author: Client) -> None:
    assessment = make_assessment(code="tes-desa")
    response = author.post(url("edit", assessment), rules(purpose="survey"))
    assert "purpose" in response.context["form"].errors


# What stands in a form


def test_questions_of_a_form_can_change_places(author: Client) -> None:
    form = make_assessment().forms.get(letter="A")
    before = [item.question for item in form.items.all()]
    wanted = [before[1], before[0], *before[2:]]
    response = arrange(author, form, wanted)
    assert response.status_code == 302, errors_of(response)
    assert response["Location"] == url("inspect", form.assessment)
    assert list(form.items.order_by("position").values_list("question_id", flat=True)) == [
        question.pk for question in wanted
    ]


def test_sections_are_numbered_in_their_order_and_hold_their_questions(author: Client) -> None:
    form, question = empty_form(live=False), make_single()
    response = arrange(
        author, form, [(question, 2)], [{"title": "Undian", "draw": 3, "topic": "REN"}, {"title": "Daftar"}]
    )
    assert response.status_code == 302, errors_of(response)
    assert list(form.sections.values_list("number", "title", "draw", "topic")) == [
        (1, "Undian", 3, "REN"),
        (2, "Daftar", None, ""),
    ]
    assert form.items.get().section == 2


@pytest.mark.parametrize(
    ("section_of_question", "sections", "code"),
    [
        (2, [], "no_section"),
        (3, [{"title": "Satu"}], "no_section"),
        (1, [{"draw": 2}], "drawn_and_listed"),
        (1, [{"title": "Satu"}, {"title": "Dua"}], "empty_section"),
        (1, [{"title": "Satu"}, {"draw": 0}], "empty_section"),
    ],
)
def test_sections_that_do_not_fit_their_questions_are_refused_and_nothing_typed_is_lost(
    author: Client, section_of_question: int, sections: list[dict[str, Any]], code: str
) -> None:
    form, question = empty_form(), make_single()
    response = arrange(author, form, [(question, section_of_question)], sections)
    assert code in problems(response)
    assert f'value="{question.pk}" selected' in response.content.decode()
    assert not FormItem.objects.exists()


def test_a_question_stands_once_in_a_form_in_whatever_version(author: Client) -> None:
    form = empty_form()
    old = make_single("S1", is_current=False)
    new = make_single("S1", version=2)
    put_in = FormItem.objects.create(form=form, question=old, position=1)
    assert problems(arrange(author, form, [old, new])) == {"twice"}
    # The very same row of the bank twice is not told in the words of a database.
    assert problems(arrange(author, form, [old, old])) == {"twice"}
    assert list(form.items.all()) == [put_in]


@pytest.mark.parametrize(
    "unfit",
    [{"is_current": False}, {"live": False}, {"retired_at": timezone.now()}],
    ids=["old", "draft", "retired"],
)
def test_only_offered_questions_are_put_in_and_what_is_there_may_stay(
    author: Client, unfit: dict[str, Any]
) -> None:
    form, other = empty_form(), make_single("S2")
    question = make_single("S1", **unfit)
    response = arrange(author, form, [question])
    assert response.status_code == 200
    FormItem.objects.create(form=form, question=question, position=1)
    response = arrange(author, form, [other, question])
    assert response.status_code == 302, errors_of(response)


def test_a_published_test_is_not_emptied(author: Client) -> None:
    form = make_assessment().forms.get(letter="A")
    assert problems(arrange(author, form, [])) == {"empty"}
    assert form.items.exists()


def test_a_survey_has_one_form(author: Client) -> None:
    survey = AssessmentFactory(purpose="survey")
    draft = AssessmentForm(assessment=survey, letter="B")
    response = author.post(reverse("assessment_forms:add"), post_form(draft, [make_single()]))
    assert problems(response) == {"one_form"}


def test_changing_what_people_have_begun_warns_first(author: Client, trainings: list[str]) -> None:
    form = make_assessment().forms.get(letter="A")
    edit = reverse("assessment_forms:edit", args=[form.pk])
    assert not list(author.get(edit).context["messages"])
    trainings.append("LNN")
    assert len(list(author.get(edit).context["messages"])) == 1


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_page_and_the_editor_read_a_long_form_as_fast_as_a_short_one(author: Client) -> None:
    made = {}
    for number in (1, 3):
        assessment = AssessmentFactory()
        form = AssessmentForm.objects.create(assessment=assessment, letter="A")
        for n in range(number):
            question = make_single(f"Q{number}-{n}")
            FormItem.objects.create(form=form, question=question, position=n + 1)
        FormSection.objects.create(form=form, number=9, draw=1)
        made[number] = (
            url("inspect", assessment),
            url("key", assessment, "A"),
            reverse("assessment_forms:edit", args=[form.pk]),
        )
    for short, long in zip(made[1], made[3], strict=True):
        queries_of(author, short)
        assert queries_of(author, long) == queries_of(author, short), short


# The page


def test_the_page_shows_points_by_outcome_and_calls_anchors(author: Client) -> None:
    assessment = make_assessment()
    anchor = make_single("JANGKAR")
    for form in assessment.forms.all():
        FormItem.objects.create(form=form, question=anchor, position=9)
    response = author.get(url("inspect", assessment))
    assert response.context["table"]["totals"] == [("A", 14), ("B", 14)]
    assert response.context["table"]["rows"] == [("H1", [("A", 6, 13), ("B", 6, 13)])]
    page = response.content.decode()
    assert page.count('<span class="tc-mark">jangkar</span>') == 2


def test_findings_lead_to_their_questions(author: Client) -> None:
    question = make_single(citations=[{"ref": "PP 43/2014"}])
    form = empty_form()
    FormItem.objects.create(form=form, question=question, position=1)
    page = author.get(url("inspect", form.assessment)).content.decode()
    assert "PP 16/2026" in page
    assert reverse("questions_single:inspect", args=[question.pk]) in page


def test_the_parallel_form_is_made_from_the_page(author: Client) -> None:
    form = empty_form(live=False)
    FormItem.objects.create(form=form, question=make_single("P-A", pair="P"), position=1)
    twin = make_single("P-B", pair="P", form_letter="B")
    page = author.get(url("inspect", form.assessment)).content.decode()
    assert url("copy_form", form.assessment) in page
    author.post(url("copy_form", form.assessment), {"from": "A"})
    assert form.assessment.forms.get(letter="B").items.get().question_id == twin.pk
    assert (
        url("copy_form", form.assessment) not in author.get(url("inspect", form.assessment)).content.decode()
    )


# Publishing


def test_a_sound_test_is_published_from_its_page(author: Client) -> None:
    assessment = make_assessment(live=False)
    assert url("publish", assessment) in author.get(url("inspect", assessment)).content.decode()
    response = author.post(url("publish", assessment))
    assert response["Location"] == url("inspect", assessment)
    assessment.refresh_from_db()
    assert assessment.live


def test_warnings_are_ticked_before_publishing(author: Client) -> None:
    assessment = make_assessment(live=False, time_limit_minutes=20)
    shown = author.get(url("publish", assessment))
    assert 'name="acknowledged"' in shown.content.decode()
    refused = author.post(url("publish", assessment), {"state": shown.context["state"]})
    assert refused.context["problem"]
    assert not Assessment.objects.get().live
    author.post(url("publish", assessment), {"state": shown.context["state"], "acknowledged": "1"})
    assert Assessment.objects.get().live


def test_errors_leave_no_button_to_publish(author: Client) -> None:
    assessment = AssessmentFactory(live=False)
    page = author.get(url("publish", assessment)).content.decode()
    assert 'name="acknowledged"' not in page
    author.post(url("publish", assessment), {"acknowledged": "1"})
    assert not Assessment.objects.get().live


def test_a_test_in_use_stays_published_and_one_that_is_not_goes(author: Client, trainings: list[str]) -> None:
    assessment = make_assessment()
    trainings.append("LNN-2018")
    response = author.post(url("unpublish", assessment), follow=True)
    assert "LNN-2018" in response.content.decode()
    assert Assessment.objects.get().live
    trainings.clear()
    author.post(url("unpublish", assessment))
    assert not Assessment.objects.get().live


# Previews of a whole form


def test_the_preview_of_a_form_shows_all_questions_without_a_key(author: Client) -> None:
    assessment = make_assessment()
    response = author.get(url("preview", assessment, "A"))
    page = response.content.decode()
    for item in assessment.forms.get(letter="A").items.select_related("question"):
        assert item.question.stem in page
    assert "alasan" not in page
    assert "no-store" in response["Cache-Control"]
    assert "alasan" in author.get(url("key", assessment, "A")).content.decode()


def test_fields_of_questions_on_one_page_do_not_share_names(author: Client) -> None:
    page = author.get(url("preview", make_assessment(), "A")).content.decode()
    assert 'name="response"' not in page
    assert 'name="q1"' in page


def test_a_form_that_cannot_be_drawn_says_why(author: Client) -> None:
    form = empty_form()
    FormSection.objects.create(form=form, number=1, draw=2)
    assert "1 (" not in author.get(url("preview", form.assessment, "A")).content.decode()
    assert 'class="bb-error"' in author.get(url("preview", form.assessment, "A")).content.decode()


@pytest.mark.parametrize("name", ["preview", "key"])
def test_staff_see_a_form_only_if_they_may_see_its_kinds_of_questions(client: Client, name: str) -> None:
    assessment = make_assessment()
    user = make_staff("pelatih")
    grant(user, "view_assessment", *(f"view_{make()._meta.model_name}" for make in list(MAKERS.values())[1:]))
    client.force_login(user)
    assert client.get(url(name, assessment, "A")).status_code in (302, 403)
    grant(user, "view_singlechoicequestion")
    assert client.get(url(name, assessment, "A")).status_code == 200


@pytest.mark.parametrize("name", ["publish", "unpublish", "copy_form"])
def test_who_may_only_look_changes_nothing(client: Client, name: str) -> None:
    assessment = make_assessment(live=False)
    user = make_staff("pelatih")
    grant(user, "view_assessment", "view_assessmentform")
    client.force_login(user)
    response = client.post(url(name, assessment), {"from": "A", "acknowledged": "1"})
    assert response.status_code in (302, 403)
    assert not Assessment.objects.get().live


@pytest.mark.parametrize("name", ["assessments", "assessment_forms", "outcomes"])
def test_tests_forms_and_outcomes_are_not_deleted_here(author: Client, name: str) -> None:
    make_assessment()
    assert author.get(reverse(f"{name}:index")).status_code == 200
    model = {"assessments": Assessment, "assessment_forms": AssessmentForm, "outcomes": Outcome}[name]
    pk = model.objects.first().pk
    assert author.get(f"{reverse(f'{name}:index')}delete/{pk}/").status_code == 404
