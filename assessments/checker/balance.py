"""Two forms as one measure: the same points in all and for each outcome, and what a test should not hold."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.checker.findings import Finding, FormPlan, Instrument, error, note, warning
from assessments.enums import Purpose


def check_balance(instrument: Instrument) -> Iterator[Finding]:
    """For tests only: practice and surveys are not compared."""
    if instrument.assessment.purpose != Purpose.TEST:
        return
    yield from _points(instrument)
    if len(instrument.plans) > 1:
        yield from _totals(instrument)
        yield from _outcomes(instrument)
    yield from _left_out(instrument)
    yield from _marking(instrument)
    yield from _anchors(instrument)


def fixed_points(plan: FormPlan) -> int | None:
    """Points of every attempt with this form; None if draws do not always give the same."""
    drawn = [_points_of_draw(plan, section.number, section.draw or 0) for section in plan.draws]
    if any(points is None for points in drawn):
        return None
    return sum(question.points for question in plan.questions) + sum(points or 0 for points in drawn)


def by_outcome(plan: FormPlan, outcomes: dict[int, list[str]]) -> dict[str, tuple[int, int]]:
    """By outcome code: how many questions, and their points. A draw counts for the outcome it asks for."""
    questions: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for question in plan.questions:
        questions.update(outcomes.get(question.pk, []))
        points.update(dict.fromkeys(outcomes.get(question.pk, []), question.points))
    for section in plan.draws:
        if section.outcome is not None:
            questions[section.outcome.code] += section.draw or 0
            points[section.outcome.code] += _points_of_draw(plan, section.number, section.draw or 0) or 0
    return {code: (number, points[code]) for code, number in questions.items()}


def _points_of_draw(plan: FormPlan, number: int, draw: int) -> int | None:
    worth = {candidate.points for candidate in plan.pools.get(number, [])}
    return worth.pop() * draw if len(worth) == 1 else None


def _points(instrument: Instrument) -> Iterator[Finding]:
    for plan in instrument.plans:
        if (plan.questions or plan.draws) and fixed_points(plan) == 0:
            yield error(
                "no_points",
                _("Form %(form)s: no question gives points. A test needs some; attitudes belong in a survey.")
                % {"form": plan.letter},
            )


def _totals(instrument: Instrument) -> Iterator[Finding]:
    totals = {plan.letter: fixed_points(plan) for plan in instrument.plans}
    known = {letter: total for letter, total in totals.items() if total is not None}
    if len(known) == len(totals) and len(set(known.values())) > 1:
        yield warning(
            "unbalanced",
            _("The forms differ in points (%(points)s). Before and after can then not be compared fairly.")
            % {"points": _listed(known)},
        )


def _outcomes(instrument: Instrument) -> Iterator[Finding]:
    shares = {plan.letter: by_outcome(plan, instrument.outcomes) for plan in instrument.plans}
    for code in sorted({code for share in shares.values() for code in share}):
        numbers = {letter: share.get(code, (0, 0)) for letter, share in shares.items()}
        yield from _outcome(
            code,
            questions={letter: number for letter, (number, _points) in numbers.items()},
            points={letter: worth for letter, (_number, worth) in numbers.items()},
        )


def _outcome(code: str, *, questions: dict[str, int], points: dict[str, int]) -> Iterator[Finding]:
    without = [letter for letter, number in questions.items() if not number]
    if without:
        yield warning(
            "outcome_missing",
            _("Outcome %(outcome)s has no question in form %(form)s. Both forms should ask about it.")
            % {"outcome": code, "form": ", ".join(without)},
        )
    elif len(set(points.values())) > 1:
        yield warning(
            "unbalanced_outcome",
            _("The forms differ in points for outcome %(outcome)s (%(points)s). Make them alike.")
            % {"outcome": code, "points": _listed(points)},
        )
    if 1 in questions.values():
        yield note(
            "one_item",
            _("Outcome %(outcome)s has only one question in a form: too few to say who reached it.")
            % {"outcome": code},
        )


def _left_out(instrument: Instrument) -> Iterator[Finding]:
    asked = {code for plan in instrument.plans for code in by_outcome(plan, instrument.outcomes)}
    left_out = [code for code in instrument.all_outcomes if code not in asked]
    if asked and left_out:
        yield note(
            "outcome_unasked",
            _("No question asks about: %(codes)s. That is right if the training finds out in another way.")
            % {"codes": ", ".join(left_out)},
        )


def _marking(instrument: Instrument) -> Iterator[Finding]:
    for question in instrument.questions:
        if question.points and question.marked_by_hand:
            yield warning(
                "marked_by_hand",
                _(
                    "A person must mark this question, so nobody has a result before. "
                    "Use it in practice, or plan the marking."
                ),
                question,
            )
        elif not question.points:
            yield note("unscored", _("Gives no points. It may fit better in a survey."), question)


def _anchors(instrument: Instrument) -> Iterator[Finding]:
    forms: dict[str, set[str]] = defaultdict(set)
    for plan in instrument.plans:
        for question in plan.questions:
            forms[question.code].add(plan.letter)
    anchors = sorted(code for code, letters in forms.items() if len(letters) > 1)
    if anchors:
        yield note(
            "anchors",
            _("In both forms (anchors): %(codes)s. Everybody meets them before and after.")
            % {"codes": ", ".join(anchors)},
        )


def _listed(numbers: dict[str, int]) -> str:
    return ", ".join(f"{letter}: {number}" for letter, number in numbers.items())
