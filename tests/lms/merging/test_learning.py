"""Two records of one person become one: attempts, lessons, receipts, sheets, completion."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.enums import with_moment
from lms.certificates.models import Certificate
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.evaluation.datasets import matched_scores
from lms.followup.enums import PlanStatus
from lms.followup.models import Plan
from lms.learning.domain import rebuild_scores, start_attempt
from lms.learning.models import (
    AnswerEvent,
    Attempt,
    AttemptRecord,
    Completion,
    PaperSheet,
    SurveyReceipt,
)
from lms.people.domain import compare_people
from tests.factories import CohortFactory, make_staff
from tests.lms.learning.answers import hand_in
from tests.lms.learning.training import assign, make_practice, make_single_form, make_survey
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 4, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def pair() -> tuple[Enrolment, Enrolment]:
    people = two_records()
    cohort = CohortFactory(organisation=people[0].organisation, require_plan=False)
    return both_in(cohort, people, form_order="BA")


def merge_pair(pair: tuple[Enrolment, Enrolment], **words: object) -> Enrolment:
    merge(pair[0].participant, pair[1].participant, **words)
    return Enrolment.objects.get(pk=pair[0].pk)


def taken(enrolment: Enrolment, occasion: str, hours: int, *, right: int | None = None) -> Attempt:
    """A test that was handed in so many hours after noon of the first day."""
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion=occasion), right_items=right)
    return at(attempt, hours)


def at(attempt: Attempt, hours: int) -> Attempt:
    moment = NOON + timedelta(hours=hours)
    submitted = moment + timedelta(minutes=20) if attempt.submitted_at else None
    Attempt.objects.filter(pk=attempt.pk).update(started_at=moment, submitted_at=submitted)
    return Attempt.objects.get(pk=attempt.pk)


def standing(enrolment: Enrolment) -> list[tuple[str, str, int, bool]]:
    rows = Attempt.objects.filter(enrolment=enrolment).order_by("occasion", "number")
    return [(str(one.pk), one.occasion, one.number, one.voided_at is None) for one in rows]


def test_before_under_one_card_and_after_under_the_other_become_a_pair(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    """The order of forms is the one that was really taken."""
    before = taken(pair[1], "pre", 0)
    Enrolment.objects.filter(pk=pair[0].pk).update(form_order="BA")
    Cohort.objects.update(pretest_first=False)
    after = taken(Enrolment.objects.select_related("cohort").get(pk=pair[0].pk), "post", 8)
    merged = merge_pair(pair)
    assert standing(merged) == [(str(after.pk), "post", 1, True), (str(before.pk), "pre", 1, True)]
    assert (before.form.letter, after.form.letter, merged.form_order) == ("B", "A", "BA")
    assert [person.order for person in matched_scores(merged.cohort).matched] == ["BA"]


@pytest.mark.parametrize("kept_first", [True, False])
def test_of_two_pre_tests_the_first_by_time_counts(
    pair: tuple[Enrolment, Enrolment], kept_first: bool
) -> None:
    mine, theirs = (taken(one, "pre", hour) for one, hour in zip(pair, (0, 3), strict=True))
    if not kept_first:
        at(mine, 9)
    first, later = (mine, theirs) if kept_first else (theirs, mine)
    merged = merge_pair(pair, reason="Dua kartu")
    assert standing(merged) == [(str(first.pk), "pre", 1, True), (str(later.pk), "pre", 2, False)]
    assert merged.form_order == first.form.letter + later.form.letter
    void = AttemptRecord.objects.get(attempt=later, action="voided")
    assert (void.reason, void.detail["why"], void.detail["old"]) == ("Dua kartu", "later", 13)
    moved = AttemptRecord.objects.get(action="moved")
    assert moved.attempt == theirs
    assert moved.detail["from"] == str(pair[1].participant_id)


def test_a_second_post_test_becomes_a_further_try_and_only_the_first_counts_for_the_gain(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    for one in pair:
        taken(one, "pre", 0)
    later, first = taken(pair[0], "post", 9, right=2), taken(pair[1], "post", 8, right=1)
    merged = merge_pair(pair)
    assert [row for row in standing(merged) if row[1] == "post"] == [
        (str(first.pk), "post", 1, True),
        (str(later.pk), "post", 2, True),
    ]
    assert Attempt.objects.first_tries().get(enrolment=merged, occasion="post") == first


def test_post_tests_beyond_the_tries_of_the_training_do_not_count(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    for one in pair:
        taken(one, "pre", 0)
    mine = [taken(pair[0], "post", 8), taken(pair[0], "post", 9)]
    theirs = taken(pair[1], "post", 10)
    merged = merge_pair(pair)
    counts = {row[0]: row[3] for row in standing(merged) if row[1] == "post"}
    assert counts == {str(mine[0].pk): True, str(mine[1].pk): True, str(theirs.pk): False}


def test_what_was_handed_in_counts_before_what_was_only_begun(pair: tuple[Enrolment, Enrolment]) -> None:
    begun = at(start_attempt(enrolment=pair[0], occasion="pre"), 0)
    done = taken(pair[1], "pre", 1)
    merged = merge_pair(pair)
    assert standing(merged) == [(str(done.pk), "pre", 1, True), (str(begun.pk), "pre", 2, False)]


def test_of_two_open_tries_the_first_stays_open(pair: tuple[Enrolment, Enrolment]) -> None:
    first = at(start_attempt(enrolment=pair[1], occasion="pre"), 0)
    later = at(start_attempt(enrolment=pair[0], occasion="pre"), 1)
    merged = merge_pair(pair)
    assert standing(merged) == [(str(first.pk), "pre", 1, True), (str(later.pk), "pre", 2, False)]


def test_a_pre_test_after_the_post_test_had_begun_does_not_count(pair: tuple[Enrolment, Enrolment]) -> None:
    Cohort.objects.update(pretest_first=False)
    stays = Enrolment.objects.select_related("cohort").get(pk=pair[0].pk)
    taken(stays, "post", 0)
    late = taken(pair[1], "pre", 5)
    merge_pair(pair)
    assert Attempt.objects.get(pk=late.pk).voided_at is not None
    assert AttemptRecord.objects.get(attempt=late, action="voided").detail["why"] == "after_next"


def test_an_open_pre_test_gives_way_once_a_post_test_was_begun(pair: tuple[Enrolment, Enrolment]) -> None:
    Cohort.objects.update(pretest_first=False)
    begun = at(start_attempt(enrolment=pair[0], occasion="pre"), 0)
    other = Enrolment.objects.select_related("cohort").get(pk=pair[1].pk)
    taken(other, "post", 5)
    merge_pair(pair)
    assert Attempt.objects.get(pk=begun.pk).voided_at is not None


def test_one_form_taken_twice_is_told_and_gives_no_gain(pair: tuple[Enrolment, Enrolment]) -> None:
    Cohort.objects.update(pretest_first=False)
    taken(pair[1], "pre", 0)  # form B
    taken(Enrolment.objects.select_related("cohort").get(pk=pair[0].pk), "post", 8)  # form B
    foreseen = compare_people(kept=pair[0].participant, merged=pair[1].participant).foreseen
    assert any("same form" in one.text and one.collides for one in foreseen)
    merged = merge_pair(pair)
    assert merged.form_order == "AB"
    scores = matched_scores(merged.cohort)
    assert (scores.same_form, scores.matched) == (1, ())


def test_answers_scores_and_what_was_shown_never_change(pair: tuple[Enrolment, Enrolment]) -> None:
    attempts = [taken(one, "pre", hour, right=3) for one, hour in zip(pair, (0, 1), strict=True)]
    answers = list(AnswerEvent.objects.order_by("pk").values())
    merge_pair(pair)
    assert list(AnswerEvent.objects.order_by("pk").values()) == answers
    for attempt in attempts:
        now = Attempt.objects.get(pk=attempt.pk)
        assert (now.score, now.form, now.started_at) == (attempt.score, attempt.form, attempt.started_at)
        assert rebuild_scores(attempt=now, write=False) == []


def test_practices_all_count_in_the_order_of_time(pair: tuple[Enrolment, Enrolment]) -> None:
    practice = make_practice(pair[0].cohort)
    words = {"occasion": "practice", "assessment": practice}
    later = at(hand_in(start_attempt(enrolment=pair[0], **words), right_items=0), 5)
    first = at(hand_in(start_attempt(enrolment=pair[1], **words), right_items=0), 1)
    merged = merge_pair(pair)
    assert standing(merged) == [(str(first.pk), "practice", 1, True), (str(later.pk), "practice", 2, True)]


def test_tries_of_the_kept_record_alone_stay_as_they_were(pair: tuple[Enrolment, Enrolment]) -> None:
    taken(pair[0], "pre", 0)
    taken(pair[0], "post", 8)
    taken(pair[0], "post", 9)
    before = standing(pair[0])
    Cohort.objects.update(post_test_tries=1)
    assert standing(merge_pair(pair)) == before
    assert not AttemptRecord.objects.exists()


@pytest.mark.parametrize("still_assigned", [True, False])
def test_of_a_survey_at_one_moment_the_first_answer_stays(
    pair: tuple[Enrolment, Enrolment], still_assigned: bool
) -> None:
    """What is compared between moments is what was said first; other moments are touched by nothing."""
    survey = make_single_form("likert", purpose="survey")
    now = timezone.now()
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    for occasion in ("before", "after"):
        assign(pair[0].cohort, occasion, assessment=survey, **window)
    words = {"assessment": survey}
    later = at(hand_in(start_attempt(enrolment=pair[0], occasion="before", **words), right_items=0), 5)
    first = at(hand_in(start_attempt(enrolment=pair[1], occasion="before", **words), right_items=0), 1)
    after = at(hand_in(start_attempt(enrolment=pair[1], occasion="after", **words), right_items=0), 0)
    if not still_assigned:
        Assignment.objects.filter(cohort=pair[0].cohort).delete()
    texts = [
        one.text
        for one in compare_people(kept=pair[0].participant, merged=pair[1].participant).foreseen
        if one.collides
    ]
    assert any(with_moment(survey.label, "before") in text for text in texts)
    merged = merge_pair(pair)
    assert standing(merged) == [
        (str(after.pk), "after", 1, True),
        (str(first.pk), "before", 1, True),
        (str(later.pk), "before", 2, False),
    ]


def test_receipts_of_anonymous_surveys_are_put_together(pair: tuple[Enrolment, Enrolment]) -> None:
    twice, once = make_survey(pair[0].cohort), make_survey(pair[0].cohort)
    for enrolment, survey in [(pair[0], twice), (pair[1], twice), (pair[1], once)]:
        SurveyReceipt.objects.create(enrolment=enrolment, assessment=survey)
    merged = merge_pair(pair)
    assert set(SurveyReceipt.objects.values_list("enrolment", "assessment")) == {
        (merged.pk, twice.pk),
        (merged.pk, once.pk),
    }


def sheet(enrolment: Enrolment, **fields: object) -> PaperSheet:
    form = enrolment.cohort.assessment.forms.get(letter="A")
    made: PaperSheet = PaperSheet.objects.create(
        enrolment=enrolment, assessment=form.assessment, occasion="pre", form=form, **fields
    )
    return made


def test_a_blank_sheet_makes_room_for_a_typed_one(pair: tuple[Enrolment, Enrolment]) -> None:
    sheet(pair[0])
    typed = sheet(pair[1], first={"1": "A"}, first_by=make_staff())
    merged = merge_pair(pair)
    assert list(PaperSheet.objects.values_list("pk", "enrolment")) == [(typed.pk, merged.pk)]


def test_two_sheets_that_are_half_typed_hinder_and_nothing_is_lost(pair: tuple[Enrolment, Enrolment]) -> None:
    user = make_staff()
    for one in pair:
        sheet(one, first={"1": "A"}, first_by=user)
    with pytest.raises(ValidationError) as refusal:
        merge_pair(pair)
    assert refusal.value.code == "hindered"
    assert PaperSheet.objects.count() == 2
    assert Enrolment.objects.filter(pk=pair[1].pk).exists()


def test_the_earlier_completion_stays(pair: tuple[Enrolment, Enrolment]) -> None:
    for one, day in zip(pair, (5, 3), strict=True):
        Completion.objects.create(enrolment=one, completed_at=NOON + timedelta(days=day))
    merged = merge_pair(pair)
    assert [(one.pk, one.completed_at) for one in Completion.objects.all()] == [
        (merged.pk, NOON + timedelta(days=3))
    ]


def test_a_completion_of_the_other_record_moves(pair: tuple[Enrolment, Enrolment]) -> None:
    Completion.objects.create(enrolment=pair[1], completed_at=NOON)
    merged = merge_pair(pair)
    assert [(one.pk, one.completed_at) for one in Completion.objects.all()] == [(merged.pk, NOON)]


def test_both_together_may_meet_the_rule(pair: tuple[Enrolment, Enrolment]) -> None:
    """The plan under one card, the tests under the other: together it is a completion, and a certificate."""
    Cohort.objects.update(min_attendance_percent=None)
    cohort = Cohort.objects.get(pk=pair[0].cohort_id)
    cohort.require_plan = True
    cohort.save()
    Plan.objects.create(enrolment=pair[0], status=PlanStatus.SUBMITTED, submitted_at=NOON)
    taken(pair[1], "pre", 0)
    taken(pair[1], "post", 8)
    assert not Completion.objects.exists()
    record = merge(pair[0].participant, pair[1].participant)
    assert Completion.objects.filter(enrolment=pair[0].pk).exists()
    assert record.moved["completed_by_merging"] == [str(cohort.pk)]
    assert Certificate.objects.get().enrolment_id == pair[0].pk
