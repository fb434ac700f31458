"""Files are read whole; what is wrong with them is told with file and line."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from courses.imports.files import read_curriculum
from tests.courses.curricula import lesson_file


def problems(folder: Path) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        read_curriculum(folder)
    assert all(error.code == "malformed" for error in caught.value.error_list)
    return caught.value.messages


def test_a_course_is_read_with_its_modules_and_lessons_in_order(curriculum: Path) -> None:
    [course] = read_curriculum(curriculum)
    assert course.titles == {"id": "Kursus desa", "en": "Village course"}
    assert course.rationale == {"id": "<h2>Mengapa</h2><p>Desa <b>belajar</b>.</p>", "en": ""}
    assert [module.code for module in course.modules] == ["M1", "M2"]
    assert course.modules[0].can_do == {"id": "menyebut langkah\nmenulis usulan", "en": "name the steps"}
    assert [lesson.code for lesson in course.modules[0].lessons] == ["M1.1", "M1.2"]


def test_a_lesson_has_a_text_a_language(curriculum: Path) -> None:
    [course] = read_curriculum(curriculum)
    written, empty = course.modules[0].lessons
    assert written.texts["id"].title == "Pelajaran M1.1"
    assert written.texts["en"].title == "Lesson M1.1"
    assert [block["type"] for block in written.texts["en"].body] == [
        "paragraph",
        "heading",
        "steps",
        "remember",
    ]
    assert empty.texts["id"].body == []
    assert empty.texts["en"].title == "Lesson M1.2"
    assert empty.texts["en"].outcome == "Participants can explain M1.2."


def written(curriculum: Path, before: str, after: str) -> Path:
    file = curriculum / "kursus" / "m1-awal" / "1-1-satu.id.md"
    file.write_text(file.read_text().replace(before, after))
    return file


def test_a_lesson_lists_its_law_as_citations_or_as_older_records(curriculum: Path) -> None:
    record = "- {cite: UU 6/2014 Ps 80, note: Warga ikut., checked_on: 2026-11-24, status: verified}"
    written(curriculum, "- UU 6/2014 Ps 79", f"- UU 6/2014 Ps 79, 82(2)\n  {record}")
    [course] = read_curriculum(curriculum)
    text = course.modules[0].lessons[0].texts["id"]
    assert text.legal_bases == ["UU 6/2014 Ps 79", "UU 6/2014 Ps 80", "UU 6/2014 Ps 82 ayat (2)"]


def test_every_citation_knows_its_line(curriculum: Path) -> None:
    body = "Awal.\n\n:::law UU 6/2014 Ps 68(1)\nWarga bicara.\n:::\n"
    file = curriculum / "kursus" / "m1-awal" / "1-1-satu.id.md"
    file.write_text(lesson_file("M1.1", body=body))
    [course] = read_curriculum(curriculum)
    text = course.modules[0].lessons[0].texts["id"]
    lines = file.read_text().splitlines()
    places = [(cited.citation, cited.place.rsplit(":", 1)) for cited in text.cited]
    name = "kursus/m1-awal/1-1-satu.id.md"
    assert places == [
        ("UU 6/2014 Ps 79", [name, str(lines.index("  - UU 6/2014 Ps 79") + 1)]),
        ("UU 6/2014 Ps 68 ayat (1)", [name, str(lines.index(":::law UU 6/2014 Ps 68(1)") + 1)]),
    ]
    assert text.body[1]["value"]["citation"] == "UU 6/2014 Ps 68 ayat (1)"


@pytest.mark.parametrize(
    ("law", "told"), [("Adat setempat", "is no citation"), ("UU 6/2014 Ps 54, 55", "one place in one rule")]
)
def test_what_is_no_single_citation_is_told_with_its_line(curriculum: Path, law: str, told: str) -> None:
    file = curriculum / "kursus" / "m1-awal" / "1-1-satu.id.md"
    file.write_text(lesson_file("M1.1", body=f"Awal.\n\n:::law {law}\nWarga bicara.\n:::\n"))
    line = file.read_text().splitlines().index(f":::law {law}") + 1
    [problem] = problems(curriculum)
    assert problem.startswith(f"kursus/m1-awal/1-1-satu.id.md:{line}: ")
    assert told in problem


def test_a_malformed_body_is_told_with_the_line_of_the_file(curriculum: Path) -> None:
    file = curriculum / "kursus" / "m1-awal" / "1-1-satu.id.md"
    file.write_text(lesson_file("M1.1", body="Awal.\n\n:::quiz\nApa?\n:::\n"))
    line = file.read_text().splitlines().index(":::quiz") + 1
    [problem] = problems(curriculum)
    assert problem.startswith(f"kursus/m1-awal/1-1-satu.id.md:{line}: “:::quiz” is not known")


def test_malformed_front_matter_is_told_with_the_line_of_the_file(curriculum: Path) -> None:
    file = curriculum / "kursus" / "m1-awal" / "1-1-satu.id.md"
    file.write_text(file.read_text().replace("minutes: 8", "minutes: [8"))
    [problem] = problems(curriculum)
    name, line, _words = problem.split(":", 2)
    assert name == "kursus/m1-awal/1-1-satu.id.md"
    assert line.isdigit()
    assert "Not valid YAML" in problem


def test_all_problems_are_told_at_once(curriculum: Path) -> None:
    module = curriculum / "kursus" / "m1-awal"
    (module / "1-1-satu.id.md").write_text("Tanpa kepala.\n")
    (module / "1-2-dua.id.md").write_text(lesson_file("M1.2").replace("minutes: 8", "minutes: delapan"))
    (curriculum / "kursus" / "m2-lanjut" / "2-1-tiga.id.md").unlink()
    found = problems(curriculum)
    assert "kursus/m1-awal/1-1-satu.id.md:1: The file must begin with front matter" in found[0]
    assert "kursus/m1-awal/1-2-dua.id.md: “minutes” is not what it should be." in found
    assert "kursus/m2-lanjut/2-1-tiga.id.md: The file is named in the course but is not there." in found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("course.yaml", "- satu\n", "Not a list of “field: value”"),
        ("course.yaml", "slug: kursus\n", "“title” is missing"),
        ("m1-awal/module.yaml", "code: M1\nslug: [awal\n", "module.yaml:3: Not valid YAML"),
        ("m1-awal/1-1-satu.en.md", lesson_file("M9.9"), "“code” differs"),
    ],
)
def test_a_slip_is_named(curriculum: Path, file: str, content: str, words: str) -> None:
    (curriculum / "kursus" / file).write_text(content)
    assert any(words in problem for problem in problems(curriculum))


def test_bytes_that_are_no_text_are_named(curriculum: Path) -> None:
    (curriculum / "kursus" / "m1-awal" / "1-2-dua.id.md").write_bytes(b"---\n\xff\xfe")
    assert problems(curriculum) == ["kursus/m1-awal/1-2-dua.id.md: The file is not UTF-8 text."]


def test_a_folder_without_courses_is_refused(tmp_path: Path) -> None:
    assert "no course here" in problems(tmp_path)[0]
