"""The way of participants, on a phone."""

from playwright.sync_api import Page, expect

from tests.screens.camera import PHONE, Camera, press

_NEXT = ".bb-card--next a.bb-button"
_OUT = "form[data-sign-out] button"
_ACTIVITY = {
    "title": "Mendata warga yang belum berkelompok",
    "person_in_charge": "Kepala Dusun",
    "indicator": "1 daftar untuk setiap dusun",
    "evidence_expected": "Daftar, foto pertemuan",
}


def photograph(camera: Camera, people: dict[str, dict[str, str]]) -> None:
    """All pictures of participants. ``people`` are sign-ins by state of the demonstration."""
    with camera.window(PHONE) as page:
        _front_door(camera, page, people["belum mulai"])
        _test(camera, page)
    with camera.window(PHONE) as page:
        _sign_in(camera, page, people["sedang belajar"])
        _lessons(camera, page)
    with camera.window(PHONE) as page:
        _sign_in(camera, page, people["tinggal mengumpulkan rencana"])
        _result(camera, page)
        _plan(camera, page)


def photograph_certificate(camera: Camera, person: dict[str, str]) -> None:
    """The end of the way: the certificate, its public page, and leaving the computer."""
    with camera.window(PHONE) as page:
        _sign_in(camera, page, person)
        camera.shoot(page, "peserta-halaman-selesai", shows=_NEXT)
        press(page, _NEXT)
        camera.shoot(page, "peserta-sertifikat", shows='a[href$="/sertifikat/unduh/"]')
        code = page.locator(".bb-facts dd").last.inner_text()
        press(page, _OUT)
        camera.shoot(page, "peserta-keluar", shows=".bb-message")
        camera.open(page, f"/v/{code}/")
        camera.shoot(page, "periksa-sertifikat", shows="main h1")


def _front_door(camera: Camera, page: Page, person: dict[str, str]) -> None:
    camera.open(page, "/")
    camera.shoot(page, "peserta-beranda", shows=".bb-doors")
    press(page, ".bb-doors a")
    page.fill("[name=code]", person["code"])
    camera.shoot(page, "peserta-masuk", shows="[name=pin]")
    page.fill("[name=pin]", person["pin"])
    press(page, "main form button")
    camera.shoot(page, "peserta-nama", shows="main form button")
    press(page, "main form:not([data-sign-out]) button")
    camera.shoot(page, "peserta-halaman-saya", shows=_NEXT)


def _test(camera: Camera, page: Page) -> None:
    press(page, _NEXT)
    camera.shoot(page, "peserta-tes-awal", shows="main form button")
    press(page, "main form button")
    page.locator('main label[for^="id_response-"]').nth(1).click()
    expect(page.locator("[data-save-state].is-saved")).to_be_visible()
    camera.shoot(page, "peserta-soal", shows="[data-answer-form]")
    page.locator("details summary").click()
    press(page, "details button[name=go][value=review]")
    camera.shoot(page, "peserta-periksa", shows="main h1")


def _lessons(camera: Camera, page: Page) -> None:
    camera.shoot(page, "peserta-modul", shows=".bb-modules", top="#modules")
    press(page, _NEXT)
    camera.shoot(page, "peserta-pelajaran", shows="main h1")
    camera.shoot(
        page,
        "peserta-selesai-dibaca",
        shows='form[action$="/selesai/"] button',
        top='main section:has(form[action$="/selesai/"])',
    )


def _result(camera: Camera, page: Page) -> None:
    press(page, 'main a[href$="/hasil/"] >> nth=1')
    camera.shoot(page, "peserta-hasil", shows="main svg")


def _plan(camera: Camera, page: Page) -> None:
    camera.open(page, "/beranda/")
    press(page, _NEXT)
    press(page, 'a[href$="/rencana/kegiatan/"]')
    for name, value in _ACTIVITY.items():
        page.fill(f'[name="{name}"]', value)
    page.evaluate("window.scrollTo(0, 0)")
    camera.shoot(page, "peserta-kegiatan", shows='[name="title"]')
    camera.open(page, "/rencana/")
    camera.shoot(page, "peserta-rencana", shows=".bb-plan")
    camera.shoot(
        page,
        "peserta-kumpulkan-rencana",
        shows='form[action$="/rencana/kumpulkan/"] button',
        top=".bb-card--next",
    )
    press(page, 'form[action$="/rencana/kumpulkan/"] button')


def _sign_in(camera: Camera, page: Page, person: dict[str, str]) -> None:
    camera.open(page, "/masuk/")
    page.fill("[name=code]", person["code"])
    page.fill("[name=pin]", person["pin"])
    press(page, "main form button")
    press(page, "main form:not([data-sign-out]) button")
    expect(page.locator(_NEXT)).to_be_visible()
