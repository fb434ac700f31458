"""Cover, page of approval and the first two chapters: what was planned and what was held."""

from lms.cohorts.exports.frame import bare
from lms.cohorts.exports.meetings import about
from lms.cohorts.models import Cohort, Meeting
from lms.deliberations.exports.paper import (
    Column,
    Signer,
    chapter,
    facts,
    heading,
    listing,
    new_page,
    number,
    signatures,
    table,
    text,
)
from lms.evaluation.datasets.activity import Activity
from lms.evaluation.exports.activity.parts import Piece, missing, or_empty
from lms.press.indonesian import clock, long_date


def cover(cohort: Cohort, found: Activity, version: str) -> list[Piece]:
    """What the report is about, and who signs for it."""
    known = about(cohort)
    return [
        facts(
            ("Kegiatan", known["training"]),
            ("Tema", known["theme"]),
            ("Kode angkatan", cohort.code),
            ("Waktu", known["dates"]),
            ("Tempat", known["place"]),
            ("Penyelenggara", ", ".join(found.behind.organisers) or known["organisation"]),
            ("Mitra", ", ".join(found.behind.partners)),
            ("Pendana", ", ".join(found.behind.funders)),
            ("Versi data tes", version),
            ("Keadaan per", long_date(found.today)),
        ),
        new_page(),
        chapter("LEMBAR PENGESAHAN"),
        text(
            f"Laporan kegiatan {known['training']}, {known['dates']}, di {known['place']}, telah diperiksa "
            "dan disahkan."
        ),
        signatures(
            [
                Signer(("Disusun oleh,", "Ketua Panitia,")),
                Signer(
                    (f"{bare(cohort.village.name)}, ……………………", f"{cohort.signatory_title or 'Mengetahui'},"),
                    cohort.signatory_name,
                ),
            ]
        ),
        new_page(),
    ]


def introduction(cohort: Cohort, found: Activity) -> list[Piece]:
    """Chapter I."""
    return [
        chapter("I. PENDAHULUAN"),
        heading("A. Latar belakang"),
        *or_empty(found.background, "latar belakang (ringkasan pelatihan kosong)"),
        heading("B. Dasar hukum"),
        *_law(found),
        heading("C. Maksud dan tujuan"),
        *_aims(found),
        heading("D. Keluaran yang diharapkan"),
        *_listed(found.results, "hasil yang diharapkan"),
        heading("E. Waktu dan tempat"),
        facts(("Waktu", about(cohort)["dates"]), ("Tempat", about(cohort)["place"])),
        heading("F. Peserta"),
        *_people(cohort, found),
        heading("G. Narasumber dan fasilitator"),
        *_speakers(found),
        heading("H. Pembiayaan"),
        *_funding(found),
    ]


def held(cohort: Cohort, found: Activity) -> list[Piece]:
    """Chapter II."""
    return [
        chapter("II. PELAKSANAAN"),
        heading("A. Jadwal"),
        *_schedule(cohort, found),
        heading("B. Materi"),
        *_topics(found),
        heading("C. Metode"),
        *or_empty(found.method, "metode (cara belajar pada pelatihan kosong)"),
        heading("D. Jalannya kegiatan"),
        *or_empty(found.summary, "jalannya kegiatan", room=8),
    ]


def _listed(items: tuple[str, ...], what: str) -> list[Piece]:
    return [listing(items)] if items else missing(what)


def _law(found: Activity) -> list[Piece]:
    if not found.bases:
        return missing("dasar hukum (pelajaran tidak mencantumkannya)")
    return [
        text(
            f"Aturan yang dirujuk materi, keadaan per {long_date(found.today)}. Hapus yang baru berlaku "
            "sesudah kegiatan; tambahkan surat keputusan panitia dan dasar lain."
        ),
        listing(found.bases),
    ]


def _aims(found: Activity) -> list[Piece]:
    aims = [f"{code}: {words}" for code, words in found.objectives]
    if not (found.general_objective or aims):
        return missing("maksud dan tujuan (angkatan ini tanpa program)")
    general: list[Piece] = [text(found.general_objective)] if found.general_objective else []
    return [*general, *([listing(aims)] if aims else [])]


def _people(cohort: Cohort, found: Activity) -> list[Piece]:
    asked = cohort.min_women_percent
    said = [text("Siapa yang hadir tertulis pada Bab III bagian A. Nama ada pada daftar hadir terlampir.")]
    if asked is not None:
        said.append(text(f"Disepakati paling sedikit {asked}% peserta perempuan."))
    return [*said]


def _speakers(found: Activity) -> list[Piece]:
    speakers = dict.fromkeys(each.speakers.strip() for each in found.meetings if each.speakers.strip())
    rows = [(name, role) for name, role in found.team]
    rows += [(name, "Narasumber") for name in speakers]
    if not rows:
        return missing("narasumber dan fasilitator")
    return [table((Column("Nama"), Column("Peran", 50)), rows)]


def _funding(found: Activity) -> list[Piece]:
    funders = ", ".join(found.behind.funders)
    said = f"Pendana: {funders}. " if funders else ""
    return [
        text(f"{said}Jumlah biaya tidak dicatat dalam sistem ini; tulis di sini dan lampirkan buktinya."),
        table((Column("Uraian"), Column("Jumlah (Rp)", 36, "right"), Column("Sumber", 40)), (), blank=4),
    ]


def _schedule(cohort: Cohort, found: Activity) -> list[Piece]:
    if not found.meetings:
        return missing("jadwal (belum ada pertemuan tercatat)")
    columns = (
        Column("Hari, tanggal", 32),
        Column("Waktu", 26),
        Column("Pertemuan"),
        Column("JP", 10, "right"),
    )
    rows = [
        (
            long_date(each.held_on),
            _times(each, cohort),
            "\n".join(part for part in (str(each.title), each.agenda.strip()) if part),
            number(each.lesson_hours),
        )
        for each in found.meetings
    ]
    total = sum(each.lesson_hours for each in found.meetings)
    return [table(columns, rows), text(f"Jumlah: {total} jam pelajaran (JP).")]


def _times(meeting: Meeting, cohort: Cohort) -> str:
    if meeting.begins_at is None:
        return ""
    zone = cohort.village.get_time_zone_display()
    if meeting.ends_at is None:
        return clock(meeting.begins_at, zone)
    return f"{clock(meeting.begins_at)}–{clock(meeting.ends_at, zone)}"


def _topics(found: Activity) -> list[Piece]:
    if not found.modules:
        return missing("materi (pelatihan ini belum punya modul yang terbit)")
    columns = (Column("Modul", 60), Column("Pelajaran"), Column("JP", 10, "right"))
    rows = [
        (f"{each.code} {each.title}".strip(), "\n".join(each.lessons), number(each.hours))
        for each in found.modules
    ]
    return [text(f"Pelatihan: {found.course}."), table(columns, rows)]
