"""Years in the words of a training: tokens, left-over years, and the copy for a new year."""

import datetime
import pickle
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import Occasion
from lms.certificates.snapshot import take_snapshot
from lms.cohorts.domain import clone_training
from lms.cohorts.models import (
    Assignment,
    Cohort,
    Credit,
    Enrolment,
    Facilitator,
    Finding,
    Meeting,
    Party,
    Programme,
    ProgrammeObjective,
    Quota,
)
from lms.cohorts.models.years import stored
from lms.cohorts.queries import missing_before_next
from lms.cohorts.queries.parties import objectives_of
from lms.cohorts.queries.years import stale_texts
from lms.cohorts.years import has_token, render_years, stale_years
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    FindingFactory,
    MeetingFactory,
    make_staff,
)
from tests.lms.cohorts.pages import page
from tests.lms.cohorts.test_viewsets import edit

pytestmark = pytest.mark.django_db
TITLE = "Perencanaan {tahun_pelaksanaan} untuk dokumen {tahun_dokumen}"
JUNE_2018 = {"starts_on": datetime.date(2018, 6, 11), "ends_on": datetime.date(2018, 6, 11)}
# Result 3 of the founding document, copied from the year before.
RESIDUE = "Komitmen menerapkan perencanaan partisipatif tahun 2017 untuk dokumen 2018"

texts = st.text(st.characters(exclude_categories=["Nd"]), max_size=40)
years = st.integers(2000, 2099)


@given(texts, texts, years, years)
def test_tokens_become_years_and_all_else_stays(
    before: str, after: str, training: int, documents: int
) -> None:
    text = f"{before}{{tahun_pelaksanaan}}{after}{{tahun_dokumen}}"
    shown = render_years(text, training=training, documents=documents)
    assert shown == f"{before}{training}{after}{documents}"
    assert not has_token(shown)
    assert render_years(before, training=training, documents=documents) == before


@given(texts, st.integers(2016, 2099), st.sets(st.integers(2016, 2099), max_size=3))
def test_a_year_is_stale_exactly_if_it_does_not_fit(text: str, year: int, fitting: set[int]) -> None:
    found = stale_years(f"{text} {year} {text}", fitting=fitting)
    assert [each.year for each in found] == ([] if year in fitting else [year])


def test_the_founding_text_of_2018_is_found() -> None:
    assert [each.year for each in stale_years(RESIDUE, fitting={2018, 2019})] == [2017]


@pytest.mark.parametrize(
    "text",
    [
        "PP 16/2026",
        "UU Nomor 23 Tahun 2024",
        "Permendagri No. 20 Tahun 2018",
        "nomor 12018",
        "tahun 2015",
        "",
    ],
)
def test_rules_and_other_numbers_are_not_years_of_the_training(text: str) -> None:
    assert stale_years(text, fitting={2031}) == []


def test_a_copy_knows_which_token_is_meant() -> None:
    found = stale_years("2018 untuk 2019", fitting={2027, 2028}, formerly=(2018, 2019))
    assert [(each.year, each.token) for each in found] == [
        (2018, "{tahun_pelaksanaan}"),
        (2019, "{tahun_dokumen}"),
    ]


# The fields


def test_a_title_shows_the_years_of_its_dates_wherever_it_is_read() -> None:
    cohort = CohortFactory(title=TITLE, certificate_title="", **JUNE_2018)
    assert cohort.title == "Perencanaan 2018 untuk dokumen 2019"
    assert str(cohort).endswith("dokumen 2019")
    assert Cohort.objects.get(pk=cohort.pk).printed_title == cohort.title
    cohort.document_year = 2018
    assert cohort.title == "Perencanaan 2018 untuk dokumen 2018"
    meeting = MeetingFactory(cohort=cohort, title="Pembukaan {tahun_pelaksanaan}")
    assert Meeting.objects.get(pk=meeting.pk).title == "Pembukaan 2018"
    snapshot = take_snapshot(
        enrolment=EnrolmentFactory(cohort=cohort), number="1", code="A" * 26, issued_on=cohort.ends_on
    )
    assert snapshot["title"] == cohort.title


