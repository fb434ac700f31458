"""What minutes say on paper, filled in or empty to be written by hand."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation

from lms.cohorts.models import Letterhead as KeptLetterhead
from lms.deliberations.enums import Field, MinutesKind, SignatoryRole
from lms.deliberations.exports.heads import head_of, kept_letterheads, key_of
from lms.deliberations.exports.paper import (
    DOTS,
    SHORT_DOTS,
    Block,
    Column,
    Paper,
    Signer,
    facts,
    heading,
    listing,
    number,
    or_dots,
    signatures,
    table,
    text,
)
from lms.deliberations.models import Minutes, Proposal, Signatory
from lms.people.models import Village
from lms.press.indonesian import clock, long_date, rupiah
from lms.press.number_words import date_words
from lms.press.paper import Heading

# The names of deliberations as they stand on paper.
_TITLES = {
    MinutesKind.HAMLET: "MUSYAWARAH DUSUN",
    MinutesKind.VILLAGE: "MUSYAWARAH DESA",
    MinutesKind.PLANNING: "MUSYAWARAH PERENCANAAN PEMBANGUNAN DESA",
    MinutesKind.SPECIAL: "MUSYAWARAH KHUSUS",
}
_SPOKEN = {
    MinutesKind.HAMLET: "Musyawarah Dusun",
    MinutesKind.VILLAGE: "Musyawarah Desa",
    MinutesKind.PLANNING: "Musyawarah Perencanaan Pembangunan Desa",
    MinutesKind.SPECIAL: "Musyawarah Khusus",
}
_FIELDS = {
    Field.GOVERNMENT: "Penyelenggaraan pemerintahan",
    Field.DEVELOPMENT: "Pelaksanaan pembangunan",
    Field.GUIDANCE: "Pembinaan kemasyarakatan",
    Field.EMPOWERMENT: "Pemberdayaan masyarakat",
    Field.EMERGENCY: "Penanggulangan bencana dan keadaan darurat",
}
COLUMNS = (
    Column("No", 8, "center"),
    Column("Bidang dan usulan kegiatan"),
    Column("Dusun/\nlokasi", 21),
    Column("Volume", 16),
    Column("L", 9, "right"),
    Column("P", 9, "right"),
    Column("Rentan", 14, "right"),
    Column("Pengusul", 22),
    Column("Prio-\nritas", 11, "center"),
    Column("Perkiraan biaya (Rp)", 25, "right"),
)
_DRAFT = "RANCANGAN, belum bernomor"
_BLANK_ROWS = 12


def minutes_paper(minutes: Minutes) -> Paper:
    """Filled-in minutes. One query more than theirs, if the letterhead is the village government's."""
    return minutes_papers([minutes])[0]


def minutes_papers(found: Sequence[Minutes]) -> list[Paper]:
    """The papers of several minutes; the letterheads that are kept are read once for all."""
    kept = kept_letterheads(found)
    return [_paper(each, head_of(each.village, each.letterhead, kept.get(key_of(each)))) for each in found]


def _paper(minutes: Minutes, head: Heading) -> Paper:
    village, kind = minutes.village, MinutesKind(minutes.kind)
    below = [f"Nomor: {minutes.number}" if minutes.number else f"Nomor: {DOTS}"]
    if minutes.version > 1:
        below.append(f"Perubahan ke-{minutes.version - 1}: {minutes.change_reason}")
    if minutes.is_draft:
        below.append(_DRAFT)
    signers = _signers(list(minutes.signatories.all()), village, minutes)
    return Paper(
        title=f"BERITA ACARA {_TITLES[kind]}",
        below=tuple(below),
        blocks=[
            text(_opening(minutes)),
            _facts(minutes),
            heading("Peserta"),
            text(_attendance(minutes)),
            heading("Hal yang dibahas"),
            listing(minutes.matter_list, blank=4),
            heading("Hasil dan kesepakatan"),
            listing(minutes.result_list, blank=6),
            heading("Daftar usulan"),
            table(COLUMNS, proposal_rows(minutes.proposals.all()), blank=4),
            text(
                "Demikian Berita Acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
            ),
            signatures(signers),
        ],
        code=minutes.number or f"{_SPOKEN[kind]} {minutes.held_on.isoformat()}",
        heading=head.lines,
        contact=head.contact,
        logo=head.logo,
        is_simulated=minutes.is_simulated,
        file_name=f"berita-acara-{minutes.kind}-{minutes.held_on.isoformat()}",
    )


