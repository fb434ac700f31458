"""Forms of course pages in the editor. Beside the models, because Wagtail asks a page class for its form."""

from typing import Any

from django.apps import apps
from wagtail.admin.forms import WagtailAdminPageForm


class YearlyPageForm(WagtailAdminPageForm):
    """Edits what was written, not what was published with the years in (``courses.models.yearly``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("instance") is not None:
            kwargs["instance"].put_places_back()
        super().__init__(*args, **kwargs)


class ModulePageForm(YearlyPageForm):
    """Offers as prerequisites only modules that stand earlier in the same course: never a circle."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("prerequisites")
        if field is None:
            return
        modules = apps.get_model("courses", "ModulePage").objects
        earlier = modules.child_of(self.parent_page) if self.parent_page else modules.none()
        if self.instance.path:
            earlier = earlier.filter(path__lt=self.instance.path)
        field.queryset = earlier.order_by("path")
