"""Minutes of a hamlet deliberation, as an organiser sees them."""

from playwright.sync_api import Page

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in

_TYPED = {
    "held_on": "20 Juni 2018",
    "starts_at": "09.00",
    "dusun": "Piebulak",
    "place": "Kapela Piebulak",
    "chair": "Warga 7",
    "chair_title": "Pj. Kepala Dusun Piebulak",
    "note_taker": "Warga 12",
    "men": "14",
    "women": "11",
    "results": "Air bersih diusulkan ke Musdes sebagai prioritas pertama",
}
_PROPOSAL = {
    "activity": "Perpipaan air bersih ke 42 rumah",
    "dusun": "Peibulak",
    "volume": "1.200",
    "unit": "m",
    "proposer": "Kelompok perempuan",
    "cost_typed": "1,2 M",
}


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The page of a draft with something to look at."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href*="/berita-acara/"]')
        press(page, 'a[href*="/berita-acara/new/"]')
        _write(page)
        press(page, "footer button[type=submit]")
        camera.shoot(page, "berita-acara-halaman", shows=".dl-paper")


def _write(page: Page) -> None:
    page.select_option("[name=kind]", "musdus")
    for name, value in _TYPED.items():
        page.fill(f"[name={name}]", value)
    page.click("#id_proposals-ADD")
    page.select_option("[name=proposals-0-field]", "pembangunan")
    for name, value in _PROPOSAL.items():
        page.fill(f"[name=proposals-0-{name}]", value)
