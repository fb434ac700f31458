"""Workbooks that people send are read by the parser that forbids entities, whatever else is installed."""

from importlib.util import find_spec

import openpyxl.xml


def test_openpyxl_reads_with_defusedxml_though_lxml_is_there() -> None:
    assert find_spec("lxml") is not None
    assert openpyxl.xml.DEFUSEDXML
    assert not openpyxl.xml.LXML
