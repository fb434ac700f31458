"""The list of papers and a letterhead, as an organiser sees them."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in

_LINES = "PEMERINTAH KABUPATEN BELU\nKECAMATAN LAMAKNEN SELATAN\nDESA LOONUNA"


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """A letterhead as it is written, and the papers of the training in Loonuna."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, "/admin/kop-surat/new/")
        page.fill("[name=lines]", _LINES)
        page.fill("[name=contact]", "Jalan Trans Timor, Piebulak")
        camera.shoot(page, "panitia-kop-surat", shows="[name=lines]")
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/berkas/"]')
        camera.shoot(page, "panitia-berkas", shows=".tc-papers")
