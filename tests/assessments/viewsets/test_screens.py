"""Staff who have the permission write questions and tests; nobody else sees a key."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments import registry
from assessments.models import AssessmentForm, FormItem, Outcome, Question, SingleChoiceQuestion
from assessments.queries import load_questions
from tests.factories import (
    MAKERS,
    OutcomeFactory,
    make_assessment,
    make_matching,
    make_multiple,
    make_numeric,
    make_ordering,
    make_single,
    make_staff,
)

pytestmark = pytest.mark.django_db

PART_FIELDS = {
    "choices": ("text", "is_correct", "rationale"),
    "match_pairs": ("left", "right", "rationale"),
    "steps": ("text",),
}


def grant(user: Any, *codenames: str) -> None:
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="assessments", codename__in=codenames)
    )


@pytest.fixture
def author(client: Client) -> Client:
    """A browser of somebody who may do everything with questions and tests."""
    user = make_staff("penulis")
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="assessments"))
    client.force_login(user)
    return client


@pytest.fixture
def trainer(client: Client) -> Client:
    """A browser of staff without any permission on questions."""
    client.force_login(make_staff("pelatih"))
    return client


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Ids of questions that somebody has answered: add to it."""
    used: set[int] = set()
    monkeypatch.setattr(registry, "_use_checks", [used.__contains__])
    return used


def form_data(question: Question, **changes: Any) -> dict[str, Any]:
    """What the editor would post for a question as it is in the database."""
    data: dict[str, Any] = {"code": question.code, "stem": question.stem, "points": question.points}
    data |= dict.fromkeys(("pair", "form_letter", "topic", "lesson_code", "bloom", "difficulty"), "")
    data |= {"stability": "", "note": question.note, "citations": ""}
    for field in question._meta.local_fields:
        if not field.primary_key:
            value = getattr(question, field.name)
            data[field.name] = "" if value is None or value == [] else value
    for relation in question.prefetch:
        rows = list(getattr(question, relation).all())
        forms = [
            {"id": str(row.pk), **{name: getattr(row, name) for name in PART_FIELDS[relation]}}
            for row in rows
        ]
        data[relation] = inline_formset(forms, initial=len(forms))
    data |= changes
    outcomes = data.pop("outcomes", [])
    posted = {**nested_form_data(data), "outcomes": outcomes}
    # A box that is not ticked is not sent.
    return {name: value for name, value in posted.items() if value is not False}


def edit(client: Client, question: Question, **changes: Any) -> HttpResponse:
    url = reverse(f"questions_{question.kind}:edit", args=[question.pk])
    return client.post(url, form_data(question, **changes))


def errors_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    form = response.context["form"]
    inline = [formset.errors for formset in form.formsets.values()]
    return f"{form.errors} {inline}"


# Every kind


@pytest.mark.parametrize("kind", MAKERS)
def test_author_opens_all_screens_of_every_kind(author: Client, kind: str) -> None:
    question = MAKERS[kind]()
    for url in (
        reverse("questions_all:index"),
        reverse(f"questions_{kind}:index"),
        reverse(f"questions_{kind}:add"),
        *(
            reverse(f"questions_{kind}:{view}", args=[question.pk])
            for view in ("edit", "inspect", "preview", "delete", "history")
        ),
    ):
        assert author.get(url).status_code == 200, url


@pytest.mark.parametrize("kind", MAKERS)
def test_staff_without_permission_sees_no_screen_of_any_kind(trainer: Client, kind: str) -> None:
    question = MAKERS[kind]()
    for url in (
        reverse("questions_all:index"),
        reverse(f"questions_{kind}:index"),
        reverse(f"questions_{kind}:add"),
        *(
            reverse(f"questions_{kind}:{view}", args=[question.pk])
            for view in ("edit", "inspect", "preview", "delete", "history")
        ),
    ):
        response = trainer.get(url)
        assert response.status_code == 302, url
        assert response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_visitor_is_sent_to_the_staff_sign_in(client: Client, kind: str) -> None:
    question = MAKERS[kind]()
    response = client.get(reverse(f"questions_{kind}:inspect", args=[question.pk]))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response.url


@pytest.mark.parametrize("kind", MAKERS)
def test_author_saves_every_kind_in_place_while_nobody_has_answered(author: Client, kind: str) -> None:
    question = MAKERS[kind]()
    before = question.option_ids()
    outcome = OutcomeFactory()

    response = edit(author, question, stem="Kalimat baru", outcomes=[outcome.pk])

    assert response.status_code == 302, errors_of(response)
    saved = Question.objects.get(code=question.code)
    assert (saved.pk, saved.version, saved.stem) == (question.pk, 1, "Kalimat baru")
    assert saved.option_ids() == before
    assert list(saved.outcomes.all()) == [outcome]


@pytest.mark.parametrize("kind", MAKERS)
def test_saving_an_answered_question_makes_a_new_version(author: Client, in_use: set[int], kind: str) -> None:
    question = MAKERS[kind]()
    in_use.add(question.pk)

    response = edit(author, question, stem="Kalimat baru")

    assert response.status_code == 302, errors_of(response)
    old, new = Question.objects.filter(code=question.code).order_by("version")
    assert (old.pk, old.stem, old.is_current) == (question.pk, question.stem, False)
    assert (new.stem, new.version, new.is_current) == ("Kalimat baru", 2, True)
    assert old.option_ids() == question.option_ids()
    assert len(new.option_ids()) == len(old.option_ids())


def test_viewing_permission_opens_the_view_but_not_the_editor(client: Client) -> None:
    user = make_staff("pelatih")
    grant(user, "view_singlechoicequestion")
    client.force_login(user)
    question = make_single()
    assert client.get(reverse("questions_single:inspect", args=[question.pk])).status_code == 200
    assert client.get(reverse("questions_single:edit", args=[question.pk])).status_code == 302


def test_the_combined_list_shows_permitted_kinds_only(client: Client) -> None:
    user = make_staff("pelatih")
    grant(user, "view_singlechoicequestion")
    client.force_login(user)
    make_single("S1", stem="Soal tunggal")
    make_numeric("N1", stem="Soal angka")
    page = client.get(reverse("questions_all:index")).content.decode()
    assert "S1" in page
    assert "N1" not in page


def test_searching_for_the_words_of_a_rationale_finds_nothing(author: Client) -> None:
    question = make_single()
    found = author.get(reverse("questions_single:index"), {"q": "alasan"}).content.decode()
    assert question.code not in found
    assert question.code in author.get(reverse("questions_single:index"), {"q": "Soal"}).content.decode()


# Adding and mending


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
    response = author.post(reverse("questions_single:edit", args=[question.pk]), data)
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
    assert "choose" in codes(edit(author, make_multiple(), choose=2))


@pytest.mark.parametrize("make", [make_multiple, make_matching, make_ordering])
def test_points_must_share_out_evenly(author: Client, make: Any) -> None:
    assert "uneven_points" in codes(edit(author, make(), points=2))


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


def codes(response: HttpResponse) -> set[str]:
    assert response.status_code == 200
    return {error.code for error in response.context["form"].non_field_errors().as_data()}


# Versions


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
    assert author.get(reverse("questions_single:edit", args=[question.pk])).status_code == 404


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