def empty_minutes(
    kind: str, village: Village | None, *, letterhead: str, kept: KeptLetterhead | None = None
) -> Paper:
    """The form to be filled in by hand at a deliberation without electricity. ``kept``: see ``head_of``."""
    known = MinutesKind(kind)
    head = head_of(village, letterhead, kept) if village is not None else Heading(())
    at = village.name if village is not None else DOTS
    dusun = f" Dusun {DOTS}" if known == MinutesKind.HAMLET else ""
    opening = (
        f"Pada hari ini, {SHORT_DOTS} tanggal {DOTS} bulan {SHORT_DOTS} tahun {DOTS}, pukul "
        f"{SHORT_DOTS} sampai {SHORT_DOTS}, bertempat di {DOTS}{DOTS}, Desa {at}, telah "
        f"dilaksanakan {_SPOKEN[known]}{dusun}."
    )
    counts = ("Laki-laki", "Perempuan", "Lansia", "Pemuda", "Penyandang disabilitas", "Keluarga miskin")
    return Paper(
        title=f"BERITA ACARA {_TITLES[known]}",
        below=(f"Nomor: {DOTS}",),
        blocks=[
            text(opening),
            facts(
                ("Pimpinan", DOTS), ("Notulis", DOTS), ("Jumlah diundang", SHORT_DOTS), ("Kuorum", SHORT_DOTS)
            ),
            heading("Peserta (jumlah)"),
            Block("table", columns=tuple(Column(each) for each in counts), rows=(("",) * 6,), row_height=11),
            heading("Hal yang dibahas"),
            Block("lines", count=5),
            heading("Hasil dan kesepakatan"),
            Block("lines", count=8),
            heading("Daftar usulan"),
            table(COLUMNS, (), blank=_BLANK_ROWS),
            text(
                "Demikian Berita Acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
            ),
            signatures(_signers([], village, None)),
        ],
        code=f"Formulir kosong {_SPOKEN[known]}",
        heading=head.lines,
        contact=head.contact,
        logo=head.logo,
        file_name=f"formulir-berita-acara-{kind}",
    )


def proposal_rows(proposals: Sequence[Proposal] | Any) -> list[tuple[str, ...]]:
    """The cells of each proposal, in the order of ``COLUMNS``."""
    rows = []
    for place, each in enumerate(proposals, start=1):
        lines = [each.activity, f"Bidang: {_FIELDS[Field(each.field)]}"]
        if each.remark:
            lines.append(f"Ket.: {each.remark}")
        rows.append(
            (
                str(place),
                "\n".join(lines),
                each.dusun,
                f"{each.volume} {each.unit}".strip(),
                number(each.men),
                number(each.women),
                number(each.vulnerable),
                each.proposer,
                number(each.rank),
                rupiah(each.cost).removeprefix("Rp") if each.cost is not None else "",
            )
        )
    return rows


def field_name(code: str) -> str:
    """The field of a proposal as papers name it."""
    return _FIELDS[Field(code)]


