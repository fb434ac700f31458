"""What minutes say on paper: PDF, DOCX and screen have the same words; tables and signatures hold."""

import datetime
import io
import re
from typing import Any

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image

from lms.cohorts.models import Letterhead
from lms.deliberations.exports.docx import paper_docx
from lms.deliberations.exports.heads import letterhead_of
from lms.deliberations.exports.minutes import empty_minutes, minutes_paper, minutes_papers
from lms.deliberations.exports.paper import Paper
from lms.deliberations.exports.pdf import paper_pdf, papers_pdf
from lms.deliberations.models import Minutes
from lms.press.paper import SIZES, PaperSize
from tests.factories import OrganisationFactory, VillageFactory
from tests.lms.deliberations.factories import MinutesFactory, let_sign, propose

pytestmark = pytest.mark.django_db
DAY = datetime.date(2018, 6, 21)
LOONUNA = {"name": "Loonuna", "district": "Lamaknen Selatan", "regency": "Belu"}


@pytest.fixture
def minutes(db: None) -> Minutes:
    made = MinutesFactory(village=VillageFactory(**LOONUNA), held_on=datetime.date(2018, 6, 11))
    propose(made, cost_typed="1.200.000,00", volume="350", unit="m", proposer="Kelompok perempuan", rank=1)
    return made


def pdf_pages(paper: Paper, size: PaperSize = "a4") -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(paper_pdf(paper, size, printed_on=DAY)))
    return [each.extract_text() for each in reader.pages]


def docx_of(paper: Paper, size: PaperSize = "a4") -> Any:
    return Document(io.BytesIO(paper_docx(paper, size, printed_on=DAY)))


