"""Paper sheets: typed twice, compared, settled, and filed as attempts that count like others."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Assessment, AssessmentForm
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain.attempts import open_sitting, start_attempt, submit_attempt
from lms.learning.domain.keyed import KeyedQuestion, differences, keyed_questions, problems_in
from lms.learning.domain.printed import arrangement_of, hold_printed_form
from lms.learning.enums import TEST_OCCASIONS, AttemptAction, ClosedBy, Mode, Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptRecord, PaperSheet

Typed = Mapping[str, str]
_EVENTS = uuid.UUID("0c3ae1a2-5a39-5f0e-9a57-3b7f2f3c8a11")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two rounds of one sheet. ``open`` are the places that still have to be settled."""

    sheet: PaperSheet
    different: list[int]

    @property
    def open(self) -> list[int]:
        return [place for place in self.different if str(place) not in self.sheet.settled]


def questions_of_form(*, cohort: Cohort, occasion: str, form: AssessmentForm) -> list[KeyedQuestion]:
    """The questions that this training has on paper, for who types; frozen from now on."""
    printed = hold_printed_form(cohort=cohort, occasion=occasion, form=form)
    return keyed_questions(arrangement_of(printed), form.assessment)


def key_first(
    *,
    enrolment: Enrolment,
    form: AssessmentForm,
    occasion: str,
    typed: Typed,
    taken_on: date,
    questions: list[KeyedQuestion],
    actor: Any,
) -> PaperSheet:
    """Keep the first round of a sheet; typed again before the second round, it replaces the first.

    Raises ValidationError: ``invalid`` (a cell, with person and question), ``future``, ``taken`` (there is
    a try already), ``compared`` (the second round is there).
    """
    _refuse_future(taken_on, enrolment.cohort)
    cells = _readable(typed, questions, enrolment)
    with transaction.atomic():
        Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        _refuse_if_taken(enrolment, form.assessment, occasion)
        sheet, _made = PaperSheet.objects.select_for_update(of=("self",)).get_or_create(
            enrolment=enrolment,
            assessment=form.assessment,
            occasion=occasion,
            attempt__isnull=True,
            defaults={"form": form},
        )
        if sheet.second_by_id is not None:
            raise ValidationError(
                _("The sheet of %(name)s was typed twice already. Settle the differences instead."),
                "compared",
                params={"name": enrolment.participant.full_name},
            )
        sheet.form, sheet.first, sheet.first_by = form, cells, actor
        sheet.taken_on, sheet.keyed_at = taken_on, timezone.now()
        sheet.save()
    return sheet


def key_second(*, sheet: PaperSheet, typed: Typed, questions: list[KeyedQuestion], actor: Any) -> Comparison:
    """Keep the second round of a sheet and compare. Raises ValidationError (``invalid``, ``not_keyed``)."""
    cells = _readable(typed, questions, sheet.enrolment)
    with transaction.atomic():
        locked = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.first_by_id is None:
            raise ValidationError(_("This sheet has not been typed for the first time yet."), "not_keyed")
        if locked.attempt_id is None:
            locked.second, locked.second_by, locked.settled = cells, actor, {}
            locked.save(update_fields=["second", "second_by", "settled"])
    return compare(locked, questions)


def compare(sheet: PaperSheet, questions: list[KeyedQuestion]) -> Comparison:
    """Where the two rounds differ. A sheet that was typed once differs nowhere."""
    if sheet.second_by_id is None:
        return Comparison(sheet, [])
    return Comparison(sheet, differences(sheet.first, sheet.second, questions))


def settle(*, sheet: PaperSheet, chosen: Typed, questions: list[KeyedQuestion]) -> Comparison:
    """Decide what counts at places where the rounds differ. Raises ValidationError (``invalid``)."""
    problems = problems_in(chosen, questions, name=sheet.enrolment.participant.full_name)
    if problems:
        raise ValidationError(list(problems.values()), "invalid")
    with transaction.atomic():
        locked = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.attempt_id is None:
            locked.settled = {**locked.settled, **chosen}
            locked.save(update_fields=["settled"])
    return compare(locked, questions)


def file_paper_sheet(
    *, sheet: PaperSheet, questions: list[KeyedQuestion], actor: Any, single: bool = False
) -> Attempt:
    """Make the attempt of a sheet, with all answers, handed in on the day of the test. Once: sent again,
    it returns the attempt that is there.

    ``single`` lets a sheet count that was typed only once; the record says so. Raises ValidationError
    (``not_keyed``, ``not_twice``, ``differs``, ``taken``, or what ``start_attempt`` refuses).
    """
    with transaction.atomic():
        # The person before the sheet, as typing does.
        Enrolment.objects.select_for_update(of=("self",)).get(pk=sheet.enrolment_id)
        locked = (
            PaperSheet.objects.select_for_update(of=("self",))
            .select_related("enrolment__cohort__village", "enrolment__participant", "assessment", "form")
            .get(pk=sheet.pk)
        )
        if locked.attempt is not None:
            return locked.attempt
        comparison = compare(locked, questions)
        _refuse_unless_settled(comparison, single=single)
        _refuse_if_taken(locked.enrolment, locked.assessment, locked.occasion)
        _refuse_out_of_order(locked)
        attempt = _filled(locked, questions, actor)
        _record(attempt, comparison, actor)
        locked.attempt = attempt
        locked.save(update_fields=["attempt"])
        locked.photos.update(attempt=attempt)
    return attempt


