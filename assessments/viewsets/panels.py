"""The editor of a question, built from its kind: what a kind adds to the model appears here by itself."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from assessments.forms import OptionFormSet, QuestionForm
from assessments.questions.base import MEDIA_FIELDS, Question
from assessments.widgets import LegalBasesInput

_UPLOAD = _("A picture or recording is uploaded first, under “Pictures and recordings”.")


class OptionsPanel(InlinePanel):
    """Rows of an option table, whose identities are known before the database has them (see the formset)."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = OptionFormSet
        return options


def question_editor(model: type[Question]) -> ObjectList:
    """The panels of one kind, in groups."""
    return ObjectList(_panels(model), base_form_class=QuestionForm).bind_to_model(model)


def _panels(model: type[Question]) -> list[Any]:
    groups = [
        (_("A new version"), "history", [FieldPanel("change"), FieldPanel("use_in_forms")], ""),
        (_("Question"), "help", _stem(), ""),
        (_("Answer"), "tick-inverse", _answer(model), ""),
        (_("Feedback"), "comment", [FieldPanel("feedback")], "collapsed"),
        (_("Place in the bank"), "folder-inverse", _place(), "collapsed"),
        (_("Legal basis"), "doc-full-inverse", _sources(), "collapsed"),
    ]
    made = [
        MultiFieldPanel(panels, heading=heading, icon=icon, classname=classname)
        for heading, icon, panels, classname in groups
    ]
    options = [_options(model, relation) for relation in model.prefetch]
    return [*made[:3], *options, *made[3:]]


def _stem() -> list[Any]:
    # A draft may lack anything but these two: they name it in lists.
    return [
        FieldPanel("code", required_on_save=True),
        FieldPanel("stem", required_on_save=True),
        FieldRowPanel([FieldPanel(name) for name in MEDIA_FIELDS], help_text=_UPLOAD),
    ]


def _answer(model: type[Question]) -> list[Any]:
    own = [field.name for field in model._meta.local_fields if field.editable and not field.primary_key]
    points = ["points"] if model.scored else []
    return [FieldPanel(name) for name in (*own, *points)]


def _options(model: type[Question], relation: str) -> OptionsPanel:
    options = model._meta.get_field(relation).related_model._meta
    names = [
        field.name
        for field in options.get_fields()
        if field.concrete and field.editable and not field.primary_key and not isinstance(field, ParentalKey)
    ]
    own = [FieldPanel(name) for name in names if name not in (*MEDIA_FIELDS, "sort_order")]
    media = [FieldPanel(name) for name in MEDIA_FIELDS if name in names]
    return OptionsPanel(
        relation,
        panels=[*own, FieldRowPanel(media)] if media else own,
        heading=capfirst(options.verbose_name_plural),
        label=capfirst(options.verbose_name),
        icon="list-ul",
    )


def _sources() -> list[Any]:
    return [FieldPanel("legal_bases", widget=LegalBasesInput), FieldPanel("citations"), FieldPanel("note")]


def _place() -> list[Any]:
    return [
        FieldPanel("bank"),
        FieldPanel("outcomes"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("lesson_code")]),
        FieldRowPanel([FieldPanel("bloom"), FieldPanel("difficulty")]),
        FieldPanel("stability"),
        FieldRowPanel([FieldPanel("pair"), FieldPanel("form_letter")]),
    ]
