"""The Markdown of lessons becomes blocks; anything else is refused with its line."""

import pytest
from django.utils import translation

from courses.blocks import LessonBlock
from courses.imports.markdown import MalformedTextError, RawBlock, lesson_blocks, rich_text

EVERYTHING = """\
Usul **hilang** dan *dicari* di [desa](https://example.org/a?b=1&c=2).
Baris kedua.

- satu
- dua & tiga

## Jalan usul

1. Warga **bicara**.
2. Warga menulis.

| Waktu | Langkah |
|---|---|
| Juni | Musdes |
| Juli | |

:::law PP 16/2026 Ps 146 ayat (4)
Musdes berjalan inklusif.
:::

:::example Mencari "usul"
Kader datang.

1. Baca.
2. Tulis.
:::

:::note Boleh?
Boleh.
:::

:::discuss
Siapa?
:::

:::remember
- Tulis.
:::
"""


def parse(text: str) -> list[RawBlock]:
    return lesson_blocks(text, seed="kursus/M1.1")


def test_every_construct_becomes_its_block_in_order() -> None:
    blocks = parse(EVERYTHING)
    kinds = ["paragraph", "heading", "steps", "table", "law", "example", "note", "discuss", "remember"]
    assert [block["type"] for block in blocks] == kinds


def test_paragraphs_and_lists_in_a_row_are_one_text_as_the_editor_stores_it() -> None:
    [block] = parse("Usul **hilang** & *dicari*\ndi [desa](https://example.org/?a=1&b=2).\n\n- satu\n- dua\n")
    assert block["value"] == (
        '<p>Usul <b>hilang</b> &amp; <i>dicari</i> di <a href="https://example.org/?a=1&amp;b=2">desa</a>.</p>'
        "<ul><li>satu</li><li>dua</li></ul>"
    )


def test_a_numbered_list_becomes_steps() -> None:
    [block] = parse("1. Warga **bicara**.\n2. Warga menulis.\n")
    steps = block["value"]["steps"]
    assert [step["value"] for step in steps] == ["<p>Warga <b>bicara</b>.</p>", "<p>Warga menulis.</p>"]


def test_a_numbered_list_inside_a_container_stays_text() -> None:
    [block] = parse(":::example Cara\n1. Baca.\n2. Tulis.\n:::\n")
    assert block["value"] == {"title": "Cara", "text": "<ol><li>Baca.</li><li>Tulis.</li></ol>"}


def test_a_table_has_its_first_row_as_header() -> None:
    [block] = parse("| Waktu | Langkah |\n|---|---|\n| Juni | Musdes |\n| Juli | |\n")
    assert block["value"]["data"] == [["Waktu", "Langkah"], ["Juni", "Musdes"], ["Juli", ""]]
    assert block["value"]["table_header_choice"] == "row"


def test_a_rule_keeps_its_citation() -> None:
    [block] = parse(":::law PP 16/2026 Ps 146 ayat (4)\nMusdes berjalan inklusif.\n:::\n")
    assert block["value"] == {
        "citation": "PP 16/2026 Ps 146 ayat (4)",
        "summary": "<p>Musdes berjalan inklusif.</p>",
    }


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    [block] = parse("Tulis <script>alert(1)</script> saja.\n")
    assert block["value"] == "<p>Tulis &lt;script&gt;alert(1)&lt;/script&gt; saja.</p>"


def test_an_empty_text_has_no_blocks() -> None:
    assert parse("\n\n") == []


@pytest.mark.django_db
def test_the_blocks_pass_the_check_of_the_editor() -> None:
    schema = LessonBlock()
    schema.clean(schema.to_python(parse(EVERYTHING)))


def test_every_block_and_list_item_has_an_id_that_loading_again_repeats() -> None:
    first, second = parse(EVERYTHING), parse(EVERYTHING)
    ids = [block["id"] for block in first] + [step["id"] for step in first[2]["value"]["steps"]]
    assert len(set(ids)) == len(ids) == 11
    assert first == second


def test_ids_are_those_of_a_translation_and_not_those_of_another_lesson() -> None:
    translated = [block["id"] for block in parse(EVERYTHING.replace("Usul", "Proposal"))]
    assert translated == [block["id"] for block in parse(EVERYTHING)]
    other = lesson_blocks(EVERYTHING, seed="kursus/M1.2")
    assert not {block["id"] for block in other} & set(translated)


