"""What holds for every registered kind; a kind without a maker fails here, so no kind goes untested."""

import contextlib
import json
import random
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain import new_version
from assessments.models import Question
from assessments.questions.base import (
    DONT_KNOW,
    DONT_KNOW_MARKS,
    Lines,
    read_answer,
    read_keyed_answer,
    write_keyed_answer,
)
from assessments.registry import kinds
from tests.assessments.questions.support import CANARY, HOSTILE, fields_of, loaded, posted, shown
from tests.factories import ALL_MAKERS

pytestmark = pytest.mark.django_db


def makers() -> dict[str, Callable[..., Any]]:
    """The makers of the factories, and ``make`` of the test file of a kind that has none there."""
    found = dict(ALL_MAKERS)
    for kind in set(kinds()) - set(found):
        with contextlib.suppress(ImportError, AttributeError):
            found[kind] = import_module(f"{__package__}.test_{kind}").make
    return found


MAKERS_BY_KIND = makers()
KINDS = sorted(MAKERS_BY_KIND)
seeds = st.integers(min_value=0, max_value=2**32)
relaxed = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

# What a participant may read of a question and its options; every other text is the trainers' own.
SHOWN = {"code", "stem", "text", "left", "right", "unit", "instructions"}


@pytest.fixture(params=KINDS)
def question(request: pytest.FixtureRequest) -> Any:
    return loaded(MAKERS_BY_KIND[request.param]())


def paper(question: Question, seed: int = 1) -> tuple[list[str], dict[str, Any]]:
    order = question.draw_order(random.Random(seed))
    return order, question.participant_payload(order)


def a_response(question: Question, seed: int) -> Any:
    """A valid response; where none can be guessed (files), a made up one."""
    rng = random.Random(seed)
    guessed = question.guess(question.draw_order(rng), rng)
    if guessed is None and question.takes_files:
        return {"files": ["8be1a8f2-67a4-4c55-b2a1-c86b7d6fbd34"]}
    return guessed


def test_every_kind_has_a_maker() -> None:
    assert set(MAKERS_BY_KIND) == set(kinds())


# Nothing of the key leaves


def own_texts(record: models.Model) -> Iterator[str]:
    """Text fields that are written for trainers, by everything that SHOWN does not name."""
    for field in record._meta.get_fields():
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in SHOWN:
            yield field.name


def spoil(question: Question) -> Question:
    """The same question with a canary in every text that participants may not see."""
    for name in own_texts(question):
        setattr(question, name, CANARY[: question._meta.get_field(name).max_length])
    for name, lines in type(question).line_fields.items():
        if name != "scale":
            setattr(question, name, _spoilt(getattr(question, name), lines))
    question.save()
    for relation in question.prefetch:
        for row in getattr(question, relation).all():
            for name in own_texts(row):
                setattr(row, name, CANARY[: row._meta.get_field(name).max_length])
            row.save()
    return loaded(question)


def _spoilt(rows: list[dict[str, str]], lines: Lines) -> list[dict[str, str]]:
    names = [name for name in (lines.first, lines.second) if name]
    return [dict.fromkeys(names, CANARY) for _row in [*rows, {}]]


def test_no_word_for_trainers_reaches_a_participant(question: Question) -> None:
    response = a_response(question, 3)
    spoilt = spoil(question)
    order, payload = paper(spoilt)
    block = spoilt.print_block(payload)
    pages = [
        shown(spoilt),
        shown(spoilt, response),
        shown(spoilt, fields_of(response), error="Coba lagi."),
        shown(spoilt, DONT_KNOW, dont_know=True),
    ]
    texts = [json.dumps(payload), json.dumps(block), spoilt.keying_hint(payload), *pages]
    assert [text for text in texts if CANARY in text] == []
    assert json.loads(json.dumps(payload)) == payload
    assert order == [str(entry) for entry in order]


def test_the_payload_does_not_tell_which_option_is_right(question: Question) -> None:
    text = json.dumps(paper(question)[1])
    words = (
        "correct",
        "rationale",
        "accepted",
        "near_miss",
        "answer",
        "rubric",
        "reverse",
        "construct",
        "note",
    )
    assert [word for word in words if f'"{word}' in text] == []


