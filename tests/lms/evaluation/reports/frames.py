"""People and tests without a database, in the shape in which they are read."""

import uuid
from collections.abc import Sequence

from assessments.models import Outcome
from lms.evaluation.datasets.sittings import Person, QuestionLine, Sitting, Sittings
from lms.evaluation.stats.comparable import AskedItem, comparable_test

Rights = Sequence[int]


def person(sex: str = "P", age_band: str = "31-45", element: str = "warga") -> Person:
    return Person(sex, age_band, element, is_simulated=False, attended=True)


def read(
    people: Sequence[tuple[str, Rights, Rights]], who: Sequence[Person] = (), *, outcome: str = "H1"
) -> Sittings:
    """From (order, points before, points after) by question, each worth one point, with its parallel."""
    size = len(people[0][1]) if people else 0
    questions = {
        number: QuestionLine(f"Q{at}{form}", f"Q{at}", f"Soal {at} {form}", "single", "")
        for form, base in (("A", 100), ("B", 200))
        for at, number in enumerate(range(base, base + size))
    }
    keys = [uuid.UUID(int=at + 1) for at in range(len(people))]
    taken = tuple(
        _sitting(key, occasion, form, points, questions)
        for key, (order, before, after) in zip(keys, people, strict=True)
        for occasion, form, points in (("pre", order[0], before), ("post", order[1], after))
    )
    return Sittings(
        people=dict(zip(keys, who or [person()] * len(people), strict=True)),
        taken=taken,
        waiting=frozenset(),
        follow_up=0,
        questions=questions,
        outcomes={number: [Outcome(code=outcome, title=outcome)] for number in questions},
        test=comparable_test((one.form, list(one.items)) for one in taken),
    )


def _sitting(
    key: uuid.UUID, occasion: str, form: str, points: Rights, questions: dict[int, QuestionLine]
) -> Sitting:
    base = 100 if form == "A" else 200
    items = (AskedItem(base + at, questions[base + at].place, 1, got) for at, got in enumerate(points))
    return Sitting(key, occasion, form, "self", tuple(items))
