"""In Wagtail's admin: accounts of staff; pictures of news, and the dialogue in which a page chooses one."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.log_actions import log
from wagtail.users.views.users import UserViewSet

from home.forms import AccountCreationForm, AccountEditForm, PictureForm
from home.models import NewsPicture
from lms.people.scoped_viewsets import ScopedIndexView, ScopedModelViewSet, in_scope

_MAY_SEE = "home.view_newspicture"


class AccountViewSet(UserViewSet):
    """Accounts of staff, for whom one name is enough."""

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return AccountEditForm if for_update else AccountCreationForm


class PictureIndexView(ScopedIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("cohort")


class PictureAddView(CreateView):
    """Opened from a training, its form knows which one."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "cohort": self.request.GET.get("cohort")}


class NewsPictureViewSet(ScopedModelViewSet):
    """The pictures of one's organisations. A picture is not deleted: unticked, nobody sees it."""

    model = NewsPicture
    name = "news_picture"
    url_prefix = "foto-berita"
    icon = "image"
    menu_label = _("News pictures")
    add_to_admin_menu = False
    index_view_class = PictureIndexView
    add_view_class = PictureAddView
    list_display = [
        "alt",
        Column("cohort.code", label=_("Training")),
        Column("credit", label=_("Credit"), classname="tc-wide"),
        BooleanColumn("everybody_agreed", label=_("All agree"), sort_key="everybody_agreed"),
    ]
    list_filter = ["everybody_agreed"]
    search_fields = ["alt", "credit", "cohort__code", "cohort__title"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("cohort", "photo", "alt", "credit", "everybody_agreed")],
        base_form_class=PictureForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label="home",
            codename__in=["add_newspicture", "change_newspicture", "view_newspicture"],
        )


class _Scoped:
    """Only pictures of one's organisations, and only for who may see pictures at all."""

    request: Any

    def get_object_list(self) -> QuerySet[Any]:
        own = in_scope(NewsPicture, self.request).select_related("cohort")
        return own if self.request.user.has_perm(_MAY_SEE) else own.none()


class ScopedChooseView(_Scoped, chooser.ChooseView):
    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}


class ScopedChooseResultsView(_Scoped, chooser.ChooseResultsView):
    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}


class ScopedChosenView(_Scoped, chooser.ChosenView):
    def get_object(self, pk: Any) -> NewsPicture:
        return get_object_or_404(self.get_object_list(), pk=pk)


class ScopedChosenMultipleView(_Scoped, chooser.ChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet[Any]:
        return self.get_object_list().filter(pk__in=pks)


class ScopedCreateView(chooser.CreateView):
    def save_form(self, form: PictureForm) -> NewsPicture:
        picture = form.save()
        log(picture, "wagtail.create", user=self.request.user, content_changed=True)
        return picture

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}


class NewsPictureChooserViewSet(ChooserViewSet):
    """The dialogue of ``blocks.PictureChooser``."""

    model = NewsPicture
    name = "news_picture_chooser"
    url_prefix = "foto-berita/pilih"
    icon = "image"
    register_widget = False
    choose_one_text = _("Choose a picture")
    choose_another_text = _("Choose another picture")
    creation_form_class = PictureForm
    create_action_label = _("Upload")
    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_view_class = ScopedChosenView
    chosen_multiple_view_class = ScopedChosenMultipleView
    create_view_class = ScopedCreateView
