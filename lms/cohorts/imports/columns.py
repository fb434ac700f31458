"""What the columns of a list may hold, and how people head them."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.names import plain


class Column(models.TextChoices):
    """What a column of the file is read as; the empty one is not read."""

    UNREAD = "", _("(not read)")
    FULL_NAME = "full_name", _("Full name")
    CERTIFICATE_NAME = "name_on_certificate", _("Name on the certificate")
    SEX = "sex", _("Sex")
    FEMALE = "female", _("Sex: ticked if female")
    MALE = "male", _("Sex: ticked if male")
    AGE = "age", _("Age or date of birth")
    ELEMENT = "element", _("Element (unsur)")
    ROLE = "role", _("Office or role")
    DUSUN = "dusun", _("Hamlet (dusun)")
    VILLAGE = "village", _("Village")
    ACCESS_NEEDS = "access_needs", _("Access needs")
    CONSENT = "consent", _("Consent")


# The headings of our own template, in its order. Part of the file format: Indonesian in every language.
HEADINGS = {
    Column.FULL_NAME: "Nama lengkap",
    Column.CERTIFICATE_NAME: "Nama di sertifikat",
    Column.SEX: "L/P",
    Column.AGE: "Umur atau tanggal lahir",
    Column.ELEMENT: "Unsur",
    Column.ROLE: "Jabatan",
    Column.DUSUN: "Dusun",
    Column.VILLAGE: "Desa",
    Column.ACCESS_NEEDS: "Kebutuhan akses",
    Column.CONSENT: "Persetujuan",
}
# The first that fits wins: what is more special stands before what is more general.
_PATTERNS = [
    (Column.UNREAD, r"\b(ibu|ayah|suami|istri|panggilan|tempat lahir|orang tua|wali)$|tanda tangan|paraf"),
    (Column.UNREAD, r"\bnik\b|\bktp\b|\bno\b.*\b(hp|wa|telp|telepon)\b|e ?mail"),
    (Column.CERTIFICATE_NAME, r"sertifikat|certificate|nama dan gelar"),
    (Column.CONSENT, r"setuju|consent|izin"),
    (Column.ACCESS_NEEDS, r"akses|disabilitas|difabel|kebutuhan|access"),
    (Column.MALE, r"^(l|lk|laki|laki laki|pria|male)$"),
    (Column.FEMALE, r"^(p|pr|perempuan|wanita|female)$"),
    (Column.SEX, r"^(l p|lp|p l|lk pr|l k|jk|j k|sex)$|kelamin|gender|laki.*perempuan|pria.*wanita"),
    (Column.AGE, r"umur|usia|lahir|\bttl\b|\bage\b|birth|born"),
    (Column.DUSUN, r"dusun|\bdsn\b|hamlet|kampung|lingkungan|banjar|dukuh"),
    (Column.VILLAGE, r"\bdesa$|^desa\b|kelurahan|village"),
    (Column.ROLE, r"jabatan|posisi|pekerjaan|\brole\b|position|tugas"),
    (Column.ELEMENT, r"unsur|perwakilan|utusan|lembaga|instansi|element|kelompok"),
    (Column.FULL_NAME, r"^nama\b|^nm\b|\bname$|^peserta$"),
]
_COMPILED = [(column, re.compile(pattern)) for column, pattern in _PATTERNS]


def guess(headings: list[str]) -> list[Column]:
    """What each column is, told by its heading; what is there already is not guessed twice."""
    columns: list[Column] = []
    for heading in headings:
        column = _guess(heading)
        columns.append(Column.UNREAD if column in columns else column)
    return columns


def _guess(heading: str) -> Column:
    words = " ".join(re.findall(r"[^\W_]+", plain(heading)))
    return next((column for column, pattern in _COMPILED if pattern.search(words)), Column.UNREAD)


def looks_like_headings(cells: list[str]) -> bool:
    """Whether a row heads the columns: something in it names names, and it is no sentence."""
    written = [cell for cell in cells if cell]
    return Column.FULL_NAME in guess(cells) and all(len(cell) <= 60 for cell in written)
