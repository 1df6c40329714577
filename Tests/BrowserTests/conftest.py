"""A running arena and a real browser for the tests of the web app.

NEURONARENA_URL names an arena that runs already; otherwise `$NEURONARENA_BIN serve` (by default the
debug build) is started on a free port with a data folder of its own; NEURONARENA_SERVE_ARGS adds
flags, such as `--campaign FILE`.
"""

import contextlib
import datetime
import json
import os
import pathlib
import queue
import re
import shlex
import shutil
import subprocess
import threading
import time

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 120
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def wait_for_address(process: subprocess.Popen) -> str:
    """The address that the server prints once it is ready."""
    lines: queue.Queue = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    seen = []
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            line = lines.get(timeout=0.5)
        except queue.Empty:
            continue
        if line is None:
            break
        seen.append(line)
        match = re.search(r"Open (http://\S+)", line)
        if match:
            return match.group(1).rstrip("/") + "/"
    process.terminate()
    pytest.fail("The server did not say where it is open:\n" + "".join(seen[-40:]))


def binary() -> str:
    """The program."""
    return os.environ.get("NEURONARENA_BIN", str(ROOT / ".build/debug/neuronarena"))


def contests_from_now(data) -> pathlib.Path:
    """The contests that servers hold, with a race that has just opened.

    By the full hour, a test that runs while the race closes would find that no run can begin.
    """
    minute = datetime.datetime.now(datetime.timezone.utc).minute
    file = pathlib.Path(f"{data}-contests.json")
    file.write_text(json.dumps({"contests": [
        {"id": "race", "kind": "race", "title": "The hourly race", "repeats": "hourly", "at": f"00:{minute:02}"},
        {"id": "daily", "kind": "daily", "title": "The daily five", "repeats": "daily", "at": "00:00"},
        {"id": "quest", "kind": "quest", "title": "The weekly quest", "repeats": "weekly", "weekday": "monday", "at": "00:00"},
    ]}))
    return file


@contextlib.contextmanager
def arena_of(data, *arguments):
    """The address of an arena that runs for a while."""
    if "--contests" not in arguments:
        arguments = ("--contests", contests_from_now(data), *arguments)
    process = subprocess.Popen(
        [binary(), "serve", "--port", "0", "--data", str(data), *map(str, arguments)], cwd=ROOT,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield wait_for_address(process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def arena(tmp_path_factory):
    """The address of a running arena."""
    running = os.environ.get("NEURONARENA_URL")
    if running:
        yield running.rstrip("/") + "/"
        return
    arguments = shlex.split(os.environ.get("NEURONARENA_SERVE_ARGS", ""))
    with arena_of(tmp_path_factory.mktemp("arena"), *arguments) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    if not pathlib.Path(CHROMIUM).exists():
        pytest.fail(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM")
    with playwright_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


def greet_as_known(context) -> None:
    """Pages of the context open the lobby, as for somebody who has had the first minute."""
    context.add_init_script("try { localStorage.setItem('neuronarena.welcome', 'done') } catch {}")


class Person:
    """Somebody with a browser profile of their own, whose troubles are written down.

    Only who `is_new` is shown the first minute.
    """

    def __init__(self, browser, arena: str, name: str, is_new: bool = False, **options):
        self.name = name
        self.arena = arena
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        if not is_new:
            greet_as_known(self.context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.troubles: list[str] = []
        everybody.append(self)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _failed(self, request) -> None:
        # A reload cuts what was on its way; that is no fault of the page.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.troubles.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")

    def open(self, path: str = "") -> None:
        self.page.goto(self.arena + path)

    def close(self) -> None:
        everybody.remove(self)
        self.context.close()

    def seen(self) -> str:
        """What is on the screen, in words."""
        try:
            return f"{self.name} at {self.page.url}\n{self.page.locator('body').inner_text(timeout=2_000)}"
        except playwright_api.Error as error:
            return f"{self.name}: {error}"


# Whoever has a page open now.
everybody: list[Person] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Of a test that fails, also tells what everybody saw."""
    report = yield
    if report.when == "call" and report.failed:
        for one in everybody:
            report.sections.append(("on the screen", one.seen()))
    return report


class Preview:
    """The app without a server: pages talk to a scripted socket, and are in whatever scene is wished for."""

    folder = ROOT / "client-js/preview"

    def __init__(self, browser, address: str):
        self.browser = browser
        self.address = address
        self.people: list[Person] = []

    def open(self, scene: str, path: str, **options):
        """A page that shows a scene."""
        one = Person(self.browser, self.address, scene, is_new=True, **options)
        self.people.append(one)
        for script in ("excerpts.js", "fake-socket.js"):
            one.context.add_init_script(path=str(self.folder / script))
        one.open(f"?scene={scene}{path}")
        one.page.locator("main h1").first.wait_for(state="attached")
        return one.page


@pytest.fixture(scope="session")
def preview_address():
    """Where the app's files are served with the server's own policy."""
    if not shutil.which("node"):
        pytest.fail("node, which serves the screens, is not on the PATH: apt-get install nodejs")
    process = subprocess.Popen(
        ["node", str(Preview.folder / "serve.js")], text=True, stdout=subprocess.PIPE)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def preview(browser, preview_address):
    """Opens scenes; at the end none of them may have met an error."""
    scenes = Preview(browser, preview_address)
    yield scenes
    troubles = [f"{one.name}: {trouble}" for one in scenes.people for trouble in one.troubles]
    for one in scenes.people:
        one.close()
    assert troubles == []


# Sums up by how much things on the page moved without the reader's doing, from its first moment on.
WATCH_SHIFTS = """
window.layoutShift = { sum: 0, what: [] };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
  if (entry.hadRecentInput) continue;
  window.layoutShift.sum += entry.value;
  window.layoutShift.what.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node)));
} }).observe({ type: 'layout-shift', buffered: true });
"""


def until(page, expression: str, seconds: float = 15) -> None:
    """Waits until an expression holds; Playwright's own way needs an `eval`, which the page's policy forbids."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"never came true: {expression}"
        page.wait_for_timeout(40)


def layout_shift(page) -> dict:
    """What has moved since the page was opened, once all is drawn."""
    return page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.layoutShift), 100)))")


@contextlib.contextmanager
def people_at(browser, address: str):
    """Makes people of an arena; at the end none of them may have met an error."""
    people: list[Person] = []

    def make(name: str, **options) -> Person:
        people.append(Person(browser, address, name, **options))
        return people[-1]

    yield make
    troubles = [f"{one.name}: {trouble}" for one in people for trouble in one.troubles]
    for one in people:
        one.close()
    assert troubles == []


@pytest.fixture
def person(browser, arena):
    """Makes people of the arena that all tests share."""
    with people_at(browser, arena) as make:
        yield make
