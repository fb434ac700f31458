"""The page over many trainings, as staff see it."""

import itertools
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.cohorts.models import Programme
from lms.evaluation.domain import rebuild_rollup
from lms.evaluation.models import Rollup
from tests.factories import OrganisationFactory, VillageFactory, make_staff
from tests.lms.evaluation.makers import SIX, copies, make_cohort, make_two_forms

pytestmark = pytest.mark.django_db
CUTS = ("year", "programme", "province", "regency", "village")
NAMES = itertools.count(1)
TEN = [*copies([SIX[0]], 5), *copies([SIX[3]], 5)]
SMALL = [*copies([SIX[0]], 5), *copies([SIX[3]], 4)]


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def staff(client, organisation):
    client.force_login(reader(organisation))
    return client


def reader(organisation, **how):
    user = make_staff(f"pembaca-{next(NAMES)}", organisation=organisation, **how)
    user.user_permissions.add(
        Permission.objects.get(codename="view_cohort", content_type__app_label="cohorts")
    )
    return user


def training(organisation, people, **fields):
    cohort = make_cohort(people, organisation=organisation, **fields)
    rebuild_rollup(cohort_id=cohort.pk)
    return cohort


def page(client, **query):
    response = client.get(reverse("evaluation:across"), query)
    assert response.status_code == 200
    html = response.content.decode()
    article = html[html.index('<article class="ev ac">') : html.index("</article>")]
    return " ".join(re.sub(r"<[^>]+>", " ", article).split())


def table(client, **query):
    """Rows of the CSV: group -> (trainings, left out, people, gain)."""
    response = client.get(reverse("evaluation:across_export"), query)
    assert response.status_code == 200
    rows = [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()[1:]]
    return {row[2]: (int(row[3]), int(row[4]), int(row[5] or 0), row[8]) for row in rows}


def test_it_says_in_a_sentence_what_all_trainings_achieved(staff, organisation, english):
    """5 people gain 5 of 20 points and 5 gain 1, in two orders: the mean is 3 points, 15 %."""
    test = make_two_forms()
    for _ in range(2):
        training(organisation, TEN, assessment=test)
    text = page(staff)
    assert "20 people of 2 trainings took both tests." in text
    assert "they earned 50.0% of the points before and 65.0% after (+15.0 percentage points" in text
    assert "not proof of cause" in text


def test_groups_stand_by_name_and_not_by_result(staff, organisation):
    test = make_two_forms()
    for year, people in ((2024, TEN), (2025, copies([SIX[0], SIX[5]], 6))):
        training(organisation, people, assessment=test, starts_on=f"{year}-03-01", ends_on=f"{year}-03-02")
    assert list(table(staff, by="year")) == ["*", "2024", "2025"]


def test_filters_narrow_and_combine(staff, organisation):
    test = make_two_forms()
    belu = VillageFactory(regency="Belu", province="NTT")
    alor = VillageFactory(regency="Alor", province="NTT")
    programme = Programme.objects.create(organisation=organisation, title="GSC")
    training(organisation, TEN, assessment=test, village=belu, programme=programme)
    training(organisation, TEN, assessment=test, village=alor)
    assert table(staff, by="regency", province="NTT")["*"][:3] == (2, 0, 20)
    assert table(staff, by="regency", regency="Belu")["*"][:3] == (1, 0, 10)
    assert table(staff, by="regency", regency="Alor", programme=str(programme.pk))["*"][:3] == (0, 0, 0)


def test_a_small_training_is_counted_and_in_no_figure(staff, organisation, english):
    test = make_two_forms()
    training(organisation, TEN, assessment=test)
    training(organisation, SMALL, assessment=test)
    assert table(staff)["*"][:3] == (2, 1, 10)
    assert "1 training is in no figure" in page(staff)


def test_only_small_trainings_show_nothing(staff, organisation, english):
    training(organisation, SMALL)
    text = page(staff)
    assert "No figures yet" in text
    assert not re.search(r"\d\.\d", text)


