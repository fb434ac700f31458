"""Read the files of a curriculum. No database: what is wrong is found before anything is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.citations import citations_in
from courses.enums import CourseKind
from courses.imports.markdown import MalformedTextError, RawBlock, guide_blocks, lesson_blocks, rich_text
from courses.imports.sources import (
    SOURCE,
    TRANSLATION,
    CitedAt,
    CourseSource,
    GuideText,
    LessonSource,
    LessonText,
    ModuleSource,
)

Value = TypeVar("Value")


def read_curriculum(folder: Path) -> list[CourseSource]:
    """Every course below ``folder``, trainings first.

    Raises ValidationError (code "malformed"), one message a problem. A message begins with the file and,
    where it is known, the line: ``m3/3-1.id.md:17: …``.
    """
    reader = _Reader(folder)
    courses = [reader.course(file) for file in sorted(folder.glob("*/course.yaml"))]
    if not courses:
        reader.complain(folder, _("There is no course here: no folder has a course.yaml."))
    if reader.problems:
        raise ValidationError([ValidationError(text, code="malformed") for text in reader.problems])
    # New pages keep this order in the tree, which is that of every list.
    return sorted(courses, key=lambda course: course.kind)


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

    def lines(self, name: str) -> str:
        return "\n".join(str(line).strip() for line in self.get(name, list, []))

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
            rationale=self._both_marked_up(file, fields, "rationale"),
            how_to_learn=self._both_marked_up(file, fields, "how_to_learn"),
            kind=self._kind(file, fields),
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
            can_do={
                SOURCE: fields.lines("outcomes_text"),
                TRANSLATION: fields.lines(f"outcomes_text_{TRANSLATION}"),
            },
            outcomes=fields.codes("outcomes"),
            lessons=[self.lesson(file.parent / f"{stem}.{SOURCE}.md") for stem in stems],
        )

    def _kind(self, file: Path, fields: _Fields) -> CourseKind:
        said = fields.text("kind", "")
        if said in CourseKind.values:
            return CourseKind(said)
        self.complain(file, _("“%(field)s” is not what it should be.") % {"field": "kind"})
        return CourseKind.TRAINING

    def lesson(self, file: Path) -> LessonSource:
        fields, text = self._lesson_text(file)
        texts = {SOURCE: text}
        translated = _twin(file, TRANSLATION)
        if translated.exists():
            own, texts[TRANSLATION] = self._lesson_text(translated)
            self._same_code(translated, own, fields)
        else:
            guide = self._guide(translated, fields)
            titles = (fields.text("title_en"), fields.text("outcome_en"))
            texts[TRANSLATION] = LessonText(*titles, body=[], legal_bases=[], guide=guide)
        return LessonSource(
            code=fields.text("code"),
            slug=fields.text("slug"),
            minutes=fields.get("minutes", int),
            outcomes=fields.codes("outcomes"),
            texts=texts,
            updates=[str(cite) for cite in fields.get("updates", list, [])],
        )

    def _lesson_text(self, file: Path) -> tuple[_Fields, LessonText]:
        front, body, body_line = self._split(file, self._read(file))
        fields = self._fields(file, front, first_line=2)
        seed = _seed(file, fields)

        def blocks(text: str) -> list[RawBlock]:
            return lesson_blocks(text, seed=seed)

        listed = self._cited(file, fields.get("legal_basis", list, []), front)
        updated = self._cited(file, fields.get("updates", list, []), front)
        raw = self._marked_up(file, body, blocks, body_line) or []
        boxes = self._cited_in_boxes(file, raw, body, body_line)
        return fields, LessonText(
            title=fields.text("title"),
            outcome=fields.text("outcome"),
            body=raw,
            legal_bases=sorted({each.citation for each in listed}),
            guide=self._guide(file, fields),
            cited=[*listed, *updated, *boxes],
        )

    def _cited(self, file: Path, said: list[Any], front: str) -> list[CitedAt]:
        """Citations of the front matter; older files have records that say more than the citation."""
        found = []
        for entry in said:
            text = str(entry.get("cite", "") if isinstance(entry, dict) else entry)
            found += self._citations(file, text, line_with(text, front, first_line=2))
        return found

    def _cited_in_boxes(
        self, file: Path, blocks: list[RawBlock], body: str, first_line: int
    ) -> list[CitedAt]:
        """Citations of law boxes, which then say them as the register does."""
        found = []
        for block in blocks:
            if block["type"] != "law":
                continue
            said = block["value"]["citation"]
            line = line_with(f":::law {said}", body, first_line=first_line)
            cited = self._citations(file, said, line)
            if len(cited) > 1:
                self.complain(file, _("A law box has one place in one rule. Make a box for each."), line)
            elif cited:
                block["value"]["citation"] = cited[0].citation
            found += cited
        return found

    def _citations(self, file: Path, text: str, line: int) -> list[CitedAt]:
        place = f"{file.relative_to(self.root).as_posix()}:{line}"
        cited = [CitedAt(str(each), place) for each in citations_in(text)]
        if not cited:
            example = "PP 16/2026 Ps 146 ayat (4)"
            params = {"text": text, "example": example}
            problem = _("“%(text)s” is no citation. Write for example %(example)s.") % params
            self.complain(file, problem, line)
        return cited

    def _guide(self, lesson: Path, lesson_fields: _Fields) -> GuideText:
        """The guide beside a lesson, ``3-1-….guide.id.md`` beside ``3-1-….id.md``, if there is one."""
        language = lesson.name.split(".")[-2]
        file = lesson.with_name(f"{lesson.name.split('.')[0]}.guide.{language}.md")
        if not file.exists():
            return GuideText()
        front, body, body_line = self._split(file, self._read(file))
        fields = self._fields(file, front, first_line=2)
        self._same_code(file, fields, lesson_fields)
        seed = _seed(file, lesson_fields)

        def blocks(text: str) -> list[RawBlock]:
            return guide_blocks(text, seed=seed)

        return GuideText(
            minutes=fields.get("minutes", int),
            materials=fields.lines("materials"),
            preparation=fields.lines("preparation"),
            body=self._marked_up(file, body, blocks, body_line) or [],
        )

    def _same_code(self, file: Path, own: _Fields, lesson: _Fields) -> None:
        codes = {own.text("code"), lesson.text("code")} - {""}
        if len(codes) > 1:
            self.complain(file, _("“code” differs from the lesson that this belongs to."))

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

    def _both_marked_up(self, file: Path, fields: _Fields, name: str) -> dict[str, str]:
        """A text of the course in both languages; each may be missing."""
        names = {SOURCE: name, TRANSLATION: f"{name}_{TRANSLATION}"}
        return {
            language: self._marked_up(file, fields.text(own, ""), rich_text) or ""
            for language, own in names.items()
        }

    def _marked_up(
        self, file: Path, text: str, parse: Callable[[str], Value], first_line: int | None = None
    ) -> Value | Any:
        try:
            return parse(text)
        except MalformedTextError as error:
            line = first_line + error.line - 1 if first_line else None
            self.complain(file, error.problem, line)
            return None


def _twin(file: Path, language: str) -> Path:
    """The file beside ``3-1-….id.md`` in another language."""
    return file.with_name(f"{file.name.removesuffix(f'.{SOURCE}.md')}.{language}.md")


def _seed(file: Path, fields: _Fields) -> str:
    """What names a lesson in the ids of its blocks."""
    return f"{file.parent.parent.name}/{fields.text('code')}"


def line_with(text: str, lines: str, *, first_line: int) -> int:
    """The line of the file on which a text stands; the first if it is written in a way of its own."""
    numbered = enumerate(lines.splitlines(), start=first_line)
    return next((number for number, line in numbered if text in line), first_line)
