"""How a label breaks into lines: no word lost, no line too wide, the lines alike."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from courses.templatetags.drawings import balanced, width_of

WORDS = st.lists(st.text("abcimwABM0’-", min_size=1, max_size=12), min_size=1, max_size=12)


def rendered(source: str) -> str:
    return Template("{% load drawings %}" + source).render(Context())


def test_a_short_label_is_one_line_around_its_middle() -> None:
    assert rendered('{% words "Musdes" 144 20 100 %}') == '<text><tspan x="144" y="25">Musdes</tspan></text>'


def test_a_label_says_only_what_differs_from_the_frame() -> None:
    text = rendered('{% words "Warga" 10 20 100 size=13 bold=True anchor="start" %}')
    assert text.startswith('<text font-size="13" font-weight="700" text-anchor="start">')


@pytest.mark.parametrize(("grow", "ys"), [("", [91.6, 108.4]), ("down", [100, 116.8]), ("up", [83.2, 100])])
def test_lines_stand_around_above_or_below_the_given_height(grow: str, ys: list[float]) -> None:
    text = rendered(f'{{% words "dua baris" 0 100 40 grow="{grow}" %}}')
    assert [float(part.split('"')[0]) - 5 for part in text.split(' y="')[1:]] == pytest.approx(ys, abs=0.1)


def test_a_label_is_escaped() -> None:
    assert "&lt;b&gt;" in rendered('{% words "<b>" 0 0 90 %}')


def test_a_number_stays_with_the_word_after_it() -> None:
    assert balanced("3. pemerintah desa", 9) == ["3.\u00a0pemerintah", "desa"]


def test_lines_are_alike_in_length() -> None:
    text = "satu dua tiga empat"
    assert balanced(text, width_of("satu dua tiga")) == ["satu dua", "tiga empat"]


@pytest.mark.property
@given(words=WORDS, width=st.floats(2, 30))
def test_no_word_is_lost_and_no_line_too_wide(words: list[str], width: float) -> None:
    lines = balanced(" ".join(words), width)
    assert " ".join(lines).split(" ") == words
    assert all(width_of(line) <= width or " " not in line for line in lines)


@pytest.mark.property
@given(words=WORDS, width=st.floats(2, 30))
def test_balancing_costs_no_line(words: list[str], width: float) -> None:
    greedy, used = 1, 0.0
    for word in words:
        wide = width_of(word)
        if used and used + width_of(" ") + wide > width:
            greedy, used = greedy + 1, wide
        else:
            used += wide + (width_of(" ") if used else 0)
    assert len(balanced(" ".join(words), width)) <= greedy