def test_no_subtraction_over_whatever_is_published_leaves_fewer_than_five(staff, organisation):
    """All filters crossed with all tables: the people of any two cells differ by nobody or by ten and more,
    since a training enters with both of its orders or not at all."""
    test = make_two_forms()
    places = [VillageFactory(regency=f"K{n % 2}", province="P0") for n in range(3)]
    programmes = [Programme.objects.create(organisation=organisation, title=name) for name in "AB"]
    sizes = itertools.cycle((TEN, SMALL, copies([SIX[0], SIX[3]], 6), SIX, [SIX[0]], copies([SIX[0]], 9)))
    for place, programme, year in itertools.product(places, programmes, (2024, 2025)):
        training(
            organisation,
            next(sizes),
            assessment=test,
            village=place,
            programme=programme,
            starts_on=f"{year}-03-01",
            ends_on=f"{year}-03-02",
        )
    filters = list(
        itertools.product(("", "2024", "2025"), ("", *(str(one.pk) for one in programmes)), ("", "K0", "K1"))
    )
    totals, cells = {}, set()
    for chosen in filters:
        for by in CUTS:
            year, programme, regency = chosen
            rows = table(staff, year=year, programme=programme, regency=regency, by=by)
            totals[chosen] = rows.pop("*")[2]
            cells |= {(totals[chosen], people) for _trainings, _left_out, people, _gain in rows.values()}
    for wide, narrow in itertools.permutations(filters, 2):
        if all(not one or one == other for one, other in zip(wide, narrow, strict=True)):
            cells.add((totals[wide], totals[narrow]))
    assert len(cells) > 10
    assert all(one == other or abs(one - other) >= 10 for one, other in cells)
    assert all(people == 0 or people >= 10 for pair in cells for people in pair)


def test_another_organisation_is_not_in_it(staff, organisation):
    training(OrganisationFactory(), TEN)
    assert table(staff)["*"][0] == 0


def test_a_trainer_sees_the_own_trainings_only(client, organisation):
    own, _other = training(organisation, TEN), training(organisation, TEN)
    client.force_login(reader(organisation, sees_all=False, assigned=own))
    assert table(client)["*"][:3] == (1, 0, 10)


@pytest.mark.parametrize("name", ["across", "across_export"])
def test_staff_without_permission_are_turned_away(client, organisation, name):
    client.force_login(make_staff("siapa", organisation=organisation))
    assert client.get(reverse(f"evaluation:{name}")).status_code == 302


def test_simulated_data_say_so_on_the_page_and_in_the_file(staff, organisation, english):
    training(organisation, TEN, is_simulated=True)
    assert page(staff).startswith("Simulated data")
    assert ";ya" not in staff.get(reverse("evaluation:across_export")).content.decode().splitlines()[0]
    assert staff.get(reverse("evaluation:across_export")).content.decode().splitlines()[1].startswith("ya;")


def test_a_training_that_was_never_counted_is_told(staff, organisation, english):
    cohort = training(organisation, TEN)
    Rollup.objects.filter(pk=cohort.pk).update(is_stale=True)
    assert "1 training has not been counted yet" in page(staff)


def test_villages_that_wait_are_named_with_who_is_missing(staff, organisation, english):
    never = VillageFactory(name="Lakmaras")
    old = training(
        organisation, TEN, starts_on="2020-03-01", ends_on="2020-03-02", village=VillageFactory(name="Henes")
    )
    text = page(staff)
    assert never.name in text
    assert "not trained yet" in text
    assert f"{old.village.name} Belu March 2020 · due Village government, Village council (BPD)" in text


def test_two_trainings_are_compared_by_the_range_of_their_difference(staff, organisation, english):
    test = make_two_forms()
    mixed = copies(SIX, 4)
    one, other = (
        training(organisation, mixed, assessment=test),
        training(organisation, mixed, assessment=test),
    )
    text = page(staff, one=one.code, other=other.code)
    assert "Zero lies within it: none of the two is clearly ahead." in text


def test_different_tests_are_not_compared(staff, organisation, english):
    one, other = training(organisation, TEN), training(organisation, TEN)
    assert "They took different tests" in page(staff, one=one.code, other=other.code)


def test_few_people_are_not_compared(staff, organisation, english):
    test = make_two_forms()
    one, other = (training(organisation, TEN, assessment=test) for _ in range(2))
    assert "only from 20 people" in page(staff, one=one.code, other=other.code)


def test_a_foreign_training_cannot_be_named(staff, organisation, english):
    own, foreign = training(organisation, TEN), training(OrganisationFactory(), TEN)
    text = page(staff, one=own.code, other=foreign.code)
    assert f"no training with the code “{foreign.code}”" in text
    assert "two different" in page(staff, one=own.code, other=own.code)


@pytest.mark.parametrize("query", [{"by": "sex"}, {"year": "\x00"}, {"village": "x" * 500}, {"year": "abcd"}])
def test_what_nobody_offered_is_no_error(staff, organisation, query):
    training(organisation, TEN)
    page(staff, **query)
    table(staff, **query)


def test_it_takes_as_many_queries_for_one_training_as_for_three(staff, organisation):
    training(organisation, SIX)
    costs = []
    for more in (0, 2):
        for _ in range(more):
            training(organisation, TEN)
        page(staff)
        with CaptureQueriesContext(connection) as used:
            page(staff)
        costs.append(len(used))
    assert costs[0] == costs[1]


def test_the_menu_leads_to_it(staff):
    assert reverse("evaluation:across") in staff.get(reverse("wagtailadmin_home")).content.decode()
