"""The frame and its components: no inline code, linked labels, nothing personal left behind."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted((TEMPLATES / "lms" / "components").glob("*.html"))
OURS = [
    *COMPONENTS,
    *sorted((TEMPLATES / "lms" / "errors").glob("*.html")),
    TEMPLATES / "lms" / "base.html",
    *sorted(TEMPLATES.glob("[45]*.html")),
]
CANARY = "Yosef Mali Kenari"

pytestmark = pytest.mark.urls("tests.lms.ui.urls")


def request_of(full_name: str | None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.participant = SimpleNamespace(full_name=full_name) if full_name else None  # type: ignore[attr-defined]
    return request


def page(full_name: str | None = None, **context: object) -> str:
    return render_to_string("lms/base.html", context, request=request_of(full_name))


class Sample(forms.Form):
    code = forms.CharField(label="Code", help_text="On your card.")
    phase = forms.ChoiceField(label="Phase", choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    note = forms.CharField(label="Note", required=False)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_template_carries_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\son[a-z]+\s*=", text) is None
    assert re.search(r"\sstyle\s*=|<style", text) is None
    assert re.search(r"<script(?![^>]*\ssrc=)", text) is None
    assert "javascript:" not in text


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_begins_by_saying_what_it_takes(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{% comment %}\n")


def test_a_guest_sees_no_name_and_no_sign_out() -> None:
    html = page()
    assert "data-sign-out" not in html
    assert "data-heartbeat" not in html
    assert "guard.js" in html
    assert "answer.js" not in html


def test_a_participant_sees_the_own_name_beside_a_sign_out_that_is_a_post() -> None:
    html = page(CANARY)
    assert html.count(CANARY) == 1
    form = re.search(r"<form[^>]*data-sign-out.*?</form>", html, flags=re.S)
    assert form is not None
    assert 'method="post"' in form.group()
    assert "csrfmiddlewaretoken" in form.group()
    assert CANARY not in (re.search(r"<title>.*?</title>", html, flags=re.S) or [""])[0]


def test_the_page_says_its_language_and_offers_the_others() -> None:
    links = [
        {"code": "id", "label": "Bahasa Indonesia", "url": "/x/", "active": False},
        {"code": "en", "label": "English", "url": "/en/x/", "active": True},
    ]
    request = request_of(None)
    request.language_links = links  # type: ignore[attr-defined]
    with translation.override("en"):
        html = render_to_string("lms/base.html", {}, request=request)
    assert '<html lang="en"' in html
    assert 'href="/x/" lang="id"' in html
    assert 'href="/en/x/"' not in html


def test_made_up_people_are_announced_on_the_page() -> None:
    assert "bb-simulated" in page(simulated=True)
    assert "bb-simulated" not in page()


@pytest.mark.parametrize("place", ["participant", "participant_to_confirm"])
@pytest.mark.parametrize("is_simulated", [True, False])
def test_every_page_with_a_made_up_persons_name_says_so(place: str, is_simulated: bool) -> None:
    request = request_of(None)
    setattr(request, place, SimpleNamespace(full_name=CANARY, is_simulated=is_simulated))
    html = render_to_string("lms/base.html", {}, request=request)
    assert ("bb-simulated" in html) is is_simulated


def test_every_input_of_a_form_has_a_label_and_its_errors_are_tied_to_it() -> None:
    html = render_to_string(
        "lms/components/form.html", {"form": Sample({}), "action_label": "Save"}, request=request_of(None)
    )
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    inputs = re.findall(r"<input(?![^>]*hidden)[^>]*>", html)
    assert len(inputs) == 5
    for tag in inputs:
        own_id = re.search(r'\sid="([^"]+)"', tag)
        assert own_id is not None
        assert f'for="{own_id.group(1)}"' in html
    described = {name for value in re.findall(r'aria-describedby="([^"]+)"', html) for name in value.split()}
    assert {"id_code_helptext", "id_code_error", "id_phase_error", "id_agreed_error"} <= described
    assert described <= ids
    assert 'href="#id_code"' in html
    assert 'href="#id_phase"' in html
    assert {"id_code", "id_phase", "id_agreed"} <= ids


def test_a_form_without_faults_shows_no_summary() -> None:
    html = render_to_string(
        "lms/components/form.html", {"form": Sample(), "action_label": "Save"}, request=request_of(None)
    )
    assert "bb-errors" not in html


@pytest.mark.parametrize(("done", "total", "woven"), [(0, 4, 0), (2, 6, 2), (4, 4, 4), (9, 4, 4), (0, 0, 0)])
def test_each_finished_lesson_weaves_one_row(done: int, total: int, woven: int) -> None:
    html = _tag("{% progress_band done total %}", done=done, total=total)
    assert html.count("bb-weave-row is-done") == woven
    assert html.count("bb-weave-row") == total


def test_the_thread_places_its_knots_in_proportion_and_says_the_same_in_words() -> None:
    html = _tag("{% score_thread 0 20 20 %}")
    assert 'x1="14" x2="306"' in html
    assert 'cx="14"' in html
    assert "M306 " in html
    with translation.override("en"):
        assert "From 8 to 15 of 20 points" in _tag("{% score_thread 8 15 20 %}")


def test_a_thread_with_one_test_has_one_knot() -> None:
    html = _tag("{% score_thread before None 20 %}", before=8)
    assert "bb-thread-before" in html
    assert "bb-thread-after" not in html
    assert "bb-thread-walked" not in html


def test_words_of_people_are_escaped() -> None:
    html = render_to_string(
        "lms/components/choice_row.html", {"name": "a", "value": "1", "id": "x", "label": "<b>&"}
    )
    assert "&lt;b&gt;&amp;" in html


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_that_django_renders_without_a_request_still_render(name: str) -> None:
    assert "bb-lead" in render_to_string(name)


def test_the_page_for_our_own_fault_speaks_both_languages_and_depends_on_nothing() -> None:
    text = (TEMPLATES / "500.html").read_text(encoding="utf-8")
    assert "{%" not in text
    assert "{{" not in text
    assert "Ini bukan kesalahan Anda" in text
    assert "This is not your fault" in text


def _tag(source: str, **context: object) -> str:
    return Template("{% load lms_ui %}" + source).render(Context(context))
