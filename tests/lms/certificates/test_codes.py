"""A code cannot be guessed and can be typed from paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.codes import ALPHABET, LENGTH, encode, grouped, new_code, normalised

NUMBERS = st.integers(min_value=0, max_value=2**128 - 1)


def test_ten_thousand_codes_are_all_different() -> None:
    assert len({new_code() for _ in range(10_000)}) == 10_000


@given(NUMBERS, NUMBERS)
def test_each_of_the_2_to_the_128_numbers_has_a_code_of_its_own(first: int, second: int) -> None:
    assert (encode(first) == encode(second)) == (first == second)
    assert len(encode(first)) == LENGTH


@given(NUMBERS)
def test_a_code_reads_back_as_it_is_printed(number: int) -> None:
    assert normalised(grouped(encode(number))) == encode(number)


@given(NUMBERS, st.sampled_from(["lower", "spaces", "misread"]))
def test_a_code_is_read_however_people_type_it(number: int, habit: str) -> None:
    code = encode(number)
    typed = {
        "lower": code.lower(),
        "spaces": f"  {code[:7]} {code[7:]}\n",
        "misread": code.replace("0", "O").replace("1", "l"),
    }[habit]
    assert normalised(typed) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_code_or_nothing(text: str) -> None:
    code = normalised(text)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "7", "U" * LENGTH, "0" * 25, "0" * 27, "-" * 26, "0 " * 400_000])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert normalised(text) is None


def test_a_code_is_printed_in_groups_of_four() -> None:
    assert grouped("01ARZ3NDEKTSV4RRFFQ69G5FAV") == "01AR-Z3ND-EKTS-V4RR-FFQ6-9G5F-AV"
