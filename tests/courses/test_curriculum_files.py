"""The bundled curriculum keeps the rules of `courses/curriculum/README.md`.

Reads the files as files: no database, no loader. What a page looks like is tested with the loader.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "courses" / "curriculum" / "perencanaan-desa"
BANK = ROOT / "assessments" / "bank"

LESSONS_PER_MODULE = {"M1": 4, "M2": 4, "M3": 5, "M4": 5, "M5": 4, "M6": 4, "M7": 5}
WRITTEN_MODULE = "M3"
CONTAINERS = {"law", "example", "note", "discuss", "remember"}
TITLED = {"law", "example", "note"}
REVOKED = re.compile(r"PP\s*(No\.?\s*)?(43/2014|47/2015|11/2019)")


@dataclass(frozen=True)
class Lesson:
    """One lesson file: its front matter, and the Markdown below it."""

    name: str
    meta: dict[str, Any]
    body: str

    @property
    def is_written(self) -> bool:
        return bool(self.body.strip())

    @property
    def lines(self) -> list[str]:
        return self.body.splitlines()

    def containers(self) -> list[tuple[str, str, list[str]]]:
        """(kind, title, inner lines) of every container, in order."""
        found: list[tuple[str, str, list[str]]] = []
        is_open = False
        for line in self.lines:
            if line.strip() == ":::":
                assert is_open, f"{self.name}: ':::' closes nothing"
                is_open = False
            elif line.startswith(":::"):
                assert not is_open, f"{self.name}: {line!r} opens inside another container"
                kind, _, title = line[3:].partition(" ")
                found.append((kind, title.strip(), []))
                is_open = True
            elif is_open:
                found[-1][2].append(line)
        assert not is_open, f"{self.name}: a container is never closed"
        return found

    def outline(self) -> list[str]:
        """The shape of the lesson without its words, to compare translations."""
        return [
            re.match(r":::\w*|##|\||-|\d+\.|", line).group()  # type: ignore[union-attr]
            for line in self.lines
        ]

    def words(self) -> int:
        return sum(len(re.findall(r"\w[\w/.-]*", line)) for line in self.lines if not line.startswith(":::"))

    def sentences(self) -> Iterator[str]:
        for line in self.lines:
            if line.startswith((":::", "|", "#")):
                continue
            prose = re.sub(r"^(\d+\.|-)\s+", "", line)
            yield from (part for part in re.split(r"(?<=[.?])[\"*]*\s+", prose) if re.search(r"\w", part))


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_lesson(path: Path) -> Lesson:
    before, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert before == "", f"{path.name} must begin with its front matter"
    return Lesson(path.name, yaml.safe_load(front_matter), body)


@cache
def module_folders() -> dict[str, Path]:
    folders = [COURSE / name for name in read_yaml(COURSE / "course.yaml")["modules"]]
    return {read_yaml(folder / "module.yaml")["code"]: folder for folder in folders}


@cache
def lessons(language: str = "id") -> list[Lesson]:
    return [read_lesson(path) for path in sorted(COURSE.glob(f"*/*.{language}.md"))]


@cache
def written() -> list[Lesson]:
    return [lesson for lesson in (*lessons("id"), *lessons("en")) if lesson.is_written]


@cache
def outcome_codes() -> set[str]:
    return {outcome["code"] for outcome in read_yaml(BANK / "outcomes.yaml")}


# The outline


def test_every_lesson_of_the_outline_is_there_in_order() -> None:
    assert list(module_folders()) == list(LESSONS_PER_MODULE)
    for code, folder in module_folders().items():
        stems = read_yaml(folder / "module.yaml")["lessons"]
        on_disk = sorted(path.name.removesuffix(".id.md") for path in folder.glob("*.id.md"))
        assert stems == on_disk
        codes = [read_lesson(folder / f"{stem}.id.md").meta["code"] for stem in stems]
        assert codes == [f"{code}.{number}" for number in range(1, LESSONS_PER_MODULE[code] + 1)]


def test_every_lesson_says_what_it_is_for_and_how_long_it_takes() -> None:
    for lesson in lessons():
        assert lesson.meta["title"]
        assert lesson.meta["title_en"]
        assert lesson.meta["outcome"].startswith("Peserta dapat ")
        assert lesson.meta["outcome_en"].startswith("Participants can ")
        assert 1 <= lesson.meta["minutes"] <= 10
        assert lesson.meta["outcomes"]
        assert set(lesson.meta["outcomes"]) <= outcome_codes()
        assert lesson.name.endswith(f"{lesson.meta['slug']}.id.md")


def test_module_hours_add_up_to_the_course() -> None:
    hours = [read_yaml(folder / "module.yaml")["jp"] for folder in module_folders().values()]
    assert sum(hours) == read_yaml(COURSE / "course.yaml")["jp"] == 24


def test_modules_serve_every_outcome() -> None:
    modules = [read_yaml(folder / "module.yaml") for folder in module_folders().values()]
    served = {code for module in modules for code in module["outcomes"]}
    assert served == outcome_codes()


# The law


def test_no_lesson_cites_a_revoked_rule_as_in_force() -> None:
    for lesson in (*lessons("id"), *lessons("en")):
        assert not REVOKED.search(lesson.body), lesson.name
        for basis in lesson.meta["legal_basis"]:
            assert not REVOKED.search(basis["cite"]), lesson.name


def test_every_legal_basis_says_when_and_how_it_was_read() -> None:
    for lesson in (*lessons("id"), *lessons("en")):
        for basis in lesson.meta["legal_basis"]:
            assert basis["note"]
            assert basis["checked_on"].year >= 2026
            assert basis["status"] in {"verified", "secondary"}
            unsure = basis["cite"].startswith("PP 16/2026") or basis["status"] == "secondary"
            assert basis.get("needs_check", False) == unsure, (lesson.name, basis["cite"])


# The written lessons


def test_module_three_is_written() -> None:
    assert all(lesson.is_written for lesson in lessons() if lesson.meta["code"].startswith(WRITTEN_MODULE))


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_a_written_lesson_is_short_and_plain(lesson: Lesson) -> None:
    assert 300 <= lesson.words() <= 650
    lengths = [len(sentence.split()) for sentence in lesson.sentences()]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 25
    assert "!" not in lesson.body


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_a_written_lesson_has_all_its_pieces(lesson: Lesson) -> None:
    containers = lesson.containers()
    kinds = Counter(kind for kind, _, _ in containers)
    assert set(kinds) <= CONTAINERS
    assert min(kinds["law"], kinds["example"], kinds["discuss"]) >= 1
    assert kinds["remember"] == 1
    kind, _, inner = containers[-1]
    assert kind == "remember"
    assert len([line for line in inner if line.startswith("- ")]) == 3
    assert lesson.body.rstrip().endswith(":::")
    assert lesson.lines[0]
    assert not lesson.lines[0].startswith(("#", "|", ":::", "-"))


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_containers_hold_only_paragraphs_and_lists(lesson: Lesson) -> None:
    for kind, title, inner in lesson.containers():
        assert bool(title) == (kind in TITLED)
        assert not any(line.startswith(("#", "|")) for line in inner)


def test_a_translation_has_the_shape_of_its_original() -> None:
    originals = {lesson.meta["code"]: lesson for lesson in lessons("id")}
    assert lessons("en")
    for lesson in lessons("en"):
        original = originals[lesson.meta["code"]]
        assert lesson.outline() == original.outline()
        for field in ("slug", "minutes", "outcomes", "title_en"):
            assert lesson.meta[field] == original.meta[field]
