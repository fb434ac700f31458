import io
import re
from datetime import date

import pypdf
import pytest
from docx import Document

from lms.cohorts.enums import AttendanceStatus
from lms.cohorts.models import Attendance, Party, Programme
from lms.evaluation.datasets.activity import activity_of
from lms.evaluation.exports import export_activity_docx, export_activity_pdf
from lms.evaluation.exports.activity import activity_report
from lms.evaluation.exports.activity.parts import Drawing
from lms.evaluation.reports.cohort import Reader, report_on
from lms.people.models import Participant, RecordLogEntry
from tests.factories import FacilitatorFactory, FindingFactory, MeetingFactory, make_staff
from tests.lms.evaluation.exports.books import boss
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db
CHAPTERS = [
    "LEMBAR PENGESAHAN",
    "I. PENDAHULUAN",
    "II. PELAKSANAAN",
    "III. HASIL",
    "IV. KENDALA DAN PEMBELAJARAN",
    "V. KESIMPULAN DAN REKOMENDASI",
    "LAMPIRAN",
]
FOUR = [*SIX[:2], *SIX[3:5]]


def text_of(cohort):
    """Every word of the report, as it stands in its pieces."""
    return "\n".join(words(piece) for piece in activity_report(cohort).pieces)


def words(piece):
    if isinstance(piece, Drawing):
        return piece.caption
    rows = [cell for row in piece.rows for cell in row]
    pairs = [" ".join(pair) for pair in piece.pairs if pair[1]]
    return "\n".join([piece.text, *piece.items, *pairs, *rows])


