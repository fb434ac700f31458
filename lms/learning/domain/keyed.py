"""Answers as they are typed off paper or called out: letters and numbers in place of a page to tap on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.queries import load_questions
from assessments.questions.base import DONT_KNOW_MARKS, read_keyed_answer, write_keyed_answer
from assessments.registry import kind_of
from lms.learning.domain.printed import Arranged
from lms.learning.models import PrintedForm


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """A question at its place, as who types sees it: what may be typed, never what is right."""

    position: int
    kind: str
    order: list[str]
    payload: dict[str, Any]
    offers_dont_know: bool

    @property
    def block(self) -> dict[str, Any]:
        """How the question is printed: lists with labels, room for the answer."""
        block: dict[str, Any] = kind_of(self.kind).print_block(self.payload)
        return block

    @property
    def hint(self) -> str:
        """What is typed, by example."""
        return str(kind_of(self.kind).keying_hint(self.payload))

    @property
    def letters(self) -> list[str]:
        """What can be tapped, if the answer is one letter of a list; else empty, and it is typed."""
        block = self.block
        if block["answer"] != "letters" or block["cells"] != 1 or len(block["lists"]) != 1:
            return []
        return [row["label"] for row in block["lists"][0]["rows"]]

    @property
    def dont_know(self) -> str:
        """What is typed for "I do not know", "" where it is not offered."""
        return DONT_KNOW_MARKS[0] if self.offers_dont_know else ""

    def read(self, text: str) -> Any:
        """The response in what was typed. Raises ValidationError (``invalid``)."""
        return read_keyed_answer(
            kind_of(self.kind), text, self.order, self.payload, offers_dont_know=self.offers_dont_know
        )

    def agree(self, one: str, other: str) -> bool:
        """Whether two texts mean the same answer; ``a`` and ``A`` do."""
        return bool(kind_of(self.kind).means_the_same(self.read(one), self.read(other), self.payload))

    def write(self, response: Any) -> str:
        """What would be typed for a response."""
        return write_keyed_answer(kind_of(self.kind), response, self.order, self.payload)


def keyed_questions(sheet: list[Arranged], assessment: Assessment) -> list[KeyedQuestion]:
    """The questions of a shared sheet for who types the answers."""
    return [_keyed(position, item, assessment) for position, item in enumerate(sheet, start=1)]


def problems_in(typed: Mapping[str, str], questions: list[KeyedQuestion], *, name: str) -> dict[int, str]:
    """What cannot be read in a row of typed answers: a sentence that names person and question, by place."""
    problems = {}
    for question in questions:
        try:
            question.read(typed.get(str(question.position), ""))
        except ValidationError as refusal:
            problems[question.position] = _("%(name)s, question %(number)d: %(problem)s") % {
                "name": name,
                "number": question.position,
                "problem": " ".join(refusal.messages),
            }
    return problems


def differences(
    first: Mapping[str, str], second: Mapping[str, str], questions: list[KeyedQuestion]
) -> list[int]:
    """The places at which two rounds of typing mean different answers."""
    return [
        question.position
        for question in questions
        if not question.agree(first.get(str(question.position), ""), second.get(str(question.position), ""))
    ]


def keyed_question_at(printed: PrintedForm, assessment: Assessment, position: int) -> KeyedQuestion | None:
    """One question of a frozen arrangement; None if it has no such place."""
    item = printed.items.filter(position=position).first()
    if item is None:
        return None
    question = load_questions([item.question_id])[item.question_id]
    return _keyed(position, Arranged(question, item.section, item.option_order), assessment)


def _keyed(position: int, item: Arranged, assessment: Assessment) -> KeyedQuestion:
    return KeyedQuestion(
        position=position,
        kind=item.question.kind,
        order=item.order,
        payload=item.question.participant_payload(item.order),
        offers_dont_know=assessment.offer_dont_know and item.question.can_be_unknown,
    )
