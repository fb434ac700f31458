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
PAGE_SCRIPTS = ("answer", "fields")
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
        self.flags: list[str] = []
        self.left: int | None = None

    def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/flag":
            self.flags.append(parse_qs(route.request.post_data or "")["flagged"][0])
            route.fulfill(status=200, body="{}")
            return
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
        elif path == "/masuk/":  # belongs to nobody: a page that asks who is there would come here for ever
            route.fulfill(body="<title>sign in</title>", content_type="text/html")
        elif path == "/over" and self.saving is None:
            route.abort()
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
        answer = {"message": "The test is closed."} if self.left is None else {"left": self.left}
        route.fulfill(status=self.saving, body=json.dumps(answer))


def section(identity: str, question: str) -> str:
    """A question with its saved state and its flag, as the pages of a test draw it."""
    return (
        f'<section class="bb-q" id="{identity}" data-question="{identity}" data-field="response"'
        ' data-save-url="/save">'
        f"{render_to_string('lms/components/save_state.html')}{question}"
        '<button class="bb-flag" name="go" value="flag" data-flag-url="/flag" data-text-set="Mark"'
        ' data-text-clear="Unmark">Mark<span></span></button></section>'
    )


def html_with(*questions: str) -> str:
    """A participant's page around questions, drawn with the real frame and components."""
    form = (
        '<form method="post" action="/next" data-answer-form data-attempt="a1" data-sitting="2" data-seq="4">'
        '<input type="hidden" name="client_id" value="server">'
        '<input type="hidden" name="sitting" value="2"><input type="hidden" name="seq" value="5">'
        + "".join(section(f"q{number}", question) for number, question in enumerate(questions, start=1))
        + '<button name="go" value="next">Next</button></form>'
    )
    request = SimpleNamespace(participant=SimpleNamespace(full_name="Warga 7"), META={})
    html = render_to_string("lms/base.html", {"request": request, "idle_seconds": 600})
    scripts = "".join(f'<script src="/static/lms/js/{name}.js" defer></script>' for name in PAGE_SCRIPTS)
    return html.replace("</main>", form + "</main>").replace("</body>", scripts + "</body>")


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


def open_question(page: Page, server: PlayedServer, *questions: str) -> None:
    server.body = html_with(*(questions or (CHOICES,)))
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


