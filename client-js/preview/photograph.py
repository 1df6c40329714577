"""Photographs screens against the scripted socket: python3 photograph.py OUT [scene ...].

Without scenes, all of them. Each is taken at 390 x 844 and 1440 x 900, light and dark; console errors and
screens that are too wide are named, and the exit status is 1 if there are any. `--kept` as OUT takes those
that are kept in client-js/pictures, and puts them there.
"""

import base64
import pathlib
import subprocess
import sys

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
PICTURES = HERE.parent / "pictures"
DUEL = "#/duel/d_1"
UNIT = "#/unit/smollm2-135m/25/mlp/677"
OWN = "The old captain said that a storm was coming \U0001f32a, and nobody listened. Then the wind broke the mast."
HOSTILE = "<b>bold</b> \u202etxet\u202c \u0000\u200b Z" + "\u0301\u0336" * 400 + " " + "W" * 300
# Scene to address. What stands in KEPT is kept in the repository.
SCENES = {
    "first": "#/", "coach-pick-question": DUEL, "coach-pick-reveal": DUEL,
    "lobby": "#/", "practice": "#/", "practice-me": "#/me", "practice-queue": "#/queue/pick", "campaigns": "#/", "imported": "#/", "empty": "#/", "queue": "#/queue/pick", "invite": "#/invite/pick", "join": "#/join/K7Q2",
    "duel-pick-countdown": DUEL, "duel-pick-question": DUEL, "duel-write-question": DUEL,
    "duel-write-scoring": DUEL, "duel-fire-question": DUEL, "duel-pick-reveal": DUEL,
    "duel-write-reveal": DUEL, "duel-fire-reveal": DUEL, "duel-pick-finished": DUEL,
    "duel-mixed-countdown": DUEL, "duel-oddOneOut-question": DUEL, "duel-oddOneOut-reveal": DUEL,
    "duel-predict-question": DUEL, "duel-predict-reveal": DUEL, "watch-predict-question": DUEL,
    "watch-pick-question": DUEL, "replay": "#/replay/d_1", "away": DUEL, "race": "#/contest/c_1", "contest": "#/contest/c_1",
    "board": "#/board/c_1", "overlay": "#/board/c_1?overlay", "crowd": "#/board/c_1",
    "standings": "#/boards/rating:pick:week", "quest": "#/contest/c_1", "daily-pick-question": "#/contest/c_1",
    "daily-pick-reveal": "#/contest/c_1", "daily-over": "#/contest/c_1", "live-gathering": "#/contest/c_1",
    "live-pick-question": "#/contest/c_1", "live-pick-reveal": "#/contest/c_1", "live-over": "#/contest/c_1",
    "unit": UNIT, "sealed": UNIT, "own": UNIT, "own-adds": UNIT, "own-spent": UNIT, "hostile-own": UNIT,
    "search": "#/search?q=bad+weather&by=meaning", "search-none": "#/search?q=zzz&by=token", "hostile-search": "#/search?q=x",
    "settings": "#/settings", "why": "#/why", "unknown": "#/nowhere",
    "solo": "#/solo", "solo-scored": "#/solo", "solo-draft": "#/solo", "hostile-solo": "#/solo",
    "me": "#/me", "me-new": "#/me", "hostile-me": "#/me",
    "moderate": "#/moderate", "moderate-queue": "#/moderate", "moderate-look": "#/moderate", "moderate-bans": "#/moderate",
    "moderate-server": "#/moderate", "moderate-log": "#/moderate", "moderate-ask": "#/moderate", "head-pick-question": DUEL, "feature-pick-reveal": DUEL,
    "feature-pick-finished": DUEL, "feature-fire-countdown": DUEL,
    "hostile": "#/", "hostile-board": "#/board/c_1", "hostile-pick-question": DUEL, "hostile-moderate": "#/moderate", "hostile-moderate-queue": "#/moderate",
    "hostile-pick-reveal": DUEL, "hostile-write-reveal": DUEL, "hostile-pick-finished": DUEL, "hostile-unit": UNIT,
}
KEPT = ["first", "coach-pick-question", "lobby", "queue", "duel-pick-question", "duel-oddOneOut-question",
        "duel-predict-question", "duel-write-question", "duel-fire-question", "duel-pick-reveal", "duel-write-reveal",
        "duel-pick-finished", "race", "board", "standings", "overlay", "daily-over", "quest",
        "live-pick-question", "solo", "solo-scored", "me", "unit", "own-adds", "search", "settings", "why",
        "moderate", "moderate-queue", "moderate-server"]
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}


