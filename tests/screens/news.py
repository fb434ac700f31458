"""The experience board and the news of a training, as an organiser and a visitor see them."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in

_NEWS = "/berita/pemerintah-desa-loonuna/penguatan-kapasitas-pengurus-balai-rakyat-lnn-2018/"


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """Loonuna's board of staff, where its news begins, and the page that everybody reads."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/pengalaman/"]')
        camera.shoot(page, "panitia-papan-pengalaman", shows=".tc-finding")
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/berita/"]')
        camera.shoot(page, "panitia-berita", shows=".tc-row")
    with camera.window(DESK) as page:
        page.goto(f"{camera.address}{_NEWS}")
        camera.shoot(page, "berita-pelatihan", shows="#came")
