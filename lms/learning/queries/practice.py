"""Practice questions of a lesson: where they stand, what a person has answered, what is then told."""

import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.queries import load_practice_questions
from assessments.questions.base import Question
from courses.models import LessonPage
from courses.queries import text_of
from courses.rendering import blocks_of
from lms.cohorts.models import Enrolment
from lms.learning.models import PracticeAnswer

# From this try on the right answer is shown without asking.
KEY_FROM_TRY = 2


@dataclass(frozen=True, slots=True)
class PracticePlace:
    """A practice block of a lesson; ``number`` counts from 1."""

    block_id: uuid.UUID
    code: str
    number: int

    @property
    def anchor(self) -> str:
        return f"latihan-{self.number}"


@dataclass(frozen=True)
class PracticeQuestion:
    """A practice question as one reader meets it, and what that reader has answered so far.

    ``tries`` are those at the current version, ``answered`` counts earlier versions as well: whoever has
    answered is not asked again because somebody mended a word.
    """

    place: PracticePlace
    question: Question
    order: Sequence[str]
    answered: bool = False
    tries: int = 0
    response: Any = None
    earned: int = 0
    possible: int = 1

    @property
    def payload(self) -> dict[str, Any]:
        return self.question.participant_payload(self.order)

    @property
    def language(self) -> str:
        """The code tells it: ``P-M3.1-en`` is English, what has no such end is Indonesian."""
        return "en" if self.place.code.endswith("-en") else "id"

    @property
    def verdict(self) -> str:
        """``right``, ``partly``, ``not_yet``, or "" before the first try."""
        if not self.tries:
            return ""
        if self.earned == self.possible:
            return "right"
        return "partly" if self.earned else "not_yet"

    @property
    def own(self) -> list[str]:
        """The last answer in words."""
        return self.question.describe(self.response) if self.tries else []

    @property
    def feedback(self) -> list[str]:
        """Why what was chosen is right or not, then the sentence of the question. Nothing before a try."""
        if not self.tries:
            return []
        said = [*self.question.feedback_on(self.response), self.question.feedback]
        return [text for text in said if text]

    @property
    def may_ask_for_key(self) -> bool:
        return 0 < self.tries < KEY_FROM_TRY and self.verdict != "right"

    def key(self, *, asked: bool) -> list[str]:
        """The right answer in words: after the second try or when asked for, never before the first."""
        if not self.tries or self.verdict == "right":
            return []
        return self.question.describe_key() if asked or self.tries >= KEY_FROM_TRY else []


def practice_places(page: LessonPage) -> list[PracticePlace]:
    """The practice blocks of the text that readers of a page see, which may be that of a translation."""
    blocks = blocks_of(text_of(page, "body").value, "practice")
    return [PracticePlace(key, str(code), place) for place, (key, code) in enumerate(blocks, start=1)]


def practice_for(
    places: Iterable[PracticePlace], *, enrolment: Enrolment | None, lesson_id: int
) -> dict[uuid.UUID, PracticeQuestion]:
    """The questions that can be practised, by block. Two queries, one without an enrolment; none where there
    are no places."""
    places = list(places)
    questions = load_practice_questions({place.code for place in places}) if places else {}
    answers = _answers(enrolment, lesson_id) if enrolment is not None and questions else {}
    return {
        place.block_id: _as_met(place, questions[place.code], enrolment, answers.get(place.block_id, []))
        for place in places
        if place.code in questions
    }


def missing_practice(page: LessonPage, *, enrolment: Enrolment, lesson_id: int) -> list[PracticePlace]:
    """The practice of a lesson that a person has not answered yet. What cannot be answered is not missing."""
    met = practice_for(practice_places(page), enrolment=enrolment, lesson_id=lesson_id)
    return [one.place for one in met.values() if not one.answered]


def shown_order(question: Question, enrolment: Enrolment | None) -> list[str]:
    """The order of the options: by lot, and the same one each time for one person and version."""
    return question.draw_order(random.Random(f"{enrolment.pk if enrolment else ''}/{question.pk}"))


def practice_was_answered(question_id: int) -> bool:
    """Whether anybody has practised this version of a question."""
    return PracticeAnswer.objects.filter(question_id=question_id).exists()


def _answers(enrolment: Enrolment, lesson_id: int) -> Mapping[uuid.UUID, list[PracticeAnswer]]:
    rows = PracticeAnswer.objects.filter(enrolment=enrolment, lesson_id=lesson_id)
    found: dict[uuid.UUID, list[PracticeAnswer]] = {}
    for answer in rows.order_by("answered_at", "id"):
        found.setdefault(answer.block_id, []).append(answer)
    return found


def _as_met(
    place: PracticePlace,
    question: Question,
    enrolment: Enrolment | None,
    answers: list[PracticeAnswer],
) -> PracticeQuestion:
    order = shown_order(question, enrolment)
    own = [answer for answer in answers if answer.question_id == question.pk]
    if not own:
        return PracticeQuestion(place, question, order, answered=bool(answers))
    last = own[-1]
    return PracticeQuestion(place, question, order, True, len(own), last.response, last.earned, last.possible)
