"""Cells of tables that leave the house."""

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(value: str | int) -> str | int:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
