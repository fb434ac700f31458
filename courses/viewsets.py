"""In Wagtail's admin: the glossary, and the dialogues in which blocks choose what they show."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.documents import get_document_model, get_document_model_string
from wagtail.documents.views.chooser import (
    DocumentChooseResultsView,
    DocumentChooserUploadView,
    DocumentChooserViewSet,
    DocumentChooseView,
    DocumentChosenMultipleView,
    DocumentChosenView,
)
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.models import LegalBasis
from assessments.viewsets.columns import StandingColumn
from courses.blocks.media import AUDIO, VIDEO
from courses.blocks.practice import practice_questions
from courses.models import GlossaryTerm


def found_among(records: QuerySet[Any], pk: Any) -> Any:
    """The record with a number from an address, which may be anything. Raises Http404."""
    found = records.filter(pk=pk).first() if str(pk).isdigit() else None
    if found is None:
        raise Http404
    return found


class _ByCode:
    """What is chosen goes back as its code, and only what the dialogue offers can be chosen."""

    code_field: str

    def get_object_id(self, instance: Any) -> str:
        return getattr(instance, self.code_field)

    def get_object(self, pk: Any) -> Any:
        return found_among(self.get_object_list(), pk)  # type: ignore[attr-defined]

    def get_objects(self, pks: Any) -> Any:
        numbers = [pk for pk in pks if str(pk).isdigit()]
        return self.get_object_list().filter(pk__in=numbers)  # type: ignore[attr-defined]


class _Questions:
    code_field = "code"
    results_template_name = "wagtailadmin/generic/chooser/results.html"

    def get_object_list(self) -> QuerySet[Any]:
        return practice_questions().non_polymorphic().order_by("lesson_code", "code")


class QuestionChooseView(_Questions, chooser.ChooseView):
    pass


class QuestionChooseResultsView(_Questions, chooser.ChooseResultsView):
    pass


class QuestionChosenView(_ByCode, _Questions, chooser.ChosenView):
    pass


class QuestionChosenMultipleView(_ByCode, _Questions, chooser.ChosenMultipleView):
    pass


class QuestionChooserViewSet(ChooserViewSet):
    """The dialogue of ``blocks.practice.QuestionChooser``: questions that can be practised."""

    model = "assessments.Question"
    name = "practice_question_chooser"
    url_prefix = "latihan/pilih"
    icon = "help"
    choose_one_text = _("Choose a question")
    register_widget = False
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
    chosen_view_class = QuestionChosenView
    chosen_multiple_view_class = QuestionChosenMultipleView


class _Terms:
    code_field = "slug"
    response_data_title_key = "title"

    def get_object_list(self) -> QuerySet[Any]:
        return GlossaryTerm.objects.order_by("term")


class TermChosenView(_ByCode, _Terms, chooser.ChosenView):
    pass


class TermChosenMultipleView(_ByCode, _Terms, chooser.ChosenMultipleView):
    pass


class TermCreateView(_ByCode, _Terms, chooser.CreateView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    """The dialogue of ``blocks.terms.TermChooser``; who may write terms can add one there."""

    choose_one_text = _("Choose a term")
    register_widget = False
    form_fields = ["term", "slug", "expansion", "meaning"]
    chosen_view_class = TermChosenView
    chosen_multiple_view_class = TermChosenMultipleView
    create_view_class = TermCreateView


class TermViewSet(SnippetViewSet):
    """The glossary. What a person changes or deletes here stays so when files are loaded again."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 265
    # By its name: below Wagtail's "Snippets" nobody would look for words.
    add_to_admin_menu = True
    list_display = ["term", "expansion", Column("meaning", label=_("Meaning"))]
    chooser_viewset_class = TermChooserViewSet
    chooser_admin_url_namespace = "glossary_term_chooser"
    chooser_base_url_path = "istilah/pilih"
    search_fields = ["slug", "term", "expansion", "meaning", "term_en"]


class _LegalBases:
    code_field = "citation"

    def get_object_list(self) -> QuerySet[Any]:
        return LegalBasis.objects.with_rules()


class LegalBasisFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("UU 6/2014, Musdes …")}),
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "").split():
            found = found.filter(
                Q(citation__icontains=word) | Q(summary__icontains=word) | Q(summary_en__icontains=word)
            )
        return found


class _ChooseLegalBasis(_LegalBases):
    filter_form_class = LegalBasisFilterForm
    ordering = "citation"

    @property
    def columns(self) -> list[Any]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("text", label=_("In our own words")),
            StandingColumn("standing", label=_("Standing")),
        ]


class LegalBasisChooseView(_ChooseLegalBasis, chooser.ChooseView):
    pass


class LegalBasisChooseResultsView(_ChooseLegalBasis, chooser.ChooseResultsView):
    pass


class LegalBasisChosenView(_ByCode, _LegalBases, chooser.ChosenView):
    pass


class LegalBasisChosenMultipleView(_ByCode, _LegalBases, chooser.ChosenMultipleView):
    pass


class LegalBasisChooserViewSet(ChooserViewSet):
    """The dialogue of ``blocks.law.CitationChooser``."""

    model = LegalBasis
    name = "legal_basis_chooser"
    url_prefix = "dasar-hukum/pilih"
    icon = "doc-full"
    per_page = 20
    choose_one_text = _("Choose a legal basis")
    register_widget = False
    choose_view_class = LegalBasisChooseView
    choose_results_view_class = LegalBasisChooseResultsView
    chosen_view_class = LegalBasisChosenView
    chosen_multiple_view_class = LegalBasisChosenMultipleView

    def get_urlpatterns(self) -> list[Any]:
        """Without making records: Wagtail's view would fail for want of a form."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


def _ending_in(endings: tuple[str, ...]) -> Q:
    return reduce(or_, (Q(file__iendswith=f".{ending}") for ending in endings))


class _Recordings:
    endings = AUDIO

    def get_object_list(self) -> Any:
        return super().get_object_list().filter(_ending_in(self.endings))  # type: ignore[misc]


class _Films(_Recordings):
    endings = VIDEO


class AudioChooseView(_Recordings, DocumentChooseView):
    pass


class AudioChooseResultsView(_Recordings, DocumentChooseResultsView):
    pass


class VideoChooseView(_Films, DocumentChooseView):
    pass


class VideoChooseResultsView(_Films, DocumentChooseResultsView):
    pass


class FileChosenView(DocumentChosenView):
    def get_object(self, pk: Any) -> Any:
        return super().get_object(found_among(get_document_model().objects.all(), pk).pk)


class FileChosenMultipleView(DocumentChosenMultipleView):
    def get_objects(self, pks: Any) -> Any:
        return super().get_objects([pk for pk in pks if str(pk).isdigit()])


class AudioChooserViewSet(DocumentChooserViewSet):
    """Documents that are recordings. Uploading works as for any document."""

    model = get_document_model_string()
    name = "course_audio_chooser"
    url_prefix = "rekaman/pilih"
    choose_one_text = _("Choose a recording")
    register_widget = False
    choose_view_class = AudioChooseView
    choose_results_view_class = AudioChooseResultsView
    chosen_view_class = FileChosenView
    chosen_multiple_view_class = FileChosenMultipleView
    create_view_class = DocumentChooserUploadView


class VideoChooserViewSet(AudioChooserViewSet):
    """Documents that are films."""

    name = "course_video_chooser"
    url_prefix = "film/pilih"
    choose_one_text = _("Choose a film")
    choose_view_class = VideoChooseView
    choose_results_view_class = VideoChooseResultsView
