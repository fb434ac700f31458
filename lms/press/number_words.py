"""Numbers and dates in Indonesian words, as minutes and receipts write them. Pure functions."""

from datetime import date

_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_GROUPS = ("", "ribu", "juta", "miliar", "triliun")
_LIMIT = 1000 ** len(_GROUPS)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def number_words(number: int) -> str:
    """``2018`` as *dua ribu delapan belas*. Raises ValueError outside 0 to 999 trillion."""
    if not 0 <= number < _LIMIT:
        raise ValueError(f"{number} has no words here")
    if number == 0:
        return _ONES[0]
    words: list[str] = []
    for place in range(len(_GROUPS) - 1, -1, -1):
        hundreds = number // 1000**place % 1000
        if place == 1 and hundreds == 1:
            words.append("seribu")
        elif hundreds:
            words += [_below_thousand(hundreds), _GROUPS[place]]
    return " ".join(word for word in words if word)


def date_words(day: date) -> str:
    """*Senin tanggal sebelas bulan Juni tahun dua ribu delapan belas*."""
    return (
        f"{_DAYS[day.weekday()]} tanggal {number_words(day.day)} bulan {_MONTHS[day.month - 1]} "
        f"tahun {number_words(day.year)}"
    )


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [_ONES[hundreds], "ratus"] if hundreds else []
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < 10:
        return _ONES[number]
    if number in (10, 11):
        return ("sepuluh", "sebelas")[number - 10]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    tens, rest = divmod(number, 10)
    return f"{_ONES[tens]} puluh {_ONES[rest]}" if rest else f"{_ONES[tens]} puluh"