def test_a_new_box_leaves_the_ids_of_other_kinds() -> None:
    before = {block["type"]: block["id"] for block in parse(EVERYTHING)}
    after = {block["type"]: block["id"] for block in parse(":::note\nBaru.\n:::\n" + EVERYTHING)}
    assert {**before, "note": ""} == {**after, "note": ""}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Awal.\n\n:::law UU 6/2014\nIsi.\n", 3, "never closed"),
        ("Awal.\n:::\n", 2, "closes nothing"),
        (":::note A\n:::discuss\nApa?\n:::\n:::\n", 2, "inside another"),
        ("Awal.\n\n:::quiz\nApa?\n:::\n", 3, "not known"),
        (":::law\nIsi.\n:::\n", 1, "Name the rule"),
        (":::discuss Judul\nApa?\n:::\n", 1, "takes no title"),
        (":::note Judul\n\n:::\n", 1, "empty"),
        (":::remember\n- a\n:::\n\n:::remember\n- b\n:::\n", 5, "has one"),
        ("Awal.\n\n# Judul besar\n", 3, "“## ”"),
        ("Awal.\n\n### Judul kecil\n", 3, "“## ”"),
        (f"## {'a' * 121}\n", 1, "Longer than 120"),
        (f":::law {'a' * 201}\nIsi.\n:::\n", 1, "Longer than 200"),
        (":::note A\nIsi.\n\n## Judul\n:::\n", 4, "Only paragraphs and lists"),
        (":::note A\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n", 2, "Only paragraphs and lists"),
        ("Awal.\n\n> Kutipan.\n", 3, "Only paragraphs and lists"),
        ("Awal.\n\n---\n", 3, "Only paragraphs and lists"),
        ("Awal.\n\n    kode\n", 3, "Only paragraphs and lists"),
        ("- satu\n  - dua\n", 1, "one paragraph"),
        ("3. tiga\n4. empat\n", 1, "begins with 1"),
        ("Lihat ![gambar](https://example.org/a.png).\n", 1, "Only bold"),
        ("Pakai `kode`.\n", 1, "Only bold"),
        ("Lihat [ini](/dalam/).\n", 1, "https://"),
        ("## Judul **tebal**\n", 1, "plain words"),
        ("| a | **b** |\n|---|---|\n| 1 | 2 |\n", 1, "plain words"),
    ],
)
def test_what_lessons_do_not_have_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with translation.override("en"), pytest.raises(MalformedTextError) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.problem


def test_rich_text_has_headings_and_no_boxes() -> None:
    assert rich_text("## Mengapa\n\nDesa *belajar*.\n") == "<h2>Mengapa</h2><p>Desa <i>belajar</i>.</p>"


def test_a_checklist_holds_a_list_and_nothing_else() -> None:
    [block] = parse(":::checklist Sebelum rapat\n- Undangan **sampai**\n- Tempat rata\n:::\n")
    assert block["value"]["title"] == "Sebelum rapat"
    texts = [item["value"] for item in block["value"]["items"]]
    assert texts == ["<p>Undangan <b>sampai</b></p>", "<p>Tempat rata</p>"]


def test_terms_are_short_names() -> None:
    [block] = parse(":::terms\n- musdes\n- rkp-desa\n:::\n")
    assert [item["value"] for item in block["value"]["terms"]] == ["musdes", "rkp-desa"]


def test_a_drawing_has_its_words_and_perhaps_a_caption() -> None:
    text = ":::diagram kuorum-bpd\nDua pertiga\nhadir.\n\nKuorum BPD.\n:::\n"
    [block] = parse(text)
    assert block["value"] == {
        "name": "kuorum-bpd",
        "alternative": "Dua pertiga hadir.",
        "caption": "Kuorum BPD.",
    }


def test_practice_is_the_code_of_its_question() -> None:
    [block] = parse(":::practice P-M3.1\n:::\n")
    assert block["value"] == "P-M3.1"


def test_cases_extras_reflections_and_notes_for_the_facilitator_keep_their_words() -> None:
    text = (
        ":::case Bak air\nDua usul.\n:::\n:::accordion Dalami\nLebih.\n:::\n"
        ":::reflection\nKapan Anda didengar?\n:::\n:::facilitator\nTunggu.\n:::\n"
    )
    assert [(block["type"], block["value"]) for block in parse(text)] == [
        ("case", {"title": "Bak air", "text": "<p>Dua usul.</p>"}),
        ("accordion", {"title": "Dalami", "text": "<p>Lebih.</p>"}),
        ("reflection", {"prompt": "Kapan Anda didengar?"}),
        ("facilitator", {"text": "<p>Tunggu.</p>"}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (":::checklist A\nSatu kalimat.\n:::\n", 2, "Only a list"),
        (":::terms\n- Rencana Desa\n:::\n", 2, "not the short name"),
        (":::terms\n- a\n:::\n\n:::terms\n- b\n:::\n", 5, "has one"),
        (":::diagram\nKata.\n:::\n", 1, "Name the drawing"),
        (":::diagram gambar-lain\nKata.\n:::\n", 1, "no drawing “gambar-lain”"),
        (":::diagram kuorum-bpd\nA.\n\nB.\n\nC.\n:::\n", 1, "at most a caption"),
        (":::diagram kuorum-bpd\n- A\n:::\n", 2, "Only paragraphs"),
        (":::practice\n:::\n", 1, "Name the question"),
        (":::practice P-M3.1\nApa?\n:::\n", 2, "stands in the bank"),
        (":::accordion\nIsi.\n:::\n", 1, "Write a title"),
        (":::reflection Judul\nApa?\n:::\n", 1, "takes no title"),
        (":::facilitator\n:::\n", 1, "empty"),
    ],
)
def test_what_containers_do_not_hold_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with translation.override("en"), pytest.raises(MalformedTextError) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.problem
