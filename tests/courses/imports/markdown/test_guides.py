"""A guide is steps with minutes; what is wrong is refused with its line."""

import pytest
from django.utils import translation

from courses.blocks import GuideBlock
from courses.imports.markdown import MalformedTextError, RawBlock, guide_blocks

GUIDE = """\
Sesi ini singkat.

## Langkah 1: Buka dengan cerita (10 menit)

Tunggu jawaban.

:::script
Selamat pagi.
:::

:::note Tanpa listrik
Pakai tali.
:::

## Step 2: Close (5 minutes)

- Ulangi.

## Setelah sesi

Catat yang tidak hadir.
"""


def parse(text: str) -> list[RawBlock]:
    return guide_blocks(text, seed="kursus/M1.1")


def test_a_guide_is_an_opening_steps_and_what_comes_after() -> None:
    opening, first, second, after = parse(GUIDE)
    assert [block["type"] for block in (opening, first, second, after)] == [
        "opening",
        "step",
        "step",
        "after",
    ]
    assert (first["value"]["title"], first["value"]["minutes"]) == ("Buka dengan cerita", 10)
    assert (second["value"]["title"], second["value"]["minutes"]) == ("Close", 5)
    assert [part["type"] for part in first["value"]["parts"]] == ["text", "script", "note"]
    assert first["value"]["parts"][1]["value"] == {"text": "<p>Selamat pagi.</p>"}
    assert first["value"]["parts"][2]["value"] == {"title": "Tanpa listrik", "text": "<p>Pakai tali.</p>"}
    assert after["value"]["parts"][0]["value"] == "<p>Catat yang tidak hadir.</p>"


def test_loading_again_gives_the_same_ids_and_no_two_alike() -> None:
    blocks = parse(GUIDE)
    ids = [part["id"] for block in blocks for part in (block, *block["value"]["parts"])]
    assert len(set(ids)) == len(ids) == 10
    assert parse(GUIDE) == blocks


def test_the_blocks_pass_the_check_of_the_editor() -> None:
    schema = GuideBlock()
    schema.clean(schema.to_python(parse(GUIDE)))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## Pembukaan\n\nIsi.\n", 1, "“## Langkah 1: … (10 menit)”"),
        ("## Langkah 2: A (5 menit)\n\nIsi.\n", 1, "Langkah 1"),
        ("## Langkah 1: A\n\nIsi.\n", 1, "Langkah 1"),
        ("## Langkah 1: A (5 menit)\n\n## Langkah 2: B (5 menit)\n\nIsi.\n", 1, "empty"),
        ("## Setelah sesi\n\nIsi.\n\n## Langkah 1: A (5 menit)\n\nIsi.\n", 5, "comes last"),
        ("## Langkah 1: A (5 menit)\n\n:::law X\nIsi.\n:::\n", 3, "not known"),
        ("## Langkah 1: A (5 menit)\n\n:::script\n\n:::\n", 3, "empty"),
        ("## Langkah 1: A (5 menit)\n\n:::script Judul\nIsi.\n:::\n", 3, "takes no title"),
        ("## Langkah 1: A (5 menit)\n\n| a |\n|---|\n| b |\n", 3, "Only paragraphs"),
        ("Awal.\n\n### Kecil\n", 3, "Only paragraphs"),
        (f"## Langkah 1: {'a' * 121} (5 menit)\n\nIsi.\n", 1, "Longer than 120"),
    ],
)
def test_what_guides_do_not_have_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with translation.override("en"), pytest.raises(MalformedTextError) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.problem
