"""Pictures and recordings of questions: list, upload, use. Files go out to who may see questions."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from assessments.domain import remove_media
from assessments.enums import MediaKind
from assessments.media_forms import NewMediaForm
from assessments.models import QuestionMedia
from assessments.queries import media_uses, questions_with_media
from assessments.viewsets.authoring import AuthoringViewSet
from assessments.viewsets.lists import ALL_QUESTIONS_POLICY, LOOKING
from assessments.viewsets.screens import question_url


@require_safe
def media_file(request: HttpRequest, pk: Any) -> HttpResponse:
    """The file, for staff who may see questions or pictures."""
    allowed = request.user.has_perm("assessments.view_questionmedia")
    if not allowed and not ALL_QUESTIONS_POLICY.user_has_any_permission(request.user, LOOKING):
        raise PermissionDenied
    media = get_object_or_404(QuestionMedia, pk=pk)
    try:
        stored = media.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stored, content_type=media.content_type)
    response["Cache-Control"] = "private, max-age=3600"
    return response


class PreviewColumn(Column):
    """A small picture, or the player of a recording."""

    def get_value(self, instance: QuestionMedia) -> str:
        return media_tag(instance)


def media_tag(media: QuestionMedia) -> str:
    address = reverse("question_media:file", args=[media.pk])
    if media.kind == MediaKind.IMAGE:
        return format_html('<img src="{}" alt="{}" width="96" loading="lazy">', address, media.alternative)
    return format_html('<audio controls preload="none" src="{}">{}</audio>', address, media.alternative)


class MediaIndexView(generic.IndexView):
    def get_table(self, object_list: Any) -> Any:
        rows = list(object_list)
        uses = media_uses(row.pk for row in rows)
        for row in rows:
            row.uses = len(uses.get(row.pk, ()))
        return super().get_table(rows)


class MediaDeleteView(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("question_media:inspect", args=[self.object.pk]))

    def delete_action(self) -> None:
        remove_media(media=self.object)


class MediaInspectView(generic.InspectView):
    """A picture or recording with its words, and the questions that use it."""

    template_name = "assessments/media_inspect.html"
    page_title = _("Picture or recording")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        media = self.object
        questions = questions_with_media(media)
        return super().get_context_data(
            media=media,
            shown=media_tag(media),
            questions=[(question, question_url(question, "inspect")) for question in questions],
            **kwargs,
        )

    def get_fields_context(self) -> list[Any]:
        return []


class MediaViewSet(AuthoringViewSet):
    model = QuestionMedia
    name = "question_media"
    url_prefix = "question-media"
    icon = "image"
    menu_label = _("Pictures and recordings")
    index_view_class = MediaIndexView
    delete_view_class = MediaDeleteView
    inspect_view_class = MediaInspectView
    list_display = [
        "title",
        PreviewColumn("preview", label=_("Preview")),
        "kind",
        Column("uses", label=_("Used in questions")),
        "uploaded_at",
    ]
    list_filter = ["kind"]
    search_fields = ["title", "alternative"]
    words = ["title", "alternative", "credit"]

    def get_edit_handler(self) -> ObjectList:
        return ObjectList([FieldPanel(name) for name in self.words]).bind_to_model(self.model)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # What is in use never becomes another picture: a new one is uploaded, the words can be mended.
        panel = ObjectList(
            [FieldPanel("file"), *(FieldPanel(name) for name in self.words)], base_form_class=NewMediaForm
        ).bind_to_model(self.model)
        return super().get_add_view_kwargs(panel=panel, form_class=panel.get_form_class(), **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]
        return [*kept, path("file/<uuid:pk>/", media_file, name="file")]
