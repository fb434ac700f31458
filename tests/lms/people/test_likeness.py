"""Who is asked about before a person is added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.enums import Likeness
from lms.people.likeness import Crowd, Person, agree, likeness, names_alike
from lms.people.names import name_words, nearly, same_hamlet

NAMES = st.lists(
    st.sampled_from(
        [
            "Yosef",
            "Joseph",
            "Mali",
            "Bele",
            "Bere",
            "Maria",
            "Imelda",
            "Bete",
            "Anastasia",
            "Y.",
            "M.",
            "Petrus",
            "Bau",
            "Kristina",
            "Christina",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
LETTERS = st.text("abcdefgh", min_size=5, max_size=12)


def person(name: str, dusun: str = "Liu", sex: str = "P", age: str = "", village: int = 1) -> Person:
    return Person(name, name, village, dusun, sex, age)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Bpk. Yosef Mali Bele", ("yosef", "mali", "bele")),
        ("Drs.Yosef Mali, S.Pd., M.Si", ("yosef", "mali")),
        ("IBU  MARIA", ("maria",)),
        ("H. Abdul Karim", ("abdul", "karim")),
        ("H. Mali", ("h", "mali")),
        ("Yosef Bele (Ose)", ("yosef", "bele")),
        ("Bele, Yosef", ("bele", "yosef")),
        ("Y.M. Bele SE", ("y", "m", "bele")),
        ("Ibu", ("ibu",)),
        ("José Márquez", ("jose", "marquez")),
        ("–", ()),
    ],
)
def test_titles_degrees_and_nicknames_are_not_part_of_a_name(written: str, words: tuple[str, ...]) -> None:
    assert name_words(written) == words


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Maria Bete", "Ibu MARIA  bete", Likeness.SAME_NAME),
        ("Anastasia", "anastasia", Likeness.SAME_NAME),
        ("Bete Maria", "Maria Bete", Likeness.ORDER),
        ("Joseph Mali", "Yosef Mali", Likeness.SPELLING),
        ("Kristina Oetami", "Christina Utami", Likeness.SPELLING),
        ("Maria Malibele", "Maria Mali Bele", Likeness.SPELLING),
        ("Anastasia", "Anastacia", Likeness.SPELLING),
        ("Petrus Kali", "Petrsu Kali", Likeness.SPELLING),
        ("Y. Mali Bele", "Yosef Mali Bele", Likeness.INITIALS),
        ("Y. Bele", "Yosef Mali Bele", Likeness.INITIALS),
        ("Yosef Bele", "Yosef Mali Bele", Likeness.PART),
        ("Maria", "Maria Bete", None),
        ("Maria Bete", "Marta Bere", None),
        ("Y. M.", "Yosef Mali", None),
        ("Ana", "Ani", None),
        ("Petrus Bau", "Maria Bete", None),
        ("–", "–", None),
    ],
)
def test_names_are_alike_or_not(one: str, other: str, how: Likeness | None) -> None:
    assert names_alike(person(one), person(other)) is how
    assert names_alike(person(other), person(one)) is how


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dusun Liu", "dsn. liu", True),
        ("LIU", "Dusun  Liu", True),
        ("Piebulak", "Peibulak", True),
        ("Piebulak", "Pie Bulak", True),
        ("Liu I", "dusun liu 1", True),
        ("Liu1", "Liu 01", True),
        ("Liu I", "Liu II", False),
        ("Liu", "Liu II", False),
        ("Liu", "Pauk", False),
        ("Liu", "Lia", False),
        ("Dusun", "Dusun", True),
    ],
)
def test_a_hamlet_is_known_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_hamlet(one, other) is same_hamlet(other, one) is same


def test_namesakes_of_another_hamlet_or_village_are_no_question() -> None:
    assert likeness(person("Maria Bete"), person("Maria Bete", dusun="Pauk")) is None
    assert likeness(person("Maria Bete"), person("Maria Bete", village=2)) is None
    assert likeness(person("Maria Bete"), person("Maria Bete", dusun="")) is Likeness.SAME_NAME


def test_sex_and_age_tell_apart_unless_the_names_are_the_same() -> None:
    other_sex, older = person("Joseph Mali", sex="L"), person("Joseph Mali", age="60+")
    assert likeness(person("Yosef Mali", sex="P"), other_sex) is None
    assert likeness(person("Yosef Mali", age="18-30"), older) is None
    assert likeness(person("Yosef Mali", age="46-59"), older) is Likeness.SPELLING
    assert likeness(person("Joseph Mali", sex="P"), other_sex) is Likeness.SAME_NAME
    assert not agree(person("Joseph Mali", sex="P"), other_sex)


def test_only_who_is_the_same_in_everything_needs_no_question() -> None:
    assert agree(person("Maria Bete"), person("maria bete", dusun="dsn. Liu"))
    assert agree(person("Maria Bete", age="18-30"), person("Maria Bete", age="31-45"))
    assert not agree(person("Maria Bete"), person("Maria Bete", dusun=""))
    assert not agree(person("Maria Bete", age="18-30"), person("Maria Bete", age="46-59"))
    assert not agree(person("Joseph Mali"), person("Yosef Mali"))


@given(NAMES, NAMES)
def test_the_rule_does_not_care_who_is_asked_about_whom(one: str, other: str) -> None:
    assert likeness(person(one), person(other)) is likeness(person(other), person(one))


@given(NAMES, st.permutations(["Bpk.", "Ibu", "Drs.", "Sdr."]))
def test_titles_and_case_change_nothing(name: str, titles: list[str]) -> None:
    assert likeness(person(f"{titles[0]} {name.upper()}"), person(name)) is Likeness.SAME_NAME


@given(st.lists(NAMES, max_size=30), NAMES)
def test_a_crowd_finds_whom_comparing_with_each_finds(names: list[str], name: str) -> None:
    people = [Person(number, each, 1, "Liu", "P") for number, each in enumerate(names)]
    asked = person(name)
    found = {one.key for one, _how in Crowd(people).like(asked)}
    assert found == {one.key for one in people if likeness(asked, one)}


@given(LETTERS, st.data())
def test_one_slip_is_found_and_a_crowd_finds_it_too(word: str, draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + "n" + word[place:],
        word[:place] + "n" + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ]
    for slip in slips:
        assert nearly(word, slip)
        assert nearly(slip, word)
    right, wrong = person(word), person(draw.draw(st.sampled_from(slips)))
    assert bool(Crowd([right]).like(wrong)) is bool(likeness(right, wrong))


@given(st.text(max_size=40))
def test_any_text_can_be_a_name_or_a_hamlet(text: str) -> None:
    assert all(name_words(text))
    assert same_hamlet(text, text)
