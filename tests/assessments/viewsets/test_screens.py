"""Staff who have the permission open the screens of questions; nobody else sees a key."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Question
from tests.assessments.viewsets.editing import edit, errors_of, grant
from tests.factories import (
    MAKERS,
    OutcomeFactory,
    make_numeric,
    make_single,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", MAKERS)
def test_author_opens_all_screens_of_every_kind(author: Client, kind: str) -> None:
    question = MAKERS[kind]()
    for url in (
        reverse("questions_all:index"),
        reverse(f"questions_{kind}:list"),
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
        reverse(f"questions_{kind}:list"),
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
    make_numeric("ANGKA-1", stem="Soal angka")
    page = client.get(reverse("questions_all:index")).content.decode()
    assert "S1" in page
    assert "ANGKA-1" not in page


def test_searching_for_the_words_of_a_rationale_finds_nothing(author: Client) -> None:
    question = make_single()
    found = author.get(reverse("questions_single:list"), {"q": "alasan"}).content.decode()
    assert question.code not in found
    assert question.code in author.get(reverse("questions_single:list"), {"q": "Soal"}).content.decode()