def test_pages_do_not_tell_how_many_answers_are_right_by_their_order(question: Question) -> None:
    key = question.correct_response()
    if not question.shuffles() or key is None:
        return
    orders = {tuple(question.draw_order(random.Random(seed))) for seed in range(30)}
    assert len(orders) > 5


# Pages


def test_a_page_labels_every_field_and_needs_no_script(question: Question) -> None:
    page = shown(question, a_response(question, 5), error="Coba lagi.")
    assert page.count("<h1") == 1
    assert " on" not in page.replace(" on ", "").replace(" one", "")
    assert "style=" not in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby"):
        wanted = {one for part in page.split(f' {name}="')[1:] for one in part.split('"')[0].split()}
        assert wanted <= set(ids)
    described = {one for part in page.split('aria-describedby="')[1:] for one in part.split('"')[0].split()}
    assert described
    assert described <= set(ids)
    assert "response-error" in described


def test_several_questions_stand_on_one_page_under_their_own_names(question: Question) -> None:
    response = a_response(question, 5)
    page = shown(question, response, field="q3", level=2, dont_know=True, error="Coba lagi.")
    assert "<h1" not in page
    assert page.count("<h2") == 1
    names = {part.split('"')[0] for part in page.split(' name="')[1:]}
    assert names
    assert all(name == "q3" or name.startswith("q3-") for name in names)
    ids = {part.split('"')[0] for part in page.split(' id="')[1:]}
    assert all(name.removeprefix("id_").startswith("q3") for name in ids)
    assert shown(question, response, field="response") == shown(question, response)


def test_not_knowing_is_offered_where_it_makes_sense_and_only_when_asked(question: Question) -> None:
    sign = 'id="id_response-dont-know"'
    assert sign not in shown(question)
    page = shown(question, DONT_KNOW, dont_know=True)
    assert (sign in page) == question.can_be_unknown
    if question.can_be_unknown:
        assert f"{sign} checked" in page
        assert f"{sign} checked" not in shown(question, dont_know=True)
        assert page.count(" checked") == 1


# Answers


def test_not_knowing_is_an_answer_of_its_own(question: Question) -> None:
    order, payload = paper(question)
    own = {"response": "dont-know"} if question.has_radio_rows else {"dont_know": "1"}
    said = (
        read_answer(type(question), posted(own), order, offers_dont_know=True)
        if question.can_be_unknown
        else None
    )
    assert said == (DONT_KNOW if question.can_be_unknown else None)
    assert question.score(DONT_KNOW) == 0
    assert question.feedback_on(DONT_KNOW) == []
    with override("id"):
        assert question.describe(DONT_KNOW) == ["Saya tidak tahu"]
    assert write_keyed_answer(type(question), DONT_KNOW, order, payload) == "-"


def test_an_answer_wins_over_a_forgotten_tick(question: Question) -> None:
    order, _payload = paper(question)
    response = a_response(question, 4)
    data = fields_of(response)
    if not question.can_be_unknown:
        return
    data["dont_know"] = "1"
    assert read_answer(type(question), data, order, offers_dont_know=True) == response
    assert read_answer(type(question), posted({"dont_know": "1"}), order, offers_dont_know=False) is None


def test_nothing_is_no_answer(question: Question) -> None:
    order, payload = paper(question)
    assert question.clean_response(posted({}), order) is None
    assert (
        question.clean_response(posted({"response": ""}), order) is None if _has_one_field(question) else True
    )
    assert question.read_keyed("", order, payload) is None
    assert question.describe(None) == []
    assert question.score(None) == 0


def _has_one_field(question: Question) -> bool:
    return question.kind not in ("matching", "ordering", "likert_matrix", "multiple")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_kept_or_refused_in_words(question: Question, text: str) -> None:
    order, payload = paper(question)
    for data in (posted({"response": text}), posted({f"response-{order[0] if order else 'x'}": text})):
        response, refusal = outcome_of(question.clean_response, data, order)
        assert refusal != [""]
        shown(question, response)
        json.dumps(response)
    assert outcome_of(question.read_keyed, text, order, payload)[1] != [""]


