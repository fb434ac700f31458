"""The evaluation of a file, as an organiser sees it. Its scores are made up."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import sign_in

QUESTIONS = range(1, 7)


def scores() -> str:
    """Forty people of three hamlets before and after a training; who learned what is simulated."""
    waves = [f"{wave} soal {number}" for wave in ("awal", "akhir") for number in QUESTIONS]
    lines = [";".join(["kode", "dusun", *waves])]
    for n in range(40):
        before = [int((n * 7 + q * 3) % 10 < 2 + q) for q in QUESTIONS]
        after = [
            max(right, int((n * 3 + q * 7) % 10 < (4 if q == 2 else 7))) for q, right in enumerate(before, 1)
        ]
        dusun = ("Piebulak", "Loonuna", "Weluli")[n % 3]
        lines.append(";".join(map(str, [f"P{n:02}", dusun, *before, *after])))
    return "\n".join(lines)


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The report of a file."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, "/admin/evaluate-file/")
        upload = {"name": "nilai.csv", "mimeType": "text/csv", "buffer": scores().encode()}
        page.set_input_files("input[name=file]", files=upload)  # type: ignore[arg-type]
        page.fill("input[name=group]", "dusun")
        press(page, "#main form[enctype] button")
        camera.shoot(page, "evaluasi-berkas", shows=".ev-sentence", height=640)