def docx_text(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def pdf_text(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def squeezed(text):
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def there(cohort, count):
    """The first ``count`` people of the training came to a meeting."""
    meeting = MeetingFactory(cohort=cohort, title="Hari pertama", speakers="Kepala Dinas")
    for enrolment in cohort.enrolments.order_by("pk")[:count]:
        Attendance.objects.create(meeting=meeting, enrolment=enrolment, status=AttendanceStatus.PRESENT)
    return meeting


def test_the_report_has_its_chapters_in_order():
    pieces = activity_report(make_cohort(SIX)).pieces
    assert [piece.text for piece in pieces if piece.kind == "chapter"] == CHAPTERS


def test_pdf_and_document_say_the_same():
    cohort = make_cohort(copies(SIX, 4))
    user = boss()
    printed, written = (
        squeezed(said)
        for said in (
            pdf_text(export_activity_pdf(cohort=cohort, user=user)),
            docx_text(export_activity_docx(cohort=cohort, user=user)),
        )
    )
    for piece in activity_report(cohort).pieces:
        if piece.kind in ("text", "chapter", "heading"):
            assert squeezed(piece.text) in printed
            assert squeezed(piece.text) in written


def test_the_document_has_headings_to_look_through():
    document = Document(io.BytesIO(export_activity_docx(cohort=make_cohort(SIX), user=boss())))
    chapters = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert chapters == CHAPTERS
    assert "A. Kehadiran" in [each.text for each in document.paragraphs if each.style.name == "Heading 2"]


def test_the_change_comes_with_its_range_its_people_and_no_cause():
    text = text_of(make_cohort(SIX))
    assert "Dari 6 peserta terdaftar, 6 mengikuti kedua tes." in text
    assert (
        "Rata-rata 9,5 sebelum dan 13,0 sesudah, dari 20 poin (+3,5; kisaran wajar 95 % +2,4 sampai" in text
    )
    assert "bukan bukti sebab-akibat" in text
    assert "Kekuatan data: Indikatif" in text
    for word in ("berkat", "karena pelatihan", "menyebabkan", "mengakibatkan", "dampak", "terbukti"):
        assert word not in text.lower()


def test_drawings_are_beside_their_tables_with_places_in_percent():
    drawings = [one for one in activity_report(make_cohort(SIX)).pieces if isinstance(one, Drawing)]
    assert [one.kind for one in drawings] == ["dumbbells", "bars"]
    whole = drawings[0].rows[0]
    assert (whole.start, whole.end) == (47.5, 65.0)
    assert all(sum(bar.parts) == 6 for bar in drawings[1].rows)


def test_of_four_people_nothing_that_they_know_is_told():
    report = activity_report(make_cohort(FOUR))
    text = "\n".join(words(piece) for piece in report.pieces)
    assert "Rata-rata" not in text
    assert not [one for one in report.pieces if isinstance(one, Drawing)]
    assert report.version == ""
    assert "Tanpa versi data" in text
    assert pdf_text(export_activity_pdf(cohort=make_cohort(FOUR), user=boss()))


def test_a_training_without_anything_says_so_part_by_part():
    text = text_of(make_cohort([]))
    for part in (
        "dasar hukum",
        "maksud dan tujuan",
        "narasumber dan fasilitator",
        "jadwal",
        "jalannya kegiatan",
        "peserta (belum ada",
        "tes (belum ada",
        "evaluasi penyelenggaraan",
        "temuan curah pendapat",
    ):
        assert f"Belum diisi: {part}" in text


def test_what_is_recorded_stands_in_its_chapter():
    cohort = make_cohort(SIX, expected_results="Rencana desa\nBerita acara")
    cohort.programme = Programme.objects.create(
        organisation=cohort.organisation, title="Program", general_objective="Warga ikut merencanakan"
    )
    cohort.save()
    there(cohort, 5)
    FacilitatorFactory(cohort=cohort, name="Ibu Rina", user=None)
    Party.objects.create(cohort=cohort, role="pendana", name="Dana Desa")
    FindingFactory(cohort=cohort, text="Air bersih jauh")
    text = text_of(cohort)
    for said in ("Warga ikut merencanakan", "Rencana desa", "Hari pertama", "Kepala Dinas", "Ibu Rina"):
        assert said in text
    assert "Air bersih jauh" in text
    assert "Pendana: Dana Desa." in text
    assert "6 orang terdaftar; 5 orang hadir" in text


def test_no_group_of_fewer_than_five_is_told_or_left_by_subtraction():
    cohort = make_cohort(copies(SIX, 3))
    people = list(cohort.enrolments.order_by("pk").values_list("participant", flat=True))
    Participant.objects.update(sex="P", dusun="Melati")
    Participant.objects.filter(pk__in=people[:3]).update(sex="L", dusun="Mawar")
    Participant.objects.filter(pk__in=people[3:9]).update(dusun="Kenanga")
    there(cohort, 18)
    present = activity_of(cohort, date(2026, 6, 2)).present
    assert present.n == 18
    assert dict(present.sexes) == {}
    assert dict(present.hamlets) == {"Melati": 9}
    text = text_of(cohort)
    assert "Mawar" not in text
    assert "lainnya, digabung\n9" in text


def test_people_who_rose_or_fell_are_told_as_on_the_public_page():
    cohort = make_cohort([*copies(SIX, 2), ("AB", 10, 9), ("BA", 9, 9)])
    text = text_of(cohort)
    assert "1 orang turun" not in text
    assert "tidak disebut karena ada kelompok yang terlalu kecil" in text or "orang lainnya" in text


def test_no_participant_and_no_question_is_named():
    cohort = make_cohort(copies(SIX, 4))
    there(cohort, 10)
    text = text_of(cohort)
    for enrolment in cohort.enrolments.select_related("participant"):
        assert not re.search(rf"\b{re.escape(enrolment.participant.full_name)}\b", text)
    for form in cohort.assessment.forms.all():
        for item in form.items.select_related("question"):
            assert item.question.stem not in text


def test_simulated_data_say_so_on_paper_and_in_the_document():
    cohort, user = make_cohort(SIX, is_simulated=True), boss()
    assert "DATA SIMULASI" in pdf_text(export_activity_pdf(cohort=cohort, user=user))
    assert "DATA SIMULASI" in docx_text(export_activity_docx(cohort=cohort, user=user))


def test_one_simulated_person_labels_the_whole_report():
    cohort, user = make_cohort(SIX), boss()
    Participant.objects.filter(pk=cohort.enrolments.first().participant_id).update(is_simulated=True)
    assert "DATA SIMULASI" in pdf_text(export_activity_pdf(cohort=cohort, user=user))
    assert "DATA SIMULASI" in docx_text(export_activity_docx(cohort=cohort, user=user))


def test_the_version_of_the_data_stands_on_it_and_in_the_log():
    cohort = make_cohort(SIX)
    user = make_staff("rina", organisation=cohort.organisation)
    version = report_on(cohort, Reader()).data_version
    assert version in docx_text(export_activity_docx(cohort=cohort, user=user))
    assert version in pdf_text(export_activity_pdf(cohort=cohort, user=user))
    entries = RecordLogEntry.objects.for_instance(cohort)
    assert {entry.data["format"] for entry in entries} == {"docx", "pdf"}
    assert {entry.data["version"] for entry in entries} == {version}


def test_words_that_look_like_markup_are_printed_as_they_are():
    cohort = make_cohort(SIX, title='#read("x") *tebal* <b>')
    assert squeezed('#read("x")*tebal*<b>') in squeezed(
        pdf_text(export_activity_pdf(cohort=cohort, user=boss()))
    )


def test_the_report_takes_as_many_queries_for_six_people_as_for_thirty(django_assert_max_num_queries):
    few, many = make_cohort(SIX), make_cohort(copies(SIX, 5))
    there(few, 6), there(many, 30)
    activity_report(few)
    with django_assert_max_num_queries(60) as small:
        activity_report(few)
    with django_assert_max_num_queries(len(small)):
        activity_report(many)
