"""What a lesson shows of its reader: practice and private notes. Tags, because a preview has no view."""

import uuid
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from assessments.templatetags.questions import question as draw_question
from courses.rendering import Part
from lms.learning.domain.practice import NOTE_LENGTH
from lms.learning.forms import field_at
from lms.learning.queries.practice import PracticePlace, PracticeQuestion, practice_for
from lms.learning.queries.reflections import ReflectionPlace

register = template.Library()


@register.inclusion_tag("learning/practice.html", takes_context=True)
def practice(context: dict[str, Any], part: Part, page: Any) -> dict[str, Any]:
    """A practice block. Without a visit (staff, a preview) the question is shown and cannot be answered."""
    request, visit = _reader(context)
    place = PracticePlace(_identity(part), str(part.block.value if part.block else ""), part.number)
    if visit is not None:
        asked = visit.practice.get(place.block_id)
    else:
        asked = practice_for([place], enrolment=None, lesson_id=0).get(place.block_id)
    error, typed = _not_taken(request, place.block_id)
    wants_key = request is not None and request.GET.get("jawaban") == str(place.number)
    return {
        "place": place,
        "asked": asked,
        "visit": visit,
        "page": page,
        "level": part.box_level,
        "fields": _fields(asked, error, typed, part.box_level) if asked else "",
        "key": asked.key(asked=wants_key) if asked and visit is not None else [],
        "has_error": bool(error),
        "client_id": uuid.uuid4(),
        "csrf_token": get_token(request) if request is not None and visit is not None else "",
    }


@register.inclusion_tag("learning/reflection.html", takes_context=True)
def reflection(context: dict[str, Any], part: Part, page: Any) -> dict[str, Any]:
    """A reflection with the own note. Without a visit only its question is shown."""
    request, visit = _reader(context)
    prompt = str(part.block.value.get("prompt", "")) if part.block else ""
    place = ReflectionPlace(_identity(part), prompt, part.number)
    note = visit.notes.get(place.block_id) if visit is not None else None
    error, typed = _not_taken(request, place.block_id)
    return {
        "place": place,
        "visit": visit,
        "page": page,
        "level": part.box_level,
        "note": note,
        "text": typed if error else (note.text if note else ""),
        "error": error,
        "length": NOTE_LENGTH,
        "csrf_token": get_token(request) if request is not None and visit is not None else "",
    }


def _reader(context: dict[str, Any]) -> tuple[HttpRequest | None, Any]:
    """The request, and the visit of an enrolled reader; a preview has no visit."""
    request: HttpRequest | None = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return request, None
    return request, getattr(request, "lesson_visit", None)


def _identity(part: Part) -> uuid.UUID:
    """That of the block; a block that was never saved gets one for this look."""
    try:
        return uuid.UUID(str(part.block.id if part.block else ""))
    except ValueError:
        return uuid.uuid4()


def _not_taken(request: HttpRequest | None, block_id: uuid.UUID) -> tuple[str, Any]:
    """Why what was sent for this block was not taken, and what was typed."""
    block, sentence, typed = getattr(request, "not_taken", (None, "", None))
    return (sentence, typed) if block == block_id else ("", None)


def _fields(asked: PracticeQuestion, error: str, typed: Any, level: int) -> SafeString:
    """The fields of the answer. Templates of questions say that a question is Indonesian; one in another
    language says so here."""
    response = typed if error else asked.response
    field = field_at(asked.place.number)
    drawn = draw_question(asked.payload, response, error, field, False, level)
    if asked.language == "id":
        return drawn
    return SafeString(drawn.replace(' lang="id"', f' lang="{asked.language}"'))
