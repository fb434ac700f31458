"""The plugin's settings and their defaults, in one place.

A host site overrides any of them by defining ``LMS_<NAME>`` in its own settings.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Public https address of this site; without it certificates carry a code and no QR.
    "PUBLIC_ADDRESS": "",
    # A participant who does nothing for this long is signed out (seconds).
    "IDLE_SECONDS": 600,
    # Wrong sign-ins allowed before the next try has to wait: (tries, window in seconds).
    "SIGN_IN_BUDGET_PERSON": (5, 15 * 60),
    "SIGN_IN_BUDGET_DEVICE": (20, 15 * 60),
    "SIGN_IN_BUDGET_INSTALLATION": (300, 60 * 60),
    # Files with people's names (certificates) live here, never under MEDIA_ROOT.
    "PRIVATE_ROOT": "",
}


def setting(name: str) -> Any:
    """The value of ``settings.LMS_<name>``, or our default. Raises KeyError for an unknown name."""
    default = DEFAULTS[name]
    return getattr(settings, f"LMS_{name}", default)


def private_root() -> Path:
    """Folder of files that only an authorising view may send."""
    return Path(setting("PRIVATE_ROOT") or Path(settings.BASE_DIR) / "var" / "private")
