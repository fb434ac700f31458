"""Trainers draft and ask for approval; organisers publish. Drafts can be looked at and worked on."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset

from assessments import registry
from assessments.models import Question, SingleChoiceQuestion
from assessments.queries import load_questions
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.assessments.viewsets.editing import SUBMIT, codes, edit, errors_of, form_data
from tests.factories import MAKERS, make_multiple, make_single, make_staff, make_true_false

pytestmark = pytest.mark.django_db
DRAFT: dict[str, str] = {}


def member_of(group: str) -> Client:
    set_up_roles()
    user = make_staff(group.lower())
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainer() -> Client:
    return member_of(TRAINER)


@pytest.fixture
def organiser() -> Client:
    return member_of(ORGANISER)


def approve(client: Client, question: Question, action: str = "approve") -> Any:
    state = TaskState.objects.get(workflow_state__object_id=str(question.pk), status="in_progress")
    address = reverse(f"questions_{question.kind}:workflow_action", args=[question.pk, action, state.pk])
    return client.post(address, {"comment": "Kurang jelas"})


@pytest.mark.parametrize("kind", MAKERS)
def test_a_trainer_drafts_and_an_organiser_approves(trainer: Client, organiser: Client, kind: str) -> None:
    question = MAKERS[kind]()
    response = edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    assert response.status_code == 302, errors_of(response)
    assert Question.objects.get().stem == question.stem

    assert question.code in organiser.get(reverse("wagtailadmin_home")).content.decode()
    assert approve(organiser, question).status_code == 302
    assert Question.objects.get().stem == "Kalimat baru"


def decide(client: Client, question: Question, action: str, comment: str = "") -> Any:
    """Press approve or return at the foot of the editor."""
    pressed = {
        "action-workflow-action": "true",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps({"comment": comment}),
    }
    response = edit(client, question, stem="Kalimat baru", action=pressed)
    assert response.status_code == 302, errors_of(response)
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_author_reads_in_the_editor_why_a_draft_came_back(trainer: Client, organiser: Client) -> None:
    question = make_single()
    edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    said = decide(organiser, question, "reject", "Pilihan C <kurang> jelas")
    assert f"{question.code} dikembalikan kepada penulisnya." in said

    editor = reverse("questions_single:edit", args=[question.pk])
    page = trainer.get(editor).content.decode()
    assert "mengembalikan soal ini. Perbaiki, lalu ajukan lagi." in page
    assert "Komentar: Pilihan C &lt;kurang&gt; jelas" in page

    edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    assert "mengembalikan soal ini" not in trainer.get(editor).content.decode()
    assert f"{question.code} disetujui dan ditayangkan." in decide(organiser, question, "approve")
    assert Question.objects.get().stem == "Kalimat baru"


def test_approving_a_draft_of_an_answered_question_makes_the_next_version(
    trainer: Client, organiser: Client, in_use: set[int]
) -> None:
    question = make_single()
    in_use.add(question.pk)
    edit(trainer, question, stem="Kalimat baru", use_in_forms="on", change="key", action=SUBMIT)
    approve(organiser, question)
    newest = Question.objects.get(is_current=True)
    assert (newest.version, newest.stem, newest.corrects_id) == (2, "Kalimat baru", question.pk)
    led_on = organiser.get(reverse("questions_single:edit", args=[question.pk]))
    assert led_on.url == reverse("questions_single:edit", args=[newest.pk])


def test_a_trainer_cannot_publish_nor_approve(trainer: Client) -> None:
    question = make_single()
    edit(trainer, question, stem="Kalimat baru")
    assert Question.objects.get().stem == "Soal S1", "the button of others saves a draft"
    edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    approve(trainer, question)
    assert Question.objects.get().stem == "Soal S1"


def test_a_draft_sent_back_can_be_sent_again(trainer: Client, organiser: Client) -> None:
    question = make_single()
    edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    approve(organiser, question, "reject")
    assert Question.objects.get().stem == "Soal S1"
    assert trainer.get(reverse("questions_single:edit", args=[question.pk])).status_code == 200
    edit(trainer, question, stem="Kalimat lebih baru", action=SUBMIT)
    approve(organiser, question)
    assert Question.objects.get().stem == "Kalimat lebih baru"


def test_what_became_unfinished_while_it_waited_is_not_published(trainer: Client, organiser: Client) -> None:
    question = make_single()
    edit(trainer, question, stem="Kalimat baru", action=SUBMIT)
    latest = Question.objects.get().latest_revision
    latest.content["choices"] = latest.content["choices"][:1]
    latest.save()
    response = approve(organiser, question)
    assert response.url == reverse("questions_single:edit", args=[question.pk])
    assert Question.objects.get().stem == "Soal S1"
    assert len(load_questions([question.pk])[question.pk].choices.all()) == 4


def test_staff_without_permission_learn_nothing_from_views_of_approval(trainer: Client) -> None:
    question = make_single(stem="RAHASIA")
    edit(trainer, question, action=SUBMIT)
    state = TaskState.objects.get()
    stranger = Client()
    stranger.force_login(make_staff("orang-lain"))
    for name, arguments in (
        ("workflow_action", ["approve", state.pk]),
        ("collect_workflow_action_data", ["approve", state.pk]),
        ("confirm_workflow_cancellation", []),
        ("workflow_preview", [state.task_id]),
        ("workflow_history", []),
    ):
        address = reverse(f"questions_single:{name}", args=[question.pk, *arguments])
        for method in (stranger.get, stranger.post):
            page = method(address, follow=True)
            assert page.redirect_chain[-1][0] == reverse("wagtailadmin_home"), name
            assert "RAHASIA" not in page.content.decode(), name


# Working on a draft


def test_options_of_a_draft_can_be_worked_on_again(author: Client) -> None:
    question = make_single()
    rows = [
        {"id": str(choice.pk), "text": choice.text, "is_correct": "on" if choice.is_correct else False}
        for choice in question.choices.all()
    ]
    new = {"text": "satu lagi"}
    response = edit(author, question, choices=inline_formset([*rows, new], initial=4), action=DRAFT)
    assert response.status_code == 302, errors_of(response)
    assert question.choices.count() == 4, "the row is what tests use"

    drafted = Question.objects.get().get_latest_revision_as_object()
    added = next(choice for choice in drafted.choices.all() if choice.text == "satu lagi")
    again = {"id": str(added.pk), "text": "satu lagi, lebih jelas"}
    response = edit(author, question, choices=inline_formset([*rows, again], initial=5))
    assert response.status_code == 302, errors_of(response)
    stored = {choice.pk: choice.text for choice in question.choices.all()}
    assert stored[added.pk] == "satu lagi, lebih jelas"
    assert len(stored) == 5


def test_a_draft_may_be_unfinished_but_what_is_sent_for_approval_may_not(author: Client) -> None:
    set_up_roles()
    question = make_multiple()
    assert edit(author, question, choose=2, action=DRAFT).status_code == 302
    assert "choose" in codes(edit(author, question, choose=2, action=SUBMIT))


def test_a_new_question_is_a_draft_until_it_is_published(author: Client) -> None:
    template = make_single("S1")
    options = [{"text": "benar", "is_correct": "on"}, {"text": "salah"}]
    data = form_data(template, code="S2", choices=inline_formset(options))
    response = author.post(reverse("questions_single:add"), data)
    assert response.status_code == 302, errors_of(response)
    added = SingleChoiceQuestion.objects.get(code="S2")
    assert not added.live
    edit(author, added, code="S2-b")
    published = SingleChoiceQuestion.objects.get(pk=added.pk)
    assert (published.live, published.code) == (True, "S2-b")


def test_the_key_of_a_statement_must_be_said(author: Client) -> None:
    data = form_data(make_true_false("TF1"), code="TF2")
    data.pop("answer")
    response = author.post(reverse("questions_true_false:add"), data)
    assert "answer" in response.context["form"].errors
    page = response.content.decode()
    assert page.count('type="radio" name="answer"') == 2


def test_a_change_to_an_older_version_keeps_what_was_typed(author: Client, in_use: set[int]) -> None:
    question = make_single()
    in_use.add(question.pk)
    edit(author, question, stem="Versi kedua")
    response = edit(author, question, stem="Ditulis terlambat")
    assert response.status_code == 200
    assert "Ditulis terlambat" in response.content.decode()
    assert Question.objects.count() == 2


def test_a_corrected_key_leads_to_the_points_that_would_change(
    author: Client, in_use: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_correction_links", [lambda question: f"/admin/hitung/{question.pk}/"])
    question = make_single()
    in_use.add(question.pk)
    response = edit(author, question, change="key")
    newest = Question.objects.get(is_current=True)
    assert newest.corrects_id == question.pk
    assert f"/admin/hitung/{newest.pk}/" in author.get(response.url).content.decode()


def test_another_key_under_the_name_of_better_words_is_refused_and_nothing_typed_is_lost(
    author: Client, in_use: set[int]
) -> None:
    question = make_true_false()
    in_use.add(question.pk)
    response = edit(author, question, stem="Kalimat baru", answer=str(not question.answer))
    assert "change" in errors_of(response)
    assert "Kalimat baru" in response.content.decode()
    assert Question.objects.count() == 1
    edit(author, question, stem="Kalimat baru", answer=str(not question.answer), change="key")
    assert Question.objects.get(version=2).corrects_id == question.pk


# Looking at a draft


def preview(client: Client, question: Question, mode: str = "", **changes: Any) -> str:
    address = reverse(f"questions_{question.kind}:preview_on_edit", args=[question.pk])
    assert client.post(address, form_data(question, **changes)).json()["is_valid"]
    return client.get(address, {"mode": mode}).content.decode()


@pytest.mark.parametrize("kind", MAKERS)
def test_the_preview_shows_unsaved_edits_as_participants_would_see_them(author: Client, kind: str) -> None:
    question = MAKERS[kind](note="KUNCI-catatan")
    page = preview(author, question, stem="Belum disimpan")
    assert "Belum disimpan" in page
    assert "KUNCI" not in page
    assert "alasan" not in page
    assert 'class="bb-key"' not in page
    assert Question.objects.get().stem == question.stem


def test_the_preview_shows_the_key_when_asked(author: Client) -> None:
    page = preview(author, make_single(), mode="key")
    assert 'class="bb-key"' in page
    assert "S1 alasan 0" in page


def test_wagtails_own_lists_tell_staff_without_permission_nothing(trainer: Client) -> None:
    question = make_single(stem="RAHASIA")
    edit(trainer, question, stem="RAHASIA besar", action=SUBMIT)
    stranger = Client()
    stranger.force_login(make_staff("orang-lain"))
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailsnippets:index"),
        f"/admin/bulk/assessments/{question._meta.model_name}/delete/?id={question.pk}",
        f"/admin/snippets/choose/assessments/{question._meta.model_name}/",
    ):
        assert "RAHASIA" not in stranger.get(address, follow=True).content.decode(), address


def test_questions_are_not_deleted_many_at_once(client: Client) -> None:
    question = make_single()
    client.force_login(make_staff("admin", is_superuser=True))
    client.post(f"/admin/bulk/assessments/{question._meta.model_name}/delete/?id={question.pk}")
    assert Question.objects.filter(pk=question.pk).exists()
