"""What became of each pair of parallel questions, and which questions need their author's eye."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lms.evaluation.datasets.choices import FormChoices
from lms.evaluation.datasets.sittings import Sitting, Sittings
from lms.evaluation.stats.changes import Answers, change_of
from lms.evaluation.stats.disclosure import MIN_SHOWN, Standing
from lms.evaluation.stats.distractors import Distractors, distractors
from lms.evaluation.stats.exact import Moments
from lms.evaluation.stats.flags import ItemFlag, item_flags
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.thresholds import Estimate
from lms.evaluation.stats.transitions import Transitions, holm, mcnemar

REPEATED = 3
REPEAT_FROM = Fraction(1, 5)
"""Of the people who were wrong both times: with fewer a question is not called one to teach again."""
TEMPTS_FROM = Fraction(1, 10)
"""Of the people: what fewer choose does not tempt, whatever else those few know."""
SLIPS_BELOW = 5
"""People: so many must have chosen a wrong option, or lost a right answer, before it is called a sign of the
question. Fewer are slips, and a parallel question is never quite equally hard."""

Both = tuple[uuid.UUID, Sitting, Sitting]


@dataclass(frozen=True, slots=True)
class Bait:
    """A wrong option that ``count`` of ``n`` people chose in the post-test, ``right`` the key."""

    words: str
    count: int
    n: int
    right: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its parallel in the other form: people by right and wrong, before and after.

    Shares are 0 to 1: ``before`` and ``after`` of the points. ``rir`` (corrected item-rest correlation of
    the post-test) from 30 people on, ``p`` (McNemar exact, adjusted by Holm over the questions) from six
    changes on, ``flags`` from 20 people, those of ``rir`` from 100. ``baits`` only for who may see keys.
    """

    place: str
    stems: tuple[str, ...]
    outcomes: tuple[str, ...]
    counts: Transitions
    before: float
    after: float
    rir: float | None
    p: float | None
    flags: tuple[ItemFlag, ...]
    baits: tuple[Bait, ...] = ()

    @property
    def missing(self) -> Fraction:
        """The share of people who were wrong both times."""
        return Fraction(self.counts.n00, self.counts.n)


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The questions, those that most people missed both times first. Without rows ``reason`` says why."""

    rows: tuple[QuestionRow, ...] = ()
    reason: Reason | None = None

    @property
    def repeat(self) -> tuple[QuestionRow, ...]:
        """At most three to teach again."""
        return tuple(row for row in self.rows if row.missing >= REPEAT_FROM)[:REPEATED]

    @property
    def flagged(self) -> tuple[QuestionRow, ...]:
        """Those whose author should look."""
        return tuple(row for row in self.rows if row.flags or row.baits)


def question_table(read: Sittings, choices: Sequence[FormChoices] = ()) -> QuestionTable:
    """Of the people who took both tests on different forms; nothing below five of them.

    ``choices`` (who may see keys) add the wrong options that tempt.
    """
    both = list(read.both())
    if Estimate.FACILITY.standing(len(both)) is Standing.HIDDEN:
        return QuestionTable(reason=Reason.TOO_FEW)
    rows = list(_rows(read, both, _baits(read, choices), _chances(read, choices)))
    if not rows:
        return QuestionTable(reason=Reason.FORMS_NOT_BALANCED)
    adjusted = _adjusted(rows)
    ordered = sorted(adjusted, key=lambda row: (-row.missing, row.after, row.place))
    return QuestionTable(tuple(ordered))


def post_points(read: Sittings) -> tuple[tuple[int, ...], ...]:
    """Points after, a row for each matched person, a column for each comparable place of equal worth."""
    places = list(_equal_places(read))
    rows = []
    for _person, _before, after in read.both():
        earned = {item.place: item.earned for item in after.items}
        rows.append(tuple(earned[place] for place in places))
    return tuple(rows)


def _rows(
    read: Sittings,
    both: Sequence[Both],
    baits: Mapping[str, tuple[Bait, ...]],
    chances: Mapping[str, Fraction],
) -> Iterator[QuestionRow]:
    places = _equal_places(read)
    people = [(before.form + after.form, _earned(before), _earned(after)) for _key, before, after in both]
    shares = [_facilities([person[wave] for person in people], places) for wave in (1, 2)]
    rirs = _rirs([earned for _order, _before, earned in people], places)
    for place, points in places.items():
        questions = _versions(read, place)
        orders: dict[str, list[Answers]] = defaultdict(list)
        for order, first, second in people:
            orders[order].append((first[place] == points, second[place] == points))
        counts = Transitions.of_change(change_of(orders, same_question=len(questions) == 1))
        if counts is None or counts.n < MIN_SHOWN:
            continue
        yield QuestionRow(
            place=place,
            stems=tuple(dict.fromkeys(read.questions[pk].stem for pk in questions)),
            outcomes=tuple(dict.fromkeys(one.code for pk in questions for one in read.outcomes.get(pk, ()))),
            counts=counts,
            before=shares[0][place],
            after=shares[1][place],
            rir=rirs.get(place),
            p=None,
            flags=_flags(counts, rirs.get(place), chances.get(place)),
            baits=baits.get(place, ()),
        )


def _rirs(people: Sequence[Mapping[str, int]], places: Mapping[str, int]) -> dict[str, float | None]:
    """Corrected item-rest correlations after; empty below 30 people."""
    if Estimate.DISCRIMINATION.standing(len(people)) is Standing.HIDDEN:
        return {}
    points = [[earned[place] for place in places] for earned in people]
    totals = [sum(row) for row in points]
    rirs = {}
    for place, column in zip(places, zip(*points, strict=True), strict=True):
        rests = [total - own for total, own in zip(totals, column, strict=True)]
        rirs[place] = Moments.of(column, rests).correlation
    return rirs


def _equal_places(read: Sittings) -> dict[str, int]:
    """Place -> its points, in the order of form A, where both forms may be compared and give the same."""
    worth: dict[str, list[int]] = defaultdict(list)
    for questions in read.test.questions.values():
        for question, points in questions.items():
            worth[read.questions[question].place].append(points)
    forms = len(read.test.questions)
    return {
        place: points[0] for place, points in worth.items() if len(points) == forms and len(set(points)) == 1
    }


def _versions(read: Sittings, place: str) -> list[int]:
    """The question of each form that stands at this place, each once."""
    asked = (pk for questions in read.test.questions.values() for pk in questions)
    return list(dict.fromkeys(pk for pk in asked if read.questions[pk].place == place))


def _earned(sitting: Sitting) -> dict[str, int]:
    return {item.place: item.earned for item in sitting.items}


def _facilities(people: Sequence[Mapping[str, int]], places: Mapping[str, int]) -> dict[str, float]:
    """Place -> the share of its points that these people earned."""
    return {
        place: sum(earned[place] for earned in people) / (len(people) * most)
        for place, most in places.items()
    }


def _flags(counts: Transitions, rir: float | None, chance: Fraction | None) -> tuple[ItemFlag, ...]:
    if Estimate.FACILITY.standing(counts.n) is not Standing.SUFFICIENT:
        return ()
    trusted = Estimate.DISCRIMINATION.standing(counts.n) is Standing.SUFFICIENT
    flags = item_flags(counts, rir=rir if trusted else None, chance=chance or Fraction())
    unsure = {ItemFlag.AT_CHANCE} if chance is None else set()
    if counts.n10 < SLIPS_BELOW:
        unsure.add(ItemFlag.CONFUSING)
    return tuple(flag for flag in flags if flag not in unsure)


def _adjusted(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """With p adjusted over all questions that can be tested."""
    tests = [mcnemar(row.counts) for row in rows]
    able = [at for at, test in enumerate(tests) if test.able]
    adjusted = dict(zip(able, holm([tests[at].p_exact for at in able]), strict=True))
    return [replace(row, p=adjusted.get(at)) for at, row in enumerate(rows)]


def _baits(read: Sittings, choices: Sequence[FormChoices]) -> dict[str, tuple[Bait, ...]]:
    found: dict[str, list[Bait]] = defaultdict(list)
    for form in choices:
        if Estimate.DISTRACTORS.standing(len(form.rows)) is Standing.HIDDEN:
            continue
        for question, item in zip(form.questions, distractors(form.rows, form.key), strict=True):
            found[read.questions[question].place] += _tempting(item, form)
    return {place: tuple(baits) for place, baits in found.items()}


def _tempting(item: Distractors, form: FormChoices) -> Iterator[Bait]:
    right = next(option.n for option in item.options if option.letter == item.key)
    trusted = Estimate.DISCRIMINATION.standing(item.n) is not Standing.HIDDEN
    for option in item.options:
        fools_the_good = trusted and option.letter in item.tempting and option.n >= TEMPTS_FROM * item.n
        draws = option.n > right or fools_the_good
        if option.letter != item.key and option.n >= SLIPS_BELOW and draws:
            yield Bait(form.words.get(option.letter, ""), option.n, item.n, right)


def _chances(read: Sittings, choices: Sequence[FormChoices]) -> dict[str, Fraction]:
    """What guessing would get, for questions of one right option."""
    return {
        read.questions[question].place: Fraction(1, options)
        for form in choices
        for question, options in form.options.items()
        if options
    }
