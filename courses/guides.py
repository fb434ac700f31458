"""The guide of a lesson as its page and its preview show it."""

from dataclasses import dataclass
from typing import Any

from courses import queries
from courses.models import LessonPage


@dataclass(frozen=True, slots=True)
class Guide:
    """How to lead a lesson, with what the lesson says to facilitators only.

    ``language`` is that of the words: an English lesson may borrow the Indonesian guide.
    """

    lesson: LessonPage
    language: str
    steps: Any
    minutes: int | None
    materials: str
    preparation: str
    asides: list[Any]


def guide_of(lesson: LessonPage) -> Guide:
    text, body = queries.text_of(lesson, "guide"), queries.text_of(lesson, "body")
    source = _said_by(lesson, text.language)
    return Guide(
        lesson=lesson,
        language=text.language,
        steps=text.value,
        minutes=source.guide_minutes,
        materials=source.guide_materials,
        preparation=source.guide_preparation,
        asides=[block.value for block in body.value or [] if block.block_type == "facilitator"],
    )


def _said_by(lesson: LessonPage, language: str) -> LessonPage:
    """The page that the text of a guide comes from, so that minutes and materials come from there too."""
    if language == lesson.locale.language_code:
        return lesson
    other = queries.live_translations(lesson).get(language)
    return other if isinstance(other, LessonPage) else lesson
