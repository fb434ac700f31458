"""What is suggested to promise where a training suggests nothing of its own: the statements of the commitment
scale and the findings of the founding document, as promises that somebody else can check."""

# Each with the provisions of the register that it rests on.
LEGAL_BASES: dict[str, tuple[str, ...]] = {
    "Saya ikut memastikan usulan dusun saya dibawa ke Musdes.": (
        "PP 16/2026 Ps 142 ayat (5)",
        "PP 16/2026 Ps 146 ayat (4)",
    ),
    "Saya mengundang warga yang selama ini tidak ikut musyawarah.": (
        "PP 16/2026 Ps 89 ayat (3)-(4)",
        "PP 16/2026 Ps 159 ayat (2) huruf d",
    ),
    "Saya ikut memastikan musyawarah dusun punya Berita Acara.": ("PP 16/2026 Ps 142 ayat (4)",),
    "Saya membagikan pelajaran ini kepada sedikitnya lima warga.": (),
    "Saya melaporkan kemajuan RTL saya walaupun belum selesai.": (),
}
STANDARD = tuple(LEGAL_BASES)
