"""When the moments of a survey are open, by the dates of the training and the clock of its village."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import MOMENTS, Occasion, purpose_of, ruled_as, with_moment
from lms.cohorts.models import Assignment, Cohort
from lms.cohorts.moments import ALWAYS, usual_window
from lms.cohorts.queries import schedule
from tests.factories import CohortFactory
from tests.lms.learning.training import make_survey

WITA = ZoneInfo("Asia/Makassar")
DAY = datetime.date(2018, 6, 11)
DATES = st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31))


def at(day: datetime.date, *, zone: ZoneInfo = WITA) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=zone)


def test_loonunas_moments_are_counted_from_its_day_and_the_clock_of_the_village() -> None:
    def window(occasion: str) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        return usual_window(occasion, starts_on=DAY, ends_on=DAY, time_zone="Asia/Makassar")

    assert window("before") == (None, at(datetime.date(2018, 6, 12)))
    assert window("after")[0] == at(DAY)
    assert window("day30")[0] == at(datetime.date(2018, 7, 11))
    # 9 September 2018 was a Sunday.
    assert window("day90")[0] == at(datetime.date(2018, 9, 10))
    opens_at = window("after")[0]
    assert opens_at is not None
    assert opens_at.astimezone(datetime.UTC) == datetime.datetime(2018, 6, 10, 16, tzinfo=datetime.UTC)


def test_the_last_day_of_a_training_is_its_own_even_on_a_sunday() -> None:
    sunday = datetime.date(2018, 6, 10)
    window = usual_window("after", starts_on=sunday, ends_on=sunday, time_zone="Asia/Makassar")
    assert window.opens_at == at(sunday)


def test_what_has_no_moment_has_no_usual_time() -> None:
    for occasion in (occasion for occasion in Occasion if occasion not in MOMENTS):
        assert usual_window(occasion, starts_on=DAY, ends_on=DAY, time_zone="Asia/Makassar") == ALWAYS


@given(ends_on=DATES, days=st.integers(0, 10), occasion=st.sampled_from(MOMENTS[1:]))
def test_moments_come_in_order_close_after_opening_and_never_open_on_a_sunday(
    ends_on: datetime.date, days: int, occasion: Occasion
) -> None:
    starts_on = ends_on - datetime.timedelta(days=days)

    def window(one: str) -> tuple[datetime.datetime, datetime.datetime]:
        found = usual_window(one, starts_on=starts_on, ends_on=ends_on, time_zone="Asia/Jayapura")
        assert found.opens_at is not None
        assert found.closes_at is not None
        return found.opens_at, found.closes_at

    opens_at, closes_at = window(occasion)
    assert opens_at < closes_at
    if occasion != Occasion.AFTER:
        assert opens_at.weekday() != 6
    later = MOMENTS[MOMENTS.index(occasion) + 1 :]
    assert all(closes_at <= window(other)[0] for other in later[:1])


@pytest.mark.django_db
def test_the_page_of_a_training_tells_open_and_closed_at_midnight_in_the_village(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cohort = CohortFactory(starts_on=DAY, ends_on=DAY)
    survey = make_survey(cohort, "likert", is_anonymous=False)
    Assignment.objects.update(occasion="after")
    midnight = at(DAY)
    for moment, is_open in ((midnight - datetime.timedelta(seconds=1), False), (midnight, True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda now=moment: now)
        entry = next(each for each in schedule(cohort) if each.assessment == survey)
        assert entry.is_open is is_open
    assert "pada akhir pelatihan" in with_moment(survey.label, "after")


@pytest.mark.django_db
def test_what_staff_say_takes_the_place_of_the_usual_time_and_a_late_opening_takes_the_end_along() -> None:
    cohort: Cohort = CohortFactory(starts_on=DAY, ends_on=DAY)
    row = Assignment(cohort=cohort, occasion="after", closes_at=at(datetime.date(2018, 6, 13)))
    assert row.window(cohort) == (at(DAY), at(datetime.date(2018, 6, 13)))
    moved = Assignment(cohort=cohort, occasion="after", opens_at=at(datetime.date(2018, 12, 1)))
    assert moved.window(cohort) == (at(datetime.date(2018, 12, 1)), at(datetime.date(2018, 12, 22)))
    survey = Assignment(cohort=cohort, occasion="survey", opens_at=at(DAY))
    assert survey.window(cohort) == (at(DAY), None)


def test_the_rules_of_a_survey_hold_at_each_of_its_moments() -> None:
    assert {ruled_as(moment) for moment in MOMENTS} == {Occasion.SURVEY}
    assert {purpose_of(moment) for moment in MOMENTS} == {"survey"}
    assert (ruled_as("post"), purpose_of("post"), purpose_of("practice")) == ("post", "test", "practice")
