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

from assessments.citations import citations_in
from courses.imports.markdown.containers import CONTAINERS

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "courses" / "curriculum" / "perencanaan-desa"
BANK = ROOT / "assessments" / "bank"

LESSONS_PER_MODULE = {"M1": 4, "M2": 4, "M3": 5, "M4": 5, "M5": 4, "M6": 4, "M7": 5}
TRANSLATED_MODULE = "M3"
TITLED = {"law", "example", "case", "note", "checklist", "accordion", "diagram", "practice"}
UNCOUNTED = {"accordion", "facilitator", "terms", "practice", "diagram"}
ENDING = ["practice", "discuss", "remember"]
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

    def counted_lines(self) -> Iterator[str]:
        """What everybody reads: no folded extras, no words for the facilitator, no codes."""
        kind = ""
        for line in self.lines:
            if line.startswith(":::"):
                kind = line[3:].split(" ")[0]
            elif kind not in UNCOUNTED:
                yield line

    def words(self) -> int:
        return sum(len(re.findall(r"\w[\w/.-]*", line)) for line in self.counted_lines())

    def sentences(self) -> Iterator[str]:
        for line in self.counted_lines():
            if line.startswith(("|", "#")):
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
    files = sorted(COURSE.glob(f"*/*.{language}.md"))
    return [read_lesson(path) for path in files if ".guide." not in path.name]


@cache
def guides(language: str = "id") -> list[Lesson]:
    return [read_lesson(path) for path in sorted(COURSE.glob(f"*/*.guide.{language}.md"))]


@cache
def practice_ids() -> set[str]:
    files = sorted((BANK / "practice").glob("*.yaml"))
    return {item["id"] for file in files for item in read_yaml(file)["items"]}


@cache
def terms() -> set[str]:
    return {term["slug"] for term in read_yaml(COURSE.parent / "glossary.yaml")}


@cache
def written() -> list[Lesson]:
    return [lesson for lesson in (*lessons("id"), *lessons("en")) if lesson.is_written]


@cache
def outcome_codes() -> set[str]:
    return {outcome["code"] for outcome in read_yaml(BANK / "outcomes.yaml")}


def articles_of(citation: str) -> set[tuple[str, str]]:
    """Rule and article of each place that a citation names; a basis may name more of an article."""
    return {(str(place.rule), place.article) for place in citations_in(citation)}


# The outline


def test_every_lesson_of_the_outline_is_there_in_order() -> None:
    assert list(module_folders()) == list(LESSONS_PER_MODULE)
    for code, folder in module_folders().items():
        stems = read_yaml(folder / "module.yaml")["lessons"]
        names = [path.name for path in folder.glob("*.id.md") if ".guide." not in path.name]
        on_disk = sorted(name.removesuffix(".id.md") for name in names)
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
        laws = [title for kind, title, _inner in lesson.containers() if kind == "law"]
        for citation in (*lesson.meta.get("legal_basis", []), *laws):
            assert not REVOKED.search(citation), lesson.name


def test_a_lesson_that_names_a_revoked_rule_says_what_became_of_it() -> None:
    for lesson in (*lessons("id"), *lessons("en")):
        if REVOKED.search(lesson.body):
            assert re.search(r"dicabut|revoked|JDIH", lesson.body), lesson.name


def test_every_law_box_stands_in_the_legal_basis() -> None:
    for lesson in (*lessons("id"), *lessons("en")):
        basis = {place for citation in lesson.meta.get("legal_basis", []) for place in articles_of(citation)}
        for kind, title, _inner in lesson.containers():
            if kind == "law":
                assert articles_of(title)
                assert articles_of(title) <= basis, (lesson.name, title)


# The lessons


def test_every_lesson_is_written_and_module_three_in_english_too() -> None:
    assert all(lesson.is_written for lesson in lessons())
    english = [lesson.meta["code"] for lesson in lessons("en") if lesson.is_written]
    wanted = [
        f"{TRANSLATED_MODULE}.{number}" for number in range(1, LESSONS_PER_MODULE[TRANSLATED_MODULE] + 1)
    ]
    assert english == wanted


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_a_lesson_is_short_and_plain(lesson: Lesson) -> None:
    assert 300 <= lesson.words() <= 600
    lengths = [len(sentence.split()) for sentence in lesson.sentences()]
    assert sum(lengths) / len(lengths) <= 14
    assert "!" not in lesson.body


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_a_lesson_has_all_its_pieces(lesson: Lesson) -> None:
    containers = lesson.containers()
    kinds = Counter(kind for kind, _, _ in containers)
    assert set(kinds) <= set(CONTAINERS)
    assert kinds["example"] + kinds["case"] >= 1
    assert max(kinds["accordion"], kinds["diagram"], kinds["terms"], kinds["reflection"]) <= 1
    assert [kind for kind, _, _ in containers[-3:]] == ENDING
    assert [kinds[kind] for kind in ENDING] == [1, 1, 1]
    assert len([line for line in containers[-1][2] if line.startswith("- ")]) == 3
    assert lesson.body.rstrip().endswith(":::")
    assert lesson.lines[0]
    assert not lesson.lines[0].startswith(("#", "|", ":::", "-"))


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_containers_hold_only_paragraphs_and_lists(lesson: Lesson) -> None:
    for kind, title, inner in lesson.containers():
        assert bool(title) == (kind in TITLED)
        assert not any(line.startswith(("#", "|")) for line in inner)


@pytest.mark.parametrize("lesson", written(), ids=lambda lesson: lesson.name)
def test_what_a_lesson_names_is_there(lesson: Lesson) -> None:
    suffix = "-en" if lesson.name.endswith(".en.md") else ""
    for kind, title, inner in lesson.containers():
        if kind == "practice":
            assert title == f"P-{lesson.meta['code']}{suffix}"
            assert title in practice_ids()
        if kind == "terms":
            named = [line.removeprefix("- ") for line in inner if line]
            assert 3 <= len(named) <= 6
            assert set(named) <= terms()


# The guides


def test_every_lesson_has_a_guide_in_its_languages() -> None:
    for language in ("id", "en"):
        assert [guide.meta["code"] for guide in guides(language)] == [
            lesson.meta["code"] for lesson in lessons(language)
        ]


@pytest.mark.parametrize("guide", [*guides("id"), *guides("en")], ids=lambda guide: guide.name)
def test_a_guide_can_be_led(guide: Lesson) -> None:
    assert guide.meta["materials"]
    assert guide.meta["preparation"]
    minutes = [int(found) for found in re.findall(r"^## .+ \((\d+) (?:menit|minutes?)\)$", guide.body, re.M)]
    assert 4 <= len(minutes) <= 6
    assert sum(minutes) == guide.meta["minutes"]
    assert any(kind == "script" for kind, _, _ in guide.containers())
    assert re.findall(r"^## (.+)$", guide.body, re.M)[-1] in ("Setelah sesi", "After the session")
    assert "!" not in guide.body


def test_a_translation_has_the_shape_of_its_original() -> None:
    originals = {lesson.meta["code"]: lesson for lesson in lessons("id")}
    assert lessons("en")
    for lesson in lessons("en"):
        original = originals[lesson.meta["code"]]
        assert lesson.outline() == original.outline()
        for field in ("slug", "minutes", "outcomes", "title_en"):
            assert lesson.meta[field] == original.meta[field]
