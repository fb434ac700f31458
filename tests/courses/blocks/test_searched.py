"""What the search reads of a lesson."""

from courses.blocks.searched import reading_pieces
from courses.words import words_of
from tests.courses.trees import EVERY_BLOCK, blocks


def test_cells_of_a_table_stay_apart_in_an_excerpt_and_are_words_as_before() -> None:
    [table] = [block for block in EVERY_BLOCK if block["type"] == "table"]
    [piece] = reading_pieces(blocks([table]))
    assert "Usulan · Nilai · Pipa air · 11 · Jalan" in piece
    assert words_of(piece) == ["usulan", "nilai", "pipa", "air", "11", "jalan"]
