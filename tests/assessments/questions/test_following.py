"""Options of one version found in another: by their words, else by the row that they were copied to."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.following import followed, renamed

OLD = {"a1": "a", "b1": "b", "c1": "c"}
NEW = {"a2": "a", "b2": "b", "c2": "c"}
WORDS = {"a1": "Apel", "b1": "Beras", "c1": "Cabai"}


def where(new_words: dict[str, str], lineage: dict[str, str] = NEW) -> dict[str, str]:
    return followed((OLD, lineage), (WORDS, new_words))


def test_an_option_that_was_spelt_anew_stays_what_it_was() -> None:
    assert where({"a2": "Buah apel", "b2": "beras ", "c2": "Cabai"}) == {"a1": "a2", "b1": "b2", "c1": "c2"}


def test_exchanged_words_are_followed_and_not_the_rows() -> None:
    assert where({"a2": "Beras", "b2": "Apel", "c2": "Cabai"}) == {"a1": "b2", "b1": "a2", "c1": "c2"}


def test_a_row_that_took_the_words_of_another_is_not_what_it_was() -> None:
    assert where({"a2": "Beras", "b2": "Delima", "c2": "Cabai"}) == {"b1": "a2", "c1": "c2"}


def test_an_option_taken_out_is_gone_and_one_written_again_is_found() -> None:
    assert where({"b2": "Beras", "x2": "Apel"}, {"b2": "b", "x2": "x"}) == {"a1": "x2", "b1": "b2"}


def test_words_that_do_not_tell_apart_leave_it_to_the_rows() -> None:
    alike = dict.fromkeys(OLD, "sama")
    assert followed((OLD, NEW), (alike, dict.fromkeys(NEW, "sama"))) == {"a1": "a2", "b1": "b2", "c1": "c2"}
    assert followed((OLD, NEW), ({}, {})) == {"a1": "a2", "b1": "b2", "c1": "c2"}


@given(st.permutations(["Apel", "Beras", "Cabai"]), st.booleans())
def test_nobody_is_said_to_have_chosen_what_another_chose(texts: list[str], one_is_new: bool) -> None:
    words = dict(zip(NEW, texts, strict=True))
    if one_is_new:
        words["a2"] = "Delima"
    found = where(words)
    assert len(set(found.values())) == len(found)
    assert all(words[new] in (WORDS[old], "Delima") for old, new in found.items())


def test_identities_are_renamed_wherever_a_response_names_them() -> None:
    response = {"a1": ["b1", 3, None], "other": {"c1": "a1"}}
    assert renamed(response, {"a1": "A", "b1": "B"}) == {"A": ["B", 3, None], "other": {"c1": "A"}}
