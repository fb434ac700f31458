"""What a rule says, with its citation. The register of legal bases knows whether the rule still holds."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.citations import citations_in
from assessments.legal import resolve
from assessments.models import LegalBasis
from courses.blocks.codes import CodeBlock, CodeChooser
from courses.blocks.features import EXPLAIN, PLAIN, Previewed


class CitationChooser(CodeChooser):
    choose_one_text = _("Choose a legal basis")
    choose_another_text = _("Choose another legal basis")
    link_to_chosen_text = _("Change this legal basis")
    icon = "doc-full"
    model = "assessments.LegalBasis"
    code_field = "citation"
    chooser_modal_url_name = "legal_basis_chooser:choose"


class CitationBlock(CodeBlock):
    """The citation of a record of the register. Older texts may cite what nobody has registered yet."""

    max_length = 200

    def get_widget(self) -> CitationChooser:
        return CitationChooser()

    def choices(self) -> QuerySet[Any]:
        return LegalBasis.objects.all()

    def clean(self, value: str | None) -> str:
        """A citation that the register lacks stays as it was written: the report of citations tells it."""
        return blocks.FieldBlock.clean(self, value)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.blocks.CharBlock", [], {"label": _("Citation"), "max_length": self.max_length}

    def get_searchable_content(self, value: str | None) -> list[str]:
        return [value] if value else []

    def extract_references(self, value: str | None) -> Iterator[tuple[Any, ...]]:
        """So that the register shows which lessons have the rule in a box."""
        for basis in resolve([value or ""])[value or ""].bases:
            yield LegalBasis, str(basis.pk), "", ""


class LawValue(blocks.StructValue):
    """A law box with its record of the register."""

    @cached_property
    def basis(self) -> LegalBasis | None:
        """None for a citation that is not registered, or that is several."""
        return _single(resolve([self["citation"] or ""])[self["citation"] or ""].bases)


def _single(bases: tuple[LegalBasis, ...]) -> LegalBasis | None:
    return bases[0] if len(bases) == 1 else None


class LawBlock(Previewed, blocks.StructBlock):
    """What a rule says, in our own words, with its citation."""

    citation = CitationBlock(label=_("Legal basis"))
    summary = blocks.RichTextBlock(label=_("In our own words"), features=PLAIN)

    def bulk_to_python(self, values: Any) -> Any:
        """All boxes of a text ask the register once."""
        boxes = super().bulk_to_python(values)
        known = resolve(box["citation"] or "" for box in boxes)
        for box in boxes:
            box.basis = _single(known[box["citation"] or ""].bases)
        return boxes

    class Meta:
        icon = "doc-full"
        label = _("Law")
        group = EXPLAIN
        description = _("What a rule says, in our own words, with its citation.")
        template = "courses/blocks/law.html"
        preview_value = {"citation": "UU 6/2014 Ps 80", "summary": "<p>Warga ikut menyusun rencana.</p>"}
        value_class = LawValue


def citations_of_boxes(body: Any) -> list[str]:
    """The citations of the law boxes of a text, apart and as the register writes them. No query."""
    raw = body.raw_data if isinstance(body, blocks.StreamValue) else body
    said = (block["value"].get("citation") or "" for block in raw if block["type"] == "law")
    return list(dict.fromkeys(str(each) for text in said for each in citations_in(text)))
