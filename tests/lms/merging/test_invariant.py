"""Whatever two records of one person hold: merging loses nothing, leaves the other empty, and the order in
which several records become one makes no difference to what counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.cohorts.models import Attendance, AttendanceEvent, Enrolment, ExperienceNote, FindingSupport
from lms.followup.enums import PlanStatus
from lms.followup.models import Action, Plan, Pledge
from lms.learning.models import AnswerEvent, Attempt, LessonProgress
from lms.people.models import ConsentRecord, MergeRecord, Participant, Presence
from tests.factories import FindingFactory
from tests.lms.merging.holdings import MOST, Scene, holdings, make_scene, record_with
from tests.lms.merging.people import merge
from tests.lms.merging.test_registry import relations

pytestmark = pytest.mark.django_db


@contextmanager
def rolled_back() -> Iterator[None]:
    # Each example is rolled back, so ids come again for other questions: none may be at hand from before.
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers() -> list[Any]:
    return list(AnswerEvent.objects.order_by("pk").values_list("pk", "item__attempt", "response", "is_late"))


def what_points_at(person: Participant) -> dict[str, int]:
    found = {}
    for name in relations():
        app_label, model_name, field = name.split(".")
        model = apps.get_model(app_label, model_name)
        if model is not MergeRecord and model._meta.get_field(field).related_model is Participant:
            found[name] = model._default_manager.filter(**{field: person}).count()
    return {name: count for name, count in found.items() if count}


def counts() -> dict[str, int]:
    return {
        "consents": ConsentRecord.objects.count(),
        "attempts": Attempt.objects.count(),
        "answers": AnswerEvent.objects.count(),
        "actions": Action.objects.count(),
        "people": Participant.objects.count(),
        "experiences": ExperienceNote.objects.count(),
        "signed pledges": Pledge.objects.filter(signed_on__isnull=False).count(),
    }


def unions(people: list[Participant]) -> dict[str, Any]:
    """What must be there after merging, whoever held it."""
    mine = {"enrolment__participant__in": people}
    return {
        "meetings": set(Attendance.objects.filter(**mine).values_list("meeting", flat=True)),
        "present": set(
            Attendance.objects.filter(**mine, status__in=["hadir", "terlambat"]).values_list(
                "meeting", flat=True
            )
        ),
        "changes": set(
            AttendanceEvent.objects.filter(
                **{f"attendance__{path}": value for path, value in mine.items()}, reason=""
            ).values_list("pk", flat=True)
        ),
        "promises": {line for one in Pledge.objects.filter(**mine) for line in one.promises},
        "seen": max(
            Presence.objects.filter(participant__in=people).values_list("seen_at", flat=True), default=None
        ),
        "lessons": set(LessonProgress.objects.filter(**mine).values_list("lesson", flat=True)),
        "handed in": Plan.objects.filter(**mine, status=PlanStatus.SUBMITTED).exists(),
        "trainings": set(Enrolment.objects.filter(participant__in=people).values_list("cohort", flat=True)),
    }


def must_hold(kept: Participant) -> None:
    """What the house promises of the tries of one person."""
    counted = list(Attempt.objects.counted().filter(enrolment__participant=kept))
    for occasion in ("pre", "post", "followup"):
        mine = sorted((one for one in counted if one.occasion == occasion), key=lambda one: one.number)
        done = [one.started_at for one in mine if one.submitted_at is not None]
        assert done == sorted(done)
        assert sum(one.submitted_at is None for one in mine) <= 1
        assert len(mine) <= MOST[occasion]
    pledges = Pledge.objects.filter(enrolment__participant=kept).order_by("version")
    assert [one.version for one in pledges] == list(range(1, len(pledges) + 1))
    # What is not signed is the newest, else nobody could sign it.
    assert [one.is_signed for one in pledges] == sorted((one.is_signed for one in pledges), reverse=True)


SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SOME
@given(first=holdings, second=holdings, take_card=st.booleans())
def test_nothing_is_lost_and_the_other_record_is_empty(
    db: None, first: dict[str, Any], second: dict[str, Any], take_card: bool
) -> None:
    with rolled_back():
        scene = make_scene()
        findings = FindingFactory.create_batch(2, cohort=scene.cohort)
        kept, merged = (record_with(scene, holding, findings) for holding in (first, second))
        before, held, given_answers = counts(), unions([kept, merged]), answers()
        record = merge(kept, merged, take_card=take_card)
        assert counts() == before
        assert answers() == given_answers
        assert unions([kept]) == held
        assert what_points_at(merged) == {}
        assert Participant.objects.get(pk=merged.pk).merged_into == kept
        assert not Enrolment.objects.filter(participant=merged).exists()
        supported = [holding["supports"] for holding in (first, second) if holding["shares"]]
        assert FindingSupport.objects.count() == len(set().union(*supported))
        must_hold(kept)
        assert record.moved == MergeRecord.objects.get(pk=record.pk).moved


@SOME
@given(three=st.lists(holdings, min_size=3, max_size=3))
def test_the_order_of_merging_three_records_does_not_matter(db: None, three: list[dict[str, Any]]) -> None:
    """A, then B, then C into one, or C, then B: the same tries count, the same attendance stands."""
    results = []
    for order in ([1, 2], [2, 1]):
        with rolled_back():
            scene = make_scene()
            findings = FindingFactory.create_batch(2, cohort=scene.cohort)
            people = [record_with(scene, holding | {"shares": True}, findings) for holding in three]
            for place in order:
                merge(people[0], people[place])
            results.append(what_counts(people[0], scene))
    assert results[0] == results[1]


def what_counts(kept: Participant, scene: Scene) -> Any:
    attempts = Attempt.objects.counted().filter(enrolment__participant=kept)
    pre = [one.started_at for one in attempts.filter(occasion="pre")]
    status = Attendance.objects.filter(enrolment__participant=kept).values_list("meeting", "status")
    places = {meeting.pk: place for place, meeting in enumerate(scene.meetings)}
    return sorted(pre), {places[meeting]: one for meeting, one in status}
