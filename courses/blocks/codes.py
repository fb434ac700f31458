"""Blocks whose value is a code: it survives versions of what it names, and files can hold it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser


class CodeChooser(BaseChooser):
    """A chooser that stores ``code_field`` of what was chosen. Its modal is a ``CodeChooserViewSet``."""

    code_field: str

    def get_instance(self, value: Any) -> Any:
        if not value or isinstance(value, self.model_class):
            return value or None
        return self.model_class.objects.filter(**{self.code_field: value}).order_by("-pk").first()

    def get_value_data(self, value: Any) -> dict[str, Any] | None:
        """A code that names nothing (yet) is kept and shown as it is: the record may come later."""
        data = super().get_value_data(value)
        return data or ({"id": value, "edit_url": None, "title": value} if value else None)

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        data = super().get_value_data_from_instance(instance)
        return data | {"id": getattr(instance, self.code_field)}


class CodeBlock(blocks.FieldBlock):
    """The code of a record. Frozen in migrations as a plain CharBlock, which is what it stores."""

    max_length = 60

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self._required, self._help_text = required, help_text
        super().__init__(**kwargs)

    def get_widget(self) -> CodeChooser:
        raise NotImplementedError

    def choices(self) -> QuerySet[Any]:
        """The records that may be chosen."""
        raise NotImplementedError

    @cached_property
    def field(self) -> forms.CharField:
        return forms.CharField(
            required=self._required,
            help_text=self._help_text,
            max_length=self.max_length,
            widget=self.get_widget(),
        )

    def get_form_state(self, value: str | None) -> dict[str, Any] | None:
        return self.field.widget.get_value_data(value)

    def clean(self, value: str | None) -> str:
        code = super().clean(value)
        name = self.field.widget.code_field
        if code and not self.choices().filter(**{name: code}).exists():
            raise ValidationError(self.meta.gone, code="gone")
        return code

    def get_searchable_content(self, value: str | None) -> list[str]:
        return []

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.blocks.CharBlock", [], {}

    class Meta:
        gone = ""
