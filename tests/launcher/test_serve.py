"""What ./run prints about the demonstration, and which options it takes."""

import json
from pathlib import Path

import pytest

from launcher import serve


def test_sign_ins_of_the_demonstration_are_printed(tmp_path: Path) -> None:
    file = tmp_path / "demonstration.json"
    file.write_text(
        json.dumps(
            {
                "staff": [{"role": "Pelatih", "username": "pelatih", "password": "rahasia-12"}],
                "participants": [
                    {"name": "Warga 1", "state": "belum mulai", "code": "K7QM4", "pin": "123456"}
                ],
            }
        )
    )
    text = "\n".join(serve.sign_in_lines(file))
    assert "pelatih / rahasia-12" in text
    assert "K7QM4 / PIN 123456" in text


def test_without_a_demonstration_nothing_is_promised(tmp_path: Path) -> None:
    assert serve.sign_in_lines(tmp_path / "missing.json") == []


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_an_impossible_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serve.serve(["--port", port])
    assert "--port" in capsys.readouterr().err


def test_memory_of_a_sign_in_is_given_back_unless_the_owner_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    assert serve._variables("127.0.0.1")["MALLOC_MMAP_THRESHOLD_"] == "1000000"
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "5")
    assert serve._variables("127.0.0.1")["MALLOC_MMAP_THRESHOLD_"] == "5"
