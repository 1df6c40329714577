"""Two people play a pick duel to its end, watched; others race, and a watcher sees the board move."""

import re
import time

import pytest

DUEL_SECONDS = 240


def start_private_duel(ada, bob) -> str:
    """Ada invites, Bob opens the link; returns the duel's address."""
    ada.open()
    ada.page.click("#invite")
    link = ada.page.locator("#invite-link")
    link.wait_for()
    bob.page.goto(link.input_value())
    bob.page.click("#join")
    for one in (ada, bob):
        one.page.wait_for_url(re.compile(r"#/duel/"))
    return ada.page.url.split("#")[1]


def play_on(one, side: str) -> bool:
    """Does what a player can do now; returns whether the duel is over for them."""
    page = one.page
    if page.locator("#rematch").count() > 0:
        return True
    choice = page.locator(f"button.choice[data-side={side}]:not([disabled])")
    ready = page.locator("#ready:not([disabled])")
    for button in (choice, ready):
        if button.count() > 0:
            try:
                button.first.click(timeout=1000)
            except Exception:  # The round may end between looking and clicking.
                pass
    return False


def totals(one) -> list[int]:
    return [int(text) for text in one.page.locator(".big .one, .big .two").all_inner_texts()]


def open_board(watcher) -> str:
    """Opens the board of the running contest; returns its address."""
    watcher.open()
    link = watcher.page.locator(".contest-card a.button[href*='/race-']")
    link.wait_for()
    contest = link.get_attribute("href").lstrip("#")
    watcher.open(f"#{contest}")
    watcher.page.locator(".board-card").wait_for()
    return contest


def wait_for_points(watcher, racer, points: int) -> None:
    """Waits until a watcher's board shows a racer with so many points."""
    own = racer.page.locator(".board li.own").first
    own.wait_for()
    player = own.get_attribute("data-player")
    row = watcher.page.locator(f".board li[data-player='{player}'] .points")
    row.wait_for()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and int(row.inner_text()) < points:
        time.sleep(0.1)
    assert int(row.inner_text()) >= points


def test_two_people_play_a_pick_duel_to_the_end_while_others_watch_it_and_the_board(person):
    ada, bob, watcher = person("Ada"), person("Bob"), person("watcher")
    fan, racer = person("fan of the board"), person("racer")
    contest = open_board(fan)
    duel = start_private_duel(ada, bob)
    watcher.open(f"#{duel}")
    watcher.page.locator(".badge", has_text="watching").wait_for()
    assert watcher.page.locator("button.choice").count() == 0

    deadline = time.monotonic() + DUEL_SECONDS
    has_reloaded = False
    while time.monotonic() < deadline:
        over = [play_on(ada, "a"), play_on(bob, "b")]
        if all(over):
            break
        if not has_reloaded and ada.page.locator(".choice.chosen").count() > 0:
            # What was answered must be there again after a reload.
            ada.page.reload()
            ada.page.locator(".scorebar, .result").first.wait_for()
            has_reloaded = True
            # The duel goes on while the board moves.
            wait_for_points(fan, racer, race(racer, contest))
        time.sleep(0.1)
    else:
        pytest.fail("The duel did not end in time.")

    watcher.page.locator(".result").wait_for()
    assert totals(ada) == list(reversed(totals(bob)))
    assert sorted(totals(watcher)) == sorted(totals(ada))
    assert "Why" in ada.page.locator(".card.why").inner_text() or ada.page.locator(".card.why h3").inner_text()
    assert ada.page.locator(".rounds tbody tr").count() >= 5


def race(racer, contest: str) -> int:
    """Runs a race until a point is made or the run is over; returns the points."""
    racer.open(f"#{contest}")
    racer.page.click("#start-race")
    for turn in range(12):
        choice = racer.page.locator(f"button.choice[data-side={'ab'[turn % 2]}]:not([disabled])")
        over = racer.page.locator(".big-number")
        choice.or_(over).first.wait_for()
        if over.count() > 0:
            return int(over.inner_text())
        choice.first.click()
        racer.page.locator("button.choice.right, .big-number").first.wait_for()
        points = racer.page.locator(".race-bar .points > span").first
        if points.count() > 0 and int(points.inner_text()) > 0:
            return int(points.inner_text())
        racer.page.wait_for_timeout(1300)
    return 0


def test_a_watcher_sees_the_board_of_the_race_move(person):
    watcher = person("watcher")
    contest = open_board(watcher)
    for attempt in range(6):
        racer = person(f"racer {attempt}")
        points = race(racer, contest)
        if points > 0:
            break
    else:
        pytest.fail("Six racers made no point: the race gives none.")
    wait_for_points(watcher, racer, points)


@pytest.mark.parametrize("path", ["", "#/queue/pick", "#/invite/pick", "#/moderate", "#/nowhere"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(person, path, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # The policy forbids scripts from elsewhere, the tester's too.
    visitor = person("visitor", color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    visitor.open(path)
    visitor.page.locator("main h1").first.wait_for()
    visitor.page.wait_for_timeout(800)
    found = axe.Axe().run(visitor.page).response["violations"]
    serious = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
