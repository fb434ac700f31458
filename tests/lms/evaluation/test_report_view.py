"""The page of a cohort as its readers meet it: what stands where, who sees what, and what is never said."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.evaluation.reports.cohort import Reader, report_on
from lms.followup.models import Plan
from tests.factories import make_staff
from tests.lms.evaluation.makers import SIX, add_attempt, copies, make_cohort
from tests.lms.evaluation.rooms import choose
from tests.lms.followup.factories import make_action

pytestmark = pytest.mark.django_db

PARTS = (
    "outcomes",
    "spread",
    "lines",
    "share",
    "repeat",
    "test",
    "who",
    "groups",
    "actions",
    "reaction",
    "commitment",
    "method",
)
MAY = {"cohort": "cohorts", "question": "assessments", "action": "followup", "attempt": "learning"}


@pytest.fixture
def read(client):
    """The page as staff with these permissions to view read it."""

    def as_staff(cohort, *what, language="en"):
        user = make_staff(f"staf-{'-'.join(what) or 'polos'}-{cohort.code}", organisation=cohort.organisation)
        for name in ("cohort", *what):
            user.user_permissions.add(
                Permission.objects.get(codename=f"view_{name}", content_type__app_label=MAY[name])
            )
        client.force_login(user)
        response = client.get(
            reverse("evaluation:cohort", args=[cohort.code]), headers={"Accept-Language": language}
        )
        assert response.status_code == 200
        html = response.content.decode()
        return html[html.index('<article class="ev">') : html.index("</article>")]

    return as_staff


@pytest.fixture(params=["id", "en"])
def language(request, settings):
    settings.LANGUAGE_CODE = request.param
    return request.param


@pytest.fixture
def english(settings):
    settings.LANGUAGE_CODE = "en"


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def unfolded(html):
    return re.sub(r"<details.*?</details>", "", html, flags=re.S)


def thirty():
    return copies(SIX, 5)


def test_it_is_read_from_the_sentence_to_the_method(read, english):
    html = read(make_cohort(thirty()))
    places = [html.index(f'id="ev-{name}"') for name in PARTS]
    assert places == sorted(places)
    assert html.index("ev-sentence") < html.index("ev-badges") < places[0]


@pytest.mark.parametrize(
    ("people", "fields"),
    [
        ([], {}),
        ([("AB", 4, None)] * 8, {}),
        ([("AB", None, 9)] * 8, {}),
        ([("AB", 8, 13)] * 8, {"forms_plan": "a_then_b"}),
        (SIX[:4], {}),
        ([("AB", 20, 20), ("BA", 20, 20)] * 4, {}),
        ([("AB", 0, 0), ("BA", 0, 0)] * 16, {"is_simulated": True}),
        (SIX, {}),
    ],
    ids=["nobody", "pre-only", "post-only", "one-order", "four", "full", "simulated", "six"],
)
def test_every_cohort_gets_a_page_with_reasons_and_no_broken_number(read, language, people, fields):
    text = words(read(make_cohort(people, **fields), "question", "action", "attempt"))
    assert not re.search(r"\b(nan|inf|None)\b", text)
    assert "%(" not in text


def test_one_form_twice_is_left_out_and_told(read, english):
    cohort = make_cohort([("AB", None, None)] * 6)
    for enrolment in cohort.enrolments.all():
        add_attempt(enrolment, "pre", "A", 5)
        add_attempt(enrolment, "post", "A", 9)
    text = words(read(cohort))
    assert "6 participants took the same form twice and are left out" in text
    assert "Fewer than 5 people took both tests, so no question is shown" in text


def test_it_says_nothing_of_causes_and_keeps_p_in_the_folds(read, language):
    html = read(make_cohort(thirty()), "question")
    text = words(unfolded(html)).casefold()
    assert not re.search(r"signifi|terbukti|caused|menyebabkan|karena pelatihan", text)
    assert not re.search(r"\bp (=|<|&lt;)", text)
    assert re.search(r"\bp (=|<|&lt;) ", words(html))


def test_every_drawing_has_its_words_or_is_beside_them(read):
    html = read(make_cohort(thirty()), "question", "attempt")
    drawings = re.findall(r"<svg[^>]*>", html)
    assert len(drawings) > 20
    silent = [one for one in drawings if 'aria-hidden="true"' not in one and "aria-label" not in one]
    assert not [one for one in silent if "ev-here" not in one]
    assert not re.search(r'\b(x|x1|x2|y1|y2|cx|width|height)="-?\d+,\d', html)
    assert "style=" not in html


def test_words_of_questions_are_only_for_who_may_read_them(read, english):
    cohort = make_cohort(thirty())
    stem = cohort.assessment.forms.first().items.first().question.stem
    place = cohort.assessment.forms.first().items.first().question.pair
    closed = read(cohort)
    assert stem not in closed
    assert place in closed
    assert stem in read(cohort, "attempt")


def test_a_tempting_wrong_answer_is_only_for_who_may_see_keys(read, english):
    cohort = make_cohort([("AB", 0, 0), ("BA", 0, 0)] * 20)
    for attempt in cohort.enrolments.first().attempts.model.objects.filter(occasion="post"):
        choose(attempt, 1, 2)
    bait = "pilihan 2"
    assert bait not in read(cohort, "attempt")
    cache.clear()
    assert bait in read(cohort, "question")


def test_names_and_words_of_plans_are_only_for_who_may_read_plans(read, english):
    cohort = make_cohort(SIX)
    action = make_action(
        cohort.enrolments.first(), person_in_charge="Kadus Liu", deadline=datetime.date(2018, 6, 20)
    )
    Plan.objects.filter(pk=action.plan_id).update(status="diajukan", submitted_at=timezone.now())
    closed, opened = read(cohort), read(cohort, "action")
    said = "1 of 6 people handed in a plan, with 1 actions: 0 reported done, 1 late."
    assert said in words(closed)
    assert said in words(opened)
    assert "Kadus Liu" not in closed
    assert "Kadus Liu" in opened


def test_who_is_missing_is_told_step_by_step(read, english):
    people = [*SIX, ("AB", 3, None), ("BA", None, 7), ("BA", None, None), ("AB", None, None)]
    assert (
        "4 of 10 people registered are not in the comparison. Of these: 1 took the pre-test and not the "
        "post-test; 1 took the post-test and not the pre-test; 2 took neither."
    ) in words(read(make_cohort(people)))


def test_small_groups_are_hidden_whoever_reads(read, english):
    cohort = make_cohort(thirty())
    lonely = cohort.enrolments.first().participant
    lonely.sex = "L" if lonely.sex == "P" else "P"
    lonely.save()
    text = words(read(cohort, "question", "action", "attempt"))
    assert "<5, hidden" in text.replace("&lt;", "<")
    assert "hidden too" in text


def test_its_queries_grow_neither_with_people_nor_with_questions(client, django_assert_num_queries):
    boss = make_staff("kepala", is_superuser=True)
    client.force_login(boss)
    one, many = make_cohort(SIX), make_cohort(copies(SIX, 6))
    client.get(reverse("evaluation:cohort", args=[one.code]))

    def used(cohort):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("evaluation:cohort", args=[cohort.code]))
        return len(queries)

    assert used(one) == used(many)
    report_on(many, Reader(questions=True, keys=True, plans=True))
    with django_assert_num_queries(7):
        report_on(many, Reader(questions=True, keys=True, plans=True))
