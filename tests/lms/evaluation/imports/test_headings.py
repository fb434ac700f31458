import pytest

from lms.evaluation.imports.headings import heading_of, id_rank, is_max_row, is_summary, item_key, wave_of


@pytest.mark.parametrize(
    ("text", "wave", "item"),
    [
        ("pre", "pre", ""),
        ("Pre-Test", "pre", ""),
        ("Nilai Awal", "pre", ""),
        ("Skor pra tes", "pre", ""),
        ("Sebelum pelatihan", "pre", ""),
        ("Tes Akhir (maks 20)", "post", ""),
        ("posttest", "post", ""),
        ("Nilai pasca", "post", ""),
        ("followup", "followup", ""),
        ("Tindak lanjut", "followup", ""),
        ("3 bulan", "followup", ""),
        ("pre_Q1", "pre", "Q1"),
        ("post_12", "post", "12"),
        ("Soal 3 (awal)", "pre", "Soal3"),
        ("awal soal 3", "pre", "soal3"),
        ("PreTest1", "pre", "1"),
        ("umur", "", ""),
        ("prakarsa", "", ""),
    ],
)
def test_a_heading_names_its_test_and_its_question(text: str, wave: str, item: str) -> None:
    assert (heading_of(text).wave, heading_of(text).item) == (wave, item)


def test_the_same_question_has_one_key_in_each_test() -> None:
    assert {item_key(text) for text in ("Soal 1", "q1", "1", "Q01", "butir_1", "No. 1")} == {"1"}
    assert item_key("Q10") != item_key("Q1")


@pytest.mark.parametrize(
    ("text", "wave"),
    [
        ("pre", "pre"),
        ("Tes Akhir", "post"),
        ("post2", "followup"),
        ("1", "pre"),
        ("2", "post"),
        ("3", "followup"),
        ("Ani", ""),
    ],
)
def test_a_cell_names_a_test(text: str, wave: str) -> None:
    assert wave_of(text) == wave


def test_a_code_names_people_better_than_a_name_and_a_name_better_than_a_number() -> None:
    ranks = [id_rank(words) for words in ("kode peserta", "nama lengkap", "no", "umur")]
    assert ranks == [0, 1, 2, None]


@pytest.mark.parametrize(
    "text", ["Rata-rata", "Jumlah", "TOTAL", "Nilai rata-rata kelas", "Simpangan baku", "Mean"]
)
def test_rows_below_a_list_are_told_from_people(text: str) -> None:
    assert is_summary(text)


@pytest.mark.parametrize("text", ["N. Bere", "Maria Mali", "Maksimus Bau", "A01", ""])
def test_people_are_not_taken_for_sums(text: str) -> None:
    assert not is_summary(text)
    assert not is_max_row(text)


@pytest.mark.parametrize(
    ("text", "most"),
    [("Pre (maks 20)", 20), ("Tes awal /50", 50), ("Nilai 0-100", 100), ("pre", None), ("post 2", None)],
)
def test_a_heading_may_tell_the_most_points(text: str, most: int | None) -> None:
    assert heading_of(text).max_points == most
