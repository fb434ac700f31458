"""Text fields that show years as the dates of the training tell, wherever they are shown.

``cohort.title`` reads "Perencanaan 2027" where "Perencanaan {tahun_pelaksanaan}" is stored. Forms edit what
is stored (``value_from_object``), and what was read from one record and given to another keeps its tokens.
"""

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from lms.cohorts.years import has_token, render_years


class YearText(str):
    """A text with its years shown, that still knows what is stored (``raw``)."""

    raw: str

    def __new__(cls, shown: str, raw: str) -> "YearText":
        self = super().__new__(cls, shown)
        self.raw = raw
        return self

    def __getnewargs__(self) -> tuple[str, str]:
        return (str(self), self.raw)


class _YearAttribute(DeferredAttribute):
    """Reads with years shown. ``instance.years``, which may cost a query, is asked only for a token."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, str) or not has_token(value):
            return value
        training, documents = instance.years
        return YearText(render_years(value, training=training, documents=documents), value)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = _raw(value)


class _YearField:
    """Stored as any text is; in migrations it is the plain field."""

    descriptor_class = _YearAttribute

    def value_from_object(self, obj: Any) -> Any:
        return _raw(super().value_from_object(obj))  # type: ignore[misc]

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(_raw(value))  # type: ignore[misc]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.plain, args, kwargs  # type: ignore[attr-defined]


class YearCharField(_YearField, models.CharField):
    plain = "django.db.models.CharField"


class YearTextField(_YearField, models.TextField):
    plain = "django.db.models.TextField"


def stored(instance: models.Model, name: str) -> str:
    """What is stored in a field, tokens and all."""
    return str(instance._meta.get_field(name).value_from_object(instance))


def _raw(value: Any) -> Any:
    return value.raw if isinstance(value, YearText) else value