def test_two_tabs_of_one_browser_count_together(page: Page, server: PlayedServer) -> None:
    open_question(page, server)
    other = page.context.new_page()
    other.route("**/*", server.answer)
    open_question(other, server)
    for option in ("Option a", "Option b", "Option a"):
        page.get_by_text(option).click()
        expect(page.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    other.get_by_text("Option b").click()
    expect(other.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    assert [event["seq"] for event in server.saved] == [["5"], ["6"], ["7"], ["8"]]
    other.click("button[name=go][value=next]")
    expect(other).to_have_title("next")
    assert server.submitted[0]["seq"] == ["8"]


def test_a_tab_writes_under_the_newest_sitting_that_its_browser_was_given(
    page: Page, server: PlayedServer
) -> None:
    open_question(page, server)
    other = page.context.new_page()
    other.route("**/*", server.answer)
    server.body = html_with(CHOICES).replace('data-sitting="2"', 'data-sitting="3"')
    other.goto(f"{ORIGIN}/test/")
    for window, option in ((other, "Option a"), (page, "Option b")):
        window.get_by_text(option).click()
        expect(window.locator("[data-save-state]")).to_have_class("bb-save is-saved")
    assert [(event["sitting"], event["seq"]) for event in server.saved] == [(["3"], ["5"]), (["3"], ["6"])]


def test_a_change_and_its_way_back_are_filed_although_the_page_showed_that_answer(
    page: Page, server: PlayedServer
) -> None:
    open_question(page, server, CHOICES + '<input type="hidden" name="was" value="0123abcd">')
    page.click("button[name=go][value=next]")
    expect(page).to_have_title("next")
    open_question(page, server, CHOICES + '<input type="hidden" name="was" value="0123abcd">')
    page.get_by_text("Option a").click()
    page.click("button[name=go][value=next]")
    expect(page).to_have_title("next")
    assert [form.get("was") for form in server.submitted] == [["0123abcd"], None]


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


# Several questions on a page


def tick(name: str, value: str, label: str, kind: str = "checkbox") -> str:
    row = {"type": kind, "name": name, "value": value, "id": f"{name}-{value}", "label": label}
    return render_to_string("lms/components/choice_row.html", row)


def test_each_question_is_saved_by_itself_and_says_so_itself(page: Page, server: PlayedServer) -> None:
    open_question(page, server, tick("q1", "x", "First"), tick("q2", "y", "Second"))
    page.get_by_text("Second").click()
    expect(page.locator("#q2 [data-save-state]")).to_have_class("bb-save is-saved")
    expect(page.locator("#q1 [data-save-state]")).to_have_class("bb-save is-empty")
    (event,) = server.saved
    assert event["q2"] == ["y"]
    assert "q1" not in event


def test_answers_that_wait_leave_in_the_order_in_which_they_were_given(
    page: Page, server: PlayedServer
) -> None:
    server.saving = None
    open_question(page, server, tick("q1", "x", "First"), tick("q2", "y", "Second"))
    for text in ("Second", "First", "Second"):
        page.get_by_text(text).click()
    expect(page.locator("#q1 [data-save-state]")).to_have_class("bb-save is-waiting")
    assert [event["question"] for event in outbox(page)] == ["q2", "q1", "q2"]
    server.saving = 204
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#q2 [data-save-state]")).to_have_class("bb-save is-saved")
    assert [event["seq"] for event in server.saved] == [["5"], ["6"], ["7"]]


def test_an_answer_and_i_do_not_know_take_each_other_away(page: Page, server: PlayedServer) -> None:
    open_question(page, server, tick("q1", "x", "Option") + tick("q1-dont_know", "1", "Not known"))
    page.get_by_text("Option").click()
    page.get_by_text("Not known").click()
    expect(page.locator("#q1-x")).not_to_be_checked()
    expect(page.locator("#q1 [data-save-state]")).to_have_class("bb-save is-saved")
    page.get_by_text("Option").click()
    expect(page.locator("[name='q1-dont_know']")).not_to_be_checked()
    expect(page.locator("#q1 [data-save-state]")).to_have_class("bb-save is-saved")
    assert server.saved[-1]["q1"] == ["x"]
    assert "q1-dont_know" not in server.saved[-1]


def test_too_many_choices_are_told_in_words_and_kept(page: Page, server: PlayedServer) -> None:
    rows = "".join(tick("q1", value, f"Option {value}") for value in "abc")
    line = '<p data-choose-text="{ticked} of 1"></p>'
    open_question(page, server, f'<fieldset data-choose="1"><legend>Q</legend>{line}{rows}</fieldset>')
    for value in "ab":
        page.get_by_text(f"Option {value}").click()
    expect(page.locator("[data-choose-text]")).to_have_text("2 of 1")
    page.get_by_text("Option b").click()
    expect(page.locator("[data-choose-text]")).to_have_text("")


def test_a_mark_is_set_without_leaving_the_page(page: Page, server: PlayedServer) -> None:
    open_question(page, server)
    flag = page.locator("[data-flag-url]")
    for text, sent in (("Unmark", ["1"]), ("Mark", ["1", "0"])):
        flag.click()
        expect(flag).to_have_text(text)
        assert server.flags == sent
    assert server.submitted == []


TIME = (
    '<div><p role="timer" data-time-left="{left}" data-over-url="/over"'
    ' data-text-many="{{minutes}} minutes left"'
    ' data-text-few="less than a minute" data-text-over="over"></p><p data-time-said></p></div>'
)


def test_the_time_is_told_in_words_and_said_at_five_minutes_and_at_one(
    page: Page, server: PlayedServer
) -> None:
    page.clock.install()
    open_question(page, server, CHOICES + TIME.format(left=400))
    timer, said = page.get_by_role("timer"), page.locator("[data-time-said]")
    expect(timer).to_have_text("7 minutes left")
    expect(said).to_have_text("")
    page.clock.run_for(110_000)
    expect(said).to_have_text("5 minutes left")
    page.clock.run_for(60_000)
    expect(timer).to_have_text("4 minutes left")
    expect(said).to_have_text("5 minutes left")
    page.clock.run_for(180_000)
    expect(said).to_have_text("less than a minute")


def test_what_the_server_says_about_the_time_counts(page: Page, server: PlayedServer) -> None:
    server.saving, server.left = 200, 1800
    open_question(page, server, CHOICES + TIME.format(left=90))
    page.get_by_text("Option a").click()
    expect(page.get_by_role("timer")).to_have_text("30 minutes left")


def test_when_the_time_is_over_what_is_on_the_page_goes_out_first(page: Page, server: PlayedServer) -> None:
    open_question(page, server, '<input name="q1" type="text" aria-label="Number">' + TIME.format(left=2))
    page.get_by_label("Number").type("42")
    page.wait_for_url(f"{ORIGIN}/over")
    assert server.saved[-1]["q1"] == ["42"]


@pytest.mark.parametrize("typed", ["42", ""], ids=["unsent", "nothing to send"])
def test_when_the_time_is_over_on_a_dead_line_the_page_stays_until_the_line_is_back(
    page: Page, server: PlayedServer, typed: str
) -> None:
    page.clock.install()
    open_question(page, server, '<input name="q1" type="text" aria-label="Number">' + TIME.format(left=2))
    server.saving = None
    page.get_by_label("Number").type(typed)
    with page.expect_event("requestfailed", lambda request: typed != "" or request.url.endswith("/over")):
        page.clock.run_for(3_000)
    page.clock.run_for(20_000)
    assert page.url == f"{ORIGIN}/test/"
    server.saving = 204
    page.clock.run_for(10_000)
    page.wait_for_url(f"{ORIGIN}/over")
    assert [event["q1"] for event in server.saved] == ([["42"]] if typed else [])
