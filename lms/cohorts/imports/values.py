"""What a cell means: sex, age, element, consent as people write them. Each raises ValidationError with what
is wrong and what to do."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.people.enums import AgeBand, Element, Sex
from lms.people.names import plain

_NOTHING = {"", "-", "--", "–", "—", ".", "n/a", "na", "tidak ada", "tidak tahu", "kosong", "?", "0", "nihil"}
_SEX = {
    Sex.MALE: "l lk laki laki-laki laki2 lakilaki pria cowok m male bapak",
    Sex.FEMALE: "p pr perempuan wanita cewek f female w ibu",
}
_YES = {"ya", "y", "yes", "sudah", "setuju", "ada", "v", "x", "√", "✓", "✔", "1", "true", "ok"}
_NO = {"tidak", "t", "no", "belum", "tidak setuju", "tdk", "-", "false", "menolak"}
_MONTHS = [
    "jan januari january", "feb februari pebruari february", "mar maret march", "apr april",
    "mei may", "jun juni june", "jul juli july", "agu agt ags agustus aug august",
    "sep sept september", "okt oktober oct october", "nov nop november nopember", "des desember dec december",
]  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_NAMED_DATE = re.compile(r"(\d{1,2})[\s.-]*([a-z]{3,10})[\s.,-]*(\d{4}|\d{2})$")
_AGE = re.compile(r"(?:kurang lebih |\+- ?|± ?)?(\d{1,3})(?:[.,]0)?\s*(?:th|thn|tahun|years?)?\.?")
_BANDS = [
    (AgeBand.UNDER_18, re.compile(r"u ?18|< ?1[78]|(di ?)?bawah 18.*|under 18|anak.*")),
    (AgeBand.YOUTH, re.compile(r"18 ?(-|s/?d) ?30.*")),
    (AgeBand.ADULT, re.compile(r"31 ?(-|s/?d) ?45.*")),
    (AgeBand.MIDDLE, re.compile(r"46 ?(-|s/?d) ?59.*")),
    (
        AgeBand.ELDER,
        re.compile(r"60 ?\+|> ?(59|60)|>= ?60|60 (tahun )?ke atas|60 and over|lansia|lanjut usia"),
    ),
]
_YOUNGEST, _OLDEST = 10, 105
# Dates that Excel shows as a number because the cell was not formatted: 1912 to 2050.
_EXCEL_DAYS = range(4_500, 55_000)
_EXCEL_START = datetime.date(1899, 12, 30)
_ELEMENTS = [
    (Element.COUNCIL, r"\bbpd\b|permusyawaratan|village council"),
    (Element.CADRE, r"kader|\bkpmd\b|posyandu|guru paud|\bcadre\b"),
    (
        Element.INSTITUTION,
        r"\b(rt|rw|lpm|lpmd|pkk|lkd|lad|lkmd|linmas|bumdes)\b|karang taruna|tokoh adat|lembaga (adat|kemas)|"
        r"community institution",
    ),
    (
        Element.GOVERNMENT,
        r"pemdes|pemerintah|perangkat|kepala (desa|dusun|urusan|seksi)|\b(kades|kadus|sekdes|kaur|kasi)\b|"
        r"sekretaris desa|bendahara( desa)?$|staf desa|village government",
    ),
    (Element.RESIDENT, r"\bwarga\b|masyarakat|penduduk|petani|resident|ibu rumah tangga|\birt\b"),
    (Element.OTHER, r"^(lain|lainnya|other|lain lain)$|pendamping|dinas|kecamatan"),
]
_COMPILED_ELEMENTS = [(element, re.compile(pattern)) for element, pattern in _ELEMENTS]


def optional(text: str) -> str:
    """A cell that need not be filled in: a dash and the like say nothing."""
    return "" if text.casefold().strip() in _NOTHING else text


def is_yes(text: str) -> bool:
    return plain(text).strip(" .") in _YES


def read_sex(text: str, female: str = "", male: str = "") -> str:
    """From a column with L or P, or from two columns of which one is ticked."""
    ticked = [sex for sex, tick in ((Sex.FEMALE, female), (Sex.MALE, male)) if optional(tick)]
    if len(ticked) == 2:
        raise ValidationError(_("Both L and P are ticked. Tick one."))
    if ticked:
        return str(ticked[0])
    word = plain(text).strip(" .").replace(" ", "-") if " " in text.strip() else plain(text).strip(" .")
    for sex, words in _SEX.items():
        if word in words.split():
            return str(sex)
    if optional(text):
        raise ValidationError(
            _("“%(text)s” is not read as L or P. Write L or P."), params={"text": text[:40]}
        )
    raise ValidationError(_("L or P is missing. Write L or P."))


def read_age(text: str, on: datetime.date) -> str:
    """The age band of somebody on a day, from an age, a band or a date of birth. Only the band is kept."""
    plain_text = plain(optional(text)).strip().replace("–", "-").replace("—", "-")
    if not plain_text:
        return ""
    for band, pattern in _BANDS:
        if pattern.fullmatch(plain_text):
            return str(band)
    number = _AGE.fullmatch(plain_text)
    if number:
        return _band(int(number[1]), text)
    if plain_text.isdigit() and len(plain_text) <= 5:
        value = int(plain_text)
        if 1900 <= value <= on.year:
            return _band(on.year - value, text)
        if value in _EXCEL_DAYS:
            return _band(_years(_EXCEL_START + datetime.timedelta(days=value), on), text)
    return _band(_years(_date(plain_text, text, on), on), text)


def _date(plain_text: str, text: str, on: datetime.date) -> datetime.date:
    if found := _ISO_DATE.search(plain_text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC_DATE.search(plain_text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _NAMED_DATE.search(plain_text)) and found[2] in _MONTH:
        day, month, year = int(found[1]), _MONTH[found[2]], int(found[3])
    else:
        raise ValidationError(
            _("“%(text)s” is not read as an age. Write the age in years, or leave the cell empty."),
            params={"text": text[:40]},
        )
    if year < 100:
        year += 1900 if year > on.year % 100 - _YOUNGEST else 2000
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("The date %(text)s does not exist. Correct it, write the age, or leave the cell empty."),
            params={"text": text[:40]},
        ) from None


def _years(born: datetime.date, on: datetime.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _band(age: int, text: str) -> str:
    if not _YOUNGEST <= age <= _OLDEST:
        raise ValidationError(
            _("“%(text)s” gives an age of %(age)d. Correct it, or leave the cell empty."),
            params={"text": text[:40], "age": age},
        )
    tops = [(18, AgeBand.UNDER_18), (31, AgeBand.YOUTH), (46, AgeBand.ADULT), (60, AgeBand.MIDDLE)]
    return str(next((band for top, band in tops if age < top), AgeBand.ELDER))


def read_element(text: str) -> str:
    """The element that a word or an office stands for, or "" if it cannot be told."""
    words = " ".join(re.findall(r"[^\W_]+", plain(text)))
    if words in Element.values:
        return words
    return next((str(element) for element, pattern in _COMPILED_ELEMENTS if pattern.search(words)), "")


def check_consent(text: str) -> None:
    """Raises ValidationError unless the cell says that this person consented."""
    word = plain(text).strip(" .")
    if word in _YES:
        return
    if word in _NO:
        raise ValidationError(_("This person has not consented. Nothing about the person is kept."))
    raise ValidationError(_("Consent is not noted. Ask the person, then write “ya” in the column."))


def check_name(name: str) -> None:
    if not name:
        raise ValidationError(_("There is no name in this row. Write the name, or delete the row."))
    if name[0] in "=+@" or not any(sign.isalpha() for sign in name):
        raise ValidationError(
            _("“%(text)s” is not a name. Write the name as the person says it."), params={"text": name[:40]}
        )
