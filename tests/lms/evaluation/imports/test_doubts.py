"""What is doubtful is told with its row and column, and nothing is dropped in silence."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from lms.evaluation.datasets.sheets import Doubt, DoubtCode, SheetScores
from lms.evaluation.imports import REMEMBERED, read_scores
from tests.lms.evaluation.imports.files import codes, csv_of, read_csv, saved, workbook_of


def told(sheet: SheetScores, code: DoubtCode) -> Doubt:
    return next(doubt for doubt in sheet.doubts if doubt.code is code)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("sakit", DoubtCode.NOT_A_SCORE),
        ("=1+1", DoubtCode.NOT_A_SCORE),
        ("21", DoubtCode.ABOVE_MAX),
        ("-1", DoubtCode.BELOW_ZERO),
    ],
)
def test_a_cell_that_is_no_score_counts_as_empty_and_is_told(cell: str, code: DoubtCode) -> None:
    sheet = read_csv("id,pre,post", "a,1,2", f"b,{cell},3", max_points=20)
    assert sheet.frame.waves["pre"] == (1, None)
    doubt = told(sheet, code)
    assert (doubt.row, doubt.column, doubt.value) == (3, "pre", cell)


def test_below_zero_is_fine_where_nobody_said_that_there_is_a_maximum() -> None:
    assert codes(read_csv("id,pre,post", "a,-1,2", "b,3,4")) == ["no_max"]


def test_of_a_person_who_stands_twice_the_first_row_counts() -> None:
    sheet = read_csv("id,pre,post", "a,1,2", "A ,7,8", "b,3,4")
    assert sheet.frame.waves["pre"] == (1, 3)
    assert told(sheet, DoubtCode.DUPLICATE).row == 3
    assert told(sheet, DoubtCode.DUPLICATE).values == {"first": 2}


def test_of_a_test_that_a_person_took_twice_the_first_row_counts() -> None:
    sheet = read_csv("id,tes,skor", "a,pre,1", "a,post,2", "a,pre,9", "b,pre,3")
    assert sheet.frame.waves == {"pre": (1, 3), "post": (2, None)}
    assert told(sheet, DoubtCode.DUPLICATE).row == 4


def test_of_two_answers_to_a_question_the_first_counts() -> None:
    sheet = read_csv("id,soal,skor", "a,1,0", "a,2,1", "a,1,1", "b,1,1", "b,2,0")
    assert sheet.frame.waves["pre"] == ((0, 1), (1, 0))
    assert told(sheet, DoubtCode.REPEATED_ANSWER).row == 4


def test_a_row_without_a_code_is_one_more_person_or_nobodys() -> None:
    alone = read_csv("id,pre,post", ",1,2", "b,3,4")
    assert alone.people == 2
    nobodys = read_csv("id,tes,skor", ",pre,1", "b,pre,3")
    assert nobodys.frame.waves["pre"] == (3,)
    assert told(alone, DoubtCode.NO_ID).row == told(nobodys, DoubtCode.NO_ID).row == 2


def test_an_unknown_test_is_told() -> None:
    sheet = read_csv("id,tes,skor", "a,pre,1", "a,susulan,5", "b,pre,3", "b,post,4")
    assert (told(sheet, DoubtCode.UNKNOWN_WAVE).row, told(sheet, DoubtCode.UNKNOWN_WAVE).value) == (
        3,
        "susulan",
    )


def test_an_answer_to_no_question_is_told() -> None:
    sheet = read_csv("id,soal,skor", "a,1,1", "a,,1", "a,2,0", "b,1,0", "b,2,1")
    assert sheet.frame.waves["pre"] == ((1, 0), (0, 1))
    assert (told(sheet, DoubtCode.NO_ITEM).row, told(sheet, DoubtCode.NO_ITEM).column) == (3, "soal")


def test_a_decimal_comma_between_commas_moves_no_score_to_another_column() -> None:
    sheet = read_csv("id,pre,post", "a,1,2", "b,0,5,3", "c,3,4", "d,2,2")
    assert sheet.frame.waves == {"pre": (1, 3, 2), "post": (2, 4, 2)}
    assert told(sheet, DoubtCode.MORE_CELLS).row == 3
    with pytest.raises(ValidationError) as refusal:
        read_csv("id,pre,post", "a,1,5,2,5", "b,0,5,3,5")
    assert refusal.value.code == "csv"


def test_signatures_below_a_list_are_no_people() -> None:
    sheet = read_csv(
        "No;Nama;Pre;Post",
        "1;Ani;10;12",
        "2;Budi;;",
        "3;Clara;11;sakit",
        ";Loonuna, 11 Juni 2018;;",
        ";;Mengetahui,;",
        ";Kepala Desa;;Fasilitator",
    )
    assert sheet.people == 3
    assert [doubt.row for doubt in sheet.doubts if doubt.code is DoubtCode.NO_PERSON] == [5, 6, 7]


def test_a_row_with_nothing_in_it_did_not_take_the_test() -> None:
    sheet = read_csv("id,tes,q1,q2", "a,pre,1,0", "a,post,,", "b,pre,0,0", "b,post,1,1")
    assert sheet.frame.waves["post"] == (None, (1, 1))
    assert told(sheet, DoubtCode.NO_ANSWER).row == 3


def test_groups_that_are_missing_or_change_are_told() -> None:
    sheet = read_csv("id,tes,skor,dusun", "a,pre,1,X", "a,post,2,Y", "b,pre,3,", group="dusun")
    assert sheet.frame.groups == ("X", None)
    assert (told(sheet, DoubtCode.TWO_GROUPS).row, told(sheet, DoubtCode.NO_GROUP).row) == (3, 4)


def test_columns_that_are_not_used_are_named() -> None:
    sheet = read_csv("id,umur,pre,post,catatan", "a,30,1,2,baik", max_points=10)
    assert told(sheet, DoubtCode.UNUSED_COLUMNS).values == {"names": "umur, catatan", "n": 2}


def test_a_date_that_a_spreadsheet_made_of_a_score_is_told() -> None:
    data = workbook_of(["id", "pre", "post"], ["a", datetime.date(2026, 10, 7), 5], ["b", 3, 4])
    sheet = read_scores(data)
    assert sheet.frame.waves["pre"] == (None, 3)
    assert (told(sheet, DoubtCode.DATE).row, told(sheet, DoubtCode.DATE).value) == (2, "")


def test_a_formula_without_its_result_is_told_and_never_run() -> None:
    data = workbook_of(["id", "pre", "post"], ["a", "=SUM(1,2)", 5], ["b", 3, 4])
    sheet = read_scores(data)
    assert sheet.frame.waves["pre"] == (None, 3)
    assert (told(sheet, DoubtCode.FORMULA).row, told(sheet, DoubtCode.FORMULA).column) == (2, "pre")


def test_other_sheets_are_told() -> None:
    book = Workbook()
    for title in ("Nilai", "Lain"):
        sheet = book.create_sheet(title)
        sheet.append(["id", "pre", "post"])
        sheet.append(["a", 1, 2])
    assert told(read_scores(saved(book)), DoubtCode.OTHER_SHEETS).values == {"sheet": "Nilai", "n": 1}


def test_decimal_signs_that_may_mean_something_else_are_told() -> None:
    assert "mixed_decimals" in codes(read_csv("id;pre;post", "a;1,5;2.5"))
    assert "thousands" in codes(read_csv("id;pre;post", "a;1.234;2.500"))
    assert "thousands" not in codes(read_csv("id;pre;post", "a;1.234;2.5"))


def test_a_question_of_one_test_only_is_left_out_and_told() -> None:
    sheet = read_csv("id,pre_1,pre_2,post_1,post_2,post_3", "a,0,1,1,1,1", "b,0,0,1,0,1")
    assert sheet.frame.items == ("1", "2")
    assert told(sheet, DoubtCode.ITEM_IN_ONE_TEST).values == {"item": "3"}


def test_a_key_that_does_not_fit_is_told() -> None:
    key = csv_of("item,key", "q1,A", "q9,B")
    sheet = read_csv("id,pre_q1,pre_q2,post_q1,post_q2", "x,A,B,C,A", key=key)
    assert sheet.frame.items == ("q1",)
    assert told(sheet, DoubtCode.ITEM_WITHOUT_KEY).values == {"item": "q2"}
    assert told(sheet, DoubtCode.KEY_WITHOUT_ITEM).values == {"item": "9"}
    assert "key_unused" in codes(read_csv("id,q1,q2", "x,1,0", "y,0,0", key=csv_of("q1,A", "q2,B")))


def test_two_letters_in_a_cell_are_no_answer() -> None:
    sheet = read_csv("id,q1,q2", "x,AB,C", "y,A,C", "z,A,B", key=csv_of("q1,A", "q2,C"))
    assert sheet.frame.waves["pre"][0] == (None, "C")
    assert told(sheet, DoubtCode.NOT_A_LETTER).value == "AB"


def test_a_slip_in_a_question_of_one_point_is_told() -> None:
    lines = [f"p{number},1,0" for number in range(12)]
    sheet = read_csv("id,q1,q2", *lines, "x,11,1")
    assert sheet.frame.maxima == (1, 1)
    assert told(sheet, DoubtCode.ABOVE_MAX).row == 14


def test_points_of_questions_whose_maximum_nobody_gave_are_told() -> None:
    sheet = read_csv("id,q1,q2", "x,2,5", "y,1,4")
    assert sheet.frame.maxima == (2, 5)
    assert told(sheet, DoubtCode.MAX_GUESSED).values == {"max": "7"}
    assert "max_of_items" in codes(read_csv("id,q1,q2", "x,1,0", "y,0,1", max_points=30))


def test_a_test_without_any_score_is_told() -> None:
    assert "only_one_test" in codes(read_csv("id,pre,post", "a,1,", "b,2,-"))


def test_no_word_of_a_file_is_remembered_after_it_was_read() -> None:
    read_csv("nama,pre,post", "Maria Bere,1,sakit", "Yosef Mali,2,3")
    with pytest.raises(ValidationError):
        read_csv("nama,pre,post", "Maria Bere,sakit,sakit")
    assert [remembered.cache_info().currsize for remembered in REMEMBERED] == [0] * len(REMEMBERED)
