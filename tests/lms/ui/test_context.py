"""The language switch leads to the same page, and the frame knows the idle limit."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from lms.ui.context import interface, language_links

pytestmark = pytest.mark.urls("tests.lms.ui.urls")


def address(path: str, code: str, *, active: str) -> str:
    with translation.override(active):
        links = language_links(RequestFactory().get(path))
    return next(link["url"] for link in links if link["code"] == code)


def test_the_switch_keeps_path_and_query() -> None:
    assert address("/modul-3/?halaman=2&cari=a%20b", "en", active="id") == "/en/modul-3/?halaman=2&cari=a%20b"
    assert address("/en/modul-3/?halaman=2", "id", active="en") == "/modul-3/?halaman=2"


def test_the_language_in_use_is_marked_and_links_to_the_page_itself() -> None:
    with translation.override("en"):
        links = language_links(RequestFactory().get("/en/modul-3/?a=1"))
    assert [(link["code"], link["active"]) for link in links] == [("id", False), ("en", True)]
    assert links[1]["url"] == "/en/modul-3/?a=1"
    assert [link["label"] for link in links] == ["Bahasa Indonesia", "English"]


def test_an_address_without_translation_leads_to_the_start_page_of_the_other_language() -> None:
    assert address("/no slash, no route", "en", active="id") == "/en/"


def test_a_page_may_bring_its_own_links() -> None:
    request = RequestFactory().get("/")
    own = [{"code": "en", "label": "English", "url": "/en/another-slug/", "active": False}]
    request.language_links = own  # type: ignore[attr-defined]
    assert interface(request)["language_links"] == own


def test_the_idle_limit_follows_the_setting(settings: Any) -> None:
    settings.LMS_IDLE_SECONDS = 300
    assert interface(RequestFactory().get("/"))["idle_seconds"] == 300
