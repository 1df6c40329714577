"""Photographs screens against the scripted socket: python3 photograph.py OUT [scene ...]."""

import pathlib
import subprocess
import sys

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
SCENES = {
    "lobby": "#/", "imported": "#/", "empty": "#/", "queue": "#/queue/pick", "invite": "#/invite/pick", "join": "#/join/K7Q2",
    "duel-pick-countdown": "#/duel/d_1", "duel-pick-question": "#/duel/d_1", "duel-write-question": "#/duel/d_1",
    "duel-write-scoring": "#/duel/d_1", "duel-fire-question": "#/duel/d_1", "duel-pick-reveal": "#/duel/d_1",
    "duel-write-reveal": "#/duel/d_1", "duel-fire-reveal": "#/duel/d_1", "duel-pick-finished": "#/duel/d_1",
    "duel-mixed-countdown": "#/duel/d_1", "duel-oddOneOut-question": "#/duel/d_1", "duel-oddOneOut-reveal": "#/duel/d_1",
    "duel-predict-question": "#/duel/d_1", "duel-predict-reveal": "#/duel/d_1", "watch-predict-question": "#/duel/d_1",
    "watch-pick-question": "#/duel/d_1", "away": "#/duel/d_1", "race": "#/contest/c_1", "contest": "#/contest/c_1",
    "moderate": "#/moderate", "head-pick-question": "#/duel/d_1", "feature-pick-reveal": "#/duel/d_1",
    "feature-pick-finished": "#/duel/d_1", "feature-fire-countdown": "#/duel/d_1",
}
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    chosen = sys.argv[2:] or list(SCENES)
    server = subprocess.Popen(["node", str(HERE / "serve.js")], stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    problems = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
            for size, (width, height) in SIZES.items():
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme,
                        has_touch=size == "phone", is_mobile=size == "phone")
                    context.add_init_script(path=str(HERE / "excerpts.js"))
                    context.add_init_script(path=str(HERE / "fake-socket.js"))
                    for scene in chosen:
                        page = context.new_page()
                        page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
                        page.on("pageerror", lambda e: problems.append(str(e)))
                        page.goto(f"{address}?scene={scene}{SCENES[scene]}")
                        if scene == "moderate":
                            page.fill("#token", "x")
                            page.click("button:has-text('Enter')")
                        page.wait_for_timeout(2300 if "reveal" in scene else 1300)
                        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                        if overflow > 0:
                            problems.append(f"{scene} {size}: {overflow} px too wide")
                        page.screenshot(path=str(out / f"{scene}-{size}-{scheme}.png"))
                        page.close()
                    context.close()
            browser.close()
    finally:
        server.terminate()
    for problem in dict.fromkeys(problems):
        print(problem)


main()