def docx_text(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def squeezed(text: str) -> str:
    """Without any space: lines are broken in other places in each format."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def test_minutes_begin_with_the_date_in_words(minutes: Minutes) -> None:
    opening = minutes_paper(minutes).blocks[0].text
    assert opening == (
        "Pada hari ini, Senin tanggal sebelas bulan Juni tahun dua ribu delapan belas (11 Juni 2018), mulai "
        "pukul 09.00 WITA sampai selesai, bertempat di Kapela Piebulak, Desa Loonuna, Kecamatan Lamaknen "
        "Selatan, telah dilaksanakan Musyawarah Dusun Piebulak."
    )


def test_pdf_and_docx_say_the_same(minutes: Minutes) -> None:
    let_sign(minutes, ("warga", "Maria Hoar", "Wakil perempuan", "P"))
    paper = minutes_paper(minutes)
    pdf = squeezed("".join(pdf_pages(paper)))
    word = squeezed(docx_text(docx_of(paper)))
    said = [paper.title, *paper.below]
    for block in paper.blocks:
        said += [block.text, *block.items, *(value for _label, value in block.pairs if value)]
        said += [cell for row in block.rows for cell in row]
        said += [line for person in block.people for line in (*person.above, person.name)]
    for sentence in filter(None, said):
        if "…" not in sentence:
            assert squeezed(sentence) in pdf, sentence
            assert squeezed(sentence) in word, sentence


@pytest.mark.parametrize("size", SIZES)
def test_a_long_table_breaks_between_rows_and_repeats_its_head(minutes: Minutes, size: PaperSize) -> None:
    for number in range(2, 41):
        propose(minutes, f"Kegiatan nomor {number} " + "yang panjang sekali " * 4)
    paper = minutes_paper(minutes)
    pages = pdf_pages(paper, size)
    assert len(pages) > 2
    assert all("Pengusul" in page for page in pages if "Kegiatan nomor" in page)
    (table,) = [each for each in docx_of(paper, size).tables if len(each.columns) == 10]
    assert len(table.rows) == 41
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows[1:])


def test_offices_are_printed_as_they_were_typed(minutes: Minutes) -> None:
    let_sign(
        minutes,
        ("pimpinan", "Yosef", "Pj. Kepala Dusun", "L"),
        ("mengetahui", "Yosef Mali Bele", "a.n. Kepala Desa Loonuna\u202e, Sekretaris Desa", "L"),
    )
    text = "".join(pdf_pages(minutes_paper(minutes)))
    assert "a.n. Kepala Desa Loonuna, Sekretaris Desa," in text
    assert "Pj. Kepala Dusun," in text
    assert "a.n. Kepala Desa Loonuna, Sekretaris Desa," in docx_text(docx_of(minutes_paper(minutes)))


def test_without_signatories_there_are_places_to_sign(minutes: Minutes) -> None:
    (signing,) = [block for block in minutes_paper(minutes).blocks if block.kind == "signatures"]
    labels = [person.above[-1] for person in signing.people]
    assert labels == [
        "Pimpinan musyawarah,",
        "Notulis,",
        "Wakil warga,",
        "Wakil warga,",
        "Kepala Desa Loonuna,",
    ]
    assert [person.name for person in signing.people][:2] == ["Yosef Mali Bele", "Anastasia Bete"]


def test_names_are_text_in_every_format(minutes: Minutes) -> None:
    hostile = ['#read("x")', "$x^2$", "*a* _b_", "@lihat", "<w:b/>", "=1+1", "{{ x }}"]
    minutes.results = "\n".join(hostile)
    paper = minutes_paper(minutes)
    pdf, word = "".join(pdf_pages(paper)), docx_text(docx_of(paper))
    for each in hostile:
        assert each in pdf
        assert each in word


def test_a_docx_has_the_size_of_the_paper_and_names_nobody(minutes: Minutes) -> None:
    document = docx_of(minutes_paper(minutes), "f4")
    assert document.sections[0].page_height.mm == pytest.approx(330, abs=0.5)
    assert document.core_properties.author == "DESA LOONUNA"
    assert document.core_properties.last_modified_by == ""
    assert "python" not in document.core_properties.comments
    grids = [[column.width.mm for column in table.columns] for table in document.tables]
    assert all(sum(grid) == pytest.approx(183, abs=4) for grid in grids)


def test_drafts_and_next_versions_say_what_they_are(minutes: Minutes) -> None:
    assert "RANCANGAN, belum bernomor" in minutes_paper(minutes).below
    minutes.number, minutes.state, minutes.version, minutes.change_reason = (
        "001/BA",
        "final",
        2,
        "Volume salah",
    )
    assert minutes_paper(minutes).below == ("Nomor: 001/BA", "Perubahan ke-1: Volume salah")


@pytest.mark.parametrize(
    ("kind", "last"), [("pemdes", "DESA LOONUNA"), ("bpd", "BADAN PERMUSYAWARATAN DESA LOONUNA")]
)
def test_the_letterhead_is_that_of_who_holds_the_deliberation(kind: str, last: str) -> None:
    village = VillageFactory.build(**LOONUNA)
    lines = letterhead_of(village, kind)
    assert (lines[0], lines[1], lines[-1]) == (
        "PEMERINTAH KABUPATEN BELU",
        "KECAMATAN LAMAKNEN SELATAN",
        last,
    )
    assert letterhead_of(village, "tanpa") == ()
    assert letterhead_of(VillageFactory.build(name="Liu", district="", regency="")) == ("DESA LIU",)
    assert letterhead_of(VillageFactory.build(regency="Kota Kupang"))[0] == "PEMERINTAH KOTA KUPANG"


def kept_for(minutes: Minutes, **fields: Any) -> Letterhead:
    return Letterhead.objects.create(
        organisation=minutes.organisation,
        lines="PEMERINTAH KABUPATEN BELU\nDESA LOONUNA RAYA",
        contact="Jalan Kapela 1",
        **{"village": minutes.village, **fields},
    )


def test_the_letterhead_that_is_kept_for_the_village_stands_on_papers_of_its_government(
    minutes: Minutes,
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(picture, "JPEG")
    kept_for(minutes).logo.save("logo.jpg", ContentFile(picture.getvalue()))
    minutes.letterhead = "pemdes"
    paper = minutes_paper(minutes)
    assert (paper.heading[-1], paper.contact) == ("DESA LOONUNA RAYA", ("Jalan Kapela 1",))
    file = paper_pdf(paper, "a4", printed_on=DAY)
    [first, *_] = pypdf.PdfReader(io.BytesIO(file)).pages
    assert "Jalan Kapela 1" in first.extract_text()
    assert len(first.images) == 1
    words = docx_text(docx_of(paper))
    assert "DESA LOONUNA RAYA" in words
    assert "Jalan Kapela 1" in words


@pytest.mark.parametrize("case", ["council", "no letterhead", "another village", "everywhere", "foreign"])
def test_another_letterhead_is_not_taken_for_the_village_governments(minutes: Minutes, case: str) -> None:
    elsewhere = {
        "another village": {"village": VillageFactory()},
        "everywhere": {"village": None},
        "foreign": {"organisation": OrganisationFactory()},
    }
    kept = kept_for(minutes)
    Letterhead.objects.filter(pk=kept.pk).update(**elsewhere.get(case, {}))
    minutes.letterhead = {"council": "bpd", "no letterhead": "tanpa"}.get(case, "pemdes")
    assert minutes_paper(minutes).heading == letterhead_of(minutes.village, minutes.letterhead)


def test_letterheads_are_read_once_for_many_minutes(minutes: Minutes) -> None:
    kept_for(minutes)
    found = [minutes, MinutesFactory(village=minutes.village), MinutesFactory()]
    for each in found:
        each.letterhead = "pemdes"
        each.proposals.all()
    with CaptureQueriesContext(connection) as captured:
        minutes_papers(found)
    assert sum("cohorts_letterhead" in query["sql"] for query in captured) == 1


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_form_fits_on_two_pages_and_has_lines_to_write_on(size: PaperSize) -> None:
    paper = empty_minutes("musdes", VillageFactory.build(**LOONUNA), letterhead="bpd")
    pages = pdf_pages(paper, size)
    assert len(pages) <= 3
    assert "Pada hari ini" in pages[0]
    assert "Wakil warga" in pages[-1]
    assert docx_of(paper, size).tables


def test_papers_with_one_letterhead_share_it_and_others_have_none(minutes: Minutes) -> None:
    same = MinutesFactory(village=minutes.village)
    other = MinutesFactory(village=VillageFactory(name="Henes"))

    def first_page(*papers: Paper) -> str:
        pdf = papers_pdf(papers, "a4", printed_on=DAY, title="Berita Acara")
        return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()

    assert "PEMERINTAH KABUPATEN BELU" in first_page(minutes_paper(minutes), minutes_paper(same))
    assert "PEMERINTAH" not in first_page(minutes_paper(minutes), minutes_paper(other))


def test_simulated_data_says_so(minutes: Minutes, cohort: Any) -> None:
    cohort.is_simulated = True
    minutes.cohort = cohort
    paper = minutes_paper(minutes)
    assert "DATA SIMULASI" in pdf_pages(paper)[0]
    assert "DATA SIMULASI" in docx_text(docx_of(paper))


def test_both_times_are_those_of_the_village(minutes: Minutes) -> None:
    minutes.ends_at = datetime.time(12, 30)
    assert "mulai pukul 09.00 sampai pukul 12.30 WITA, bertempat" in minutes_paper(minutes).blocks[0].text
