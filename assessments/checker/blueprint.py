"""Forms as wholes: whether they can be taken, and whether draws and lists hold together."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.checker.findings import Finding, FormPlan, Instrument, error, warning
from assessments.composing import allot
from assessments.enums import FormLetter, Purpose
from assessments.questions.base import PRACTICE_BANK


def check_blueprint(instrument: Instrument) -> Iterator[Finding]:
    """Everything about forms; what stops publishing first."""
    yield from _presence(instrument)
    for plan in instrument.plans:
        yield from _draws(plan)
        yield from _pairs(plan)
    yield from _of_lessons(instrument)
    yield from _draws_together(instrument)
    yield from _settings(instrument)


def _presence(instrument: Instrument) -> Iterator[Finding]:
    there = {plan.letter: plan for plan in instrument.plans}
    needed = FormLetter.values if instrument.assessment.purpose == Purpose.TEST else [FormLetter.A.value]
    for letter in needed:
        plan = there.get(letter)
        if plan is None:
            yield error(
                "no_form",
                _("Form %(form)s is missing. Make it, so that everybody has questions.") % {"form": letter},
            )
        elif not plan.questions and not plan.draws:
            yield error(
                "no_items",
                _("Form %(form)s has no questions. Put some in, or let a section draw them.")
                % {"form": letter},
            )


def _draws(plan: FormPlan) -> Iterator[Finding]:
    try:
        allot(plan.draws, plan.pools)
    except ValidationError as refusal:
        yield error(
            "too_few",
            _("Form %(form)s: %(problem)s") % {"form": plan.letter, "problem": refusal.messages[0]},
        )
        return
    for section in plan.draws:
        worth = sorted({candidate.points for candidate in plan.pools[section.number]})
        if len(worth) > 1:
            yield warning(
                "uneven_draw",
                _(
                    "Form %(form)s, section %(section)d draws from questions worth %(least)d to %(most)d "
                    "points, so not everybody can earn the same. Narrow its tags, or list questions."
                )
                % {
                    "form": plan.letter,
                    "section": section.number,
                    "least": worth[0],
                    "most": worth[-1],
                },
            )


def _of_lessons(instrument: Instrument) -> Iterator[Finding]:
    """A question of a lesson shows its key to everybody who has answered it there."""
    for question in instrument.questions:
        if question.bank == PRACTICE_BANK:
            yield error(
                "practice_bank",
                _(
                    "This question stands in a lesson (question bank “%(bank)s”), where everybody sees the "
                    "right answer. Take it out of this form and ask something else."
                )
                % {"bank": PRACTICE_BANK},
                question,
            )


def _draws_together(instrument: Instrument) -> Iterator[Finding]:
    """Whoever took one form must find unseen questions for the other."""
    candidates = {
        candidate.code for plan in instrument.plans for pool in plan.pools.values() for candidate in pool
    }
    drawn = sum(section.draw or 0 for plan in instrument.plans for section in plan.draws)
    drawing = [plan for plan in instrument.plans if plan.draws]
    if len(drawing) > 1 and len(candidates) < drawn:
        yield warning(
            "small_bank",
            _(
                "The forms together draw %(draw)d questions, and only %(found)d fit. "
                "Some people would meet a question twice. Add questions, or draw fewer."
            )
            % {"draw": drawn, "found": len(candidates)},
        )


def _pairs(plan: FormPlan) -> Iterator[Finding]:
    met: dict[str, str] = {}
    for question in plan.questions:
        for name in {f"code {question.code}", *([f"pair {question.pair}"] if question.pair else [])}:
            if name in met:
                yield warning(
                    "pair_twice",
                    _(
                        "Form %(form)s has %(other)s as well, which asks the same. "
                        "Keep one of them here and put the other into the parallel form."
                    )
                    % {"form": plan.letter, "other": met[name]},
                    question,
                )
                break
        met |= {f"code {question.code}": question.code}
        if question.pair:
            met.setdefault(f"pair {question.pair}", question.code)


def _settings(instrument: Instrument) -> Iterator[Finding]:
    assessment = instrument.assessment
    if assessment.time_limit_minutes:
        yield warning(
            "time_limit",
            _(
                "A time limit of %(minutes)d minutes is set. It measures how fast people read as well; "
                "leave it empty unless you need it."
            )
            % {"minutes": assessment.time_limit_minutes},
        )
    if assessment.is_anonymous:
        for question in instrument.questions:
            if question.takes_files:
                yield warning(
                    "anonymous_file",
                    _("The survey is anonymous, but a file or photo can show who sent it."),
                    question,
                )
