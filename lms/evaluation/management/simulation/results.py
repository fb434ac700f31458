"""People and what they answered, as rows for a bulk load.

Abilities are normal, trainings differ in what they teach, a tenth misses the test after, and some say that
they do not know. Everything follows from the seed, so that a figure can be seen again.
"""

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from assessments.questions.base import DONT_KNOW
from lms.cohorts.models import Cohort
from lms.evaluation.management.simulation.frame import Frame
from lms.learning.enums import ClosedBy, Mode, Occasion
from lms.people.enums import Element, Sex

_DIGITS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
STAYS = 0.88
_UNKNOWN = json.dumps(DONT_KNOW)
# The first half of each kind of key; the rest counts. Not of the clock, so that a run can be repeated.
_PEOPLE, _ENROLMENTS, _ATTEMPTS, _ITEMS, _EVENTS = (
    f"0d15ea5e-{kind:04x}-7" for kind in (0x51A1, 0x51A2, 0x51A3, 0x51A4, 0x51A5)
)
Row = tuple[Any, ...]


@dataclass(slots=True)
class Batch:
    """Rows of one training, by table, in the order of ``COLUMNS``."""

    people: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


class Simulation:
    """Gives a batch for each training, with keys that follow on each other."""

    def __init__(self, frame: Frame, *, people: int, seed: int) -> None:
        self.frame, self.people = frame, people
        self.draw = random.Random(seed)
        self.counts = dict.fromkeys((_PEOPLE, _ENROLMENTS, _ATTEMPTS, _ITEMS, _EVENTS), 0)
        self.orders = {
            letter: [json.dumps([str(option) for option in one.options]) for one in asked]
            for letter, asked in frame.asked.items()
        }
        self.hardness = {
            letter: [self.draw.gauss(0, 0.12) for _ in asked] for letter, asked in frame.asked.items()
        }

    def batches(self) -> Iterator[Batch]:
        for cohort in self.frame.cohorts:
            yield self._batch(cohort)

    def _batch(self, cohort: Cohort) -> Batch:
        batch, draw = Batch(), self.draw
        learned = draw.gauss(0.18, 0.06)
        day = datetime.combine(cohort.starts_on, time(1), UTC)
        for place in range(self.people):
            person, enrolment = self._key(_PEOPLE), self._key(_ENROLMENTS)
            batch.people.append(self._person(cohort, person, day))
            order = "AB" if place % 2 else "BA"
            batch.enrolments.append((enrolment, cohort.pk, person, order, day))
            ability = draw.gauss(0.45, 0.13)
            self._attempt(batch, enrolment, Occasion.PRE.value, order[0], ability, day)
            if draw.random() < STAYS:
                after = day + timedelta(hours=30)
                self._attempt(batch, enrolment, Occasion.POST.value, order[1], ability + learned, after)
        return batch

    def _person(self, cohort: Cohort, key: uuid.UUID, day: datetime) -> Row:
        number = self.counts[_PEOPLE]
        name = f"Peserta Simulasi {self.frame.run}.{number}"
        sex, element = self.draw.choice(Sex.values), self.draw.choice(Element.values)
        code = _code(self.frame.run * 10_000_000 + number)
        return (
            *(key, cohort.organisation_id, cohort.village_id, name, "", sex, "", element, "", "", ""),
            *(code, "", 0, None, False, True, None, day),
        )

    def _attempt(
        self, batch: Batch, enrolment: uuid.UUID, occasion: str, letter: str, able: float, at: datetime
    ) -> None:
        key, asked, chance = self._key(_ATTEMPTS), self.frame.asked[letter], self.draw.random
        score, handed_in = 0, at + timedelta(minutes=20)
        hardness, orders = self.hardness[letter], self.orders[letter]
        for place, question in enumerate(asked):
            met = chance()
            right, unknown = met < able - hardness[place], met > 0.96
            score += right
            option = question.options[0 if right else 1 + int(chance() * 3)]
            response = _UNKNOWN if unknown and not right else f'"{option}"'
            item = self._key(_ITEMS)
            batch.items.append(
                (
                    *(item, key, place + 1, 1, question.pk, "single", 1, orders[place]),
                    *(True, False, int(right), unknown and not right, None),
                )
            )
            batch.events.append((self._key(_EVENTS), item, 1, place + 1, response, at, False))
        batch.attempts.append(
            (
                *(key, enrolment, self.frame.assessment.pk, occasion, 1, self.frame.forms[letter]),
                *(Mode.SELF.value, "", None, 1, at, handed_in, ClosedBy.PARTICIPANT.value, score, len(asked)),
                *(None, 0, None, 0, None),
            )
        )

    def _key(self, kind: str) -> uuid.UUID:
        number = self.counts[kind] = self.counts[kind] + 1
        return uuid.UUID(f"{kind}{self.frame.run % 4096:03x}-8000-{number:012x}")


def _code(number: int) -> str:
    """Eight characters, the first of which no code that is given out begins with."""
    digits = ""
    for _ in range(7):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return f"_{digits}"
