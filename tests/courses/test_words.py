"""Words and excerpts, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from courses.words import asked_words, excerpt, marked, words_of

TEXTS = st.text(max_size=400)
WORDS = st.lists(st.sampled_from(["desa", "dusun", "70", "rapat", "ö"]), max_size=4)


def told(parts: list) -> str:  # type: ignore[type-arg]
    return "".join(part.text for part in parts)


def test_a_number_with_a_stroke_is_two_words() -> None:
    assert words_of("PP 16/2026 Ps 146 ayat (6)-(7): APBDesa_2026") == (
        ["pp", "16", "2026", "ps", "146", "ayat", "6", "7", "apbdesa", "2026"]
    )


def test_single_letters_and_repetitions_are_not_asked_for_but_digits_are() -> None:
    assert asked_words("a Rapat b rapat 7 & c", most=12) == ["rapat", "7"]
    assert asked_words(" ".join(f"kata{n}" for n in range(30)), most=12) == [f"kata{n}" for n in range(12)]


def test_the_piece_with_most_of_the_words_is_shown_with_these_marked() -> None:
    parts = excerpt(["Rapat dusun.", "Rapat di balai: dusun dan desa."], ["desa", "rapat"])
    assert told(parts) == "Rapat di balai: dusun dan desa."
    assert [part.text for part in parts if part.marked] == ["Rapat", "desa"]


def test_a_long_text_is_cut_between_words() -> None:
    text = " ".join(["kata"] * 100 + ["rapat"] + ["lain"] * 100)
    parts = excerpt([text], ["rapat"], length=120)
    assert parts[0].text == "… "
    assert parts[-1].text == " …"
    assert set(told(parts[1:-1]).split()) == {"kata", "rapat", "lain"}
    assert len(told(parts)) < 140


def test_what_holds_no_word_has_no_excerpt() -> None:
    assert excerpt(["Rapat dusun."], ["desa"]) == []
    assert excerpt([], ["desa"]) == []


@given(text=TEXTS, words=WORDS)
def test_a_marked_text_is_the_text(text: str, words: list[str]) -> None:
    parts = marked(text, words)
    assert told(parts) == text
    assert all(part.text.casefold() in words for part in parts if part.marked)


@given(before=TEXTS, after=TEXTS, word=st.sampled_from(["desa", "dusun", "70"]))
def test_an_excerpt_marks_the_word_and_stays_short(before: str, after: str, word: str) -> None:
    parts = excerpt([f"{before} {word} {after}"], [word], length=100)
    assert word in [part.text.casefold() for part in parts if part.marked]
    assert all(part.text.casefold() == word for part in parts if part.marked)
    assert len(told(parts)) <= 110


@given(text=TEXTS)
def test_words_hold_nothing_that_a_search_backend_could_misread(text: str) -> None:
    assert all(word.isalnum() for word in words_of(text))
