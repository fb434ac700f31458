import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.cohorts.registry import links_for
from lms.learning.models import Attempt
from lms.people.models import RecordLogEntry
from tests.factories import OrganisationFactory, make_staff
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db

FOUR = [*SIX[:2], *SIX[3:5]]


def staff(organisation, *actions):
    user = make_staff(f"staff-{'-'.join(actions)}", organisation=organisation)
    for action in actions:
        user.user_permissions.add(
            Permission.objects.get(codename=f"{action}_cohort", content_type__app_label="cohorts")
        )
    return user


@pytest.fixture
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def sign_in(client):
    def as_staff_of(cohort, *actions):
        client.force_login(staff(cohort.organisation, *actions))
        return client

    return as_staff_of


def page(client, cohort):
    response = client.get(reverse("evaluation:cohort", args=[cohort.code]))
    assert response.status_code == 200
    return response.content.decode()


def visible_text(html):
    article = html[html.index('<article class="ev">') : html.index("</article>")]
    article = re.sub(r"<details.*?</details>", "", article, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", article).split())


def test_the_page_begins_with_the_sentence_and_says_what_it_does_not_prove(sign_in, english):
    cohort = make_cohort(SIX)
    text = visible_text(page(sign_in(cohort, "view"), cohort))
    assert "The average rose from 9.5 to 13.0 of 20 points (+3.5; 95% plausible range +2.4 to +4.6)." in text
    assert "6 rose, 0 stayed the same, 0 fell." in text
    assert "not proof of cause" in text
    assert "Indicative: only 6 people." in text
    assert (
        text.index("The average rose") < text.index("not proof of cause") < text.index("By learning outcome")
    )


def test_numbers_of_the_page_have_one_decimal(sign_in, english):
    cohort = make_cohort([*copies(SIX, 3), SIX[0]])
    assert not re.search(r"\d\.\d\d", visible_text(page(sign_in(cohort, "view"), cohort)))


def test_drawings_never_get_a_decimal_comma(sign_in):
    cohort = make_cohort(copies(SIX, 4))
    html = page(sign_in(cohort, "view"), cohort)
    assert not re.search(r'\b(x|x1|x2|y1|y2|cx|width)="\d+,\d', html)
    assert 'role="img"' in html


def test_four_people_show_no_number_of_theirs(sign_in, english):
    cohort = make_cohort(FOUR)
    html = page(sign_in(cohort, "view", "change"), cohort)
    text = visible_text(html)
    assert "Not enough data (fewer than 5 people took both the pre-test and the post-test)." in text
    assert not re.search(r"\d\.\d|rose|⟨g⟩", text)
    # What is drawn counts people on their way to the tests; nothing is drawn of what they know.
    assert not re.search(r"ev-track|ev-stack|ev-slopes|ev-bar--fell", html)
    assert reverse("evaluation:pairs", args=[cohort.code]) not in html


def test_from_twenty_people_on_gains_are_drawn_as_bars(sign_in, english):
    cohort = make_cohort(copies(SIX, 4))
    text = visible_text(page(sign_in(cohort, "view"), cohort))
    assert "How many people changed by how many points" in text
    assert "Sufficient" in text


def test_forms_in_one_order_are_refused_on_the_page(sign_in, english):
    cohort = make_cohort(copies([("AB", 8, 13)], 6), forms_plan="a_then_b")
    text = visible_text(page(sign_in(cohort, "view"), cohort))
    assert "not equated, so no gain is computed" in text
    assert not re.search(r"\d\.\d", text)


def test_simulated_data_say_so_above_the_sentence(sign_in, english):
    cohort = make_cohort(SIX, is_simulated=True)
    text = visible_text(page(sign_in(cohort, "view"), cohort))
    assert text.index("Simulated data") < text.index("Of 6 participants")


def test_the_page_holds_no_names(sign_in):
    cohort = make_cohort(copies(SIX, 4))
    html = page(sign_in(cohort, "view"), cohort)
    for enrolment in cohort.enrolments.select_related("participant"):
        assert not re.search(rf"\b{enrolment.participant.full_name}\b", html)


def test_titles_are_escaped(sign_in):
    cohort = make_cohort(SIX, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(sign_in(cohort, "view"), cohort)


@pytest.mark.parametrize("name", ["cohort", "pairs"])
def test_another_organisation_does_not_exist_for_staff(client, name):
    cohort = make_cohort(SIX)
    client.force_login(staff(OrganisationFactory(), "view", "change"))
    assert client.get(reverse(f"evaluation:{name}", args=[cohort.code])).status_code == 404


@pytest.mark.parametrize("name", ["cohort", "pairs"])
def test_staff_without_permission_are_turned_away(sign_in, name):
    cohort = make_cohort(SIX)
    response = sign_in(cohort).get(reverse(f"evaluation:{name}", args=[cohort.code]))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_nobody_signed_in_is_asked_to_sign_in(client):
    cohort = make_cohort([])
    for name in ("cohort", "pairs"):
        response = client.get(reverse(f"evaluation:{name}", args=[cohort.code]))
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))


