"""What a browser test may ask for: a Chromium, the product, a scene, contexts, the way in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import find_chromium
from tests.browser.api import Api
from tests.browser.contexts import FLAGS, Contexts, SignIn, contexts, through_the_form
from tests.browser.demo_product import Demo, demo
from tests.browser.faulty_net import FaultyNet, faulty_net
from tests.browser.phone import CUT, at_form, kept_for_offline, knows_who, logged_in
from tests.browser.scene import PASSWORD, Scene, make_scene
from tests.servers import temporary_data_dir

MakeScene = Callable[..., Scene]
expect.set_options(timeout=20_000)  # ms; a page on a busy machine is late, not wrong


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium of this process's own; without one the test is skipped, or fails in CI."""
    path = find_chromium.found()
    if path is None:
        says = f"no Chromium. {find_chromium.HOW}."
        if find_chromium.required():
            pytest.fail(says)
        pytest.skip(says)  # told again, loudly, when all is done (tests/conftest.py)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def product() -> Iterator[Demo]:
    """The product with Norrvik in it, shared by all browser tests of this process."""
    with temporary_data_dir() as data_dir, demo(data_dir) as running:
        yield running


@pytest.fixture(scope="session")
def api(product: Demo) -> Iterator[Api]:
    """The API, with everybody in Norrvik known by login."""
    tokens = {login: user.token for login, user in product.users.items()}
    opened = Api(product.url, tokens)
    yield opened
    opened.close()


@pytest.fixture
def scene(api: Api) -> MakeScene:
    """Make a unit of the test's own: `scene()` has staff and a manager, or name the roles."""

    def make(*roles: str, name: str | None = None) -> Scene:
        return make_scene(api, *(roles or ("staff", "unit_manager")), name=name)

    return make


@pytest.fixture
def new_context(chromium: Browser, product: Demo) -> Iterator[Contexts]:
    """Make contexts at the product's address; the test fails if a page complained in them."""
    with contexts(chromium, product.url) as make:
        yield make


@pytest.fixture
def sign_in(product: Demo) -> SignIn:
    """Log in through the form: `sign_in(page, login)`, somebody in Norrvik or in a scene."""

    def come_in(page: Page, login: str, password: str | None = None) -> None:
        known = product.users.get(login)
        through_the_form(page, login, password or (known.password if known else PASSWORD))

    return come_in


@pytest.fixture
def net(product: Demo) -> Iterator[FaultyNet]:
    """A network between browser and product that fails as the test says: `net.url`."""
    with faulty_net(product.url) as between:
        yield between


@pytest.fixture
def phone(scene: MakeScene, new_context: Contexts, net: FaultyNet) -> Callable[..., Any]:
    """Make a work phone behind the bad network: `phone()` gives the scene and the open page."""

    def make(place: Scene | None = None, *, logs_in: bool = True) -> tuple[Scene, Page]:
        place = place or scene()
        context = new_context(390, base_url=net.url, expected=CUT)
        if logs_in:
            logged_in(context, place)
        page = context.new_page()
        at_form(page, place.unit)
        kept_for_offline(page)
        if logs_in:
            knows_who(page, place.people["staff"].name)
        return place, page

    return make
