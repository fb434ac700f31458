"""Picture choice: every option is a picture with a short text."""

from typing import Any

import pytest

from assessments.models import Choice, PictureQuestion
from assessments.queries import load_questions
from tests.assessments.questions.support import loaded, shown
from tests.factories import make_media, make_picture

pytestmark = pytest.mark.django_db


def test_options_bring_their_pictures_in_words_and_no_key() -> None:
    question = loaded(make_picture())
    payload = question.participant_payload(question.option_ids())
    assert all(set(option) == {"id", "text", "image"} for option in payload["options"])
    assert [option["image"]["alt"] for option in payload["options"]] == [
        f"PC1-{index}: penjelasan" for index in range(4)
    ]


def test_every_picture_is_part_of_the_label_of_its_option() -> None:
    page = shown(make_picture())
    labels = [part.split("</label>")[0] for part in page.split("<label")[1:]]
    assert len(labels) == 4
    assert all("penjelasan" in label and "gambar" in label for label in labels)


def test_a_recording_is_heard_below_its_option_and_can_be_read() -> None:
    question = make_picture()
    spoken = make_media("suara", kind="audio", alternative="Warga duduk melingkar.")
    Choice.objects.filter(pk=question.option_ids()[1]).update(audio=spoken)
    page = shown(loaded(question))
    assert page.count("Warga duduk melingkar.") == 1
    assert "Warga duduk melingkar." not in "".join(
        part.split("</label>")[0] for part in page.split("<label")[1:]
    )


def test_the_right_picture_earns_the_points() -> None:
    question = make_picture(points=2)
    right, *wrong = question.option_ids()
    assert question.score(right) == 2
    assert [question.score(option) for option in wrong] == [0, 0, 0]
    assert question.feedback_on(wrong[0]) == ["PC1 alasan 1"]


def test_an_option_without_a_picture_is_told_to_the_author() -> None:
    question = make_picture()
    rows = list(question.choices.all())
    assert list(question.authoring_problems(rows)) == []
    rows[2].image = None
    assert [problem.code for problem in question.authoring_problems(rows)] == ["picture"]


def test_pictures_of_many_questions_are_loaded_together(django_assert_num_queries: Any) -> None:
    ids = [make_picture(f"PC{number}").pk for number in range(3)]
    with django_assert_num_queries(4):
        questions = load_questions(ids)
        for question in questions.values():
            assert isinstance(question, PictureQuestion)
            question.participant_payload(question.option_ids())