def outcome_of(read: Callable[..., Any], *given: Any) -> tuple[Any, list[str]]:
    """What was read, or the sentences why not; any other exception is a crash."""
    try:
        return read(*given), []
    except ValidationError as refusal:
        return None, refusal.messages


@relaxed
@given(seed=seeds)
def test_an_answer_is_sent_shown_and_sent_again_as_the_same(question: Question, seed: int) -> None:
    order, _payload = paper(question, seed)
    response = a_response(question, seed)
    assert question.clean_response(fields_of(response), order) == response
    assert shown(question, response, seed=seed) == shown(question, fields_of(response), seed=seed)
    assert question.describe(response)
    assert 0 <= question.score(response) <= question.points


# Paper


@relaxed
@given(seed=seeds)
def test_what_is_written_on_paper_is_read_back_as_the_same_answer(question: Question, seed: int) -> None:
    order, payload = paper(question, seed)
    response = a_response(question, seed)
    if question.takes_files:
        return
    text = write_keyed_answer(type(question), response, order, payload)
    read = read_keyed_answer(type(question), text, order, payload, offers_dont_know=True)
    assert read == response
    assert read_keyed_answer(type(question), f" {text.lower()} ", order, payload, offers_dont_know=True) in (
        response,
        text.lower(),
    )


@pytest.mark.parametrize("mark", [*DONT_KNOW_MARKS, "tt", " ? "])
def test_marks_for_not_knowing_are_read_where_it_is_offered(question: Question, mark: str) -> None:
    order, payload = paper(question)
    if question.can_be_unknown:
        read = read_keyed_answer(type(question), mark, order, payload, offers_dont_know=True)
        assert read == DONT_KNOW


def test_the_printed_question_says_how_to_answer_and_what_is_expected(question: Question) -> None:
    order, payload = paper(question)
    block = question.print_block(payload)
    assert set(block) == {"hint", "lists", "answer", "cells"}
    assert block["hint"]
    assert block["answer"] in ("letters", "number", "line", "lines", "file")
    assert (block["cells"] > 0) == (block["answer"] == "letters")
    for printed in block["lists"]:
        assert set(printed) == {"title", "rows"}
        assert all(set(row) == {"label", "text", "image"} for row in printed["rows"])
    hint = question.keying_hint(payload)
    assert hint
    if block["answer"] == "letters":
        assert question.read_keyed(hint, order, payload) is not None


# Keys and versions


def test_the_perfect_answer_earns_all_points_and_is_told_in_words(question: Question) -> None:
    key = question.correct_response()
    assert (key is None) == (not question.scored or question.marked_by_hand)
    if key is not None:
        assert question.score(key) == question.points
        assert question.describe_key()


def test_a_new_version_takes_over_answers_by_lineage(question: Question) -> None:
    response, key = a_response(question, 8), question.correct_response()
    points = question.score(response)
    said, best = question.describe(response), question.points
    newer = loaded(new_version(question))
    assert not set(question.option_lineage()) & set(newer.option_lineage())
    adopted = newer.adopt_response(response, given_to=loaded(question))
    assert newer.describe(adopted) == said
    assert newer.score(adopted) == points
    if key is not None:
        assert newer.score(newer.adopt_response(key, given_to=loaded(question))) == best


def test_authors_are_told_nothing_about_a_sound_question_and_points_are_asked_for(question: Question) -> None:
    rows = [row for relation in question.prefetch for row in getattr(question, relation).all()]
    assert list(question.authoring_problems(rows)) == []
    question.points = 0 if question.scored else 1
    codes = [problem.code for problem in question.authoring_problems(rows)]
    assert codes == ([] if question.marked_by_hand else ["points"])


def test_words_of_the_question_are_indonesian_on_an_english_page(question: Question) -> None:
    _order, payload = paper(question)
    with override("en"):
        page = shown(question)
    soup = BeautifulSoup(page, "html.parser")
    asked = rf"{question.code} (?:pilihan|gambar|kiri|kanan|langkah|pernyataan) \d"
    for text in {payload["stem"], *re.findall(asked, soup.get_text())}:
        places = soup.find_all(string=re.compile(re.escape(text)))
        assert places
        assert all(place.find_parent(lang="id") for place in places), text
