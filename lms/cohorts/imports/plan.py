"""What an import would do, row by row. Nothing is written here."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.imports.hamlets import Hamlets
from lms.cohorts.imports.reading import Facts, Rules, read_rows
from lms.cohorts.imports.sheet import Sheet
from lms.cohorts.models import Cohort, Enrolment
from lms.people.domain import checked_person
from lms.people.enums import Likeness
from lms.people.likeness import Crowd, Person, agree
from lms.people.models import Participant
from lms.people.queries import crowd_rows

ANOTHER = "new"
_STEP = 100
Note = Callable[[int, int], None]


class RowStatus(models.TextChoices):
    """What becomes of one row."""

    ASK = "ask", _("Perhaps known: choose")
    REFUSED = "refused", _("Cannot be taken")
    NEW = "new", _("Will be added")
    KNOWN = "known", _("Known, will be enrolled")
    THERE = "there", _("Is in this training already")
    TWICE = "twice", _("Stands in the list twice")


@dataclass(slots=True)
class Candidate:
    """Somebody who may be the person of a row: known already, or of an earlier row."""

    choice: str
    how: Likeness
    compared_with: Participant
    row: "PlanRow | None" = None
    participant: Participant | None = None
    is_enrolled: bool = False

    @property
    def person(self) -> Participant | None:
        return self.row.person if self.row else self.participant

    @property
    def differing(self) -> set[str]:
        """The facts by which the two can be told apart."""
        compared = ("dusun", "role", "element", "sex", "age_band")
        other = self.person
        return {name for name in compared if getattr(self.compared_with, name) != getattr(other, name)}


@dataclass(slots=True)
class PlanRow:
    """What becomes of one row of the list, and why."""

    number: int
    name: str
    status: RowStatus
    remarks: list[str] = field(default_factory=list)
    # Made but not saved; it is saved if the row is NEW.
    person: Participant | None = None
    candidates: list[Candidate] = field(default_factory=list)
    choice: str = ""
    same_as: Candidate | None = None
    may_differ: bool = False

    @property
    def field(self) -> str:
        """The name of what the organiser chooses for this row."""
        return f"r{self.number}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who is known to the organisation and who is enrolled. If it changed, the plan is made anew."""

    people: list[Person]
    enrolled: frozenset[uuid.UUID]

    @classmethod
    def take(cls, cohort: Cohort) -> "Snapshot":
        enrolled = Enrolment.objects.filter(cohort=cohort).values_list("participant_id", flat=True)
        known = Participant.objects.filter(organisation=cohort.organisation_id)
        return cls(crowd_rows(known), frozenset(enrolled))


@dataclass(slots=True)
class Plan:
    """The report of a dry run, and what the import would do."""

    cohort: Cohort
    rules: Rules
    rows: list[PlanRow]
    snapshot: Snapshot

    def with_status(self, *wanted: RowStatus) -> list[PlanRow]:
        return [row for row in self.rows if row.status in wanted]

    @property
    def to_add(self) -> list[PlanRow]:
        return self.with_status(RowStatus.NEW)

    @property
    def to_enrol(self) -> list[PlanRow]:
        return self.with_status(RowStatus.KNOWN)

    @property
    def takes(self) -> int:
        """How many people it would enrol."""
        return len(self.to_add) + len({row.same_as.choice for row in self.to_enrol if row.same_as})


def plan_import(
    *,
    cohort: Cohort,
    sheet: Sheet,
    rules: Rules,
    choices: Mapping[str, str] | None = None,
    note: Note = lambda done, of: None,
) -> Plan:
    """Say of each row what would happen. ``choices`` are what the organiser chose, by ``PlanRow.field``;
    ``note`` is told how far it is."""
    snapshot = Snapshot.take(cohort)
    if rules.missing:
        return Plan(cohort, rules, [], snapshot)
    planner = _Planner(cohort, snapshot, choices or {})
    facts = read_rows(sheet, rules)
    hamlets = Hamlets(
        ((person.village, person.dusun) for person in snapshot.people),
        ((one.values["village"].pk, one.values["dusun"]) for one in facts if "village" in one.values),
    )
    for done, one in enumerate(facts):
        if done % _STEP == 0:
            note(done, len(facts))
        planner.take(one, hamlets)
    planner.load_candidates()
    return Plan(cohort, rules, planner.rows, snapshot)


