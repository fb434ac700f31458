"""What the three sheets say on paper, filled in or empty, and in a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from assessments.legal import Revocations
from lms.deliberations.exports.heads import letterhead_of
from lms.deliberations.exports.paper import (
    DOTS,
    SHORT_DOTS,
    Block,
    Column,
    Paper,
    Signer,
    facts,
    heading,
    number,
    signatures,
    table,
    text,
)
from lms.deliberations.models import Census, DataReview, RegulationReview
from lms.people.models import Village
from lms.press.indonesian import long_date

_RECAP = (
    Column("No", 9, "center"),
    Column("Dusun"),
    Column("Tanggal", 34),
    Column("KK", 15, "right"),
    Column("Warga terdata", 20, "right"),
    Column("Belum berkelompok L", 25, "right"),
    Column("Belum berkelompok P", 25, "right"),
    Column("Jumlah", 17, "right"),
)
_NAMES = (
    Column("No", 9, "center"),
    Column("Nama"),
    Column("L/P", 11, "center"),
    Column("Umur", 14, "center"),
    Column("RT", 13, "center"),
    Column("Kelompok yang diminati", 52),
)
_DATA = (
    Column("No", 9, "center"),
    Column("Indikator", 45),
    Column("Sumber", 38),
    Column("Tahun", 15, "center"),
    Column("Nilai", 22),
    Column("Dusun", 26),
    Column("Makna"),
    Column("Usulan"),
)
_RULES = (
    Column("No", 9, "center"),
    Column("Pasal", 26),
    Column("Masalah"),
    Column("Usul perbaikan"),
    Column("Rujukan", 58),
)
_PRIVATE = (
    "Berisi nama warga. Disimpan oleh petugas, tidak ditempel dan tidak dibagikan; dimusnahkan paling lama "
    "satu tahun. Yang diumumkan hanya jumlahnya."
)
_CONSENT = "Tulis hanya nama orang yang setuju dicatat. Jangan menulis NIK, penyakit, atau nomor HP."


def census_paper(census: Census) -> Paper:
    """The counts of one hamlet, without any name: this may hang on the wall."""
    return recap_paper([census])


def recap_paper(found: Sequence[Census]) -> Paper:
    """The counts of several hamlets with their sums, without any name."""
    rows = [
        (
            str(place),
            each.dusun,
            long_date(each.counted_on),
            number(each.households),
            number(each.residents),
            number(each.ungrouped_men),
            number(each.ungrouped_women),
            number(each.ungrouped),
        )
        for place, each in enumerate(found, start=1)
    ]
    if len(found) > 1:
        counted = ("households", "residents", "ungrouped_men", "ungrouped_women", "ungrouped")
        sums = [number(sum(getattr(each, name) or 0 for each in found)) for name in counted]
        rows.append(("", "Jumlah", "", *sums))
    villages = {each.village for each in found}
    notes = [text(f"{each.dusun}: {each.note}") for each in found if each.note]
    officers = dict.fromkeys(each.officer for each in found if each.officer)
    village = next(iter(villages)) if len(villages) == 1 else None
    return Paper(
        title="REKAPITULASI WARGA BELUM BERKELOMPOK",
        below=(f"Desa {village.name}",) if village else (),
        blocks=[
            table(_RECAP, rows),
            *notes,
            facts(("Petugas", ", ".join(officers)), ("Catatan", "Hanya jumlah; nama warga tidak diumumkan.")),
        ],
        code="Rekapitulasi warga belum berkelompok",
        heading=letterhead_of(village) if village else (),
        is_simulated=any(each.is_simulated for each in found),
        file_name="rekap-warga-belum-berkelompok",
    )


def empty_census(village: Village | None) -> Paper:
    """The form that the officer takes along from house to house."""
    return Paper(
        title="PENDATAAN WARGA BELUM BERKELOMPOK",
        below=(_PRIVATE,),
        blocks=[
            facts(
                ("Desa", village.name if village else DOTS),
                ("Dusun", DOTS),
                ("Tanggal", DOTS),
                ("Petugas", DOTS),
                ("Jumlah KK", SHORT_DOTS),
                ("Warga terdata", SHORT_DOTS),
            ),
            text(_CONSENT),
            table(_NAMES, (), blank=16),
            facts(("Belum berkelompok", f"L {SHORT_DOTS}   P {SHORT_DOTS}   Jumlah {SHORT_DOTS}")),
            signatures([Signer(("Kepala Dusun,",)), Signer(("Petugas,",))]),
        ],
        code="Formulir pendataan warga belum berkelompok",
        heading=letterhead_of(village) if village else (),
        file_name="formulir-warga-belum-berkelompok",
    )


def data_paper(review: DataReview) -> Paper:
    """A data review sheet."""
    rows = [
        (
            str(place),
            each.indicator,
            each.source,
            str(each.year or ""),
            each.value,
            each.dusun,
            each.meaning,
            each.proposal,
        )
        for place, each in enumerate(review.rows.all(), start=1)
    ]
    return _sheet(review, "LEMBAR KAJI DATA", ("Topik", review.topic), _DATA, rows, "lembar-kaji-data")


def empty_data(village: Village | None) -> Paper:
    """An empty data review sheet."""
    return _empty("LEMBAR KAJI DATA", "Topik", _DATA, village, "lembar-kaji-data")


def regulation_paper(review: RegulationReview, revocations: Revocations | None = None) -> Paper:
    """A regulation review sheet; a rule that was revoked is called so."""
    revocations = revocations or Revocations()
    rows = [
        (str(place), each.article, each.problem, each.suggestion, with_standing(each.reference, revocations))
        for place, each in enumerate(review.rows.all(), start=1)
    ]
    document = ("Dokumen", with_standing(review.document, revocations))
    return _sheet(review, "LEMBAR TELAAH REGULASI", document, _RULES, rows, "lembar-telaah-regulasi")


def regulation_papers(found: Iterable[RegulationReview]) -> list[Paper]:
    """Several sheets; the register is read once for all."""
    revocations = Revocations()
    return [regulation_paper(each, revocations) for each in found]


def empty_regulation(village: Village | None) -> Paper:
    """An empty regulation review sheet."""
    return _empty("LEMBAR TELAAH REGULASI", "Dokumen", _RULES, village, "lembar-telaah-regulasi")


def with_standing(citation: str, revocations: Revocations | None = None) -> str:
    """A citation with what became of the rules in it, if we know that they are revoked."""
    gone = [
        f"{each.rule} dicabut, diganti {each.by}" if each.by else f"{each.rule} dicabut"
        for each in (revocations or Revocations()).named_in(citation)
    ]
    return f"{citation}\n({'; '.join(gone)})" if gone else citation


def census_cells(found: Iterable[Census]) -> list[list[Any]]:
    return [
        [
            str(each.village), each.dusun, each.counted_on, each.households, each.residents,
            each.ungrouped_men, each.ungrouped_women, each.officer, each.note,
            each.cohort.code if each.cohort else "",
        ]
        for each in found
    ]  # fmt: skip


def data_cells(found: Iterable[DataReview]) -> list[list[Any]]:
    lines: list[list[Any]] = []
    for each in found:
        common = [str(each.village), each.topic, each.reviewed_on, each.reviewer]
        lines += [
            [*common, row.indicator, row.source, row.year, row.value, row.dusun, row.meaning, row.proposal]
            for row in each.rows.all()
        ] or [common]
    return lines


def regulation_cells(found: Iterable[RegulationReview]) -> list[list[Any]]:
    gone = Revocations()
    lines: list[list[Any]] = []
    for each in found:
        common = [str(each.village), each.document, each.reviewed_on, each.reviewer]
        lines += [
            [
                *common,
                *(row.article, row.problem, row.suggestion, row.reference),
                with_standing(row.reference, gone),
            ]
            for row in each.rows.all()
        ] or [common]
    return lines


CENSUS_HEADINGS = (
    "Desa", "Dusun", "Tanggal", "KK", "Warga terdata", "Belum berkelompok L", "Belum berkelompok P",
    "Petugas", "Catatan", "Angkatan",
)  # fmt: skip
DATA_HEADINGS = (
    "Desa", "Topik", "Tanggal", "Pengkaji", "Indikator", "Sumber", "Tahun", "Nilai", "Dusun", "Makna",
    "Usulan",
)  # fmt: skip
REGULATION_HEADINGS = (
    "Desa", "Dokumen", "Tanggal", "Penelaah", "Pasal", "Masalah", "Usul perbaikan", "Rujukan",
    "Keadaan rujukan",
)  # fmt: skip


def _sheet(
    review: Any, title: str, subject: tuple[str, str], columns: Sequence[Column], rows: Any, file: str
) -> Paper:
    conclusion: list[Block] = []
    if review.conclusion:
        conclusion = [heading("Kesimpulan"), text(review.conclusion)]
    return Paper(
        title=title,
        below=(),
        blocks=[
            facts(
                subject,
                ("Desa", review.village.name),
                ("Tanggal", long_date(review.reviewed_on)),
                ("Oleh", review.reviewer),
            ),
            table(columns, rows, blank=6),
            *conclusion,
        ],
        code=f"{title.capitalize()} {review.reviewed_on.isoformat()}",
        heading=letterhead_of(review.village),
        is_landscape=True,
        is_simulated=review.is_simulated,
        file_name=f"{file}-{review.reviewed_on.isoformat()}",
    )


def _empty(title: str, subject: str, columns: Sequence[Column], village: Village | None, file: str) -> Paper:
    named = village.name if village else DOTS
    return Paper(
        title=title,
        below=(),
        blocks=[
            facts((subject, DOTS), ("Desa", named), ("Tanggal", DOTS), ("Oleh", DOTS)),
            table(columns, (), blank=8),
            heading("Kesimpulan"),
            Block("lines", count=3),
        ],
        code=f"Formulir kosong {title.lower()}",
        heading=letterhead_of(village) if village else (),
        is_landscape=True,
        file_name=f"formulir-{file}",
    )
