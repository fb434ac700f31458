"""Who learned a rule, as one member of staff may see it: names in the own trainings, counts elsewhere."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.enums import Standing
from assessments.models import LegalBasis, Regulation
from courses.models import LessonPage
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.suppression import FEWEST, told
from lms.learning.models import LessonAssignment
from lms.learning.queries.learners import Learned, who_learned

ASSIGN_UNSEEN = "learning.assign_unseen_lessonassignment"
NONE, WAITING, DONE = "belum", "menunggu", "selesai"
STATES = {
    NONE: gettext_lazy("has no update lesson"),
    WAITING: gettext_lazy("update lesson is waiting"),
    DONE: gettext_lazy("update lesson done"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A provision, or a whole regulation with its provisions, of which people may have learned."""

    title: str
    text: str
    bases: Sequence[LegalBasis]
    is_revoked: bool
    last_day: date | None
    replacement: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """A lesson that a person has because of the rule."""

    pk: uuid.UUID
    code: str
    opened_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the reader may see, in one training."""

    enrolment: uuid.UUID
    participant: uuid.UUID
    name: str
    village: str
    cohort: Cohort
    lessons: Sequence[tuple[str, datetime]]
    questions: int
    assigned: Sequence[Assigned]

    @property
    def state(self) -> str:
        if not self.assigned:
            return NONE
        return DONE if all(one.done_at for one in self.assigned) else WAITING

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])


@dataclass(frozen=True, slots=True)
class Training:
    """A training of the reader with how many learned the rule there and how many are up to date again."""

    cohort: Cohort
    people: int
    done: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A training of which the reader sees nobody. ``people`` in words that may be told; ``cohort`` only for
    who may give lessons there without seeing names."""

    label: str
    people: str
    cohort: uuid.UUID | None = None


@dataclass(frozen=True)
class Learners:
    """Everything that the page of a rule shows to one member of staff."""

    asked: Asked
    people: Sequence[Person]
    trainings: Sequence[Training]
    elsewhere: Sequence[Elsewhere]
    # People of other trainings only; not to be shown as it is.
    others: int
    unseen: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict, repr=False)

    @property
    def own(self) -> int:
        return len({person.participant for person in self.people})

    @property
    def sentence(self) -> str:
        """How many learned it, here and elsewhere; a small number elsewhere cannot be worked out."""
        if not self.others:
            return _in_own(self.own, self.asked.is_revoked)
        if self.others < FEWEST:
            text = ngettext(
                "%(own)d person learned this rule in your trainings, fewer than %(fewest)d in others.",
                "%(own)d people learned this rule in your trainings, fewer than %(fewest)d in others.",
                self.own,
            )
            return text % {"own": self.own, "fewest": FEWEST}
        if self.asked.is_revoked:
            text = _(
                "%(people)d people learned this old rule: %(own)d in your trainings, %(others)d in other "
                "trainings."
            )
        else:
            text = _(
                "%(people)d people learned this rule: %(own)d in your trainings, %(others)d in other "
                "trainings."
            )
        return text % {"people": self.own + self.others, "own": self.own, "others": self.others}

    @property
    def done(self) -> int:
        return len({person.participant for person in self.people if person.state == DONE})

    @property
    def waiting(self) -> int:
        return len({person.participant for person in self.people if person.state == WAITING})

    def narrowed(self, *, training: str, state: str, words: str) -> list[Person]:
        """The people of these filters; an empty one, or one that means nothing, leaves them all."""
        words = words.strip().casefold()
        return [
            person
            for person in self.people
            if (not training or str(person.cohort.pk) == training)
            and (state not in STATES or person.state == state)
            and words in person.name.casefold()
        ]


def _in_own(people: int, is_revoked: bool) -> str:
    if is_revoked:
        text = ngettext(
            "%(people)d person learned this old rule.", "%(people)d people learned this old rule.", people
        )
    else:
        text = ngettext(
            "%(people)d person learned this rule.", "%(people)d people learned this rule.", people
        )
    return text % {"people": people}


def asked_of_basis(basis: LegalBasis) -> Asked:
    """``basis`` with its rules and neighbours loaded."""
    today = timezone.localdate()
    ends = [day for day in (basis.valid_to, basis.regulation.valid_to) if day]
    is_revoked = basis.standing(today) == Standing.REVOKED
    return Asked(
        title=basis.citation,
        text=basis.text,
        bases=[basis],
        is_revoked=is_revoked,
        last_day=min(ends, default=None),
        replacement=basis.replacement,
    )


