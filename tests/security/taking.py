"""Goes through a test as a participant's browser does, in every way there is."""

import random
import uuid
from typing import Any

from django.urls import reverse

from assessments.models import Question
from assessments.queries import load_questions
from lms.learning.models import Attempt, AttemptItem
from tests.assessments.questions.support import fields_of
from tests.security.canaries import ANSWER, found_in
from tests.security.crawler import Crawler


def answer_of(item: AttemptItem, question: Any) -> Any:
    """A valid response that holds no canary, so that nobody's own answer looks like a leak."""
    response = question.correct_response() or question.guess(item.option_order, random.Random(1))
    return (
        ANSWER
        if found_in(str(response)) or (isinstance(response, str) and "KENARI" in response)
        else response
    )


def take(crawler: Crawler, attempt: Attempt) -> None:
    """Answer all questions by script and by form, rightly, badly, not at all; look at each page."""
    questions = load_questions(attempt.items.values_list("question_id", flat=True))
    for item in attempt.items.order_by("position"):
        _answer(crawler, attempt, item, questions[item.question_id])
    crawler.send("get", reverse("learning:page", args=[attempt.pk]))
    statuses = {answer.status for answer in crawler.answers if answer.address.endswith("/simpan/")}
    assert {200, 400} <= statuses, "answers were saved and refused"


def _answer(crawler: Crawler, attempt: Attempt, item: AttemptItem, question: Question) -> None:
    place = [attempt.pk, item.position]
    page, save = reverse("learning:question", args=place), reverse("learning:save", args=place)
    response = answer_of(item, question)
    good = dict(fields_of(response).lists()) if response is not None else {}
    for step, fields in enumerate(({"response": "tidak ada"}, {"response-x": "1"}, {}, good)):
        for way, address in enumerate((save, page)):
            sequence = item.position * 10 + step * 2 + way
            envelope = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": str(sequence)}
            crawler.send("post", address, {**envelope, **fields})
    crawler.send("post", reverse("learning:flag", args=place), {"flagged": "1"})
    crawler.send("get", page)


def hand_in(crawler: Crawler, attempt: Attempt) -> None:
    """Look it over, hand in, and try to save once more."""
    crawler.send("get", reverse("learning:review", args=[attempt.pk]))
    crawler.send("post", reverse("learning:submit", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None
    late = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "999"}
    assert crawler.send("post", reverse("learning:save", args=[attempt.pk, 1]), late).status == 409
    for page in ("result", "answers", "page", "review"):
        crawler.send("get", reverse(f"learning:{page}", args=[attempt.pk]))