def test_what_is_stored_keeps_its_tokens_through_every_way_of_saving() -> None:
    cohort = CohortFactory(title=TITLE, **JUNE_2018)
    again = Cohort.objects.get(pk=cohort.pk)
    again.save()
    again.refresh_from_db()
    again.title = Cohort.objects.get(pk=cohort.pk).title
    again.full_clean()
    again.save(update_fields=["title"])
    Cohort.objects.bulk_update([again], ["title"])
    pickle.loads(pickle.dumps(again)).save()
    deferred = Cohort.objects.defer("title").get(pk=cohort.pk)
    assert deferred.title == "Perencanaan 2018 untuk dokumen 2019"
    deferred.save()
    assert stored(Cohort.objects.get(pk=cohort.pk), "title") == TITLE
    assert Cohort.objects.filter(title=deferred.title).exists()


def test_meetings_without_a_token_ask_nothing_of_their_training(django_assert_num_queries: Any) -> None:
    MeetingFactory(title="Pagi")
    with django_assert_num_queries(1):
        assert [meeting.title for meeting in Meeting.objects.all()] == ["Pagi"]


def test_the_form_shows_what_is_stored(organiser: Client, organisation: Any) -> None:
    cohort = CohortFactory(title=TITLE, organisation=organisation)
    body = organiser.get(reverse("cohort:edit", args=[cohort.pk])).content.decode()
    assert TITLE in body
    edit(organiser, cohort, title=TITLE + ".")
    assert stored(Cohort.objects.get(pk=cohort.pk), "title") == TITLE + "."


def test_objectives_of_a_programme_show_the_years_of_the_training() -> None:
    cohort = CohortFactory(**JUNE_2018)
    cohort.programme = Programme.objects.create(organisation=cohort.organisation, title="GSC")
    ProgrammeObjective.objects.create(programme=cohort.programme, code="TK1", text="Kader {tahun_dokumen}")
    assert objectives_of(cohort) == [("TK1", "Kader 2019")]


# The copy


@pytest.fixture
def loonuna(organisation: Any) -> Cohort:
    cohort = CohortFactory(
        code="LNN-2018",
        organisation=organisation,
        title=TITLE,
        theme="Perencanaan 2018",
        expected_results=RESIDUE,
        venue="Aula Kantor Desa",
        signatory_name="Sekdes",
        signatory_title="a.n. Kepala Desa",
        min_women_percent=30,
        state="arsip",
        **JUNE_2018,
    )
    meeting = MeetingFactory(cohort=cohort, title="Hari {tahun_pelaksanaan}", held_on=cohort.starts_on)
    at = datetime.datetime(2018, 6, 10, 22, 0, tzinfo=datetime.UTC)
    Assignment.objects.create(cohort=cohort, occasion=Occasion.FOLLOW_UP, opens_at=at)
    Party.objects.create(cohort=cohort, name="BPD", role="penyelenggara", sort_order=1)
    Credit.objects.create(cohort=cohort, name="Alfons", role="Editor")
    Quota.objects.create(cohort=cohort, element="bpd", planned=5)
    FacilitatorFactory(cohort=cohort, name="Narasumber").meetings.add(meeting)
    member = Facilitator.objects.get()
    member.meetings.set([meeting])
    member.save()
    EnrolmentFactory(cohort=cohort)
    FindingFactory(cohort=cohort)
    return cohort


