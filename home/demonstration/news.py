"""The public page of Loonuna's simulated training: notes agreed to, drawn pictures, frozen numbers."""

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image, ImageDraw

from home.domain.news import draft_news
from home.domain.pictures import take_in
from home.models import NewsIndexPage, NewsPicture
from lms.cohorts.domain.consents import Agreement, choose_note
from lms.cohorts.domain.experiences import add_note, sum_up
from lms.cohorts.enums import ConsentWay, NoteKind
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote
from lms.evaluation.reports.public import public_summary
from lms.ids import new_id
from lms.uploads import CleanFile

_DAY = datetime(2018, 6, 11, 6, tzinfo=UTC)
_SUMMARY = (
    "Hampir semua kelompok pernah menyusun usulan tanpa data. Yang berhasil adalah kelompok yang datang "
    "ke rumah warga lebih dulu. Disepakati: setiap dusun mencatat dulu, baru bermusyawarah."
)
# Whose experience (by place in the roster), dusun, what was done, what happened, what was learned, shown as.
_EXPERIENCES = (
    (12, "Piebulak",
     "Kami mencatat warga yang belum ikut kelompok, dari rumah ke rumah selama tiga sore.",
     "Sebelas kepala keluarga ternyata tidak pernah diundang.",
     "Undangan lewat pengumuman di kapela saja tidak cukup.", ""),
    (14, "Liu",
     "Musyawarah dusun kami pindahkan ke sore hari, sesudah pekerjaan kebun.",
     "Jumlah ibu yang datang menjadi dua kali lipat.",
     "Tanyakan dulu kapan orang bisa datang, baru tentukan jam.", "Kader dari Liu"),
    (15, "Pauk",
     "Kami membaca papan anggaran bersama-sama di depan kantor desa.",
     "Banyak yang baru pertama kali membaca.",
     "Angka perlu dijelaskan dengan contoh dari dusun sendiri.", None),
)  # fmt: skip
_LEAD = (
    "Perangkat desa, BPD, dan warga Loonuna belajar bersama sehari penuh tentang merencanakan dan "
    "menganggarkan pembangunan desa."
)
_MORNING = (
    "<p>Pagi dimulai dengan curah pendapat. Setiap meja menuliskan masalah yang mereka temui di dusunnya,"
    " lalu menempelkannya di papan. Sesudah itu peserta belajar urutan perencanaan desa dan mencoba "
    "menyusun Berita Acara musyawarah dusun.</p>"
)
_AFTERWARDS = (
    "<p>Setiap peserta pulang dengan rencana tindak lanjut: satu kegiatan sebelum Musyawarah Desa, satu "
    "lagi di dalamnya.</p>"
)
_LAW = (
    "<p>Warga desa berhak menyampaikan aspirasi, saran, dan pendapat tentang penyelenggaraan pemerintahan"
    " dan pembangunan desa.</p>"
)


def load(cohort: Cohort, *, user: Any) -> None:
    """Make notes, pictures and the published page. Without a page for news: the notes only."""
    _notes(cohort, user)
    if not NewsIndexPage.objects.exists():
        return
    page = draft_news(cohort=cohort, user=user)
    hall, circle = _pictures(cohort, user)
    page.lead = _LEAD
    page.body = [
        ("paragraph", _MORNING),
        ("picture", {"picture": hall, "caption": "Tempat belajar: aula kantor desa (gambar peraga)."}),
        ("heading", "Yang dikerjakan sesudah pelatihan"),
        ("paragraph", _AFTERWARDS),
        ("law", {"citation": "UU 6/2014 Pasal 68", "summary": _LAW}),
        (
            "gallery",
            {
                "pictures": [
                    {"picture": circle, "caption": "Bekerja dalam kelompok (gambar peraga)."},
                    {"picture": hall, "caption": ""},
                ]
            },
        ),
    ]
    page.show_results = True
    page.editor, page.documentation = "Tim peraga", "Tim peraga"
    page.thanks = "Pemerintah Desa Loonuna dan BPD"
    page.figures = public_summary(cohort, with_results=True)
    page.save_revision(user=user).publish(user=user)


def _notes(cohort: Cohort, user: Any) -> None:
    people = list(Enrolment.objects.filter(cohort=cohort).order_by("enrolled_at", "pk"))
    for place, dusun, text, happened, learned, shown_as in _EXPERIENCES:
        agreement = None if shown_as is None else Agreement("id", shown_as, ConsentWay.SPOKEN)
        words = {"text": text, "happened": happened, "learned": learned, "dusun": dusun}
        note = add_note(
            cohort=cohort,
            note_id=new_id(),
            kind=NoteKind.EXPERIENCE,
            fields=words,
            author=people[place],
            agreement=agreement,
            user=user,
        )
        if agreement is not None:
            choose_note(note=note, chosen=True, user=user)
    quote = add_note(
        cohort=cohort,
        note_id=new_id(),
        kind=NoteKind.QUOTE,
        fields={
            "text": "Yang jarang bicara justru tahu jalan mana yang putus. Buatlah mereka didengar.",
            "speaker": "Sekretaris Desa",
            "office": "peran dalam peragaan",
        },
        author=None,
        agreement=Agreement("id", "", ConsentWay.WRITTEN),
        user=user,
    )
    choose_note(note=quote, chosen=True, user=user)
    sum_up(cohort=cohort, text=_SUMMARY, user=user)
    ExperienceNote.objects.filter(cohort=cohort).update(created_at=_DAY)


def _pictures(cohort: Cohort, user: Any) -> list[NewsPicture]:
    drawn = (
        (_hall(), "Gambar peraga: balai desa beratap tinggi di depan bukit."),
        (_circle(), "Gambar peraga: kursi-kursi melingkar dilihat dari atas."),
    )
    return [
        take_in(
            picture=NewsPicture(cohort=cohort, alt=alt, credit="gambar peraga", everybody_agreed=True),
            photo=photo,
            user=user,
        )
        for photo, alt in drawn
    ]


def _hall() -> CleanFile:
    """Nobody is photographed for a demonstration."""
    picture = Image.new("RGB", (960, 540), "#dfe8ef")
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [(0, 380), (260, 200), (520, 360), (760, 170), (960, 330), (960, 540), (0, 540)], fill="#8fae93"
    )
    pen.rectangle((0, 430, 960, 540), fill="#c9b48a")
    pen.rectangle((290, 300, 670, 460), fill="#f4eee2")
    pen.polygon([(250, 310), (480, 130), (710, 310)], fill="#9c3a2c")
    for left in (320, 410, 500, 590):
        pen.rectangle((left, 330, left + 50, 460), fill="#22406f")
    return _as_file(picture)


def _circle() -> CleanFile:
    picture = Image.new("RGB", (960, 640), "#f4eee2")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((230, 70, 730, 570), outline="#ddd5c7", width=40)
    for x, y in (
        (480, 70),
        (657, 143),
        (730, 320),
        (657, 497),
        (480, 570),
        (303, 497),
        (230, 320),
        (303, 143),
    ):
        pen.rounded_rectangle((x - 45, y - 45, x + 45, y + 45), 16, fill="#22406f")
    pen.ellipse((420, 260, 540, 380), fill="#e3a92b")
    return _as_file(picture)


def _as_file(picture: Image.Image) -> CleanFile:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return CleanFile(content.getvalue(), "image/jpeg", ".jpg")
