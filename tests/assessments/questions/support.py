"""What the tests of all kinds share: posted forms, pages as participants get them, hostile texts."""

import json
import random
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.template import Context, Template

from assessments.models import Question
from assessments.queries import load_questions

CANARY = "KUNCI-7f3a"

# Texts that nobody types: each must be a refusal in words, never a crash.
HOSTILE = [
    "\x00",
    "5\x00",
    "\ud800",
    "9" * 5000,
    "x" * 200_000,
    "٣",
    "²",
    "1e5",
    "NaN",
    "Infinity",
    "-1",
    "0x10",
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "' OR 1=1 --",
    "../../etc/passwd",
    "null",
    "[]",
]


# A perfect response, by kind, from the key.
PERFECT: dict[str, Callable[[Any], Any]] = {
    "single": lambda question: str(question.choices.get(is_correct=True).pk),
    "multiple": lambda question: [str(choice.pk) for choice in question.choices.filter(is_correct=True)],
    "true_false": lambda question: "true" if question.answer else "false",
    "numeric": lambda question: f"{question.answer:f}".replace(".", ","),
    "matching": lambda question: {
        f"l:{pair.pk}": f"r:{pair.right_id}" for pair in question.match_pairs.exclude(left="")
    },
    "ordering": lambda question: {str(step.pk): n for n, step in enumerate(question.steps.all(), start=1)},
}


def posted(fields: dict[str, Any]) -> QueryDict:
    """A posted form: values that are lists are sent as several fields of one name."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def fields_of(response: Any) -> QueryDict:
    """A cleaned response as its page would send it."""
    if isinstance(response, dict) and "files" in response:
        return posted({"response": response["files"]})
    if isinstance(response, dict):
        return posted({f"response-{option}": str(value) for option, value in response.items()})
    return posted({"response": response if isinstance(response, list) else str(response)})


def loaded(question: Question) -> Any:
    return load_questions([question.pk])[question.pk]


def shown(question: Question, response: Any = None, *, seed: int = 1, **options: Any) -> str:
    """The HTML that a participant gets; ``options`` are those of the tag."""
    payload = question.participant_payload(question.draw_order(random.Random(seed)))
    given = " ".join(f"{name}={name}" for name in options)
    template = Template("{% load questions %}{% question payload response " + given + " %}")
    return template.render(Context({"payload": payload, "response": response, **options}))


def assert_no_canary(question: Question) -> None:
    """Neither the payload nor the page holds a word of what is for trainers."""
    payload = question.participant_payload(question.draw_order(random.Random(1)))
    assert CANARY not in json.dumps(payload)
    assert CANARY not in shown(question)
