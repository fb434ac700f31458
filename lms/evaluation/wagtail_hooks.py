"""Evaluation in Wagtail's admin: a report for each cohort, that of a file, and entries in the log."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from lms.evaluation.exports import EXPORT_ACTION, EXPORT_FILE_ACTION
from lms.evaluation.urls import file_urlpatterns
from lms.evaluation.views import MAY_EXPORT, MAY_READ, cohort_policy
from lms.evaluation.views.sheets import EVALUATE_ACTION


class ResultsMenuItem(MenuItem):
    """Shown to who may read results."""

    def is_shown(self, request: HttpRequest) -> bool:
        return cohort_policy.user_has_any_permission(request.user, MAY_READ)


class EvaluateFileMenuItem(MenuItem):
    """Shown to who may take results out of the house."""

    def is_shown(self, request: HttpRequest) -> bool:
        return cohort_policy.user_has_permission(request.user, MAY_EXPORT)


@hooks.register("register_admin_urls")
def register_result_urls() -> list[URLResolver]:
    return [
        path("learning-results/", include("lms.evaluation.urls")),
        path("evaluate-file/", include((file_urlpatterns, "evaluate_file"))),
    ]


@hooks.register("register_reports_menu_item")
def register_results_menu_item() -> ResultsMenuItem:
    return ResultsMenuItem(
        _("Learning results"),
        reverse_lazy("evaluation:index"),
        name="learning-results",
        icon_name="doc-full-inverse",
        order=100,
    )


@hooks.register("register_reports_menu_item")
def register_file_menu_item() -> EvaluateFileMenuItem:
    return EvaluateFileMenuItem(
        _("Evaluate a file"),
        reverse_lazy("evaluate_file:index"),
        name="evaluate-file",
        icon_name="table",
        order=101,
    )


@hooks.register("register_reports_menu_item")
def register_across_menu_item() -> ResultsMenuItem:
    return ResultsMenuItem(
        _("Across trainings"),
        reverse_lazy("evaluation:across"),
        name="across-trainings",
        icon_name="site",
        order=102,
    )


@hooks.register("register_log_actions")
def register_export_action(actions: LogActionRegistry) -> None:
    label: Any = _("Export matched scores")
    actions.register_action(EXPORT_ACTION, label, _("Matched scores taken out as CSV"))
    file: Any = _("Export an evaluation")
    actions.register_action(EXPORT_FILE_ACTION, file, _("An evaluation taken out as a file"))
    evaluated: Any = _("Evaluate a file")
    actions.register_action(EVALUATE_ACTION, evaluated, _("A file of scores was evaluated"))
