"""Read the files of a curriculum. No database: what is wrong is found before anything is written."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.imports.markdown import MalformedTextError, RawBlock, lesson_blocks, rich_text

SOURCE = "id"
TRANSLATION = "en"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a lesson says in one language."""

    title: str
    outcome: str
    body: list[RawBlock]
    legal_basis: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson; ``texts`` by language, the English one without body as long as nobody has written it."""

    code: str
    slug: str
    minutes: int
    outcomes: list[str]
    texts: dict[str, LessonText]


@dataclass(frozen=True, slots=True)
class ModuleSource:
    code: str
    slug: str
    jp: int
    titles: dict[str, str]
    summaries: dict[str, str]
    can_do: str
    outcomes: list[str]
    lessons: list[LessonSource]


@dataclass(frozen=True, slots=True)
class CourseSource:
    slug: str
    jp: int
    titles: dict[str, str]
    summaries: dict[str, str]
    rationale: str
    modules: list[ModuleSource]


def read_curriculum(folder: Path) -> list[CourseSource]:
    """Every course below ``folder``. Raises ValidationError (code "malformed"), one message a problem.

    A message begins with the file and, where it is known, the line: ``m3/3-1.id.md:17: …``.
    """
    reader = _Reader(folder)
    courses = [reader.course(file) for file in sorted(folder.glob("*/course.yaml"))]
    if not courses:
        reader.complain(folder, _("There is no course here: no folder has a course.yaml."))
    if reader.problems:
        raise ValidationError([ValidationError(text, code="malformed") for text in reader.problems])
    return courses


class _Fields:
    """The fields of a YAML file; a missing or mistyped one is a problem of that file, not an exception."""

    def __init__(self, complain: Callable[[str], None], values: dict[str, Any]) -> None:
        self._complain = complain
        self._values = values

    def get(self, name: str, kind: type[Value], default: Value | None = None) -> Value:
        value = self._values.get(name, default)
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        self._complain(
            _("“%(field)s” is missing.") % {"field": name}
            if value is None
            else _("“%(field)s” is not what it should be.") % {"field": name}
        )
        return kind()

    def text(self, name: str, default: str | None = None) -> str:
        return self.get(name, str, default).strip()

    def both(self, name: str) -> dict[str, str]:
        return {SOURCE: self.text(name), TRANSLATION: self.text(f"{name}_{TRANSLATION}")}

    def codes(self, name: str) -> list[str]:
        return sorted(str(code) for code in self.get(name, list))


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[str] = []

    def complain(self, file: Path, problem: str, line: int | None = None) -> None:
        place = file.relative_to(self.root).as_posix()
        self.problems.append(f"{place}:{line}: {problem}" if line else f"{place}: {problem}")

    def course(self, file: Path) -> CourseSource:
        fields = self._fields(file, self._read(file), first_line=1)
        return CourseSource(
            slug=fields.text("slug"),
            jp=fields.get("jp", int),
            titles=fields.both("title"),
            summaries=fields.both("summary"),
            rationale=self._marked_up(file, fields.text("rationale", ""), rich_text),
            modules=[self.module(file.parent / name / "module.yaml") for name in fields.get("modules", list)],
        )

    def module(self, file: Path) -> ModuleSource:
        fields = self._fields(file, self._read(file), first_line=1)
        stems = fields.get("lessons", list)
        return ModuleSource(
            code=fields.text("code"),
            slug=fields.text("slug"),
            jp=fields.get("jp", int),
            titles=fields.both("title"),
            summaries=fields.both("summary"),
            can_do="\n".join(str(line) for line in fields.get("outcomes_text", list, [])),
            outcomes=fields.codes("outcomes"),
            lessons=[self.lesson(file.parent / f"{stem}.{SOURCE}.md") for stem in stems],
        )

    def lesson(self, file: Path) -> LessonSource:
        fields, text = self._lesson_text(file)
        texts = {
            SOURCE: text,
            TRANSLATION: LessonText(fields.text("title_en"), fields.text("outcome_en"), [], []),
        }
        translated = file.with_name(file.name.removesuffix(f".{SOURCE}.md") + f".{TRANSLATION}.md")
        if translated.exists():
            own, texts[TRANSLATION] = self._lesson_text(translated)
            codes = {own.text("code"), fields.text("code")} - {""}
            if len(codes) > 1:
                self.complain(translated, _("“code” differs from the lesson that this translates."))
        return LessonSource(
            code=fields.text("code"),
            slug=fields.text("slug"),
            minutes=fields.get("minutes", int),
            outcomes=fields.codes("outcomes"),
            texts=texts,
        )

    def _lesson_text(self, file: Path) -> tuple[_Fields, LessonText]:
        front, body, body_line = self._split(file, self._read(file))
        fields = self._fields(file, front, first_line=2)
        code = fields.text("code")
        course = file.parent.parent.name

        def blocks(text: str) -> list[RawBlock]:
            return lesson_blocks(text, seed=f"{course}/{code}")

        return fields, LessonText(
            title=fields.text("title"),
            outcome=fields.text("outcome"),
            body=self._marked_up(file, body, blocks, body_line) or [],
            legal_basis=[_plain_dates(basis) for basis in fields.get("legal_basis", list, [])],
        )

    def _split(self, file: Path, content: str) -> tuple[str, str, int]:
        """Front matter, body, and the line of the file that the body begins on."""
        lines = content.splitlines()
        if lines[:1] == ["---"] and "---" in lines[1:]:
            end = lines.index("---", 1)
            return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2
        if content:
            self.complain(file, _("The file must begin with front matter between two “---” lines."), 1)
        return "", "", 1

    def _read(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except OSError:
            self.complain(file, _("The file is named in the course but is not there."))
        except UnicodeDecodeError:
            self.complain(file, _("The file is not UTF-8 text."))
        return ""

    def _fields(self, file: Path, text: str, *, first_line: int) -> _Fields:
        def complain(problem: str) -> None:
            self.complain(file, problem)

        def already_said(problem: str) -> None:
            """A file that cannot be read at all has one problem, not one a field."""

        try:
            values = yaml.safe_load(text)
        except yaml.MarkedYAMLError as error:
            line = first_line + error.problem_mark.line if error.problem_mark else None
            self.complain(file, _("Not valid YAML: %(problem)s.") % {"problem": error.problem}, line)
            return _Fields(already_said, {})
        if not isinstance(values, dict):
            if text.strip():
                self.complain(file, _("Not a list of “field: value”."))
            return _Fields(already_said, {})
        return _Fields(complain, values)

    def _marked_up(
        self, file: Path, text: str, parse: Callable[[str], Value], first_line: int | None = None
    ) -> Value | Any:
        try:
            return parse(text)
        except MalformedTextError as error:
            line = first_line + error.line - 1 if first_line else None
            self.complain(file, error.problem, line)
            return None


def _plain_dates(values: dict[str, Any]) -> dict[str, Any]:
    """YAML reads ``2026-11-24`` as a date; JSON has none."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
    }
