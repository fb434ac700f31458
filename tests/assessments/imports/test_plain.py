"""HTML of other systems becomes the text that a reader saw."""

import pytest

from assessments.imports.plain import html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Satu</p><p>Dua &amp; <b>tiga</b></p>", "Satu\n\nDua & tiga"),
        ("jika a < b dan c > d", "jika a < b dan c > d"),
        ("<ul><li>satu<li>dua</ul>", "- satu\n- dua"),
        ("satu<!-- rahasia <b>x</b> -->dua", "satudua"),
        ("satu<!-- tanpa akhir", "satu tanpa akhir"),
        ("<script>if (a<b) { x('<p>') }</script>dua", "dua"),
        ("<style>p > a {}</style>dua<style>x", "dua"),
        ("<![if !supportLists]>1.<![endif]> Desa", "1. Desa"),
        ("<![ tanpa nama ]>Desa", "Desa"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("m<sup>2</sup>", "m^2"),
        ("<td title='a>b'>x</td>", "x"),
        ("belum <a href='x", "belum <a href='x"),
    ],
)
def test_the_text_is_what_a_reader_saw(source: str, text: str) -> None:
    assert html_to_text(source).text == text


def test_a_picture_keeps_its_address_and_its_words() -> None:
    found = html_to_text(
        """<IMG alt='Peta "kita" &amp; desa' SRC = "@@PLUGINFILE@@/peta%201.png" width=3/>"""
    )
    assert [(picture.file_name, picture.alternative) for picture in found.pictures] == [
        ("peta 1.png", 'Peta "kita" & desa')
    ]


def test_sound_that_is_left_out_is_known() -> None:
    assert html_to_text("<audio src='a.mp3'></audio>").lost
