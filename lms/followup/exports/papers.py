"""The commitment sheet (*Lembar Komitmen*) of each participant, and plans (*RTL*) as a table."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from lms.cohorts.exports.frame import bare
from lms.cohorts.exports.meetings import about, namesakes, office_of, people_of
from lms.cohorts.models import Cohort, Enrolment
from lms.followup.models import Action
from lms.followup.queries import actions_of, actions_on_paper, pledge_sheets
from lms.press.indonesian import long_date
from lms.press.paper import Part

TEMPLATES = Path(__file__).parent.parent / "typst"
# Lines to write on where nothing was typed.
_PROMISES = 5
_BLANK_ROWS = 6
# When a plan and a pledge are looked at again, in days after the training (DOMAIN 4.2).
_MILESTONES = (30, 60, 90)


def person_choices(cohort: Cohort) -> list[tuple[str, str]]:
    """Everybody in the training; two of one name are told apart by their code."""
    people = list(Enrolment.objects.filter(cohort=cohort).select_related("participant"))
    same = namesakes(people)
    return [(str(each.pk), _told_apart(each, same)) for each in people]


def commitment_parts(cohort: Cohort, choice: str) -> list[Part]:
    """A sheet for each participant, or for the chosen one. Promises are printed as they were typed; who typed
    none has lines to write on."""
    typed = {sheet.enrolment_id: sheet.promises for sheet in pledge_sheets(cohort)}
    sheet = {
        **about(cohort),
        "milestones": [long_date(cohort.ends_on + timedelta(days=days)) for days in _MILESTONES],
        "lines": _PROMISES,
    }
    return [
        Part(
            TEMPLATES / "commitment.typ",
            {
                **sheet,
                "name": each.participant.full_name,
                "code": each.participant.code,
                "office": office_of(each.participant),
                "dusun": each.participant.dusun,
                "home": bare(each.participant.village.name),
                "promises": list(typed.get(each.pk, [])),
            },
        )
        for each in _chosen(people_of(cohort), choice)
    ]


def plan_parts(cohort: Cohort, choice: str) -> list[Part]:
    """The activities of everybody, person by person, or of the chosen one; an empty form without any."""
    if choice:
        own = Enrolment.objects.filter(cohort=cohort).select_related("participant__village")
        return [own_plan_part(each) for each in _chosen(list(own), choice)]
    rows: list[dict[str, Any]] = []
    with translation.override(settings.LANGUAGE_CODE):
        for enrolment, actions in groupby(actions_on_paper(cohort), lambda action: action.plan.enrolment):
            rows.append({"group": _owner(enrolment)})
            rows += [_row(action) for action in actions]
    return [_plan(cohort, rows, owner="")]


def own_plan_part(enrolment: Enrolment) -> Part:
    """The plan of one participant."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [_row(action) for action in actions_of(enrolment)]
    return _plan(enrolment.cohort, rows, owner=enrolment.participant.full_name, home=_place(enrolment))


def _plan(cohort: Cohort, rows: list[dict[str, Any]], *, owner: str, home: str = "") -> Part:
    data = {
        **about(cohort),
        "owner": owner,
        "home": home,
        "rows": rows,
        "blank": 1 if rows else _BLANK_ROWS,
        "office": cohort.signatory_title,
        "official": cohort.signatory_name,
        "place_date": bare(cohort.village.name),
    }
    return Part(TEMPLATES / "plan.typ", data, "landscape")


def _row(action: Action) -> dict[str, Any]:
    """Columns that plans do not hold yet are printed empty, to be written by hand (DOMAIN 4.1)."""
    finding = action.finding
    return {
        "finding": f"{finding.code}: {finding.text}" if finding else "",
        "title": action.title,
        "goal": "",
        "steps": "",
        "phase": str(action.get_phase_display()),
        "time": long_date(action.deadline),
        "place": "",
        "charge": action.person_in_charge,
        "parties": "",
        "cost": "",
        "indicator": action.indicator,
        "evidence": action.evidence_expected,
        "status": str(action.get_status_display()),
    }


def _chosen(people: Sequence[Enrolment], choice: str) -> list[Enrolment]:
    """All, or the one asked for. Raises ValidationError if that one is not in the training."""
    chosen = [each for each in people if choice in ("", str(each.pk))]
    if not chosen:
        raise ValidationError(_("This person is not in the training any more."), code="gone")
    return chosen


def _owner(enrolment: Enrolment) -> str:
    return f"{enrolment.participant.full_name} · {_place(enrolment)}"


def _place(enrolment: Enrolment) -> str:
    person = enrolment.participant
    dusun = f"Dusun {person.dusun}" if person.dusun else bare(person.village.name)
    return f"{office_of(person)}, {dusun}"


def _told_apart(enrolment: Enrolment, same: set[str]) -> str:
    person = enrolment.participant
    return f"{person.full_name} ({person.code})" if person.full_name.casefold() in same else person.full_name