class _Planner:
    def __init__(self, cohort: Cohort, snapshot: Snapshot, choices: Mapping[str, str]) -> None:
        self._organisation = cohort.organisation
        self._enrolled = snapshot.enrolled
        self._choices = choices
        self._crowd = Crowd(snapshot.people)
        self._claimed: set[uuid.UUID] = set()
        self._by_number: dict[int, PlanRow] = {}
        self.rows: list[PlanRow] = []

    def take(self, facts: Facts, hamlets: Hamlets) -> None:
        row = PlanRow(facts.number, facts.full_name, RowStatus.REFUSED, [*facts.problems])
        self.rows.append(row)
        if facts.problems:
            return
        village, written = facts.values["village"], facts.values["dusun"]
        said = {**facts.values, "dusun": hamlets.name(village.pk, written)}
        try:
            row.person = checked_person(organisation=self._organisation, **said)
        except ValidationError as error:
            row.remarks += [
                _problem(name, text) for name, texts in error.message_dict.items() for text in texts
            ]
            return
        if remark := hamlets.remark(village.pk, written):
            row.remarks.append(remark)
        self._by_number[row.number] = row
        self._decide(row, row.person)

    def _decide(self, row: PlanRow, made: Participant) -> None:
        asked = Person(row.number, made.full_name, made.village_id, made.dusun, made.sex, made.age_band)
        found = self._crowd.like(asked)
        row.candidates = [self._candidate(person, how, made) for person, how in found]
        known = self._known(asked, found)
        row.choice = self._choices.get(row.field, "")
        chosen = next((one for one in row.candidates if one.choice == row.choice), None)
        if row.choice == ANOTHER or not row.candidates:
            row.status = RowStatus.NEW
        elif chosen is not None:
            self._is_same(row, chosen)
        elif known is not None:
            self._is_same(row, next(one for one in row.candidates if one.choice == str(known)))
            self._claimed.add(known)
        else:
            row.status, row.choice = RowStatus.ASK, ""
        row.may_differ = known is not None
        if row.status in (RowStatus.NEW, RowStatus.ASK):
            self._crowd.add(asked)

    def _known(self, asked: Person, found: list[tuple[Person, Likeness]]) -> uuid.UUID | None:
        """Who the row is without a question: somebody enrolled here of whom nothing differs (each row takes
        another one, so that namesakes stay as many as they are), or the only one like this who is known."""
        free = [
            person.key
            for person, _how in found
            if isinstance(person.key, uuid.UUID) and person.key not in self._claimed and agree(asked, person)
        ]
        here = [key for key in free if key in self._enrolled]
        if here:
            return here[0]
        return free[0] if len(free) == len(found) == 1 else None

    def _candidate(self, person: Person, how: Likeness, made: Participant) -> Candidate:
        if isinstance(person.key, uuid.UUID):
            return Candidate(str(person.key), how, made, is_enrolled=person.key in self._enrolled)
        return Candidate(f"row{person.key}", how, made, row=self._by_number[person.key])

    def _is_same(self, row: PlanRow, candidate: Candidate) -> None:
        row.same_as = candidate
        if candidate.row is not None:
            row.status = RowStatus.TWICE
        else:
            row.status = RowStatus.THERE if candidate.is_enrolled else RowStatus.KNOWN

    def load_candidates(self) -> None:
        """Read all who are named as likely the same, a query for each 500."""
        named = [one for row in self.rows for one in row.candidates if one.row is None]
        keys = sorted({one.choice for one in named})
        people: dict[uuid.UUID, Participant] = {}
        for start in range(0, len(keys), 500):
            people |= Participant.objects.select_related("village").in_bulk(keys[start : start + 500])
        for one in named:
            one.participant = people[uuid.UUID(one.choice)]


def _problem(name: str, text: str) -> str:
    label = Participant._meta.get_field(name).verbose_name
    return f"{str(label).capitalize()}: {text}"