def enter_console(page, scene: str) -> None:
    """Logs a moderator in, and goes to the scene's part of the console."""
    page.fill("#token", "x")
    page.click("button:has-text('Enter')")
    page.locator(".live-table").first.wait_for()
    part = scene.removeprefix("hostile-").removeprefix("moderate").lstrip("-")
    key = {"queue": "2", "ask": "2", "bans": "3", "server": "4", "log": "5"}.get(part)
    if key:
        page.keyboard.press(key)
    if part == "server":
        for _ in range(40):
            page.evaluate("moveModeration()")
            page.wait_for_timeout(15)
    if part in ("look", "ask"):
        row = page.locator("section[aria-label=Players] .table-body .table-row, section[aria-label=Reports] .table-body .table-row").first
        row.focus()
        page.keyboard.press("l" if part == "look" else "m")
        page.locator("section[aria-label=Look]:not([hidden]), dialog[open]").first.wait_for()


def prepare(page, scene: str) -> None:
    """Does what a scene needs done by hand."""
    if SCENES[scene] == "#/moderate":
        enter_console(page, scene)
    if "own" in scene.split("-"):
        page.fill("#own-text", HOSTILE if "hostile" in scene else OWN)
        page.locator(".own-read .t").first.wait_for()
        page.wait_for_timeout(200)
        if scene == "own-adds":
            page.click(".own-read .t:has-text('storm')")
            page.locator(".adds li").first.wait_for()
        page.evaluate("document.querySelector('.own-card').scrollIntoView({ block: 'start' })")


def open_scene(page, address: str, scene: str) -> None:
    """Opens a scene, and waits until it has come to rest."""
    page.goto(f"{address}?scene={scene}{SCENES[scene]}")
    prepare(page, scene)
    page.wait_for_timeout(2300 if "reveal" in scene else 1300)


def listen(page, scene: str, problems: list) -> None:
    """Notes what goes wrong on a page."""
    page.on("console", lambda m: problems.append(f"{scene}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: problems.append(f"{scene}: {e}"))


def photograph(browser, address: str, out: pathlib.Path, scenes: list) -> list:
    """Takes the pictures; returns what was wrong."""
    problems = []
    studio = browser.new_page()
    studio.add_script_tag(path=str(HERE / "small-png.js"))
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme,
                has_touch=size == "phone", is_mobile=size == "phone")
            context.add_init_script(path=str(HERE / "excerpts.js"))
            context.add_init_script(path=str(HERE / "fake-socket.js"))
            for scene in scenes:
                page = context.new_page()
                listen(page, scene, problems)
                open_scene(page, address, scene)
                overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if overflow > 0:
                    problems.append(f"{scene} {size}: {overflow} px too wide")
                taken = base64.b64encode(page.screenshot()).decode()
                (out / f"{scene}-{size}-{scheme}.png").write_bytes(
                    base64.b64decode(studio.evaluate("(taken) => smallPNG(taken)", taken)))
                page.close()
            context.close()
    return problems


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    is_kept = sys.argv[1] == "--kept"
    out = PICTURES if is_kept else pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    scenes = sys.argv[2:] or (KEPT if is_kept else list(SCENES))
    server = subprocess.Popen(["node", str(HERE / "serve.js")], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
            problems = photograph(browser, address, out, scenes)
            browser.close()
    finally:
        server.terminate()
    for problem in dict.fromkeys(problems):
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
