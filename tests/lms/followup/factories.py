"""Makers of plans and activities."""

import datetime
from typing import Any

from lms.cohorts.models import Enrolment
from lms.followup.models import Action, Plan
from lms.ids import new_id

FIELDS: dict[str, Any] = {
    "title": "Musyawarah dusun dengan Berita Acara",
    "phase": "pra_musdes",
    "deadline": datetime.date(2026, 6, 20),
    "person_in_charge": "Kepala Dusun",
    "indicator": "1 Berita Acara",
    "evidence_expected": "Berita Acara, daftar hadir",
}


def make_action(enrolment: Enrolment, **fields: Any) -> Action:
    """An activity in the (draft) plan of an enrolment."""
    plan, _ = Plan.objects.get_or_create(enrolment=enrolment)
    return Action.objects.create(plan=plan, **{**FIELDS, **fields})


def posted(**fields: Any) -> dict[str, Any]:
    """What a browser posts for an activity."""
    data = {**FIELDS, "id": str(new_id()), "deadline": "2026-06-20", **fields}
    return {name: value for name, value in data.items() if value is not None}
