"""The papers of a training: what stands on each, who may print it, and what goes wrong politely."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from lms.cohorts import registry
from lms.cohorts.exports import meetings
from lms.cohorts.models import Cohort
from lms.cohorts.registry import CohortPaper, papers_for, register_cohort_paper
from lms.cohorts.views import papers as views
from lms.people.domain import sign_in
from lms.press.paper import SIZES
from tests.factories import CohortFactory, EnrolmentFactory, FindingFactory, MeetingFactory, VillageFactory
from tests.helpers import grant
from tests.lms.cohorts.pages import page, pins_on
from tests.lms.press.reading import pages_of, pieces_of, sizes_of, text_of

DAY = datetime.date(2018, 6, 11)
A4, F4 = (210, 297), (215, 330)


@pytest.fixture
def cohort(organisation: Any) -> Cohort:
    return CohortFactory(
        organisation=organisation,
        code="LNN-2018",
        title="Penguatan Kapasitas",
        village=VillageFactory(name="Loonuna"),
        venue="Kantor Desa",
        starts_on=DAY,
        ends_on=DAY,
    )


def someone(cohort: Cohort, name: str, **fields: Any) -> Any:
    person = {f"participant__{key}": value for key, value in fields.items()}
    return EnrolmentFactory(cohort=cohort, participant__full_name=name, **person)


def printed(client: Client, cohort: Cohort, code: str, **query: str) -> bytes:
    response = client.get(page("paper", cohort, code), query)
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/pdf"
    return response.content


def refused(client: Client, cohort: Cohort, code: str, **query: str) -> str:
    response = client.get(page("paper", cohort, code), query, follow=True)
    assert response.redirect_chain[-1][0] == page("papers", cohort)
    return str(next(iter(response.context["messages"])))


def test_an_attendance_sheet_has_everybody_and_room_for_who_comes_unlisted(
    organiser: Client, cohort: Cohort
) -> None:
    meeting = MeetingFactory(cohort=cohort, title="Curah pendapat", held_on=DAY, lesson_hours=3)
    someone(cohort, "Maria", sex="P", role="Ketua BPD", dusun="Piebulak")
    someone(cohort, "Yosef Mali Bele", sex="L", element="warga", dusun="", village=cohort.village)
    text = text_of(printed(organiser, cohort, "daftar-hadir", of=str(meeting.pk)))
    assert "DAFTAR HADIR" in text
    assert "Senin, 11 Juni 2018" in text
    assert "3 JP" in text
    assert "Maria P Ketua BPD Piebulak" in text
    assert "Yosef Mali Bele L Warga Loonuna" in text
    # Two people and five empty lines, each with its place to sign.
    assert re.findall(r"(?<!\d)([1-9])\.", text) == ["1", "2", "3", "4", "5", "6", "7"]
    assert "cap jempol" in text
    assert "Loonuna, 11 Juni 2018" in text
    assert "Ketua Panitia" in text


def test_places_to_sign_stand_left_and_right_by_turns(organiser: Client, cohort: Cohort) -> None:
    for number in range(4):
        someone(cohort, f"Warga {number}")
    pieces = pieces_of(printed(organiser, cohort, "daftar-hadir"))
    places = {words: round(x) for words, x, _y in pieces if re.fullmatch(r"[1-4]\.", words)}
    assert places["1."] == places["3."] < places["2."] == places["4."]


def test_two_people_of_one_name_are_told_apart_by_their_code(organiser: Client, cohort: Cohort) -> None:
    first, second = (someone(cohort, name, dusun="Liu") for name in ("Maria Bere", "MARIA BERE"))
    other = someone(cohort, "Anton")
    text = text_of(printed(organiser, cohort, "daftar-hadir"))
    assert first.participant.code in text
    assert second.participant.code in text
    assert other.participant.code not in text


def test_each_meeting_has_its_own_sheet(organiser: Client, cohort: Cohort) -> None:
    someone(cohort, "Maria")
    for title in ("Pagi", "Siang"):
        MeetingFactory(cohort=cohort, title=title, held_on=DAY)
    both = pages_of(printed(organiser, cohort, "daftar-hadir"))
    assert ["Pagi" in both[0], "Siang" in both[1]] == [True, True]
    assert all("Halaman 1 dari 1" in sheet for sheet in both)


def test_an_empty_sheet_names_nobody(organiser: Client, cohort: Cohort) -> None:
    someone(cohort, "Maria")
    text = text_of(printed(organiser, cohort, "daftar-hadir", of="kosong"))
    assert "Maria" not in text
    assert "25." in text


def test_a_meeting_that_is_gone_and_a_foreign_one_are_refused(organiser: Client, cohort: Cohort) -> None:
    someone(cohort, "Maria")
    foreign = MeetingFactory()
    for choice in ("999999", str(foreign.pk), "x"):
        assert "Pertemuan" in refused(organiser, cohort, "daftar-hadir", of=choice)


def test_without_anybody_the_sheet_says_what_to_do(organiser: Client, cohort: Cohort) -> None:
    assert refused(organiser, cohort, "daftar-hadir") != ""


def test_too_many_people_for_one_file_are_refused(
    organiser: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meetings, "MOST_PEOPLE", 1)
    someone(cohort, "Maria")
    printed(organiser, cohort, "daftar-hadir")
    someone(cohort, "Anton")
    assert "1" in refused(organiser, cohort, "daftar-hadir")


def test_the_schedule_has_the_meetings_by_day_and_the_sum_of_hours(organiser: Client, cohort: Cohort) -> None:
    MeetingFactory(cohort=cohort, title="Perencanaan", held_on=DAY, lesson_hours=3)
    MeetingFactory(cohort=cohort, title="Penganggaran", held_on=DAY, lesson_hours=2)
    MeetingFactory(cohort=cohort, title="RTL", held_on=DAY + datetime.timedelta(1), lesson_hours=4)
    text = text_of(printed(organiser, cohort, "jadwal"))
    assert text.count("Senin, 11 Juni 2018") == 1
    order = [text.index(words) for words in ("Senin, 11", "Perencanaan", "Penganggaran", "Selasa, 12", "RTL")]
    assert order == sorted(order)
    assert "Jumlah: 9 jam pelajaran" in text
    assert "Kantor Desa, Desa Loonuna, Kecamatan Lamaknen Selatan" in text


def test_findings_come_by_topic_without_names_of_people(organiser: Client, cohort: Cohort) -> None:
    author = someone(cohort, "Maria")
    FindingFactory(cohort=cohort, code="TM2", text="Belum ada data.", topic="data", author=author)
    first = FindingFactory(
        cohort=cohort,
        code="TM1",
        text="Rencana belum runtut.",
        topic="perencanaan",
        legal_basis="UU 6/2014 Ps 79",
    )
    FindingFactory(cohort=cohort, code="TM3", text="Rencana tak urut.", dusun="Liu", merged_into=first)
    pdf = printed(organiser, cohort, "temuan", size="f4")
    text = text_of(pdf)
    assert sizes_of(pdf) == {F4[::-1]}
    assert text.index("TM1") < text.index("TM2")
    for words in ("Perencanaan", "UU 6/2014 Ps 79", "TM3: Rencana tak urut. (Liu)", "belum ada", "terbuka"):
        assert words in text
    assert "Maria" not in text


def test_a_finding_longer_than_a_page_goes_on_on_the_next(organiser: Client, cohort: Cohort) -> None:
    FindingFactory(cohort=cohort, text="kata " * 3000 + "tamat")
    pdf = printed(organiser, cohort, "temuan")
    pages = pages_of(pdf)
    assert len(pages) > 1
    assert min(y for number in range(len(pages)) for _words, _x, y in pieces_of(pdf, number)) > 0
    assert sum(sheet.count("kata") for sheet in pages) == 3000
    assert "tamat" in pages[-1]


@pytest.mark.parametrize("code", ["jadwal", "daftar-hadir"])
def test_paper_is_a4_unless_f4_was_asked_for(organiser: Client, cohort: Cohort, code: str) -> None:
    someone(cohort, "Maria")
    assert sizes_of(printed(organiser, cohort, code)) == {A4}
    assert sizes_of(printed(organiser, cohort, code, size="f4")) == {F4}
    assert sizes_of(printed(organiser, cohort, code, size="../../etc")) == {A4}


def test_files_with_names_are_kept_by_no_cache(organiser: Client, cohort: Cohort) -> None:
    someone(cohort, "Maria")
    response = organiser.get(page("paper", cohort, "daftar-hadir"))
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'attachment; filename="daftar-hadir-lnn-2018.pdf"'


def test_the_list_leads_to_every_paper_that_one_may_print(organiser: Client, cohort: Cohort) -> None:
    meeting = MeetingFactory(cohort=cohort, title="Curah pendapat")
    html = organiser.get(page("papers", cohort)).content.decode()
    for paper in papers_for(organiser.user):  # type: ignore[attr-defined]
        address = paper.url(cohort) if paper.url else page("paper", cohort, paper.code)
        assert address in html
    assert page("paper_pack", cohort) in html
    assert f'value="{meeting.pk}"' in html
    assert page("papers", cohort) in organiser.get(page("hub", cohort)).content.decode()


def test_a_trainer_prints_for_the_day_and_not_the_plans(trainer: Client, cohort: Cohort) -> None:
    someone(cohort, "Maria")
    codes = {paper.code for paper in papers_for(trainer.user)}  # type: ignore[attr-defined]
    assert {"jadwal", "daftar-hadir", "temuan"} <= codes
    assert "rtl" not in codes
    printed(trainer, cohort, "daftar-hadir")
    assert trainer.get(page("paper", cohort, "rtl")).status_code == 302
    assert "RENCANA TINDAK LANJUT" not in text_of(trainer.get(page("paper_pack", cohort)).content)


def test_a_paper_needs_its_own_permission(bystander: Client, cohort: Cohort) -> None:
    grant(bystander.user, "cohorts.view_cohort")  # type: ignore[attr-defined]
    someone(cohort, "Maria")
    assert bystander.get(page("paper", cohort, "jadwal")).status_code == 200
    assert bystander.get(page("paper", cohort, "daftar-hadir")).status_code == 302


def test_another_organisation_finds_no_paper(foreign_organiser: Client, cohort: Cohort) -> None:
    for address in (page("papers", cohort), page("paper_pack", cohort), page("paper", cohort, "jadwal")):
        assert foreign_organiser.get(address).status_code == 404


@pytest.mark.parametrize("code", ["tidak-ada", "kartu"])
def test_what_is_no_paper_of_the_press_is_not_found(organiser: Client, cohort: Cohort, code: str) -> None:
    assert organiser.get(page("paper", cohort, code)).status_code == 404


def test_the_pack_has_all_papers_in_order_and_no_pin(organiser: Client, cohort: Cohort) -> None:
    MeetingFactory(cohort=cohort, held_on=DAY)
    someone(cohort, "Maria")
    someone(cohort, "Anton")
    response = organiser.get(page("paper_pack", cohort), {"size": "f4"})
    text = text_of(response.content)
    titles = ("JADWAL PELATIHAN", "DAFTAR HADIR", "LEMBAR KOMITMEN", "DAFTAR TEMUAN", "RENCANA TINDAK LANJUT")
    order = [text.index(title) for title in titles]
    assert order == sorted(order)
    assert text.count("LEMBAR KOMITMEN") == 2
    assert sizes_of(response.content) == {F4, F4[::-1]}
    assert "PIN" not in text


def test_the_pack_of_a_training_without_people_has_the_rest(organiser: Client, cohort: Cohort) -> None:
    text = text_of(organiser.get(page("paper_pack", cohort)).content)
    assert "JADWAL PELATIHAN" in text
    assert "LEMBAR KOMITMEN" not in text


@pytest.mark.parametrize("name", ["paper", "paper_pack"])
def test_a_press_that_fails_is_a_message_and_not_an_error_page(
    organiser: Client, cohort: Cohort, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> bytes:
        raise RuntimeError("the document was not ready after 60 seconds")

    monkeypatch.setattr(views, "print_parts", fail)
    response = organiser.get(page(name, cohort, *(["jadwal"] if name == "paper" else [])), follow=True)
    assert response.redirect_chain[-1][0] == page("papers", cohort)
    assert len(list(response.context["messages"])) == 1


@pytest.mark.parametrize("people", [1, 3])
def test_papers_cost_the_same_whatever_the_number_of_people(
    organiser: Client, cohort: Cohort, people: int, query_count: Any
) -> None:
    for number in range(people):
        someone(cohort, f"Warga {number}")
        MeetingFactory(cohort=cohort, held_on=DAY)
        FindingFactory(cohort=cohort)
    # Warm: permissions, content types, site.
    organiser.get(page("papers", cohort))
    with query_count(25):
        organiser.get(page("paper_pack", cohort))
    with query_count(20):
        organiser.get(page("papers", cohort))


@pytest.mark.parametrize("size", SIZES)
def test_cards_come_as_a_file_once_and_the_file_is_kept_by_no_cache(
    organiser: Client, cohort: Cohort, size: str
) -> None:
    maria = someone(cohort, "Maria", dusun="Liu").participant
    form = organiser.get(page("cards", cohort))
    wanted = {
        "participants": [maria.pk],
        "address": "loonuna.example/masuk/",
        "state": form.context["state"],
        "size": size,
    }
    response = organiser.post(page("cards", cohort), wanted)
    assert "no-store" in response["Cache-Control"]
    text = text_of(response.content)
    maria.refresh_from_db()
    assert maria.code in text
    assert "Maria" in text
    assert "loonuna.example/masuk/" in text
    found = re.search(r"\b(\d{3}) (\d{3})\b", text)
    assert found is not None
    assert sign_in(code=maria.code, pin="".join(found.groups()), device="d") == maria
    assert sizes_of(response.content) == {A4 if size == "a4" else F4}
    # Again with the page as it was: no new PINs, the form says why.
    again = organiser.post(page("cards", cohort), wanted)
    assert "text/html" in again["Content-Type"]
    assert pins_on(again) == []


def test_cards_whose_file_cannot_be_made_come_as_a_page(
    organiser: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.cohorts.views import cards

    def fail(*args: Any, **kwargs: Any) -> bytes:
        raise RuntimeError("no file")

    monkeypatch.setattr(cards, "cards_pdf", fail)
    maria = someone(cohort, "Maria").participant
    state = organiser.get(page("cards", cohort)).context["state"]
    wanted = {"participants": [maria.pk], "address": "x.id", "state": state, "size": "a4"}
    response = organiser.post(page("cards", cohort), wanted)
    assert len(pins_on(response)) == 1


def test_a_paper_has_parts_or_a_page_and_not_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_papers", {})
    for wrong in ({}, {"parts": lambda cohort, choice: [], "url": lambda cohort: "/"}):
        with pytest.raises(ImproperlyConfigured, match="surat"):
            register_cohort_paper(
                CohortPaper(code="surat", order=1, label="", hint="", permission="x.y", **wrong)
            )


def test_the_participants_have_no_papers_of_staff(client: Client, cohort: Cohort) -> None:
    response = client.get(page("papers", cohort))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))
