"""The child process that sets type: what it may read, how it ends, what it tells."""

import io
from pathlib import Path

import pypdf
import pytest

from lms import press
from lms.press import print_pdf, qr_svg

HELLO = '#set document(title: [t])\n#set text(lang: "id")\n#json(bytes(sys.inputs.data)).name'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    folder = tmp_path / "typst"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("rahasia")
    file = folder / "letter.typ"
    file.write_text(HELLO)
    return file


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_same_data_gives_the_same_bytes(template: Path) -> None:
    first = print_pdf(template, {"name": "Maria"}, timestamp=7, profiles=("ua-1",))
    assert first == print_pdf(template, {"name": "Maria"}, timestamp=7, profiles=("ua-1",))
    assert first.is_strict
    assert "Maria" in text_of(first.pdf)


def test_a_letter_that_the_font_lacks_gives_a_plain_file(template: Path) -> None:
    printed = print_pdf(template, {"name": "Maria 愛"}, timestamp=0, profiles=("a-2a", "ua-1"))
    assert not printed.is_strict
    assert "Maria" in text_of(printed.pdf)


def test_the_template_can_read_nothing_outside_its_folder(template: Path) -> None:
    secret = template.parent.parent / "secret.txt"
    for source in ('#read("../secret.txt")', '#read("/etc/passwd")', f'#read("{secret}")'):
        template.write_text(source)
        with pytest.raises(RuntimeError, match="no file"):
            print_pdf(template, {}, timestamp=0, profiles=())


def test_a_child_that_hangs_is_ended_and_nothing_of_the_person_is_said(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("while True: pass")
    monkeypatch.setattr(press, "_SCRIPT", slow)
    with pytest.raises(RuntimeError, match="not ready") as failure:
        print_pdf(template, {"name": "Maria Bere"}, timestamp=0, profiles=(), seconds=0.3)
    assert "Maria" not in str(failure.value)
    assert failure.value.__cause__ is None


def test_a_child_that_fails_is_told_by_its_status_only(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("import sys; sys.exit('Maria Bere')")
    monkeypatch.setattr(press, "_SCRIPT", broken)
    with pytest.raises(RuntimeError, match="status 1"):
        print_pdf(template, {}, timestamp=0, profiles=())


def test_a_code_is_drawn_as_a_picture_of_its_text() -> None:
    assert qr_svg("T0001").startswith("<svg")
    assert qr_svg("T0001") != qr_svg("T0002")
