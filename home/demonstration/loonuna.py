"""LNN-2018: the training of 11 June 2018 in Loonuna, with its five findings and simulated answers."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from assessments.models import Assessment
from courses.models import CoursePage, LessonPage
from home.demonstration import answers, commitment
from home.demonstration.people import take_in
from home.demonstration.roster import LOONUNA, Person
from lms.cohorts import domain as cohorts
from lms.cohorts.domain.findings import set_support
from lms.cohorts.enums import CohortState, Topic
from lms.cohorts.models import Assignment, Cohort, Enrolment, Finding, Meeting
from lms.followup import domain as followup
from lms.followup.models import Action, ActionReport, Plan
from lms.ids import new_id
from lms.learning.domain import review_cohort, submit_anonymous, survey_sheet
from lms.learning.enums import Occasion
from lms.people.models import Organisation, Village

CODE = "LNN-2018"
DAY = date(2018, 6, 11)
# While the day is played back nobody completes: it would be dated today.
_NO_RULE: dict[str, Any] = {
    "min_attendance_percent": None,
    "require_post_test": False,
    "require_plan": False,
}
_WITA = timedelta(hours=8)

FINDINGS = {
    "TM1": ("Proses perencanaan dan penganggaran belum runtut sesuai aturan.", ""),
    "TM2": ("Belum ada daftar warga yang tidak tergabung dalam kelompok warga.", "Piebulak"),
    "TM3": ("Data dan informasi belum dikaji untuk merumuskan program dan kegiatan.", ""),
    "TM4": ("Belum ada Berita Acara musyawarah dusun.", ""),
    "TM5": ("Aturan susunan organisasi dan tata kerja (SOTK) perlu dilihat kembali.", ""),
}

_TOPICS = {
    "TM1": Topic.PLANNING,
    "TM2": Topic.INCLUSION,
    "TM3": Topic.DATA,
    "TM4": Topic.PLANNING,
    "TM5": Topic.INSTITUTIONS,
}
# Which of the people, in the order of the roster, say that it also happens in their dusun.
_SUPPORTS = {"TM1": slice(0, 6, 2), "TM2": slice(1, 12, 2), "TM4": slice(0, 9), "TM5": slice(3, 5)}

# finding, activity, phase, deadline, person in charge, indicator, evidence
ACTIONS: list[tuple[str | None, str, str, date, str, str, str]] = [
    ("TM4", "Musyawarah Dusun Piebulak dengan Berita Acara", "pra_musdes", date(2018, 6, 20),
     "Kepala Dusun Piebulak", "1 Berita Acara; paling sedikit 30% peserta perempuan",
     "Berita Acara, daftar hadir, foto"),
    ("TM2", "Pendataan warga yang belum berkelompok di satu dusun", "pra_musdes", date(2018, 6, 25), "KPMD",
     "1 rekap per dusun (laki-laki/perempuan)", "Rekap tanpa nama; formulir disimpan"),
    ("TM3", "Kajian data layanan dasar tiga dusun", "pra_musdes", date(2018, 6, 22), "Kaur Perencanaan",
     "3 lembar kaji data", "Lembar kaji data"),
    ("TM1", "Menempel kalender perencanaan di kantor desa dan Balai Rakyat", "musdes", date(2018, 6, 30),
     "Sekretaris Desa", "Tertempel di 2 tempat", "Foto"),
    ("TM5", "Telaah aturan SOTK dan usulan perbaikan", "lain", date(2018, 8, 10), "BPD",
     "1 nota telaah", "Nota telaah, Berita Acara rapat BPD"),
    (None, "Musdes perencanaan dengan undangan yang mencakup semua unsur", "musdes", date(2018, 6, 30),
     "Ketua BPD", "10 unsur diundang; 1 Berita Acara", "Undangan, Berita Acara, daftar hadir"),
]  # fmt: skip

_REPORTS = {
    "TM4": (
        "selesai",
        "Musyawarah dusun sudah diadakan. Berita Acara ditandatangani dan disimpan di kantor desa.",
    ),
    "TM3": ("selesai", "Tiga lembar kaji data sudah dibahas bersama kepala dusun."),
    "TM2": ("terhambat", "Jalan ke dusun terputus hujan; pendataan dilanjutkan minggu depan."),
}


def _at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    """A moment of the day in Loonuna (WITA), as UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC) - _WITA


