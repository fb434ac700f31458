"""The register of legal bases in Wagtail: regulations, their provisions, and who has looked at them when."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from assessments.enums import Attention, Standing
from assessments.models import LegalBasis, Regulation
from assessments.register import refuse_removal
from assessments.viewsets.columns import StandingColumn
from assessments.viewsets.law_check import CheckView
from assessments.viewsets.learners import LearnersEditView, LearnersIndexView
from assessments.widgets import LegalBasesInput


class AttentionColumn(Column):
    """Why somebody should look at it, in words."""

    def get_value(self, instance: LegalBasis) -> str:
        attention = instance.attention(timezone.localdate())
        return str(attention.label) if attention else "–"


class SummaryColumn(Column):
    def get_value(self, instance: LegalBasis) -> str:
        return Truncator(instance.text).chars(110)


def _kinds() -> list[tuple[str, str]]:
    kinds = Regulation.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind) for kind in kinds]


class LawFilterSet(WagtailFilterSet):
    """What lists of regulations and of provisions are narrowed by alike."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=_kinds, method="of_kind")
    standing = django_filters.ChoiceFilter(
        label=_("In force"),
        choices=[(each.value, each.label) for each in (Standing.IN_FORCE, Standing.REVOKED)],
        method="of_standing",
    )
    needs_check = django_filters.BooleanFilter(label=_("Must still be checked on JDIH"))

    def of_kind(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(kind=value)

    def of_standing(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        return queryset.revoked(today) if value == Standing.REVOKED else queryset.in_force(today)


class RegulationFilterSet(LawFilterSet):
    class Meta:
        model = Regulation
        fields: list[str] = []


class LegalBasisFilterSet(LawFilterSet):
    attention = django_filters.ChoiceFilter(
        label=_("To look at"), choices=Attention.choices, method="of_attention"
    )
    regulation = django_filters.ModelChoiceFilter(label=_("Regulation"), queryset=Regulation.objects.all())

    class Meta:
        model = LegalBasis
        fields: list[str] = []

    def of_kind(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(regulation__kind=value)

    def of_attention(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        return queryset.of_attention(timezone.localdate(), value)


class LawViewSet(SnippetViewSet):
    """Screens for who may change the register, and to read for who may only view it."""

    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    # The columns are searched directly. What cites a provision is known from the index of the pages; what a
    # provision names itself is seen in its editor.
    search_backend_name = None
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[Any]:
        # Wagtail's own address of comparisons is a regular expression; ours reads like the others.
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "revisions_compare"]
        pk = f"<{self.pk_path_converter}:pk>"
        place = f"history/{pk}/revisions/compare/<str:revision_id_a>...<str:revision_id_b>/"
        return [*kept, path(place, self.revisions_compare_view, name="revisions_compare")]


class RegulationChooserViewSet(SnippetChooserViewSet):
    def get_urlpatterns(self) -> list[Any]:
        """Without making records: Wagtail's view would fail for want of a form."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class RegulationIndexView(LearnersIndexView):
    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Column:
        """Wagtail would call the column by the English name of the property."""
        column = super()._get_title_column(field_name, *args, **kwargs)
        column.label = capfirst(Regulation._meta.verbose_name)
        return column


class RegulationViewSet(LawViewSet):
    model = Regulation
    chooser_viewset_class = RegulationChooserViewSet
    icon = "doc-full-inverse"
    url_prefix = "dasar-hukum/peraturan"
    url_namespace = "regulations"
    index_view_class = RegulationIndexView
    edit_view_class = LearnersEditView
    menu_label = _("Regulations")
    menu_order = 2
    list_display = [
        "name",
        Column("label", label=_("Title")),
        StandingColumn("standing", label=_("Standing")),
        Column("revoked_by.name", label=_("Revoked by")),
        "valid_from",
        "valid_to",
    ]
    search_fields = ["kind", "title", "title_en", "number", "year"]
    filterset_class = RegulationFilterSet
    ordering = ["kind", "year", "number"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("year")]),
            FieldPanel("title"),
            FieldPanel("title_en"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]), FieldPanel("revoked_by")],
                heading=_("In force"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("known"),
                    FieldPanel("needs_check"),
                    FieldPanel("source"),
                    FieldPanel("checked_on"),
                ],
                heading=_("How it is known"),
            ),
            FieldPanel("note"),
        ]
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Lessons cite provisions, never a regulation.
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regulation]:
        return Regulation.objects.select_related("revoked_by")


class BasisIndexView(LearnersIndexView):
    def get_list_more_buttons(self, instance: LegalBasis) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            buttons.append(_check_button(instance))
        return buttons


class BasisEditView(LearnersEditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, _check_button(self.object)]


def _check_button(basis: LegalBasis) -> Button:
    return Button(
        label=_("Checked today"),
        url=reverse("legal_bases:check", args=[basis.pk]),
        icon_name="check",
        priority=5,
    )


class LegalBasisViewSet(LawViewSet):
    """Blocks choose a provision in a dialogue of their own (``courses.viewsets``)."""

    model = LegalBasis
    icon = "doc-full"
    url_prefix = "dasar-hukum/ketentuan"
    url_namespace = "legal_bases"
    menu_label = _("Provisions")
    menu_order = 1
    list_display = [
        "citation",
        SummaryColumn("summary", label=_("In our own words")),
        StandingColumn("standing", label=_("Standing")),
        AttentionColumn("attention", label=_("To look at")),
        "checked_on",
        "recheck_on",
    ]
    search_fields = ["citation", "summary", "summary_en"]
    filterset_class = LegalBasisFilterSet
    ordering = "citation"
    index_view_class = BasisIndexView
    edit_view_class = BasisEditView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("regulation"),
                    FieldRowPanel([FieldPanel("article"), FieldPanel("part")]),
                    FieldPanel("amended_by"),
                    FieldPanel("explanation"),
                ],
                heading=_("Where it stands"),
            ),
            MultiFieldPanel([FieldPanel("summary"), FieldPanel("summary_en")], heading=_("In our own words")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                    FieldPanel("replaces", widget=LegalBasesInput),
                ],
                heading=_("In force"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("known"),
                    FieldPanel("needs_check"),
                    FieldPanel("source"),
                    FieldPanel("checked_on", read_only=True),
                    FieldPanel("checked_by", read_only=True),
                    FieldPanel("recheck_on"),
                ],
                heading=_("How it is known"),
            ),
            MultiFieldPanel([FieldPanel("note"), FieldPanel("local_note")], heading=_("Notes")),
        ]
    )

    def register_chooser_viewset(self) -> None:
        """None: what blocks store is the citation, not a key."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[LegalBasis]:
        return LegalBasis.objects.with_rules()

    def get_urlpatterns(self) -> list[Any]:
        check = self.construct_view(CheckView)
        return [
            *super().get_urlpatterns(),
            path(f"check/<{self.pk_path_converter}:pk>/", check, name="check"),
        ]


class LawGroup(SnippetViewSetGroup):
    menu_label = _("Legal bases")
    menu_icon = "doc-full-inverse"
    menu_order = 260
    items = (LegalBasisViewSet, RegulationViewSet)


def keep_what_is_cited(request: HttpRequest, records: list[Any]) -> HttpResponse | None:
    """In place of deleting a record that something cites: say who, and go to its editor."""
    for record in records:
        space = {LegalBasis: "legal_bases", Regulation: "regulations"}.get(type(record))
        if space is None or request.method != "POST":
            continue
        if not ModelPermissionPolicy(type(record)).user_has_permission(request.user, "delete"):
            raise PermissionDenied
        try:
            refuse_removal(record)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse(f"{space}:edit", args=[record.pk]))
    return None
