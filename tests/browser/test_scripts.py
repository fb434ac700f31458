"""answer.js and guard.js in a real browser, against a server that the test plays itself."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.conftest import OpenWindow
from tests.lms.ui.stylesheet import STATIC

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.lms.ui.urls")]

ORIGIN = "http://balai.test"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "ico": "image/x-icon"}


class PlayedServer:
    """Answers the browser's requests; ``saving`` is the status of the next saves, None cuts the line."""

    def __init__(self) -> None:
        self.saving: int | None = 204
        self.heartbeat = 204
        self.saved: list[dict[str, list[str]]] = []
        self.submitted: list[dict[str, list[str]]] = []
        self.signed_out = 0
        self.body = ""

    def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = STATIC.parent / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix[1:]])
        elif path == "/save":
            self._save(route)
        elif path == "/denyut/":
            route.fulfill(status=self.heartbeat, headers={"Cache-Control": "no-store"})
        elif path == "/keluar/":
            self.signed_out += 1
            route.fulfill(status=204)
        elif route.request.method == "POST":
            self.submitted.append(parse_qs(route.request.post_data or ""))
            route.fulfill(body="<title>next</title>", content_type="text/html")
        else:
            route.fulfill(body=self.body, content_type="text/html")

    def _save(self, route: Route) -> None:
        if self.saving is None:
            route.abort()
            return
        if self.saving < 300:
            self.saved.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=self.saving, body=json.dumps({"message": "The test is closed."}))


def html_with(question: str) -> str:
    """A participant's page around one question, drawn with the real frame and components."""
    form = (
        '<form method="post" action="/next" data-answer-form data-attempt="a1" data-save-url="/save"'
        ' data-sitting="2" data-seq="4" data-question="q1">'
        '<input type="hidden" name="client_id" value="server">'
        '<input type="hidden" name="sitting" value="2"><input type="hidden" name="seq" value="5">'
        f"{render_to_string('lms/components/save_state.html')}{question}"
        '<button name="go" value="next">Next</button></form>'
    )
    request = SimpleNamespace(participant=SimpleNamespace(full_name="Warga 7"), META={})
    html = render_to_string("lms/base.html", {"request": request, "idle_seconds": 600})
    return html.replace("</main>", form + "</main>")


CHOICES = "".join(
    render_to_string(
        "lms/components/choice_row.html", {"name": "answer", "value": v, "id": v, "label": f"Option {v}"}
    )
    for v in ("a", "b")
)
ORDER = render_to_string(
    "lms/components/ordering.html",
    {"rows": [{"text": f"Step {v}", "name": f"place_{v}"} for v in ("x", "y", "z")]},
)


@pytest.fixture
def page(open_window: OpenWindow) -> Page:
    """A window whose every request the played server answers."""
    return open_window(ORIGIN)


@pytest.fixture
def server(page: Page) -> PlayedServer:
    played = PlayedServer()
    page.route("**/*", played.answer)
    return played


def open_question(page: Page, server: PlayedServer, question: str = CHOICES) -> None:
    server.body = html_with(question)
    page.goto(f"{ORIGIN}/test/")


def outbox(page: Page) -> list[dict[str, object]]:
    return json.loads(page.evaluate("localStorage.getItem('bb.outbox.a1') || '[]'"))


def test_a_choice_is_sent_when_made_and_called_saved_only_after_the_server_said_so(
    page: Page, server: PlayedServer
) -> None:
    open_question(page, server)
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-empty")
    page.get_by_text("Option b").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    (event,) = server.saved
    assert event["answer"] == ["b"]
    assert event["sitting"] == ["2"]
    assert event["seq"] == ["5"]
    assert "csrfmiddlewaretoken" not in event
    assert outbox(page) == []


def test_the_form_that_follows_carries_the_id_of_the_event_already_saved(
    page: Page, server: PlayedServer
) -> None:
    open_question(page, server)
    page.get_by_text("Option b").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_title("next")
    (form,) = server.submitted
    assert form["client_id"] == server.saved[0]["client_id"]
    assert form["seq"] == ["5"]
    assert form["go"] == ["next"]


