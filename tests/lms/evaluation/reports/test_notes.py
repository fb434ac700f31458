import pytest
from django.utils import translation

from lms.evaluation.reports.notes import Note, NoteCode


@pytest.mark.parametrize(
    ("note", "text"),
    [
        (Note(NoteCode.INDICATIVE, {"n": 6}), "Indicative: only 6 people."),
        (Note(NoteCode.NO_SPREAD, {"x": 2}), "Every participant rose by 2 points; no range can be computed."),
        (
            Note(NoteCode.NO_SPREAD, {"x": -2}),
            "Every participant fell by 2 points; no range can be computed.",
        ),
        (Note(NoteCode.NO_SPREAD, {"x": 0}), "Nobody's points changed; no range can be computed."),
        (
            Note(NoteCode.SAME_FORM, {"n": 1}),
            "1 participant took the same form twice and is left out.",
        ),
        (
            Note(NoteCode.MANY_LOST, {"k": 5, "n": 11}),
            "5 of 11 participants did not take the post-test; "
            "the result may look better or worse than it is.",
        ),
    ],
)
def test_notes_speak_with_their_numbers(note, text):
    with translation.override("en"):
        assert note.text == text


@pytest.mark.parametrize("code", NoteCode)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_has_a_sentence(code, language):
    with translation.override(language):
        text = Note(code, {"n": 2, "k": 3, "all": 9, "x": 1}).text
    assert text
    assert "%(" not in text