def test_an_organiser_takes_the_file_and_it_is_logged(sign_in):
    cohort = make_cohort(SIX)
    client = sign_in(cohort, "view", "change")
    url = reverse("evaluation:pairs", args=[cohort.code])
    assert url in page(client, cohort)
    response = client.get(url)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{cohort.code}-pairs.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert len(response.content.decode().strip().splitlines()) == 7
    assert RecordLogEntry.objects.for_instance(cohort).count() == 1


def test_a_trainer_reads_and_takes_nothing_out(sign_in):
    cohort = make_cohort(SIX)
    client = sign_in(cohort, "view")
    url = reverse("evaluation:pairs", args=[cohort.code])
    assert url not in page(client, cohort)
    assert client.get(url).status_code == 302
    assert not RecordLogEntry.objects.exists()


def test_the_file_of_four_people_leads_back_to_the_page(sign_in):
    cohort = make_cohort(FOUR)
    response = sign_in(cohort, "change").get(reverse("evaluation:pairs", args=[cohort.code]))
    assert response.status_code == 302
    assert response.url == reverse("evaluation:cohort", args=[cohort.code])


def test_the_list_has_the_own_cohorts_only_with_their_numbers(sign_in, english):
    own, other = make_cohort([*SIX, ("AB", 3, None)], title="Own"), make_cohort(SIX, title="Foreign")
    html = sign_in(own, "view").get(reverse("evaluation:index")).content.decode()
    assert reverse("evaluation:cohort", args=[own.code]) in html
    assert "6 / 7" in html
    assert "Indicative" in html
    assert other.title not in html


def test_the_list_takes_as_many_queries_for_one_cohort_as_for_three(sign_in, django_assert_max_num_queries):
    own = make_cohort(SIX[:1])
    client = sign_in(own, "view")
    client.get(reverse("evaluation:index"))
    with django_assert_max_num_queries(60) as one:
        client.get(reverse("evaluation:index"))
    for _ in range(2):
        make_cohort(SIX[:2], organisation=own.organisation)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("evaluation:index"))


def test_the_menu_shows_the_report_to_who_may_read_it(sign_in, english):
    cohort = make_cohort([])
    entry = reverse("evaluation:index")
    assert entry in sign_in(cohort, "view").get(reverse("wagtailadmin_home")).content.decode()
    assert entry not in sign_in(cohort).get(reverse("wagtailadmin_home")).content.decode()


def test_the_page_takes_as_many_queries_for_six_people_as_for_thirty_six(sign_in, django_assert_num_queries):
    few, many = make_cohort(SIX), make_cohort(copies(SIX, 6))
    client = sign_in(few, "view")
    few.organisation.cohorts.add(many)
    page(client, few)
    with CaptureQueriesContext(connection) as used:
        page(client, few)
    with django_assert_num_queries(len(used)):
        page(client, many)


def test_the_cohorts_own_page_leads_here():
    cohort = make_cohort([])
    boss = make_staff("boss", is_superuser=True)
    links = {link.code: link for group in links_for(boss, cohort).values() for link in group}
    assert links["evaluation.results"].url(cohort) == reverse("evaluation:cohort", args=[cohort.code])


def test_it_says_in_which_ways_the_tests_were_taken(sign_in):
    cohort = make_cohort(SIX)
    first, second = Attempt.objects.filter(enrolment__cohort=cohort).order_by("pk")[:2]
    first.mode, second.mode = "paper", "aloud"
    first.save()
    second.save()
    text = page(sign_in(cohort, "view"), cohort)
    assert "Cara mengerjakan: 10 sendiri, 1 dibacakan, 1 kertas." in text
