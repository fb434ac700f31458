"""Reads one item of a bank file field by field and says which item and field is wrong."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class BankItem:
    """An item, or a row inside an item, of a bank file.

    ``where`` names it for people ("M1-01A", "M1-01A, options 2"). Every reader raises ValidationError (code
    ``bank``) that names the item and the field.
    """

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, Mapping):
            raise self._error(where, "", _("must be a list of fields and values"))
        self.data, self.where = data, where

    def text(self, field: str, *, required: bool = True) -> str:
        """A text without the spaces around it; "" if it may be missing and is."""
        value = self.data.get(field)
        if value is None and not required:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool) or not str(value).strip():
            raise self.wrong(field, _("must be a text"))
        return str(value).strip()

    def whole(self, field: str) -> int:
        value = self.data.get(field)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(field, _("must be a whole number"))
        return value

    def number(self, field: str, *, default: Decimal | None = None) -> Decimal:
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self.wrong(field, _("must be a number"))
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise self.wrong(field, _("must be a number")) from None
        if not number.is_finite():
            raise self.wrong(field, _("must be a number"))
        return number

    def flag(self, field: str, *, default: bool | None = None) -> bool:
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(field, _("must be true or false"))
        return value

    def texts(self, field: str, *, required: bool = True) -> list[str]:
        value = self._list(field, required=required)
        if not all(isinstance(entry, str) and entry.strip() for entry in value):
            raise self.wrong(field, _("must be a list of texts"))
        return [entry.strip() for entry in value]

    def rows(self, field: str, *, required: bool = True) -> list["BankItem"]:
        """The entries of a list of records, each able to name itself."""
        entries = self._list(field, required=required)
        return [BankItem(entry, f"{self.where}, {field} {n}") for n, entry in enumerate(entries, start=1)]

    def wrong(self, field: str, what: str) -> ValidationError:
        """The error for a field of this item; ``what`` completes the sentence "<field> …"."""
        return self._error(self.where, field, what)

    def _list(self, field: str, *, required: bool) -> list[Any]:
        value = self.data.get(field)
        if value is None and not required:
            return []
        if not isinstance(value, list) or (required and not value):
            raise self.wrong(field, _("must be a list that is not empty"))
        return value

    @staticmethod
    def _error(where: str, field: str, what: str) -> ValidationError:
        return ValidationError(f"{where}: {field} {what}." if field else f"{where}: {what}.", code="bank")
