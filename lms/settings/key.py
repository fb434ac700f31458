"""The secret key of the embedded default, made once and kept in ``var/``."""

import secrets
from pathlib import Path


def local_secret_key(folder: Path) -> str:
    """Read the key in ``folder``, making it on the first start. The file is readable by its owner only."""
    path = folder / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"secret_key.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        # A hard link fails if a second process made the key first: both then read the same one.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
