"""The last two chapters and the list of annexes: what the numbers say, and room for what people say."""

from lms.deliberations.exports.paper import Column, chapter, facts, heading, lines, listing, table, text
from lms.evaluation.datasets.activity import Activity
from lms.evaluation.exports.activity.parts import Piece
from lms.evaluation.exports.activity.results import NO_CAUSE, headline
from lms.evaluation.reports import after_words, report_words
from lms.evaluation.reports.cohort import CohortReport
from lms.press.indonesian import long_date

_TO_ATTACH = "dilampirkan panitia"
_ANNEXES = (
    ("SK panitia", _TO_ATTACH),
    ("Undangan", _TO_ATTACH),
    ("Daftar hadir", "cetak dari halaman angkatan"),
    ("Biodata peserta", _TO_ATTACH),
    ("Materi", "cetak dari pelajaran"),
    ("Foto kegiatan (4 sampai 8)", _TO_ATTACH),
    ("Rekap nilai", "unduh XLSX dari halaman hasil belajar"),
    ("Rencana tindak lanjut per orang", "cetak dari halaman angkatan"),
    ("Berita acara", "cetak dari halaman berita acara"),
    ("Bukti belanja", _TO_ATTACH),
)


def obstacles(report: CohortReport) -> list[Piece]:
    """Chapter IV."""
    return [
        chapter("IV. KENDALA DAN PEMBELAJARAN"),
        heading("A. Yang terbaca dari data"),
        listing(_seen(report)),
        heading("B. Menurut panitia dan peserta"),
        text("Tulis kendala selama kegiatan dan apa yang dipelajari darinya:"),
        lines(6),
    ]


def conclusion(report: CohortReport) -> list[Piece]:
    """Chapter V."""
    return [
        chapter("V. KESIMPULAN DAN REKOMENDASI"),
        heading("A. Kesimpulan"),
        text(headline(report.evaluation)),
        text(NO_CAUSE),
        heading("B. Rekomendasi"),
        *_to_repeat(report),
        text("Rekomendasi panitia:"),
        lines(6),
    ]


def annexes(found: Activity, report: CohortReport) -> list[Piece]:
    """What belongs to the report and where it comes from, then how the numbers were made."""
    rows = [(str(at), name, whence) for at, (name, whence) in enumerate(_ANNEXES, start=1)]
    columns = (Column("No", 10, "right"), Column("Lampiran"), Column("Asal", 70))
    return [
        chapter("LAMPIRAN"),
        table(columns, rows),
        heading("Cara menghitung"),
        text(
            "Hanya percobaan pertama orang yang mengikuti tes awal dan tes akhir yang dihitung. Separuh "
            "mengerjakan bentuk A lalu B, separuh B lalu A; perubahan adalah rata-rata dari rata-rata kedua "
            "urutan, sehingga bentuk yang lebih sulit tidak terbaca sebagai peningkatan. Kisaran wajar 95 % "
            "dihitung menurut t Student. Di bawah 5 orang tidak ada angka; di bawah 20 orang angka hanya "
            "indikatif."
        ),
        facts(
            ("Versi data tes", report.data_version),
            ("Keadaan per", long_date(found.today)),
        ),
        text(
            "Versi yang sama berarti data tes yang sama: angka tes dalam berkas XLSX, CSV, dan JSON dengan "
            "versi itu sama dengan angka di sini."
        )
        if report.data_version
        else text("Tanpa versi data: hasil tes tidak disebut karena pesertanya terlalu sedikit."),
    ]


def _seen(report: CohortReport) -> list[str]:
    result, actions = report.evaluation, report.actions
    seen = [after_words.dropped_sentence(result)]
    if report.questions.rows:
        seen.append(report_words.flagged_sentence(report.questions, result.matched_n))
    if actions.planned:
        seen.append(
            f"Dari {actions.planned} kegiatan RTL, {actions.stuck} dilaporkan terhambat dan {actions.late} "
            "lewat tenggat."
        )
    return seen


def _to_repeat(report: CohortReport) -> list[Piece]:
    """The questions to teach again, by code and outcome: questions themselves stay in the house."""
    table_of = report.questions
    reason = report_words.questions_reason(table_of)
    if reason or not table_of.repeat:
        return [text(reason or report_words.repeat_sentence(table_of))]
    rows = [
        f"Ulangi materi soal {row.place} ({', '.join(row.outcomes) or 'tanpa hasil belajar'}): "
        f"{report_words.missed_sentence(row)}"
        for row in table_of.repeat
    ]
    return [listing(rows)]
