"""The tabs of a player share one connection, which outlives each of them; the server's own count proves it."""

import re
import socket
import time

import pytest

from conftest import arena_of, greet_as_known
from test_duel import DUEL_SECONDS, play_on, start_private_duel, totals

HASTE = ["--set", "duel-timing-countdown=500ms", "--set", "duel-timing-pick-reveal=2s"]


class Counted:
    """An arena that tells how many WebSockets are open."""

    def __init__(self, address: str, metrics: str):
        self.address = address
        self.metrics = metrics

    def sockets(self) -> int:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(self.metrics)
            line.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            text = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        counts = re.findall(r"^neuronarena_\w*websockets(?:\{[^}]*\})? (\d+)", text, re.MULTILINE)
        assert counts, text[:2000]
        return sum(map(int, counts))

    def await_sockets(self, count: int) -> None:
        deadline = time.monotonic() + 30
        while self.sockets() != count and time.monotonic() < deadline:
            time.sleep(0.1)
        assert self.sockets() == count


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tabs")
    metrics = f"{folder}/metrics.sock"
    with arena_of(folder / "data", "--metrics", f"unix:{metrics}", *HASTE) as address:
        yield Counted(address, metrics)


@pytest.fixture
def context(browser, counted):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    greet_as_known(context)
    context.troubles = []
    yield context
    context.close()
    counted.await_sockets(0)
    assert context.troubles == []


def open_tab(context, counted, path: str = ""):
    """A tab that is online: the lobby shows what the server has told."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.own_sockets = []
    page.on("websocket", lambda line: page.own_sockets.append(line))
    page.on("pageerror", lambda error: context.troubles.append(str(error)))
    page.on("console", lambda m: context.troubles.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(counted.address + path)
    if path == "":
        page.locator(".contest-card a.button").first.wait_for()
    return page


def assert_speaks(page, counted) -> None:
    """A command goes up and its answer comes down: a link to invite somebody."""
    page.goto(counted.address + "#/invite/pick")
    page.locator("#invite-link").wait_for()
    page.goto(counted.address + "#/")
    page.locator(".contest-card a.button").first.wait_for()


def test_tabs_share_a_connection_that_outlives_the_first_of_them(context, counted):
    first, second, third = (open_tab(context, counted) for _ in range(3))
    counted.await_sockets(1)
    for page in (first, second, third):
        assert page.own_sockets == []
        assert_speaks(page, counted)

    first.close()
    for page in (second, third):
        assert_speaks(page, counted)

    lifecycle = context.new_cdp_session(second)
    lifecycle.send("Page.setWebLifecycleState", {"state": "frozen"})
    assert_speaks(third, counted)
    fourth = open_tab(context, counted)
    assert_speaks(fourth, counted)
    lifecycle.send("Page.setWebLifecycleState", {"state": "active"})
    assert_speaks(second, counted)
    assert counted.sockets() == 1

    # As when the browser discards a tab: not a word from it.
    crashed = []
    second.on("crash", lambda page: crashed.append(page))
    with pytest.raises(Exception):
        second.goto("chrome://crash")
    for page in (third, fourth):
        assert_speaks(page, counted)
    assert crashed
    assert counted.sockets() == 1
    third.close()
    assert_speaks(fourth, counted)
    fourth.reload()
    fourth.locator(".contest-card a.button").first.wait_for()
    assert counted.sockets() == 1


def players_kept(pages) -> set:
    return {page.evaluate("localStorage.getItem('neuronarena.player')") for page in pages}


def test_tabs_that_open_at_one_moment_are_one_guest(context, counted):
    pages = [context.new_page() for _ in range(3)]
    for page in pages:
        page.goto(counted.address, wait_until="commit")
    for page in pages:
        page.locator(".contest-card a.button").first.wait_for()
    counted.await_sockets(1)
    # What one tab keeps may reach the processes of the others a moment later.
    deadline = time.monotonic() + 10
    kept = players_kept(pages)
    while (len(kept) > 1 or None in kept) and time.monotonic() < deadline:
        time.sleep(0.1)
        kept = players_kept(pages)
    assert len(kept) == 1 and None not in kept


@pytest.mark.parametrize("without", [
    "delete window.SharedWorker", "trustedTypes.createPolicy = () => { throw new TypeError('not here'); }",
    "window.SharedWorker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }",
])
def test_where_tabs_cannot_share_each_has_a_connection(context, counted, without):
    context.add_init_script(without)
    pages = [open_tab(context, counted) for _ in range(2)]
    counted.await_sockets(2)
    for page in pages:
        assert_speaks(page, counted)
    pages[0].close()
    assert_speaks(pages[1], counted)


class Seated:
    """A player as the helpers of the duel test know one."""

    def __init__(self, page, arena: str):
        self.page = page
        self.arena = arena

    def open(self, path: str = "") -> None:
        self.page.goto(self.arena + path)


def test_a_duel_goes_on_in_another_tab_when_the_first_is_closed(browser, context, counted):
    ada = Seated(open_tab(context, counted), counted.address)
    others = browser.new_context()
    greet_as_known(others)
    bob = Seated(others.new_page(), counted.address)
    duel = start_private_duel(ada, bob)
    second = Seated(open_tab(context, counted, f"#{duel}"), counted.address)
    second.page.locator("button.choice").first.wait_for()
    counted.await_sockets(2)

    ada.page.locator("button.choice[data-side=a]:not([disabled])").click()
    ada.page.locator(".choice.chosen").wait_for()
    ada.page.close()
    assert counted.sockets() == 2
    deadline = time.monotonic() + DUEL_SECONDS
    while time.monotonic() < deadline:
        if all([play_on(second, "a"), play_on(bob, "b")]):
            break
        time.sleep(0.1)
    else:
        pytest.fail("The duel did not end in time.")
    assert totals(second) == list(reversed(totals(bob)))
    others.close()
