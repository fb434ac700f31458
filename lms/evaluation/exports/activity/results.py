"""Chapter III: attendance, tests, how it was found, findings, plans and commitment, each with its numbers.

Groups of people are told as on the public page, and so are those who rose, stayed or fell. No sentence says
what a change comes from: there is nobody to compare with.
"""

from collections.abc import Mapping
from typing import Any

from lms.cohorts.models import Cohort
from lms.deliberations.exports.paper import Column, chapter, heading, listing, number, table, text
from lms.evaluation.datasets.activity import Activity
from lms.evaluation.exports.activity.parts import Bar, Drawing, Line, Piece, missing
from lms.evaluation.reports import after_words
from lms.evaluation.reports.charts import Dumbbell, outcome_dumbbells, overall_dumbbell
from lms.evaluation.reports.cohort import CohortReport
from lms.evaluation.reports.questions import QuestionRow
from lms.evaluation.reports.results import CohortEvaluation
from lms.evaluation.reports.wording import share_sentence, shown_change, standing_word
from lms.evaluation.stats.suppression import suppressed
from lms.people.enums import Element, Sex
from lms.press.indonesian import long_date
from lms.ui.templatetags.lms_ui import format_number

NO_CAUSE = (
    "Angka-angka ini menunjukkan perubahan antara tes awal dan tes akhir. Angka-angka ini bukan bukti "
    "sebab-akibat: tidak ada kelompok pembanding yang tidak mengikuti pelatihan."
)


def results(cohort: Cohort, found: Activity, report: CohortReport) -> list[Piece]:
    """Chapter III."""
    return [
        chapter("III. HASIL"),
        heading("A. Kehadiran"),
        *_attendance(found, report.evaluation),
        heading("B. Tes awal dan tes akhir"),
        *_tests(cohort, report),
        heading("C. Evaluasi penyelenggaraan"),
        *_reactions(report),
        heading("D. Temuan curah pendapat"),
        *_findings(found),
        heading("E. Rencana tindak lanjut (RTL)"),
        *_plans(report),
        heading("F. Komitmen"),
        *_commitment(report),
    ]


def headline(result: CohortEvaluation) -> str:
    """What the tests say in two sentences: means with their range, and people as far as they may be told."""
    who = f"Dari {result.registered} peserta terdaftar, {result.matched_n} mengikuti kedua tes."
    shown = shown_change(result)
    if shown is None:
        return f"{who} {result.notes[0].text if result.notes else ''}".strip()
    said = f"Rata-rata {shown.before} sebelum dan {shown.after} sesudah, dari {result.max_points} poin"
    spread = f"; kisaran wajar 95 % {shown.range}" if shown.low is not None else ""
    return f"{who} {said} ({shown.change}{spread}). {_directions(result)}".strip()


def _directions(result: CohortEvaluation) -> str:
    words = {"rose": "nilainya naik", "same": "tetap", "fell": "turun"}
    told = suppressed({name: getattr(result, name) or 0 for name in words}, zero_tells=True)
    if not told:
        return (
            "Berapa orang yang naik, tetap, atau turun tidak disebut karena ada kelompok yang terlalu kecil."
        )
    parts = [f"{told[name]} orang {word}" for name, word in words.items() if name in told]
    rest = result.matched_n - sum(told.values())
    return f"{', '.join([*parts, *([f'{rest} orang lainnya'] if rest else [])])}."


def _attendance(found: Activity, result: CohortEvaluation) -> list[Piece]:
    present = found.present
    if not result.registered:
        return missing("peserta (belum ada yang terdaftar)", room=0)
    if present.recorded:
        said = f"{result.registered} orang terdaftar; {present.n} orang hadir paling sedikit satu kali."
    else:
        said = (
            f"{result.registered} orang terdaftar. Kehadiran belum dicatat; angka di bawah dari pendaftaran."
        )
    return [
        text(said),
        *_by_meeting(found),
        _groups("Jenis kelamin", present.sexes, present.n, dict(Sex.choices)),
        _groups("Unsur", present.elements, present.n, dict(Element.choices)),
        _groups("Dusun", present.hamlets, present.n, {"": "tidak tercatat"}),
        text("Kelompok di bawah 5 orang tidak disebut sendiri, tetapi digabung, agar tidak menunjuk orang."),
    ]


def _by_meeting(found: Activity) -> list[Piece]:
    if not (found.meetings and found.present.recorded):
        return []
    columns = (Column("Tanggal", 34), Column("Pertemuan"), Column("Hadir", 18, "right"))
    rows = [
        (long_date(each.held_on), str(each.title), str(found.by_meeting.get(each.pk, 0)))
        for each in found.meetings
    ]
    return [table(columns, rows)]


def _groups(title: str, told: Mapping[str, int], total: int, labels: Mapping[Any, Any]) -> Piece:
    rows = [(str(labels.get(value, value) or "tidak tercatat"), str(n)) for value, n in told.items()]
    rest = total - sum(told.values())
    if rest:
        rows.append(("lainnya, digabung" if told else "tidak dirinci: kelompok terlalu kecil", str(rest)))
    rows.append(("Jumlah", str(total)))
    return table((Column(title), Column("Orang", 22, "right")), rows)