def asked_of_regulation(regulation: Regulation) -> Asked:
    today = timezone.localdate()
    by = regulation.revoked_by
    return Asked(
        title=regulation.name,
        text=regulation.label,
        bases=list(regulation.bases.order_by("citation")),
        is_revoked=regulation.standing(today) == Standing.REVOKED,
        last_day=regulation.valid_to,
        replacement=by.name if by else "",
    )


def learners_of(asked: Asked, *, user: Any) -> Learners:
    """Who learned the rule, as ``user`` may see it. The number of queries grows with nothing."""
    learned = who_learned(asked.bases)
    keys = {one.cohort for one in learned}
    own = {cohort.pk: cohort for cohort in Cohort.objects.visible_to(user).filter(pk__in=keys)}
    people = _people([one for one in learned if one.cohort in own], own, asked.bases)
    seen = {person.participant for person in people}
    unseen = _placed([one for one in learned if one.cohort not in own and one.participant not in seen])
    counts = Counter(person.cohort for person in people)
    done = Counter(person.cohort for person in people if person.state == DONE)
    return Learners(
        asked=asked,
        people=people,
        trainings=[
            Training(cohort, counts[cohort], done[cohort])
            for cohort in sorted(counts, key=lambda one: (one.starts_on, one.code), reverse=True)
        ],
        elsewhere=_elsewhere(unseen, user),
        others=sum(len(each) for each in unseen.values()),
        unseen=unseen,
    )


def _people(
    learned: Sequence[Learned], own: dict[uuid.UUID, Cohort], bases: Sequence[LegalBasis]
) -> list[Person]:
    codes = dict(
        LessonPage.objects.filter(pk__in={pk for one in learned for pk in one.lessons}).values_list(
            "pk", "code"
        )
    )
    rows = Enrolment.objects.filter(cohort__in=own).values_list(
        "pk", "participant__full_name", "participant__village__name"
    )
    names = {pk: (name, village) for pk, name, village in rows}
    assigned = _assigned(bases)
    people = [
        Person(
            enrolment=one.enrolment,
            participant=one.participant,
            name=names[one.enrolment][0],
            village=names[one.enrolment][1],
            cohort=own[one.cohort],
            lessons=sorted((codes[pk], at) for pk, at in one.lessons.items()),
            questions=len(one.questions),
            assigned=assigned.get(one.participant, ()),
        )
        for one in learned
    ]
    return sorted(people, key=lambda person: (person.name.casefold(), str(person.enrolment)))


def _assigned(bases: Sequence[LegalBasis]) -> dict[uuid.UUID, list[Assigned]]:
    """By person, the lessons given because of these provisions, for whichever of them."""
    keys = [basis.pk for basis in bases]
    updating = LessonPage.updates.through.objects.filter(legalbasis__in=keys).values("lessonpage")
    rows = LessonAssignment.objects.filter(Q(basis__in=keys) | Q(lesson__in=updating)).order_by("assigned_at")
    found: dict[uuid.UUID, list[Assigned]] = defaultdict(list)
    names = ("enrolment__participant", "pk", "lesson__code", "opened_at", "done_at")
    for person, *rest in rows.values_list(*names):
        found[person].append(Assigned(*rest))
    return found


def _placed(learned: Iterable[Learned]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """By training the enrolments, each person once: in how many trainings somebody was tells about people."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    placed: set[uuid.UUID] = set()
    for one in sorted(learned, key=lambda each: str(each.enrolment), reverse=True):
        if one.participant not in placed:
            placed.add(one.participant)
            found[one.cohort].append(one.enrolment)
    return found


def _elsewhere(unseen: dict[uuid.UUID, list[uuid.UUID]], user: Any) -> list[Elsewhere]:
    """Each of the other trainings with a count that may be told. Their titles only for who works for the
    organisation and may give lessons there."""
    rows = Cohort.objects.filter(pk__in=unseen).order_by("-starts_on", "code")
    cohorts = list(rows)
    named = set()
    if user.has_perm(ASSIGN_UNSEEN):
        organisations = user.memberships.values("organisation")
        named = set(rows.filter(organisation__in=organisations).values_list("pk", flat=True))
    numbers = [len(unseen[cohort.pk]) for cohort in cohorts]
    words = told(numbers) if sum(numbers) >= FEWEST else [f"<{FEWEST}"] * len(numbers)
    return [
        Elsewhere(f"{cohort.code} · {cohort.title}", word, cohort.pk)
        if cohort.pk in named
        else Elsewhere(_("Another training (%(year)d)") % {"year": cohort.starts_on.year}, word)
        for cohort, word in zip(cohorts, words, strict=True)
    ]


def chosen_people(people: Iterable[Person], ticked: Collection[str]) -> list[uuid.UUID]:
    """The enrolments of those who were ticked and are there."""
    return [person.enrolment for person in people if str(person.enrolment) in ticked]
