"""Scripts that go together are one request where files are served as collected, and themselves elsewhere."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template

from lms.ui.storage import BUNDLES

SCRIPTS = Path(__file__).parents[3] / "lms" / "ui" / "static"


def drawn(bundle: str) -> str:
    return Template(f'{{% load lms_ui %}}{{% scripts "{bundle}" %}}').render(Context())


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    """The participants' static files as an installation has them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "lms.ui.storage.BundlingStorage"},
    }
    call_command("collectstatic", "--no-input", "--verbosity=0", "--ignore=wagtail*")
    return tmp_path


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_holds_its_parts_in_order_and_is_one_request(collected: Path, bundle: str) -> None:
    html = drawn(bundle)
    assert html.count("<script") == 1
    (source,) = [part for part in html.split('"') if part.endswith(".js")]
    text = (collected / source.removeprefix("/static/")).read_text()
    places = [text.index((SCRIPTS / part).read_text()) for part in BUNDLES[bundle]]
    assert places == sorted(places)
    assert staticfiles_storage.stored_name(bundle) == source.removeprefix("/static/")
    assert (collected / f"{source.removeprefix('/static/')}.gz").exists()


@pytest.mark.parametrize("bundle", BUNDLES)
def test_from_the_source_tree_each_script_is_itself(bundle: str) -> None:
    html = drawn(bundle)
    assert [part in html for part in BUNDLES[bundle]] == [True, True]
    assert bundle not in html