def _opening(minutes: Minutes) -> str:
    with translation.override("id"):
        zone = str(minutes.village.get_time_zone_display())
    hours = ""
    if minutes.starts_at:
        begins = clock(minutes.starts_at)
        until = (
            f"sampai pukul {clock(minutes.ends_at, zone)}" if minutes.ends_at else f"{zone} sampai selesai"
        )
        hours = f", mulai pukul {begins} {until}"
    what = _SPOKEN[MinutesKind(minutes.kind)]
    if minutes.dusun:
        named = minutes.dusun if minutes.dusun.casefold().startswith("dusun") else f"Dusun {minutes.dusun}"
        what = f"{what} {named}" if minutes.kind != MinutesKind.HAMLET else f"Musyawarah {named}"
    where = ", ".join(
        part
        for part in (
            or_dots(minutes.place),
            f"Desa {minutes.village.name}",
            f"Kecamatan {minutes.village.district}" if minutes.village.district else "",
        )
        if part
    )
    return (
        f"Pada hari ini, {date_words(minutes.held_on)} ({long_date(minutes.held_on)}){hours}, "
        f"bertempat di {where}, telah dilaksanakan {what}."
    )


def _facts(minutes: Minutes) -> Block:
    chair = ", ".join(part for part in (minutes.chair, minutes.chair_title) if part)
    quorum = ""
    if minutes.quorum is not None and minutes.present is not None:
        word = "tercapai" if minutes.present >= minutes.quorum else "tidak tercapai"
        quorum = f"{word}: hadir {number(minutes.present)} orang, diperlukan {number(minutes.quorum)} orang"
    return facts(
        ("Pimpinan", or_dots(chair)),
        ("Notulis", or_dots(minutes.note_taker)),
        ("Dasar", minutes.legal_basis),
        ("Diundang", f"{number(minutes.invited)} orang" if minutes.invited is not None else ""),
        ("Kuorum", quorum),
    )


def _attendance(minutes: Minutes) -> str:
    if minutes.present is None:
        return f"Hadir {SHORT_DOTS} orang: laki-laki {SHORT_DOTS} orang dan perempuan {SHORT_DOTS} orang."
    sentence = (
        f"Hadir {number(minutes.present)} orang: laki-laki {number(minutes.men or 0)} orang dan perempuan "
        f"{number(minutes.women or 0)} orang."
    )
    groups = (
        ("lansia", minutes.elders),
        ("pemuda", minutes.youth),
        ("penyandang disabilitas", minutes.with_disability),
        ("dari keluarga miskin", minutes.poor),
    )
    among = [f"{label} {number(count)} orang" for label, count in groups if count is not None]
    return f"{sentence} Di antaranya {', '.join(among)}." if among else sentence


def _signers(signatories: list[Signatory], village: Village | None, minutes: Minutes | None) -> list[Signer]:
    """Chair and note-taker, residents in pairs, who acknowledges last; lines where nobody is entered yet."""
    by_role = {role: [each for each in signatories if each.role == role] for role in SignatoryRole}
    at = village.name if village is not None else DOTS
    when = f"{at}, {long_date(minutes.held_on) if minutes is not None else DOTS}"

    def places(role: SignatoryRole, label: str, fewest: int, name: str = "") -> list[Signer]:
        entered = [
            Signer(tuple(part for part in (label, f"{each.title}," if each.title else "") if part), each.name)
            for each in by_role[role]
        ]
        return entered + [Signer((label,), name)] * (fewest - len(entered))

    chair = places(SignatoryRole.CHAIR, "Pimpinan musyawarah,", 1, minutes.chair if minutes else "")
    notes = places(SignatoryRole.NOTE_TAKER, "Notulis,", 1, minutes.note_taker if minutes else "")
    residents = places(SignatoryRole.RESIDENT, "Wakil warga,", 2)
    witness = places(SignatoryRole.WITNESS, "Mengetahui,", 0) or [
        Signer(("Mengetahui,", f"Kepala Desa {at},"))
    ]
    first = [*chair, *notes]
    dated = [Signer((when if place == 1 else "", *each.above), each.name) for place, each in enumerate(first)]
    return [*dated, *residents, *witness]
