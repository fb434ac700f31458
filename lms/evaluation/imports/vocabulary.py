"""The words by which people head columns and mark cells, in Indonesian and English. Nothing but words."""

import re


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A test, by a whole word or words anywhere in a heading. What is more special stands first.
WAVES = [
    ("followup", r"follow ?up|tindak lanjut|lanjutan|delayed|tertunda|tunda|retensi|retention|re ?te?st?"),
    (
        "followup",
        r"(?:setelah |sesudah |after )?\d+ (?:bulan|hari|minggu|months?|days?|weeks?)(?: kemudian)?",
    ),
    ("pre", r"pre ?te?st?|pra ?tes|pre|pra|awal|sebelum(?:nya)?|before|baseline"),
    ("post", r"post? ?te?st?|pasca ?tes|post|pos|pasca|akhir|sesudah(?:nya)?|setelah(?:nya)?|after|endline"),
]
SECOND_POST = r"(?:post? ?te?st?|pasca ?tes|post|pasca) 2"
# Say nothing of their own beside the name of a test.
FILLERS = _each(
    "nilai skor score scores total jumlah tes test ujian hasil point points poin mark marks rata percent "
    "persen benar jawaban pelatihan training kegiatan the of"
)
# What tells people apart, best first.
PEOPLE = [
    r"id|kode|code|(?:nomor|no|kode|id) peserta|participant(?: id)?|subject|sid|(?:kode )?respond(?:en|ent)|"
    r"nis|nisn|nim|nip|(?:student|user) id|username|email",
    r"nama|name|peserta|siswa|student|full name|nama (?:lengkap|peserta|siswa|responden)|anggota",
    r"no|nomor|nr|number|(?:no |nomor )?urut|num",
]
NAMES_WAVES = (
    r"wave|gelombang|(?:jenis )?tes|(?:jenis )?test|waktu(?: tes)?|time|tahap|tahapan|phase|fase|occasion|"
    r"kesempatan|sesi|session|pengukuran|pre ?post"
)
NAMES_ITEMS = r"item(?: no| id)?|(?:no |nomor )?soal|(?:nomor )?butir(?: soal)?|pertanyaan|question"
SUM = r"total|jumlah|sum|(?:skor|nilai) total|total (?:skor|nilai|score)|nilai|skor|score|hasil"
NAMES_SCORES = rf"{SUM}|points?|poin|marks?|benar|jawaban|answer|response|pilihan|choice|value|angka"
_ITEM_WORDS = r"q|i|x|p|s|m|v|b|n|soal|butir|item|pertanyaan|question|ques|no|nomor|nr|var"
ITEM = rf"(?:{_ITEM_WORDS})? ?\d{{1,3}}"
ITEM_WORD = rf"^(?:{_ITEM_WORDS})(?=\d)"
MAX_IN_HEADING = r"(?:maks?(?:imal|imum)?|max(?:imum)?|dari|of|0\s*[-–]|/)\W{0,2}(\d{1,5})\b"
MAX_ROW = r"(?:skor |nilai |bobot |poin )?(?:maks|max|maksimum|maximum|maksimal|bobot)(?: score| skor)?"
KEY_ROW = r"kunci(?: jawaban)?|(?:answer )?key|jawaban benar"
# Rows that sum up the others.
SUMMARY = _each(
    "jumlah total rata rerata mean average maks max maksimum maximum maksimal min minimum sd median modus "
    "sum persentase persen n simpangan varians variance stdev std ketuntasan tertinggi terendah deviasi"
)
BESIDE_SUMMARY = SUMMARY | _each(
    "nilai skor score kelas kelompok baku standar standard deviation peserta per soal item tes benar of "
    "dan the"
)
MISSING = _each("- -- . .. ... – — ? na n/a nan null none kosong nihil absen alpa th absent missing") | {
    "tidak hadir",
    "tdk hadir",
    "tidak ikut",
    "tdk ikut",
    "tidak mengisi",
    "tidak ada",
    "belum ada",
}
RIGHT = _each("benar betul right correct true ya yes v √ ✓ ✔ ☑")
WRONG = _each("salah wrong incorrect false tidak no x × ✗ ✘ ☐")


def fits(words: str, pattern: str) -> bool:
    """Whether the whole of ``words`` is what ``pattern`` describes."""
    return re.fullmatch(pattern, words) is not None
