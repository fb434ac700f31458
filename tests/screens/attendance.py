"""A meeting, its tick list and its code, as a trainer sees them."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The meeting of today in the training that is shown."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "Peragaan")
        press(page, 'main a[href*="/pertemuan/"]')
        meeting = page.url
        camera.shoot(page, "kehadiran-pertemuan", shows=".tc-numbers")
        press(page, 'main a[href*="/kehadiran/"]')
        camera.shoot(page, "kehadiran-daftar", shows=".tc-attend")
        camera.open(page, f"{meeting}kode/")
        press(page, "button[value=open]")
        camera.shoot(page, "kehadiran-kode", shows=".code")
        press(page, "button[value=close]")
