"""The shapes that a file of scores may have, and that each is read for what it is."""

from fractions import Fraction

import pytest

from lms.evaluation.datasets.sheets import Shape
from lms.evaluation.imports import read_scores
from lms.evaluation.stats.frames import Choices, ItemScores, Scores
from tests.lms.evaluation.imports.files import codes, csv_of, read_csv, workbook_of

F = Fraction


def test_total_scores_a_row_a_person() -> None:
    sheet = read_csv("id,pre,post,followup", "a,12,19,18", "b,13,,17", "c,9,15,", max_points=20)
    assert sheet.shape is Shape.TOTALS
    assert sheet.frame.waves == {"pre": (12, 13, 9), "post": (19, None, 15), "followup": (18, 17, None)}
    assert sheet.frame.max_points == 20
    assert (sheet.people, codes(sheet)) == (3, [])


@pytest.mark.parametrize(
    "headings",
    [
        "kode;tes awal;tes akhir",
        "Nama Peserta;Nilai Pra;Nilai Pasca",
        "No;Sebelum;Sesudah",
        "id;Pre-Test (maks 20);Post-Test",
    ],
)
def test_indonesian_headings_with_semicolons_and_decimal_commas(headings: str) -> None:
    frame = read_csv(headings, "1;0,7;1,9", "2;-1,6;0,8").frame
    assert frame.waves == {"pre": (F(7, 10), F(-8, 5)), "post": (F(19, 10), F(4, 5))}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_common_delimiter(delimiter: str) -> None:
    lines = [line.replace("_", delimiter) for line in ("id_pre_post", "a_1_2", "b_3_4")]
    assert read_csv(*lines).frame.waves == {"pre": (1, 3), "post": (2, 4)}


