"""The way from a rule to the people who learned it, which an app above knows."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView

from assessments.registry import learners_url


def learners_buttons(record: Any, user: Any) -> list[Button]:
    """The button of a provision or regulation, for who may follow it."""
    url = learners_url(record, user)
    if url is None:
        return []
    return [Button(label=_("Who learned this rule"), url=url, icon_name="group", priority=6)]


class LearnersIndexView(IndexView):
    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *learners_buttons(instance, self.request.user)]


class LearnersEditView(EditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *learners_buttons(self.object, self.request.user)]