def _tests(cohort: Cohort, report: CohortReport) -> list[Piece]:
    result = report.evaluation
    if not result.pre_n and not result.post_n:
        return missing("tes (belum ada yang mengerjakan)", room=0)
    notes = [note.text for note in result.notes if note.text not in headline(result)]
    share = share_sentence(result)
    return [
        text(headline(result)),
        text(f"Kekuatan data: {standing_word(result.standing)}. {NO_CAUSE}"),
        *([listing(notes)] if notes else []),
        *([text(share)] if share else []),
        *_outcomes(cohort, result),
        *_questions(report),
    ]


def _outcomes(cohort: Cohort, result: CohortEvaluation) -> list[Piece]:
    whole = overall_dumbbell(
        result, label="Semua soal", pass_mark_percent=cohort.assessment.pass_mark_percent
    )
    if whole is None:
        return []
    found = [whole, *outcome_dumbbells(result)]
    columns = (
        Column("Hasil belajar"),
        Column("n", 10, "right"),
        Column("Sebelum", 19, "right"),
        Column("Sesudah", 19, "right"),
        Column("Maks.", 14, "right"),
        Column("Perubahan (kisaran wajar 95 %)", 44),
    )
    drawn = tuple(_line(one) for one in found if one.shown is not None)
    return [
        table(columns, [_outcome_row(one, result.matched_n) for one in found]),
        Drawing("dumbbells", "Rata-rata dari nilai maksimum, dalam persen", ("sebelum", "sesudah"), drawn),
    ]


def _outcome_row(one: Dumbbell, n: int) -> tuple[str, ...]:
    label = f"{one.code} {one.label}".strip()
    if one.shown is None:
        return (label, str(n), "–", "–", number(one.max_points), one.reason)
    change = f"{one.shown.change} ({one.shown.range})"
    return (label, str(n), one.shown.before, one.shown.after, number(one.max_points), change)


def _line(one: Dumbbell) -> Line:
    shown = one.shown
    before, after = (shown.before, shown.after) if shown else ("", "")
    return Line(one.code or one.label, before, after, float(one.before), float(one.after))


def _questions(report: CohortReport) -> list[Piece]:
    """What became of the questions: by code, for the questions themselves stay in the house."""
    rows = report.questions.rows
    if not rows:
        return []
    columns = (
        Column("Soal"),
        Column("Hasil", 22),
        Column("Tetap benar", 20, "right"),
        Column("Menjadi benar", 22, "right"),
        Column("Menjadi salah", 22, "right"),
        Column("Tetap salah", 20, "right"),
    )
    bars = tuple(Bar(row.place, _parts(row)) for row in rows)
    legend = ("tetap benar", "menjadi benar", "menjadi salah", "tetap salah")
    return [
        text("Perubahan setiap soal (bersama padanannya), dalam orang yang mengikuti kedua tes:"),
        table(columns, [(row.place, ", ".join(row.outcomes), *map(str, _parts(row))) for row in rows]),
        Drawing("bars", "Perubahan setiap soal", legend, bars),
    ]


def _parts(row: QuestionRow) -> tuple[int, ...]:
    return (row.counts.n11, row.counts.n01, row.counts.n10, row.counts.n00)


def _reactions(report: CohortReport) -> list[Piece]:
    pieces: list[Piece] = []
    for reaction in report.reactions:
        pieces.append(text(f"{reaction.title}: {after_words.reaction_sentence(reaction)}"))
        if reaction.statements:
            rows = [(one.text, str(one.n), format_number(one.mean, 1)) for one in reaction.statements]
            columns = (Column("Pernyataan"), Column("n", 12, "right"), Column("Rata-rata", 22, "right"))
            pieces += [table(columns, rows), text("Rata-rata dihitung dari 1 untuk pilihan terendah.")]
    return pieces or missing("evaluasi penyelenggaraan (tidak ada survei)")


def _findings(found: Activity) -> list[Piece]:
    columns = (
        Column("Kode", 15),
        Column("Temuan"),
        Column("Dusun", 24),
        Column("Dasar hukum", 34),
        Column("Keadaan", 24),
    )
    rows = [
        (
            entry.finding.code,
            entry.finding.text,
            entry.finding.dusun,
            entry.finding.legal_basis,
            str(entry.state.label),
        )
        for topic in found.findings
        for entry in topic.entries
    ]
    return [table(columns, rows)] if rows else missing("temuan curah pendapat")


def _plans(report: CohortReport) -> list[Piece]:
    actions = report.actions
    said = text(after_words.actions_sentence(actions))
    if not actions.planned:
        return [said]
    rows = [
        (f"{one.days} hari ({long_date(one.on)})", "belum tiba" if one.done is None else str(one.done))
        for one in actions.milestones
    ]
    columns = (Column("Sesudah pelatihan"), Column("Kegiatan dilaporkan selesai", 60, "right"))
    return [said, table(columns, rows)]


def _commitment(report: CohortReport) -> list[Piece]:
    pieces: list[Piece] = [text(after_words.commitment_sentence(report))]
    moments = (
        ("Dari sebelum pelatihan sampai selesai", report.commitment.during),
        ("Dari selesai sampai 90 hari kemudian", report.commitment.kept),
    )
    for label, change in moments:
        if change is None:
            continue
        reason = after_words.change_reason(change)
        said = reason or f"{change.n} orang menjawab pada kedua saat. {_scale(change)}".strip()
        pieces.append(text(f"{label}: {said}"))
    return pieces


def _scale(change: Any) -> str:
    if change.median_first is None or change.median_second is None:
        return ""
    first, second = format_number(change.median_first, 1), format_number(change.median_second, 1)
    return f"Median {first} → {second} (dari {change.lowest} sampai {change.highest})."