def load(
    *, organisation: Organisation, village: Village, course: CoursePage, assessment: Assessment
) -> Cohort:
    """Make the cohort with everything that happened in it."""
    cohort = Cohort.objects.create(
        code=CODE,
        state=CohortState.RUNNING,
        organisation=organisation,
        village=village,
        course=course,
        assessment=assessment,
        title="Penguatan Kapasitas Pengurus Balai Rakyat",
        theme="Perencanaan dan pembangunan desa yang partisipatif",
        certificate_title="Penguatan Kapasitas Pemerintah Desa dalam Perencanaan dan Pembangunan",
        venue="Aula Kantor Desa Loonuna",
        starts_on=DAY,
        ends_on=DAY,
        lesson_hours=8,
        issuer="Pemerintah Desa Loonuna bersama BPD",
        signatory_name="(nama penanda tangan)",
        signatory_title="a.n. Kepala Desa Loonuna, Sekretaris Desa",
        is_simulated=True,
        **_NO_RULE,
    )
    meeting = Meeting.objects.create(
        cohort=cohort,
        title="Pelatihan satu hari",
        held_on=DAY,
        begins_at=time(8),
        ends_at=time(16, 30),
        lesson_hours=8,
    )
    for code, (text, dusun) in FINDINGS.items():
        Finding.objects.create(
            cohort=cohort, code=code, text=text, dusun=dusun, topic=_TOPICS[code], created_at=_at(9)
        )
    rng = random.Random(20180611)
    lessons = list(LessonPage.objects.descendant_of(course).live())
    for index, person in enumerate(LOONUNA):
        enrolment = _enrol(cohort, person)
        _attend(enrolment, meeting, person, index, rng, lessons)
    _support(cohort)
    _opinions(cohort, rng)
    commitment.load(cohort)
    _complete(cohort)
    return cohort


def _support(cohort: Cohort) -> None:
    """The board at the end of the morning: some findings are known from several dusun."""
    people = list(cohort.enrolments.order_by("pk"))
    for finding in cohort.findings.filter(code__in=_SUPPORTS):
        for enrolment in people[_SUPPORTS[finding.code]]:
            set_support(enrolment=enrolment, finding=finding, happens=True)


def _enrol(cohort: Cohort, person: Person) -> Enrolment:
    enrolment, _pin = take_in(person, cohort)
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=_at(7, 30))
    return enrolment


def _opinions(cohort: Cohort, rng: random.Random) -> None:
    """What those who stayed thought of the day, without names; closed since that evening."""
    survey = Assessment.objects.filter(code="survei-reaksi", live=True).first()
    if survey is None:
        return
    Assignment.objects.create(
        cohort=cohort,
        occasion=Occasion.AFTER,
        assessment=survey,
        closes_at=timezone.now() + timedelta(hours=1),
    )
    for enrolment in cohort.enrolments.filter(attempts__occasion=Occasion.POST).distinct():
        sheet = survey_sheet(enrolment=enrolment, assessment=survey)
        steps = [rng.choice((3, 4, 4, 5, 5)) for _asked in sheet]
        data = {place: QueryDict(f"response={step}") for place, step in enumerate(steps, start=1)}
        submit_anonymous(enrolment=enrolment, assessment=survey, data=data, sheet=sheet)
    cohort.assignments.filter(assessment=survey).update(closes_at=_at(18))


def _complete(cohort: Cohort) -> None:
    """Set the rule and let it look back: who met it did so at the end of that day."""
    for name in _NO_RULE:
        setattr(cohort, name, Cohort._meta.get_field(name).get_default())
    cohort.save(update_fields=list(_NO_RULE))
    review_cohort(cohort=cohort, completed_at=_at(16, 30))


def _attend(
    enrolment: Enrolment, meeting: Meeting, person: Person, index: int, rng: random.Random, lessons: list[Any]
) -> None:
    """One person's day. Warga 11 leaves at noon; Warga 12 comes after the pre-test; the others stay."""
    before = min(0.8, max(0.1, rng.gauss(0.38 if person.element == "warga" else 0.5, 0.12)))
    after = min(0.92, before + max(-0.05, rng.gauss(0.24, 0.12)))
    if person.name != "Warga 12":
        answers.take(enrolment, Occasion.PRE, knowledge=before, rng=rng, at=_at(8))
    cohorts.record_attendance(
        meeting=meeting,
        enrolment=enrolment,
        status="terlambat" if person.name == "Warga 12" else "izin" if person.name == "Warga 11" else "hadir",
        recorded_by=None,
    )
    if person.name == "Warga 11":
        return
    answers.read_lessons(enrolment, lessons, at=_at(14))
    if person.name == "Warga 12":
        return
    answers.take(enrolment, Occasion.POST, knowledge=after, rng=rng, at=_at(15))
    if index % 4 != 3:
        _plan(enrolment, index)


def _plan(enrolment: Enrolment, index: int) -> None:
    """Two activities each: one before the Musdes, one at it or after it."""
    findings = {finding.code: finding for finding in enrolment.cohort.findings.all()}
    for row in (ACTIONS[index % 3], ACTIONS[3 + index % 3]):
        code, title, phase, deadline, person, indicator, evidence = row
        action = followup.save_action(
            enrolment=enrolment,
            action_id=new_id(),
            fields={
                "finding": findings[code] if code else None,
                "title": title,
                "phase": phase,
                "deadline": deadline,
                "person_in_charge": person,
                "indicator": indicator,
                "evidence_expected": evidence,
            },
        )
        Action.objects.filter(pk=action.pk).update(created_at=_at(16))
        if code in _REPORTS and index % 2:
            status, text = _REPORTS[code]
            report = followup.report_progress(
                enrolment=enrolment, action=action, report_id=new_id(), status=status, text=text
            )
            ActionReport.objects.filter(pk=report.pk).update(reported_at=_at(9, day=date(2018, 7, 11)))
    followup.submit_plan(enrolment=enrolment)
    Plan.objects.filter(enrolment=enrolment).update(submitted_at=_at(16, 30))
