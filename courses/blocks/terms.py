"""Words that a lesson explains: tap one and its meaning opens."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.codes import CodeBlock, CodeChooser
from courses.blocks.features import EXPLAIN, Previewed


class TermChooser(CodeChooser):
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")
    link_to_chosen_text = _("Change this term")
    icon = "openquote"
    model = "courses.GlossaryTerm"
    code_field = "slug"
    chooser_modal_url_name = "glossary_term_chooser:choose"


class TermBlock(CodeBlock):
    """The slug of a glossary term."""

    def get_widget(self) -> TermChooser:
        return TermChooser()

    def choices(self) -> QuerySet[Any]:
        return apps.get_model("courses", "GlossaryTerm").objects.all()

    class Meta:
        gone = _("This term is no longer in the glossary. Choose another one.")


class TermsBlock(Previewed, blocks.StructBlock):
    """Three to six terms of the lesson."""

    terms = blocks.ListBlock(TermBlock(label=_("Term")), label=_("Terms"), min_num=1, max_num=12)

    class Meta:
        icon = "openquote"
        label = _("Glossary terms")
        group = EXPLAIN
        description = _("Three to six words that open their meaning when tapped.")
        template = "courses/blocks/terms.html"
        preview_value = {"terms": ["musdes", "rkp-desa"]}