def test_an_answer_that_met_no_line_waits_and_goes_out_under_the_same_id(
    page: Page, server: PlayedServer
) -> None:
    server.saving = None
    open_question(page, server)
    page.get_by_text("Option a").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-waiting")
    (waiting,) = outbox(page)
    server.saving = 204
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    assert server.saved[0]["client_id"] == [waiting["client_id"]]
    assert outbox(page) == []


def test_next_without_a_line_stays_on_the_page(page: Page, server: PlayedServer) -> None:
    server.saving = None
    open_question(page, server)
    page.get_by_text("Option a").click()
    page.get_by_role("button", name="Next").click()
    offline = page.locator("[data-save-state]").get_attribute("data-text-offline") or "?"
    expect(page.locator("[data-save-state]")).to_contain_text(offline)
    assert server.submitted == []
    assert len(outbox(page)) == 1


def test_a_reload_shows_the_answer_that_is_still_waiting(page: Page, server: PlayedServer) -> None:
    server.saving = 503
    open_question(page, server)
    page.get_by_text("Option a").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-waiting")
    page.reload()
    expect(page.locator("#a")).to_be_checked()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-waiting")


@pytest.mark.parametrize(("status", "left"), [(409, 0), (400, 0), (403, 1), (404, 1)])
def test_a_refusal_is_told_in_the_server_s_words_and_only_a_hopeless_event_is_dropped(
    page: Page, server: PlayedServer, status: int, left: int
) -> None:
    server.saving = status
    open_question(page, server)
    page.get_by_text("Option a").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-failed")
    expect(page.locator("[data-save-state]")).to_contain_text("The test is closed.")
    assert len(outbox(page)) == left


def test_the_outbox_holds_no_name_and_no_question_text(page: Page, server: PlayedServer) -> None:
    server.saving = None
    open_question(page, server)
    page.get_by_text("Option a").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-waiting")
    (event,) = outbox(page)
    assert set(event) == {"client_id", "sitting", "seq", "question", "url", "body"}
    assert event["body"] == "answer=a"


def test_signing_out_with_something_unsent_asks_first(page: Page, server: PlayedServer) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    server.saving = None
    open_question(page, server)
    page.get_by_text("Option a").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-waiting")
    page.locator(".bb-person-out").click()
    assert asked == ["confirm"]
    assert server.signed_out == 0


def test_rows_are_ordered_with_the_keyboard_and_the_focus_stays_on_the_button(
    page: Page, server: PlayedServer
) -> None:
    open_question(page, server, ORDER)
    down = page.locator("[data-order-row]", has_text="Step x").locator('[data-move="down"]')
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    expect(down).to_be_focused()
    places = {name: server.saved[-1][f"place_{name}"] for name in ("x", "y", "z")}
    assert places == {"y": ["1"], "x": ["2"], "z": ["3"]}
    assert page.locator("[data-order-text]").all_inner_texts() == ["Step y", "Step x", "Step z"]


def test_the_order_as_shown_can_be_given_as_the_answer(page: Page, server: PlayedServer) -> None:
    open_question(page, server, ORDER)
    page.locator("main .bb-button--quiet").click()
    expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    assert server.saved[-1]["place_z"] == ["3"]


def test_idle_time_warns_then_can_be_extended_with_one_key(page: Page, server: PlayedServer) -> None:
    page.clock.install()
    open_question(page, server)
    warning = page.locator("[data-idle-warning]")
    expect(warning).to_be_hidden()
    page.clock.fast_forward(485_000)
    expect(warning).to_be_visible()
    expect(page.locator("[data-idle-stay]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    assert server.signed_out == 0


def test_idle_time_ends_with_a_sign_out_on_the_server_and_the_sign_in_page(
    page: Page, server: PlayedServer
) -> None:
    page.clock.install()
    open_question(page, server)
    page.clock.fast_forward(606_000)
    page.wait_for_url(f"{ORIGIN}/masuk/")
    assert server.signed_out == 1


def test_a_session_that_ended_elsewhere_leaves_the_page(page: Page, server: PlayedServer) -> None:
    server.heartbeat = 401
    open_question(page, server)
    page.wait_for_url(f"{ORIGIN}/masuk/")
