"""How forgiving we are when a code is typed."""

from hypothesis import given
from hypothesis import strategies as st

from lms.people.domain import normalise_code, normalise_pin
from lms.people.domain.codes import CODE_ALPHABET, CODE_LENGTH

codes = st.text(alphabet=CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)
gaps = st.lists(
    st.sampled_from(["", " ", "-", " - ", ".", "\u2013", "\u00a0"]),
    min_size=CODE_LENGTH + 1,
    max_size=CODE_LENGTH + 1,
)


@given(code=codes, between=gaps, small=st.lists(st.booleans(), min_size=5, max_size=5))
def test_a_code_is_understood_however_it_is_set_out(code: str, between: list[str], small: list[bool]) -> None:
    signs = [sign.lower() if low else sign for sign, low in zip(code, small, strict=True)]
    typed = between[0] + "".join(sign + gap for sign, gap in zip(signs, between[1:], strict=True))
    assert normalise_code(typed) == code


@given(st.text())
def test_the_normal_form_is_its_own_normal_form(typed: str) -> None:
    assert normalise_code(normalise_code(typed)) == normalise_code(typed)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert normalise_code("toOli") == "T0011"


def test_full_width_digits_of_a_phone_keyboard_are_digits() -> None:
    assert normalise_code("\uff12\uff13\uff34") == "23T"
    assert normalise_pin("\uff11\uff12\uff13 456") == "123456"


@given(codes)
def test_no_code_holds_a_sign_that_is_read_as_another(code: str) -> None:
    assert not set(code) & set("0O1IL")


def test_a_pin_may_be_typed_in_groups() -> None:
    assert normalise_pin(" 123-456 ") == "123456"
