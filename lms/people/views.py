"""Signing in and out on a shared computer."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lms.conf import setting
from lms.people import station
from lms.people.access import signed_in, signed_out_answer
from lms.people.domain import known_device, leave
from lms.people.domain import sign_in as check_code_and_pin
from lms.people.forms import SignInForm
from lms.people.models import Participant
from lms.people.signals import participant_arrived
from lms.ui.policy import PUBLIC, requires


@requires(PUBLIC)
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for code and PIN. 400 for wrong ones, 429 with Retry-After when too many were wrong.

    Who is signed in already goes on to the own page; a form that is sent nevertheless counts for the one
    who sent it, never for the one who happens to be signed in.
    """
    if request.method == "POST":
        response = _try_to_sign_in(request)
    elif signed_in(request) is not None:
        response = _see_other(_way_on(request))
    else:
        _forget_who_did_not_confirm(request)
        response = _sign_in_page(request, SignInForm(), farewell=station.farewell_said(request))
    station.remember_device(request, response)
    return response


@requires(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask whether the name is the person's own, before anything of it can be opened. "No" signs out."""
    if signed_in(request) is not None:
        return _see_other(_way_on(request))
    participant = request.participant_to_confirm  # type: ignore[attr-defined]
    if participant is None:
        return _see_other(reverse("people:sign_in"))
    if request.method == "POST":
        station.confirm(request)
        # Robust: whatever a receiver meets, the person is in.
        participant_arrived.send_robust(
            sender=Participant, participant=participant, device=station.device_of(request)
        )
        return _see_other(_way_on(request))
    return render(request, "people/confirm.html", {"person": participant})


@requires(PUBLIC)
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave this computer to the next person. ``reason=idle`` when the page did it for want of activity."""
    if request.session_mark:  # type: ignore[attr-defined]
        if signed_in(request) is not None:
            leave(participant=request.participant, mark=request.session_mark)  # type: ignore[attr-defined]
        idle = request.POST.get("reason") == "idle"
        station.close_session(request, station.Farewell.IDLE if idle else station.Farewell.SIGNED_OUT)
    return _see_other(reverse("people:sign_in"))


@requires(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat(request: HttpRequest) -> HttpResponse:
    """For guard.js. GET asks whether the page's owner is still signed in; POST says that somebody is there.

    204 with the mark of the sign-in, else 401. Only POST starts the idle clock anew.
    """
    mark = request.session_mark  # type: ignore[attr-defined]
    if not mark:
        return signed_out_answer()
    station.show_life(request)
    if request.method == "POST":
        station.touch(request, at_once=True)
    return HttpResponse(status=204, headers={"X-Session-Mark": mark})


heartbeat.is_glance = True  # type: ignore[attr-defined]


def _try_to_sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, status=400)
    try:
        participant = check_code_and_pin(**form.cleaned_data, device=station.device_of(request))
    except ValidationError as error:
        form.add_error(None, error)
        if error.code != "too_many":
            return _sign_in_page(request, form, status=400)
        response = _sign_in_page(request, form, status=429)
        response["Retry-After"] = str(60 * error.params["minutes"])
        return response
    keep_address = not station.was_left_by_another(request, participant)
    station.open_session(request, participant)
    return _see_other(reverse("people:confirm") + (_query_of_next(request) if keep_address else ""))


def _sign_in_page(
    request: HttpRequest,
    form: SignInForm,
    *,
    status: int = 200,
    farewell: station.Farewell | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "farewell": farewell,
        "idle_minutes": setting("IDLE_SECONDS") // 60,
        "device": known_device(station.device_of(request)),
    }
    return render(request, "people/sign_in.html", context, status=status)


def _forget_who_did_not_confirm(request: HttpRequest) -> None:
    """Whoever opens the sign-in page anew walked away from the question "is this you?"."""
    if request.participant_to_confirm is not None:  # type: ignore[attr-defined]
        station.close_session(request)


def _safe_next(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    hosts = {request.get_host()}
    is_safe = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=request.is_secure())
    return address if is_safe else ""


def _query_of_next(request: HttpRequest) -> str:
    address = _safe_next(request)
    return "?" + urlencode({"next": address}) if address else ""


def _way_on(request: HttpRequest) -> str:
    return _safe_next(request) or reverse("portal:dashboard")


def _see_other(address: str) -> HttpResponseRedirect:
    """303: the browser opens the address with GET, and going back does not send a form again."""
    return HttpResponseRedirect(address, status=303)
