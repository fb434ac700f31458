"""What is on the paper."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdf
import pytest

from lms.certificates.codes import grouped
from lms.certificates.domain import issue_certificate
from lms.certificates.models import Certificate
from lms.certificates.press import print_pdf
from lms.certificates.snapshot import take_snapshot
from lms.cohorts.models import Cohort, Enrolment

pytestmark = pytest.mark.django_db
Graduate = Callable[..., Enrolment]


def data_for(enrolment: Enrolment, **changes: Any) -> dict[str, Any]:
    certificate = issue_certificate(enrolment=enrolment)
    return {**certificate.snapshot, **changes}


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_front_says_who_what_when_where_and_who_signs(graduate: Graduate, cohort: Cohort) -> None:
    certificate = issue_certificate(enrolment=graduate("Maria Bere", role="Ketua BPD"))
    front, back = pages(print_pdf(certificate.snapshot, timestamp=0).pdf)
    for words in (
        "SERTIFIKAT",
        "Kelulusan Pelatihan",
        f"Nomor: {certificate.number}",
        "diberikan kepada",
        "Maria Bere",
        "Ketua BPD",
        "PESERTA",
        "Pelatihan perencanaan desa",
        "1–2 Juni 2026",
        "Balai Rakyat, Loonuna, Kecamatan Lamaknen Selatan, Kabupaten Belu",
        "8 jam pelajaran (JP)",
        "Pemerintah Desa Loonuna",
        "Sekretaris Contoh",
        "a.n. Kepala Desa, Sekretaris Desa",
    ):
        assert words in front
    assert "DATA SIMULASI" not in front + back


def test_the_back_lists_what_was_learned_with_its_hours(graduate: Graduate) -> None:
    data = data_for(graduate())
    data |= {
        "modules": [{"title": "UU Desa", "lesson_hours": 3}, {"title": "Anggaran", "lesson_hours": 5}],
        "modules_total": 8,
    }
    _front, back = pages(print_pdf(data, timestamp=0).pdf)
    assert "DAFTAR MATERI" in back
    for row in ("1 UU Desa 3", "2 Anggaran 5", "8"):
        assert row in back


def test_a_long_curriculum_still_fits_on_the_back(graduate: Graduate) -> None:
    rows = [{"title": f"Modul {n} " + "panjang " * 12, "lesson_hours": n} for n in range(24)]
    assert len(pages(print_pdf(data_for(graduate(), modules=rows), timestamp=0).pdf)) == 2


def test_the_longest_of_everything_still_fits_on_two_pages(graduate: Graduate) -> None:
    longest = dict.fromkeys(("title", "theme", "place", "issuer"), "Perencanaan " * 16)
    data = data_for(graduate(), name="Fransiskus " * 10, signatory_title="Pejabat " * 15, **longest)
    assert len(pages(print_pdf(data, timestamp=0).pdf)) == 2


def test_a_name_of_one_endless_word_fits_on_the_line(graduate: Graduate) -> None:
    printed = print_pdf(data_for(graduate(), name="W" * 120), timestamp=0)
    page = pypdf.PdfReader(io.BytesIO(printed.pdf)).pages[0]
    lefts: list[float] = []

    def note_place(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if "WWW" in text:
            lefts.append(pypdf.mult(tm, cm)[4])

    page.extract_text(visitor_text=note_place)
    assert lefts
    assert min(lefts) > 0


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "*b* $x$ _i_ `c`",
        '#import "x": * [#sys.inputs] // \\',
        "{{ settings.SECRET_KEY }} {% include 'x' %}",
        "<img src=file:///etc/passwd> {event.__init__.__code__}",
    ],
)
def test_a_name_is_printed_as_it_is_whatever_it_looks_like(graduate: Graduate, name: str) -> None:
    front = pages(print_pdf(data_for(graduate(name)), timestamp=0).pdf)[0]
    assert "".join(name.split()) in "".join(front.split())
    assert "root:" not in front


def test_the_same_data_gives_the_same_bytes(graduate: Graduate) -> None:
    data = data_for(graduate())
    assert print_pdf(data, timestamp=1_528_675_200) == print_pdf(data, timestamp=1_528_675_200)


def test_without_a_public_address_there_is_a_code_and_no_qr(graduate: Graduate, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LMS_PUBLIC_ADDRESS = ""
    data = data_for(graduate())
    front = pages(print_pdf(data, timestamp=0).pdf)[0]
    assert f"Periksa di situs penyelenggara dengan kode ini: {grouped(data['code'])}" in front
    assert "kode QR" not in front
    assert "http" not in front


def test_with_a_public_address_there_is_a_qr_which_says_what_it_is(graduate: Graduate, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LMS_PUBLIC_ADDRESS = "https://belajar.desa.id"
    data = data_for(graduate())
    pdf = print_pdf(data, timestamp=0).pdf
    front = pages(pdf)[0]
    assert "https://belajar.desa.id/periksa/" in front
    assert grouped(data["code"]) in front
    assert "Kode QR ke halaman pemeriksaan" in alternative_texts(pdf)


def alternative_texts(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return " ".join(
            str(thing["/Alt"])
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        )


def test_simulated_data_is_said_on_both_pages(graduate: Graduate) -> None:
    front, back = pages(print_pdf(data_for(graduate(is_simulated=True)), timestamp=0).pdf)
    assert "DATA SIMULASI · contoh" in front
    assert "DATA SIMULASI · contoh" in back


def test_without_a_signatory_there_is_a_line_to_sign_on(graduate: Graduate, cohort: Cohort) -> None:
    cohort.signatory_name = cohort.signatory_title = ""
    cohort.save()
    assert len(pages(print_pdf(data_for(graduate()), timestamp=0).pdf)) == 2


def test_it_is_an_archive_file_that_a_screen_reader_can_read(graduate: Graduate) -> None:
    printed = print_pdf(data_for(graduate()), timestamp=0)
    assert printed.is_strict
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("2", "1")
        assert document.Root.Lang == "id"
        box = [float(side) for side in document.pages[0].mediabox]
    assert (round(box[2]), round(box[3])) == (842, 595)


def test_a_name_of_two_hundred_thousand_letters_is_cut_before_it_is_set(graduate: Graduate) -> None:
    enrolment = graduate()
    enrolment.participant.name_on_certificate = "Maria " * 33_334
    data = take_snapshot(enrolment=enrolment, number="1", code="0" * 26, issued_on=enrolment.cohort.starts_on)
    assert len(data["name"]) == 120
    assert len(pages(print_pdf(data, timestamp=0).pdf)) == 2


def test_a_certificate_can_be_printed_from_its_row_alone(
    printed: Callable[..., Certificate], pdf_file
) -> None:  # type: ignore[no-untyped-def]
    assert "Maria Bere" in pages(pdf_file(printed("Maria Bere")).read_bytes())[0]