def test_spaces_divide_where_nothing_else_does_and_excel_may_name_the_delimiter() -> None:
    assert read_csv("id pre post", "a 1 2", "b 3 4").frame.took("post") == (2, 4)
    assert read_csv("sep=;", "id;pre;post", "a;1,5;2").frame.took("pre") == (F(3, 2),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_common_encoding(encoding: str) -> None:
    data = "nama;awal;akhir\nJosé;1;2\nÍta;3;4\n".encode(encoding)
    assert read_scores(data).frame.waves == {"pre": (1, 3), "post": (2, 4)}


def test_questions_in_columns_of_each_test() -> None:
    sheet = read_csv("id,pre_1,pre_2,post_1,post_2", "a,0,1,1,1", "b,1,,1,0", "c,0,0,,")
    assert sheet.shape is Shape.ITEMS
    assert isinstance(sheet.frame, ItemScores)
    assert sheet.frame.waves["pre"] == ((0, 1), (1, None), (0, 0))
    assert sheet.frame.waves["post"] == ((1, 1), (1, 0), None)
    assert sheet.frame.maxima == (1, 1)


def test_questions_in_another_order_after_are_the_same_questions() -> None:
    frame = read_csv("id,Q1 awal,Q2 awal,Q2 akhir,Q1 akhir", "a,0,1,0,1", "b,0,1,0,1").frame
    assert frame.waves == {"pre": ((0, 1), (0, 1)), "post": ((1, 0), (1, 0))}


def test_a_row_a_person_and_test() -> None:
    sheet = read_csv("kode,tes,soal 1,soal 2", "a,awal,0,1", "a,akhir,1,1", "b,awal,0,0", "b,akhir,0,1")
    assert sheet.shape is Shape.ROWS
    assert sheet.frame.waves == {"pre": ((0, 1), (0, 0)), "post": ((1, 1), (0, 1))}


def test_totals_in_a_row_a_person_and_test() -> None:
    frame = read_csv("id,wave,score", "a,pre,7", "a,post,9", "b,pre,8", "b,post2,9").frame
    assert isinstance(frame, Scores)
    assert frame.waves == {"pre": (7, 8), "post": (9, None), "followup": (None, 9)}


def test_a_row_an_answer() -> None:
    sheet = read_csv(
        "id,wave,item,score", "a,pre,1,0", "a,pre,2,1", "a,post,1,1", "a,post,2,1", "b,pre,2,1", "b,pre,1,0"
    )
    assert sheet.shape is Shape.LONG
    assert sheet.frame.waves == {"pre": ((0, 1), (0, 1)), "post": ((1, 1), None)}


def test_one_test_alone() -> None:
    assert read_csv("id,skor", "a,3", "b,4").frame.waves == {"pre": (3, 4)}
    assert read_csv("y", "10000001", "10000003").frame.waves == {"pre": (10000001, 10000003)}
    assert read_csv("id,i1,i2", "a,0,1", "b,1,1").frame.waves == {"pre": ((0, 1), (1, 1))}


def test_letters_with_a_key() -> None:
    key = csv_of("soal;kunci", "q1;a", "q2;(C)")
    sheet = read_csv("id,q1,q2,umur", "x,A,b", "y,b.,C,40", "z,,D", key=key)
    assert isinstance(sheet.frame, Choices)
    assert sheet.frame.key == ("A", "C")
    assert sheet.frame.waves == {"pre": (("A", "B"), ("B", "C"), (None, "D"))}
    assert sheet.options == 3


def test_letters_before_and_after_share_a_key_that_may_lie_across() -> None:
    frame = read_csv("id,pre_q1,pre_q2,post_q1,post_q2", "x,A,B,B,B", key=csv_of("q1,q2,q3", "B,B,A")).frame
    assert frame.scored().waves == {"pre": ((0, 1),), "post": ((1, 1),)}


def test_the_key_may_stand_in_a_row_of_the_file() -> None:
    frame = read_csv("id,q1,q2", "kunci,A,C", "x,A,B", "y,B,C").frame
    assert frame.scored().waves == {"pre": ((1, 0), (0, 1))}


def test_right_and_wrong_may_be_signs() -> None:
    assert read_csv("id,q1,q2", "x,B,S", "y,S,S").frame.waves == {"pre": ((1, 0), (0, 0))}
    assert read_csv("id,q1,q2", "x,✓,x", "y,v,v").frame.waves == {"pre": ((1, 0), (1, 1))}


def test_a_title_above_and_a_mean_below_are_no_people() -> None:
    sheet = read_csv(
        "Rekap nilai pre test dan post test Desa Loonuna;;",
        ";;",
        "No;Nama;Pre;Post",
        "1;Ani;10;12",
        "2;Budi;11;15",
        ";Rata-rata;10,5;13,5",
    )
    assert sheet.frame.waves == {"pre": (10, 11), "post": (12, 15)}
    assert [(doubt.row, doubt.code) for doubt in sheet.doubts if doubt.row] == [(6, "summary_row")]


def test_headings_of_two_rows() -> None:
    frame = read_csv("No,Nama,Pre Test,,Post Test,", ",,1,2,1,2", "1,Ani,0,1,1,1", "2,Budi,0,0,0,1").frame
    assert frame.waves == {"pre": ((0, 1), (0, 0)), "post": ((1, 1), (0, 1))}


def test_people_are_grouped_by_a_column_however_it_is_written() -> None:
    lines = ["id,pre,post,Dusun", "a,1,2,Piebulak", "b,3,4, piebulak ", "c,3,4,Loonuna"]
    for group in ("dusun", "DUSUN "):
        assert read_csv(*lines, group=group).frame.groups == ("Piebulak", "Piebulak", "Loonuna")


def test_a_workbook_gives_what_its_cells_show() -> None:
    data = workbook_of(
        ["Kode", "Pre", "Post", "Kelompok"],
        ["a", 0.1 + 0.2, 2, "X"],
        ["b", 1, 2.5, None],
        ["c", True, 7, "Y"],
    )
    sheet = read_scores(data, group="kelompok")
    assert sheet.frame.waves == {"pre": (F(3, 10), 1, 1), "post": (2, F(5, 2), 7)}
    assert sheet.frame.groups == ("X", None, "Y")


def test_the_most_points_are_found_in_the_headings_in_the_cells_or_in_a_row() -> None:
    assert read_csv("id,pre (maks 20),post (maks 20)", "a,1,2").frame.max_points == 20
    assert read_csv("id,pre,post", "a,15/20,18/20").frame.max_points == 20
    assert read_csv("id,pre,post", "maks,25,25", "a,1,2").frame.max_points == 25
    assert read_csv("id,q1,q2", "maks,2,5", "a,1,4").frame.maxima == (2, 5)


def test_partial_marks_are_kept() -> None:
    assert read_csv("id,m1,m2", "a,0.5,1", "b,1,0,25".replace("0,25", "0.25")).frame.waves["pre"] == (
        (F(1, 2), 1),
        (1, F(1, 4)),
    )


def test_where_short_names_clash_questions_keep_their_whole_names() -> None:
    frame = read_csv("id,P1,P2,S1,S2", "a,1,0,1,0", "b,0,0,1,1").frame
    assert frame.items == ("P1", "P2", "S1", "S2")
    assert frame.waves["pre"] == ((1, 0, 1, 0), (0, 0, 1, 1))


def test_columns_of_only_0_and_1_are_read_as_questions_and_named() -> None:
    sheet = read_csv("id,musdes,rkp,apbdes,umur", "a,0,1,1,30", "b,1,1,0,41")
    assert sheet.frame.waves["pre"] == ((0, 1, 1), (1, 1, 0))
    assert sheet.doubts[0].values == {"names": "musdes, rkp, apbdes"}


def test_one_column_a_test_is_a_total_whatever_else_it_is_called() -> None:
    frame = read_csv("nama,hasil belajar awal,hasil belajar akhir", "a,3,5", "b,4,4").frame
    assert isinstance(frame, Scores)
    assert frame.waves == {"pre": (3, 4), "post": (5, 4)}