def test_a_copy_takes_the_plan_and_leaves_the_people(loonuna: Cohort) -> None:
    day = datetime.date(2027, 6, 14)
    copy = clone_training(cohort=loonuna, code="LNN-2027", starts_on=day, user=make_staff(is_superuser=True))
    copy = Cohort.objects.get(pk=copy.pk)
    moved = day - loonuna.starts_on
    assert (copy.state, copy.starts_on, copy.ends_on, copy.copied_from) == ("rencana", day, day, loonuna)
    for name in ("course", "assessment", "village", "venue", "signatory_title", "min_women_percent"):
        assert getattr(copy, name) == getattr(loonuna, name), name
    assert stored(copy, "title") == TITLE
    assert copy.title == "Perencanaan 2027 untuk dokumen 2028"
    meeting = Meeting.objects.get(cohort=copy)
    assert (meeting.title, meeting.held_on) == ("Hari 2027", day)
    old, new = (Assignment.objects.get(cohort=cohort) for cohort in (loonuna, copy))
    assert new.opens_at - old.opens_at == moved
    assert [(row.name, list(row.meetings.all())) for row in Facilitator.objects.filter(cohort=copy)] == [
        ("Narasumber", [meeting])
    ]
    for kind in (Party, Credit, Quota):
        assert kind.objects.filter(cohort=copy).count() == 1
    assert not Enrolment.objects.filter(cohort=copy).exists()
    assert not Finding.objects.filter(cohort=copy).exists()
    assert Enrolment.objects.filter(cohort=loonuna).count() == 1


def test_the_documents_year_moves_along(loonuna: Cohort) -> None:
    Cohort.objects.update(document_year=2018)
    user = make_staff(is_superuser=True)
    copy = clone_training(cohort=loonuna, code="BARU", starts_on=datetime.date(2020, 1, 6), user=user)
    assert copy.years == (2020, 2020)


def test_a_code_that_is_taken_is_refused(loonuna: Cohort) -> None:
    with pytest.raises(ValidationError) as refused:
        clone_training(cohort=loonuna, code="LNN-2018", starts_on=loonuna.starts_on, user=None)
    assert refused.value.code == "code"
    assert Cohort.objects.count() == 1


def test_who_copies_without_seeing_all_keeps_sight(loonuna: Cohort) -> None:
    user = make_staff("pelatih", organisation=loonuna.organisation, sees_all=False, assigned=loonuna)
    copy = clone_training(cohort=loonuna, code="B", starts_on=loonuna.starts_on, user=user)
    assert copy in Cohort.objects.visible_to(user)


def test_left_over_years_are_told_with_the_token_to_write(loonuna: Cohort) -> None:
    user = make_staff(is_superuser=True)
    copy = clone_training(cohort=loonuna, code="LNN-2027", starts_on=datetime.date(2027, 6, 14), user=user)
    stale = [(each.found.year, each.found.token, each.shown) for each in stale_texts(copy)]
    assert stale == [
        (2018, "{tahun_pelaksanaan}", 2027),  # theme
        (2017, "{tahun_pelaksanaan}", 2027),  # expected results
        (2018, "{tahun_pelaksanaan}", 2027),
    ]
    assert any("3 " in each.text for each in missing_before_next(copy))


def test_the_original_itself_had_one_year_too_old(loonuna: Cohort) -> None:
    assert [each.found.year for each in stale_texts(loonuna)] == [2017]


def test_the_copy_is_made_on_a_page_and_opens_in_its_form(organiser: Client, loonuna: Cohort) -> None:
    body = organiser.get(page("clone", loonuna)).content.decode()
    assert 'value="LNN-2019"' in body
    sent = {"starts_on": "2027-06-14", "code": "LNN-2027"}
    response = organiser.post(page("clone", loonuna), sent, follow=True)
    copy = Cohort.objects.get(code="LNN-2027")
    assert response.redirect_chain[-1][0] == reverse("cohort:edit", args=[copy.pk])
    body = response.content.decode()
    assert RESIDUE in body
    assert "{tahun_pelaksanaan}" in body
    loonuna.refresh_from_db()
    assert loonuna.state == "arsip"


@pytest.mark.parametrize(
    "sent",
    [
        {"starts_on": "", "code": "X"},
        {"starts_on": "31 Juni", "code": "X"},
        {"starts_on": "2027-06-14", "code": "LNN-2018"},
        {"starts_on": "2027-06-14", "code": "dua kata"},
    ],
)
def test_a_copy_that_cannot_be_is_refused_on_its_page(
    organiser: Client, loonuna: Cohort, sent: dict[str, str]
) -> None:
    response = organiser.post(page("clone", loonuna), sent)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Cohort.objects.count() == 1
