"""What the agenda of a room consists of. Lists come by need; what a reader may not see is not in it."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.models import Outcome, Question
from courses.models import LessonPage
from lms.evaluation.stats.changes import Change
from lms.evaluation.stats.need import Need, Verdict, need_of
from lms.learning.enums import Occasion


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader may see: ``people`` by name and in groups of any size, ``keys`` of questions."""

    people: bool
    keys: bool

    @property
    def questions(self) -> bool:
        """Whoever may open people's attempts reads there what was asked."""
        return self.people or self.keys


@dataclass(frozen=True, slots=True)
class Belief:
    """A wrong answer that ``count`` of ``n`` people gave, and ``right`` gave the right one."""

    words: str
    why: str
    count: int
    n: int
    right: int
    question: Question

    @property
    def outweighs_the_key(self) -> bool:
        return self.count > self.right

    @property
    def need(self) -> Need:
        return need_of([Fraction(1)] * self.count + [Fraction(0)] * (self.n - self.count))


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as ``n`` people answered it; ``waiting`` more answers have no mark yet. ``key``, ``note``
    and ``beliefs`` are empty for who may not see keys."""

    question: Question
    forms: str
    outcomes: tuple[str, ...]
    need: Need
    right: int
    partly: int
    wrong: int
    dont_know: int
    blank: int
    waiting: int
    beliefs: tuple[Belief, ...]
    key: tuple[str, ...]
    note: str
    change: Change | None

    @property
    def n(self) -> int:
        return self.need.n


@dataclass(frozen=True, slots=True)
class LessonToOpen:
    """A lesson; ``need`` is that of the questions written for it, None if there was none."""

    page: LessonPage
    need: Need | None


@dataclass(frozen=True, slots=True)
class AgendaOutcome:
    """An outcome: ``below_half`` of ``need.n`` people earned less than half of its points. Time is given as
    shares of all lessons, None without lessons; ``pairs`` are (helper, partner) by name."""

    outcome: Outcome
    need: Need
    verdict: Verdict
    below_half: int
    questions: int
    lessons: tuple[LessonToOpen, ...]
    planned: Fraction | None
    advised: Fraction | None
    pairs: tuple[tuple[str, str], ...]

    @property
    def known_width(self) -> str:
        """Percent of the points earned, for the drawing; text, so that no comma gets into an attribute."""
        return f"{100 * float(1 - (self.need.missed or 0)):.0f}"

    @property
    def other_lessons(self) -> tuple[LessonToOpen, ...]:
        """Those without a question of their own, behind the first of all."""
        return tuple(lesson for lesson in self.lessons[1:] if lesson.need is None)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a trainer should do with a room, before (pre-test) or again (post-test). All lists by need.

    ``withheld``: too few people for who may not see them by name; every list is empty then.
    """

    occasion: Occasion
    registered: int
    handed_in: int
    going_on: int
    is_simulated: bool
    withheld: bool
    outcomes: tuple[AgendaOutcome, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    waiting: int = 0

    @property
    def not_begun(self) -> int:
        return self.registered - self.handed_in - self.going_on

    def by_verdict(self, wanted: Verdict) -> list[AgendaOutcome]:
        return [row for row in self.outcomes if row.verdict is wanted]
