"""Tasks: the answer is files; a tick keeps each, a person marks them."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from assessments.bank_item import BankItem
from assessments.models import TaskQuestion
from tests.assessments.questions.support import HOSTILE, posted, shown
from tests.factories import RUBRIC, make_task

pytestmark = pytest.mark.django_db
ONE, TWO = (str(uuid.UUID(int=number)) for number in (1, 2))


def test_files_are_named_once_each_in_the_order_handed_in() -> None:
    assert TaskQuestion.clean_response(posted({"response": [TWO, ONE, TWO.upper()]}), []) == {
        "files": [TWO, ONE]
    }
    assert TaskQuestion.clean_response(posted({"response": ["", ""]}), []) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_what_names_no_file_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        TaskQuestion.clean_response(posted({"response": text}), [])
    assert refusal.value.code == "foreign_option"


def test_more_files_than_can_be_looked_at_are_refused() -> None:
    many = [str(uuid.UUID(int=number)) for number in range(6)]
    assert TaskQuestion.clean_response(posted({"response": many[:5]}), []) == {"files": many[:5]}
    with pytest.raises(ValidationError, match="5"):
        TaskQuestion.clean_response(posted({"response": many}), [])


def test_the_page_takes_photos_and_pdf_and_lists_what_is_there() -> None:
    question = make_task()
    page = shown(question)
    assert 'type="file" name="response"' in page
    assert 'accept="image/*,application/pdf"' in page
    assert "Foto seluruh lembar." in page
    page = shown(question, {"files": [ONE, TWO]})
    assert page.count('type="checkbox" name="response"') == page.count(" checked") == 2
    full = {"files": [str(uuid.UUID(int=number)) for number in range(5)]}
    assert 'type="file"' not in shown(question, full)


def test_files_have_the_names_and_addresses_that_the_payload_brings() -> None:
    payload = {
        **make_task().participant_payload([]),
        "files": [{"id": ONE, "name": "ba.jpg", "url": "/lihat"}],
    }
    rows = TaskQuestion.take_context(payload, {"files": [ONE, TWO]})["rows"]
    assert (rows[0]["name"], rows[0]["url"]) == ("ba.jpg", "/lihat")
    assert rows[1]["url"] == ""
    assert "2" in rows[1]["name"]


def test_work_cannot_be_typed_off_paper() -> None:
    payload = make_task().participant_payload([])
    assert TaskQuestion.read_keyed(" ", [], payload) is None
    with pytest.raises(ValidationError):
        TaskQuestion.read_keyed("A", [], payload)


def test_levels_are_worth_a_share_of_the_points() -> None:
    question = make_task()
    assert question.takes_files
    assert [question.points_at(level) for level in range(4)] == [0, 1, 2, 3]


def test_a_bank_item_finds_its_place() -> None:
    item = {"rubric": RUBRIC, "instructions": "Buat Berita Acara."}
    fields = TaskQuestion.fields_from_bank(BankItem(item, "X"))
    assert fields["instructions"] == "Buat Berita Acara."
    assert len(fields["rubric"]) == 4
