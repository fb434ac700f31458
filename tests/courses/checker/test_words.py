"""Counting the words that a reader has to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.checker.words import sentence_average, sentences, word_count
from tests.courses.trees import blocks

WORDS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=30)


def paragraph(text: str) -> dict[str, object]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


@given(WORDS)
def test_words_are_counted_whatever_holds_them(words: list[str]) -> None:
    text = " ".join(words)
    holders = [
        paragraph(text),
        {"type": "heading", "value": text},
        {"type": "law", "value": {"citation": "", "summary": f"<p>{text}</p>"}},
        {"type": "steps", "value": {"steps": [f"<p>{text}</p>"]}},
        {"type": "reflection", "value": {"prompt": text}},
    ]
    assert {word_count(blocks([holder])) for holder in holders} == {len(words)}


@pytest.mark.parametrize(
    "raw",
    [
        {"type": "accordion", "value": {"title": "a", "text": "<p>b c</p>"}},
        {"type": "facilitator", "value": {"text": "<p>b c</p>"}},
        {"type": "diagram", "value": {"name": "kuorum-bpd", "alternative": "b c", "caption": ""}},
        {"type": "terms", "value": {"terms": ["musdes"]}},
        {"type": "practice", "value": "P-M1.1"},
    ],
)
def test_what_nobody_has_to_read_is_not_counted(raw: dict[str, object]) -> None:
    assert word_count(blocks([raw])) == 0


def test_a_sentence_ends_where_it_ends() -> None:
    assert sentences("Lihat Ps. 4 dan Rp. 10. Lalu tanya? Ya.") == [
        "Lihat Ps 4 dan Rp 10.",
        "Lalu tanya?",
        "Ya.",
    ]


def test_the_average_leaves_out_headings_and_tables() -> None:
    body = blocks(
        [
            {"type": "heading", "value": "Satu judul yang panjang sekali"},
            {"type": "table", "value": {"data": [["satu dua tiga empat lima"]]}},
            paragraph("Satu dua. Satu dua tiga empat."),
        ]
    )
    assert sentence_average(body) == 3.0


def test_a_text_without_sentences_has_no_average() -> None:
    assert sentence_average(blocks([])) == 0.0
