"""The commitment sheet and the plan on paper."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lms.cohorts.exports.frame import frame_of
from lms.cohorts.models import Cohort, Enrolment
from lms.followup.domain import write_pledge
from lms.followup.exports.papers import commitment_parts, own_plan_part, person_choices, plan_parts
from lms.followup.views import papers
from lms.press.paper import SIZES, Part, print_parts
from tests.factories import CohortFactory, EnrolmentFactory, FindingFactory, VillageFactory
from tests.helpers import sign_in_as
from tests.lms.followup.factories import make_action
from tests.lms.press.reading import pages_of, pieces_of, sizes_of, text_of

pytestmark = pytest.mark.django_db

DAY = datetime.date(2018, 6, 11)
COLUMNS = (
    "No Temuan/masalah Kegiatan Tujuan Langkah Tahap Waktu Tempat PJ Pihak terlibat Sumber daya/ biaya (Rp) "
    "Indikator/ keluaran Bukti Status"
)


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory(
        title="Penguatan Kapasitas", village=VillageFactory(name="Loonuna"), starts_on=DAY, ends_on=DAY
    )


def someone(cohort: Cohort, name: str, **fields: Any) -> Enrolment:
    person = {f"participant__{key}": value for key, value in fields.items()}
    return EnrolmentFactory(cohort=cohort, participant__full_name=name, **person)


def printed(cohort: Cohort, parts: list[Part], size: Any = "a4") -> bytes:
    return print_parts(parts, size, frame=frame_of(cohort, "Berkas"))


def test_each_participant_has_a_page_with_who_it_is_and_when_it_is_looked_at_again(cohort: Cohort) -> None:
    someone(cohort, "Maria", role="Ketua BPD", dusun="Piebulak", village=cohort.village)
    someone(cohort, "Yosef Mali Bele")
    pages = pages_of(printed(cohort, commitment_parts(cohort, "")))
    assert len(pages) == 2
    first = " ".join(pages[0].split())
    assert "Nama : Maria" in first
    assert "Jabatan/Unsur : Ketua BPD" in first
    assert "Dusun : Piebulak Desa : Loonuna" in first
    # 30, 60 and 90 days after 11 June 2018 (DOMAIN 4.2).
    assert "11 Juli 2018, 10 Agustus 2018, dan 9 September 2018" in first
    assert "Saksi" in first
    assert "cap jempol" in first
    assert first.count("Maria") == 2
    assert "Maria" not in pages[1]


def test_promises_are_printed_and_the_lines_left_are_empty(cohort: Cohort) -> None:
    maria = someone(cohort, "Maria")
    write_pledge(enrolment=maria, promises=["Memimpin #musdus *inklusif*", "Menempel APBDes"])
    parts = commitment_parts(cohort, "")
    text = text_of(printed(cohort, parts))
    assert "1. Memimpin #musdus *inklusif* 2. Menempel APBDes 3. 4. 5." in text


def test_one_person_is_chosen_and_a_stranger_is_refused(cohort: Cohort) -> None:
    maria, _anton = someone(cohort, "Maria"), someone(cohort, "Anton")
    stranger = EnrolmentFactory()
    for parts in (commitment_parts, plan_parts):
        text = text_of(printed(cohort, parts(cohort, str(maria.pk))))
        assert "Maria" in text
        assert "Anton" not in text
        for choice in (str(stranger.pk), "x"):
            with pytest.raises(ValidationError):
                parts(cohort, choice)


def test_namesakes_are_told_apart_where_one_is_chosen(cohort: Cohort) -> None:
    people = [someone(cohort, "Maria Bere"), someone(cohort, "Maria Bere"), someone(cohort, "Anton")]
    labels = dict(person_choices(cohort))
    assert labels[str(people[2].pk)] == "Anton"
    assert {labels[str(each.pk)] for each in people[:2]} == {
        f"Maria Bere ({each.participant.code})" for each in people[:2]
    }


@pytest.mark.parametrize("size", SIZES)
def test_the_plan_is_a_table_across_with_the_columns_of_an_rtl(cohort: Cohort, size: str) -> None:
    maria = someone(cohort, "Maria", dusun="Liu", role="Kader")
    finding = FindingFactory(cohort=cohort, code="TM4", text="Belum ada Berita Acara.")
    make_action(maria, finding=finding, deadline=datetime.date(2018, 6, 20))
    pdf = printed(cohort, plan_parts(cohort, ""), size)
    text = text_of(pdf)
    assert COLUMNS in text
    assert "Maria · Kader, Dusun Liu" in text
    for words in (
        "TM4: Belum ada Berita Acara.",
        "20 Juni 2018",
        "Sebelum Musdes",
        "Belum mulai",
        "1 Berita Acara",
    ):
        assert words in text.replace("- ", "")
    assert sizes_of(pdf) == {(297, 210) if size == "a4" else (330, 215)}


def test_activities_that_were_set_aside_are_not_printed(cohort: Cohort) -> None:
    maria = someone(cohort, "Maria")
    make_action(maria, title="Tetap jalan")
    make_action(maria, title="Batal saja", withdrawn_at=datetime.datetime(2018, 6, 12, tzinfo=datetime.UTC))
    text = text_of(printed(cohort, plan_parts(cohort, "")))
    assert "Tetap jalan" in text
    assert "Batal" not in text


def test_people_of_one_name_have_their_own_part_of_the_table(cohort: Cohort) -> None:
    for dusun in ("Liu", "Pauk"):
        person = someone(cohort, "Maria Bere", dusun=dusun)
        make_action(person, title=f"Satu {dusun}")
        make_action(person, title=f"Dua {dusun}")
    text = text_of(printed(cohort, plan_parts(cohort, "")))
    order = [text.index(words) for words in ("Satu Liu", "Dua Liu", "Satu Pauk", "Dua Pauk")]
    assert order == sorted(order) or order[2:] + order[:2] == sorted(order)
    assert text.count("Maria Bere · ") == 2


def test_without_any_activity_there_is_a_form_to_write_on(cohort: Cohort) -> None:
    assert COLUMNS in text_of(printed(cohort, plan_parts(cohort, "")))
    assert "Maria" in text_of(printed(cohort, [own_plan_part(someone(cohort, "Maria"))]))


@pytest.mark.parametrize(
    "office",
    ["a.n. Kepala Desa Loonuna, Sekretaris Desa", "Plh. Kepala Desa Loonuna", "Pj. Kepala Desa Loonuna"],
)
def test_who_signs_stands_as_it_was_typed(cohort: Cohort, office: str) -> None:
    cohort.signatory_title, cohort.signatory_name = office, "Yosef Mali Bele"
    text = text_of(printed(cohort, plan_parts(cohort, "")))
    assert f"Mengetahui, {office}" in text
    assert "Yosef Mali Bele" in text


def test_a_vacant_office_leaves_a_line_to_sign(cohort: Cohort) -> None:
    text = text_of(printed(cohort, plan_parts(cohort, "")))
    assert "Mengetahui," in text
    assert "Kepala Desa" not in text
    assert "(....." in text


@pytest.mark.parametrize("size", SIZES)
def test_names_and_titles_of_any_length_stay_on_the_page(cohort: Cohort, size: str) -> None:
    cohort.title = "Pemberdayaan " * 15
    cohort.signatory_title = "a.n. Penjabat Kepala Desa Loonuna Kecamatan Lamaknen Selatan, " * 2
    person = someone(cohort, "Nurhayati" * 13, dusun="P" * 80, role="Kepala Urusan Perencanaan " * 4)
    make_action(person, title="T" * 200, person_in_charge="K" * 120, indicator="i" * 200)
    parts = [*commitment_parts(cohort, ""), *plan_parts(cohort, "")]
    pdf = printed(cohort, parts, size)
    for number in range(len(pages_of(pdf))):
        width = max(x for _words, x, _y in pieces_of(pdf, number))
        wide = 330 if size == "f4" else 297
        assert width < (wide if number else (215 if size == "f4" else 210)) / 25.4 * 72 - 12 / 25.4 * 72
    text = "".join(pages_of(pdf)).replace("\u200b", "").replace("\n", "")
    assert "K" * 120 in text.replace(" ", "")


def test_the_same_plan_gives_the_same_file(cohort: Cohort) -> None:
    make_action(someone(cohort, "Maria"))
    frame = frame_of(cohort, "RTL")
    first, second = (print_parts(plan_parts(cohort, ""), frame=frame) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("people", [1, 3])
def test_a_paper_costs_the_same_queries_whatever_the_number_of_people(
    cohort: Cohort, people: int, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        make_action(someone(cohort, f"Warga {number}"), finding=FindingFactory(cohort=cohort))
    with django_assert_num_queries(1):
        plan_parts(cohort, "")
    # The people, and what they promised.
    with django_assert_num_queries(3):
        commitment_parts(cohort, "")


def test_a_participant_prints_the_own_plan_and_no_other(client: Client, cohort: Cohort) -> None:
    maria, anton = someone(cohort, "Maria"), someone(cohort, "Anton")
    make_action(maria, title="Musyawarah Liu")
    make_action(anton, title="Musyawarah Pauk")
    sign_in_as(client, maria.participant)
    response = client.get(reverse("followup:plan_paper"), {"size": "f4"})
    text = text_of(response.content)
    assert "Musyawarah Liu" in text
    assert "Pauk" not in text
    assert sizes_of(response.content) == {(330, 215)}
    assert "no-store" in response["Cache-Control"]
    assert reverse("followup:plan_paper") in client.get(reverse("followup:plan")).content.decode()


def test_a_press_that_fails_brings_a_participant_back_to_the_plan(
    client: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> bytes:
        raise RuntimeError("no file")

    monkeypatch.setattr(papers, "print_parts", fail)
    sign_in_as(client, someone(cohort, "Maria").participant)
    response = client.get(reverse("followup:plan_paper"))
    assert response["Location"] == reverse("followup:plan")
