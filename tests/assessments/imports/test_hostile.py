"""Files that nobody means well with are refused with a sentence, in two seconds, without a connection."""

import contextlib
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.datasets.drafts import ParsedFile
from assessments.imports.detect import parse_file
from tests.assessments.imports.zoo import book, endless, hostile

DATA = Path(__file__).parents[2] / "data" / "questions"
ZOO = dict(hostile())
ENDLESS = dict(endless())
SOUND = [
    *(path.read_bytes() for path in sorted(DATA.iterdir())),
    book([["jenis", "soal", "kunci", "pilihan A", "pilihan B"], ["single", "Apa?", "A", "x", "y"]]),
]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise AssertionError("a file made us connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", list(ZOO))
def test_it_is_refused_with_a_sentence_and_soon(name: str) -> None:
    start = time.process_time()
    with pytest.raises(ValidationError) as refused:
        parse_file(ZOO[name], name)
    assert time.process_time() - start < 2
    assert refused.value.messages[0].endswith(".")
    assert len(refused.value.messages[0]) < 300


@pytest.mark.parametrize("name", list(ENDLESS))
def test_time_grows_with_the_file_and_not_with_its_square(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ValidationError):
        parse_file(ENDLESS[name], name)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("data", SOUND)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_a_broken_file_is_read_or_refused_and_nothing_else(data: bytes, draw: st.DataObject) -> None:
    broken = bytearray(data)
    for _time in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, len(broken) - 1))
        length = draw.draw(st.integers(0, 40))
        broken[place : place + length] = draw.draw(
            st.one_of(
                st.binary(max_size=20), st.sampled_from([b"<", b"]]>", b"{", b"}", b"&", b"=", b"\\", b"::"])
            )
        )
    try:
        parsed = parse_file(bytes(broken), "berkas")
    except ValidationError:
        return
    assert isinstance(parsed, ParsedFile)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab{}=~#:%\\>-[]/$ \n.1TANSWER", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValidationError):
        parse_file(text.encode(), "berkas")
