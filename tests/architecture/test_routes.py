"""Deny by default: every route of the site says who may open it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path, resolve

from lms.ui.checks import every_route_has_a_policy
from lms.ui.middleware import RoutePolicyMiddleware
from lms.ui.policy import PUBLIC, all_routes, requires


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@requires(PUBLIC)
def declared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [path("undeclared", undeclared), path("declared", declared)]


def test_every_route_declares_a_policy() -> None:
    assert [route.route for route in all_routes() if route.policy is None] == []


def test_a_view_without_a_policy_is_refused(rf: RequestFactory) -> None:
    request = rf.get("/undeclared")
    request.resolver_match = resolve("/undeclared", urlconf=__name__)
    middleware = RoutePolicyMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        middleware.process_view(request, undeclared, (), {})


def test_a_declared_view_is_let_in(rf: RequestFactory) -> None:
    request = rf.get("/declared")
    request.resolver_match = resolve("/declared", urlconf=__name__)
    assert (
        RoutePolicyMiddleware(lambda request: HttpResponse()).process_view(request, declared, (), {}) is None
    )


def test_the_system_check_names_a_route_without_a_policy(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = __name__
    assert ["undeclared" in error.msg for error in every_route_has_a_policy()] == [True]
