"""Headings in running text, as somebody hears them."""

import pytest

from courses.checker import check_headings


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("<h2>Mengapa</h2><p>Isi.</p><h3>Bagian</h3><h2>Lalu</h2>", []),
        ("<h3>Mengapa</h3>", ["heading_order"]),
        ("<h2>Mengapa</h2><h3>Bagian</h3><h2> </h2>", ["empty_heading"]),
        ("<p>Tanpa judul.</p>", []),
    ],
)
def test_a_heading_neither_skips_a_level_nor_stands_empty(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in check_headings(text)] == codes