def restart_sheet(*, sheet: PaperSheet) -> None:
    """Throw away what was typed of a sheet that is not filed, as after typing in the wrong row. Photos stay.

    Raises ValidationError (``filed``).
    """
    with transaction.atomic():
        locked = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.attempt_id is not None:
            raise ValidationError(_("The answers of this sheet are filed already."), "filed")
        locked.first, locked.second, locked.settled = {}, {}, {}
        locked.first_by = locked.second_by = None
        locked.save()


def agreed(sheet: PaperSheet) -> dict[str, str]:
    """What counts of a sheet, by place: the first round, and what was settled where they differed."""
    return {**sheet.first, **sheet.settled}


def today_in(cohort: Cohort) -> date:
    """Today where the training takes place."""
    return timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone))


def _filled(sheet: PaperSheet, questions: list[KeyedQuestion], actor: Any) -> Attempt:
    attempt = start_attempt(
        enrolment=sheet.enrolment,
        occasion=sheet.occasion,
        assessment=sheet.assessment,
        mode=Mode.PAPER,
        entered_by=actor,
    )
    sitting = open_sitting(attempt=attempt)
    answers = {question.position: question for question in questions}
    typed = agreed(sheet)
    events = []
    for item in attempt.items.order_by("position"):
        response = answers[item.position].read(typed.get(str(item.position), ""))
        if response is not None:
            # Derived, so that a sheet can never be filed under other ids.
            key = uuid.uuid5(_EVENTS, f"{sheet.pk}/{item.position}")
            events.append(
                AnswerEvent(pk=key, item=item, sitting=sitting, sequence=item.position, response=response)
            )
    AnswerEvent.objects.bulk_create(events)
    attempt = submit_attempt(attempt=attempt, closed_by=ClosedBy.STAFF)
    attempt.started_at = attempt.submitted_at = _moment(sheet)
    attempt.save(update_fields=["started_at", "submitted_at"])
    return attempt


def _moment(sheet: PaperSheet) -> datetime:
    """Noon of the day of the test in the village; today's sheets were handed in by now at the latest."""
    zone = ZoneInfo(sheet.enrolment.cohort.village.time_zone)
    day = sheet.taken_on or today_in(sheet.enrolment.cohort)
    return min(datetime.combine(day, time(12), zone), timezone.now())


def _record(attempt: Attempt, comparison: Comparison, actor: Any) -> None:
    sheet = comparison.sheet
    detail = {
        "sheet": str(sheet.pk),
        "taken_on": sheet.taken_on.isoformat() if sheet.taken_on else "",
        "first_by": str(sheet.first_by_id),
        "second_by": str(sheet.second_by_id) if sheet.second_by_id is not None else "",
        "single": sheet.second_by_id is None,
        "differences": {
            str(place): {
                "first": sheet.first.get(str(place), ""),
                "second": sheet.second.get(str(place), ""),
                "settled": sheet.settled[str(place)],
            }
            for place in comparison.different
        },
    }
    AttemptRecord.objects.create(attempt=attempt, action=AttemptAction.KEYED, actor=actor, detail=detail)


def _readable(typed: Typed, questions: list[KeyedQuestion], enrolment: Enrolment) -> dict[str, str]:
    """The cells that were filled, if all of them can be read."""
    problems = problems_in(typed, questions, name=enrolment.participant.full_name)
    if problems:
        raise ValidationError(list(problems.values()), "invalid")
    places = {str(question.position) for question in questions}
    return {place: text.strip() for place, text in typed.items() if place in places and text.strip()}


def _refuse_future(day: date, cohort: Cohort) -> None:
    if day > today_in(cohort):
        raise ValidationError(
            _("The day of the test is in the future. Choose the day it was taken."), "future"
        )


def _refuse_if_taken(enrolment: Enrolment, assessment: Assessment, occasion: str) -> None:
    tries = Attempt.objects.counted().filter(enrolment=enrolment, assessment=assessment, occasion=occasion)
    if tries.exists():
        raise ValidationError(
            _("%(name)s has a try of this test already. Declare it void first if the paper is to count."),
            "taken",
            params={"name": enrolment.participant.full_name},
        )


def _refuse_out_of_order(sheet: PaperSheet) -> None:
    """Before, after, follow-up: the days may not say otherwise. On one day the sheets are believed."""
    if sheet.occasion not in TEST_OCCASIONS or sheet.taken_on is None:
        return
    zone = ZoneInfo(sheet.enrolment.cohort.village.time_zone)
    place = TEST_OCCASIONS.index(Occasion(sheet.occasion))
    tries = Attempt.objects.counted().filter(enrolment=sheet.enrolment, assessment=sheet.assessment)
    for other in tries.exclude(occasion=sheet.occasion):
        day = timezone.localdate(other.started_at, timezone=zone)
        is_later = TEST_OCCASIONS.index(Occasion(other.occasion)) > place
        if day < sheet.taken_on if is_later else day > sheet.taken_on:
            raise ValidationError(
                _("%(name)s: the day does not fit, because “%(other)s” was taken on %(day)s."),
                "order",
                params={
                    "name": sheet.enrolment.participant.full_name,
                    "other": other.get_occasion_display(),
                    "day": date_format(day, "j F Y"),
                },
            )


def _refuse_unless_settled(comparison: Comparison, *, single: bool) -> None:
    sheet = comparison.sheet
    if sheet.first_by_id is None:
        raise ValidationError(_("This sheet has not been typed for the first time yet."), "not_keyed")
    if sheet.second_by_id is None and not single:
        raise ValidationError(
            _("Type this sheet a second time first, so that both can be compared."), "not_twice"
        )
    if comparison.open:
        raise ValidationError(
            _("Settle first: question %(places)s."),
            "differs",
            params={"places": ", ".join(str(place) for place in comparison.open)},
        )
