"""The register in the admin: who sees it, who changes it, and the button by which somebody vouches."""

import datetime
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from assessments.models import LegalBasis, Regulation
from courses.domain import REVIEWER
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import make_single, make_staff
from tests.law import make_basis, make_regulation, revoke

pytestmark = pytest.mark.django_db

LIST = "legal_bases:list"
FAR = datetime.date(2091, 3, 9)


def browser(role: str) -> Client:
    set_up_roles()
    user = make_staff(f"orang-{role.lower().replace(' ', '-')}")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reviewer() -> Client:
    return browser(REVIEWER)


@pytest.fixture
def reader() -> Client:
    return browser(TRAINER)


def rows(answer: Any) -> list[str]:
    soup = BeautifulSoup(answer.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("table.listing tbody tr")]


def test_a_reviewer_adds_a_rule_and_a_provision_of_it(reviewer: Client) -> None:
    fields = {"kind": "UU", "number": "9", "year": "2027", "title": "Baru", "known": "verified"}
    answer = reviewer.post(reverse("regulations:add"), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    rule = Regulation.objects.get()
    fields = {
        "regulation": rule.pk, "explanation": "", "article": "7", "part": "ayat (2)", "summary": "Isi.",
        "known": "memory", "needs_check": "on",
    }  # fmt: skip
    answer = reviewer.post(reverse("legal_bases:add"), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    basis = LegalBasis.objects.get()
    assert basis.citation == "UU 9/2027 Ps 7 ayat (2)"
    assert basis.checked_on is None


def test_what_is_no_place_in_a_rule_is_refused_beside_its_field(reviewer: Client) -> None:
    rule = make_regulation("UU 6/2014")
    fields = {"regulation": rule.pk, "article": "tujuh", "part": "", "summary": "Isi.", "known": "memory"}
    answer = reviewer.post(reverse("legal_bases:add"), fields)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["article"]


def test_a_revocation_in_the_admin_needs_no_last_day_if_the_new_rule_has_a_first(reviewer: Client) -> None:
    new = make_regulation("UU 9/2027", valid_from=datetime.date(2027, 1, 1))
    old = make_regulation("UU 6/2014")
    fields = {
        "kind": "UU",
        "number": 6,
        "year": 2014,
        "title": "Desa",
        "known": "verified",
        "revoked_by": new.pk,
    }
    assert reviewer.post(reverse("regulations:edit", args=[old.pk]), fields).status_code == 302
    old.refresh_from_db()
    assert old.valid_to == datetime.date(2026, 12, 31)


def test_the_list_can_be_narrowed(reviewer: Client) -> None:
    today = timezone.localdate()
    make_basis("PP 43/2014 Ps 80")
    revoke("PP 43/2014", by="PP 16/2026")
    make_basis("PP 16/2026 Ps 89", needs_check=True)
    make_basis("UU 6/2014 Ps 3", recheck_on=today)
    make_basis("UU 6/2014 Ps 4", summary="Tujuan desa.")
    for query, expected in (
        ({"kind": "PP"}, ["PP 16/2026 Ps 89", "PP 43/2014 Ps 80"]),
        ({"standing": "revoked"}, ["PP 43/2014 Ps 80"]),
        ({"standing": "in_force", "kind": "PP"}, ["PP 16/2026 Ps 89"]),
        ({"needs_check": "true"}, ["PP 16/2026 Ps 89"]),
        ({"attention": "due"}, ["UU 6/2014 Ps 3"]),
        ({"regulation": make_regulation("UU 6/2014").pk}, ["UU 6/2014 Ps 3", "UU 6/2014 Ps 4"]),
        ({"q": "tujuan"}, ["UU 6/2014 Ps 4"]),
    ):
        found = rows(reviewer.get(reverse(LIST), query))
        assert [row[: len(name)] for row, name in zip(found, expected, strict=True)] == expected, query
    [gone] = rows(reviewer.get(reverse("regulations:list"), {"standing": "revoked"}))
    assert gone.startswith("PP 43/2014")


def test_the_list_of_regulations_has_headings_in_the_language_of_its_reader(reviewer: Client) -> None:
    make_regulation("UU 6/2014")
    soup = BeautifulSoup(reviewer.get(reverse("regulations:list")).content, "html.parser")
    heads = [each.get_text(strip=True) for each in soup.select("table.listing thead th")]
    assert not {"Name", "Label"} & set(heads)
    assert "Peraturan" in heads


def test_trainers_and_organisers_read_and_change_nothing() -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    for role in (TRAINER, ORGANISER):
        client = browser(role)
        assert client.get(reverse(LIST)).status_code == 200
        assert client.get(reverse("legal_bases:inspect", args=[basis.pk])).status_code == 200
        assert client.get(reverse("regulations:list")).status_code == 200
        for name, args in (("add", []), ("edit", [basis.pk]), ("check", [basis.pk]), ("delete", [basis.pk])):
            for method in (client.get, client.post):
                assert method(reverse(f"legal_bases:{name}", args=args)).url == reverse("wagtailadmin_home")
    assert LegalBasis.objects.get().checked_by is None


def test_staff_without_a_role_see_no_register() -> None:
    client = Client()
    client.force_login(make_staff("siapa"))
    for name in (LIST, "regulations:list", "law_report"):
        assert client.get(reverse(name)).url == reverse("wagtailadmin_home")


def test_checked_today_is_one_page_and_one_button(reviewer: Client) -> None:
    basis = make_basis("PP 16/2026 Ps 89", needs_check=True, checked_on=None)
    assert reverse("legal_bases:check", args=[basis.pk]) in reviewer.get(reverse(LIST)).content.decode()
    page = reverse("legal_bases:check", args=[basis.pk])
    assert page in reviewer.get(reverse("legal_bases:edit", args=[basis.pk])).content.decode()
    form = reviewer.get(page).context["form"]
    today = timezone.localdate()
    assert form.initial["recheck_on"] > today
    fields = {"known": "verified", "source": "jdih", "recheck_on": form.initial["recheck_on"].isoformat()}
    assert reviewer.post(page, fields).status_code == 302
    basis.refresh_from_db()
    assert (basis.checked_on, basis.needs_check, basis.source) == (today, False, "jdih")
    assert basis.checked_by.username.startswith("orang-")
    assert ModelLogEntry.objects.filter(action="assessments.basis_checked").count() == 1


def test_what_can_be_done_with_a_provision_lies_in_its_menu(reviewer: Client) -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    for page in (reverse(LIST), reverse("legal_bases:edit", args=[basis.pk])):
        soup = BeautifulSoup(reviewer.get(page).content, "html.parser")
        check = soup.select_one(f'a[href="{reverse("legal_bases:check", args=[basis.pk])}"]')
        assert check.find_parent(attrs={"data-controller": "w-dropdown"}), page
        assert "w-header-button" not in check.get("class", [])


@pytest.mark.parametrize("recheck", ["", "kemarin", "2020-01-01"])
def test_a_day_that_is_none_or_gone_is_told_on_the_page(reviewer: Client, recheck: str) -> None:
    basis = make_basis("PP 16/2026 Ps 89", checked_on=None)
    page = reverse("legal_bases:check", args=[basis.pk])
    answer = reviewer.post(page, {"known": "verified", "recheck_on": recheck})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["recheck_on"]
    basis.refresh_from_db()
    assert basis.checked_on is None


def test_history_and_usage_open(reviewer: Client) -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    for name in ("history", "usage", "edit", "inspect"):
        assert reviewer.get(reverse(f"legal_bases:{name}", args=[basis.pk])).status_code == 200, name
    for name in ("history", "edit", "inspect"):
        rule = basis.regulation_id
        assert reviewer.get(reverse(f"regulations:{name}", args=[rule])).status_code == 200, name


def test_what_is_cited_cannot_be_deleted_not_even_by_an_administrator() -> None:
    client = Client()
    client.force_login(make_staff("admin", is_superuser=True))
    basis, free = make_basis("UU 6/2014 Ps 3"), make_basis("UU 6/2014 Ps 4")
    question = make_single()
    question.legal_bases = [basis]
    question.save()
    for space, record in (("legal_bases", basis), ("regulations", basis.regulation)):
        answer = client.post(reverse(f"{space}:delete", args=[record.pk]))
        assert answer.url == reverse(f"{space}:edit", args=[record.pk])
    client.post(reverse("legal_bases:delete", args=[free.pk]))
    assert [str(each) for each in LegalBasis.objects.all()] == ["UU 6/2014 Ps 3"]


def test_lists_ask_as_much_for_three_as_for_one(reviewer: Client) -> None:
    for name in (LIST, "regulations:list"):
        counts = []
        for number in (1, 3):
            for each in range(number):
                old = make_basis(f"UU {number}/20{each + 10} Ps 1{number}")
                make_basis(f"PP {number}/20{each + 10} Ps {len(name)}", replaces=[old])
            reviewer.get(reverse(name))
            with CaptureQueriesContext(connection) as queries:
                reviewer.get(reverse(name))
            counts.append(len(queries))
            LegalBasis.objects.all().delete()
        assert counts[0] == counts[1], name


# The report


def cite(*citations: LegalBasis, code: str = "S1") -> Any:
    question = make_single(code)
    question.legal_bases = list(citations)
    question.save()
    return question


def test_the_report_tells_why_and_what_is_in_its_place() -> None:
    client = browser(TRAINER)
    old = make_basis("PP 43/2014 Ps 80")
    make_basis("PP 16/2026 Ps 89", replaces=[old])
    revoke("PP 43/2014", by="PP 16/2026")
    question = cite(old, make_basis("UU 6/2014 Ps 3"), make_basis("UU 6/2014 Ps 4", checked_on=None))
    answer = client.get(reverse("law_report"))
    found = rows(answer)
    assert len(found) == 2
    assert "PP 43/2014 Ps 80" in found[0]
    assert "PP 16/2026 Ps 89" in found[0]
    assert "UU 6/2014 Ps 4" in found[1]
    page = answer.content.decode()
    assert reverse("questions_single:edit", args=[question.pk]) in page
    assert reverse("legal_bases:inspect", args=[old.pk]) in page
    assert reverse("legal_bases:edit", args=[old.pk]) not in page


def test_the_report_names_days_those_ahead_too() -> None:
    client = browser(TRAINER)
    cite(make_basis("UU 6/2014 Ps 4", checked_on=datetime.date(2026, 1, 5), recheck_on=FAR, needs_check=True))
    [found] = rows(client.get(reverse("law_report")))
    assert "2026" in found
    assert "2091" in found
    assert "(" not in found.split("2091")[1], "nothing is said of people who learned a rule in force"


def test_the_report_can_be_narrowed_and_taken_out() -> None:
    client = browser(TRAINER)
    rule = make_basis("UU 6/2014 Ps 4", checked_on=None)
    cite(rule, make_basis("PP 16/2026 Ps 89", needs_check=True))
    for query, expected in (
        ({"attention": "never"}, ["UU 6/2014 Ps 4"]),
        ({"attention": "revoked"}, []),
        ({"source": "lesson"}, []),
        ({"source": "question"}, ["UU 6/2014 Ps 4", "PP 16/2026 Ps 89"]),
        ({"regulation": rule.regulation_id}, ["UU 6/2014 Ps 4"]),
        ({"source": "bukan"}, ["UU 6/2014 Ps 4", "PP 16/2026 Ps 89"]),
    ):
        found = rows(client.get(reverse("law_report"), query))
        assert len(found) == len(expected), query
        assert all(name in row for row, name in zip(found, expected, strict=True)), query
    sheet = client.get(reverse("law_report"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(cells) == 3
    assert "UU 6/2014 Ps 4" in cells[1]
    text = b"".join(client.get(reverse("law_report"), {"export": "csv"}).streaming_content).decode()
    assert "UU 6/2014 Ps 4" in text
    assert client.get(reverse("law_report_results")).status_code == 200


def test_retired_questions_and_those_of_others_are_left_out() -> None:
    basis = make_basis("UU 6/2014 Ps 4", checked_on=None)
    question = cite(basis)
    assert len(rows(browser(TRAINER).get(reverse("law_report")))) == 1
    reviewer = browser(REVIEWER)  # keeps the register, writes no questions
    assert rows(reviewer.get(reverse("law_report"))) == []
    question.retired_at = timezone.now()
    question.save()
    assert rows(browser(ORGANISER).get(reverse("law_report"))) == []


def test_the_report_asks_as_much_for_three_as_for_one() -> None:
    client, counts = browser(TRAINER), []
    for number in (1, 3):
        for each in range(number):
            cite(make_basis(f"UU {number}/201{each} Ps 4", checked_on=None), code=f"S{number}{each}")
        client.get(reverse("law_report"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("law_report"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
