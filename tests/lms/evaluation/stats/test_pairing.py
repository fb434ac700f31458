"""Who is put beside whom."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.pairing import GAP, HELPS_UP_TO, pair_up

ROOMS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=4),
    st.fractions(min_value=0, max_value=1, max_denominator=12),
    max_size=25,
)


def test_the_surest_is_put_beside_who_needs_it_most() -> None:
    room = {"Ana": Fraction(0), "Beni": Fraction(1, 4), "Clara": Fraction(3, 4), "Domi": Fraction(1)}
    assert pair_up(room) == (("Ana", "Domi"), ("Beni", "Clara"))


def test_two_who_know_alike_are_not_paired() -> None:
    assert pair_up({"Ana": Fraction(1, 4), "Beni": Fraction(1, 2)}) == ()


def test_nobody_helps_who_misses_more_than_half_of_it() -> None:
    assert pair_up({"Ana": Fraction(6, 10), "Beni": Fraction(1)}) == ()


def test_one_person_and_nobody_make_no_pair() -> None:
    assert pair_up({}) == pair_up({"Ana": Fraction(0)}) == ()


@given(ROOMS)
def test_nobody_is_paired_twice_and_every_pair_has_something_to_tell(room: dict[str, Fraction]) -> None:
    pairs = pair_up(room)
    people = [person for pair in pairs for person in pair]
    assert len(people) == len(set(people))
    for helper, partner in pairs:
        assert room[helper] <= HELPS_UP_TO
        assert room[partner] - room[helper] >= GAP


@given(ROOMS, st.randoms())
def test_the_order_in_which_people_come_changes_nothing(room: dict[str, Fraction], random) -> None:
    people = list(room.items())
    random.shuffle(people)
    assert pair_up(dict(people)) == pair_up(room)
