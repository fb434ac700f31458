"""Lists of small records are edited as lines."""

import pytest
from django.core.exceptions import ValidationError

from assessments.forms import LinesField
from assessments.questions.base import Lines

CITATIONS = [{"ref": "UU 6/2014 Ps 3", "status": "verified"}, {"ref": "Bahan program", "status": ""}]


@pytest.fixture
def field() -> LinesField:
    return LinesField(Lines("ref", "status", "help"))


def test_records_become_lines_and_lines_become_the_same_records(field: LinesField) -> None:
    text = field.prepare_value(CITATIONS)
    assert text == "UU 6/2014 Ps 3 | verified\nBahan program"
    assert field.clean(text) == CITATIONS


def test_empty_lines_are_left_out(field: LinesField) -> None:
    assert field.clean("\n  \nBahan program\n") == [{"ref": "Bahan program", "status": ""}]
    assert field.clean("") == []


def test_a_line_without_a_first_text_is_refused(field: LinesField) -> None:
    with pytest.raises(ValidationError):
        field.clean("| verified")


def test_what_was_typed_wrongly_is_shown_as_it_was(field: LinesField) -> None:
    assert field.prepare_value("| verified") == "| verified"


def test_the_same_lines_are_no_change(field: LinesField) -> None:
    assert not field.has_changed(CITATIONS, field.prepare_value(CITATIONS))
    assert field.has_changed(CITATIONS, "UU 6/2014 Ps 4")
