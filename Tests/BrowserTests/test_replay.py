"""A duel is watched again on its time line, and played against as a ghost."""

import re
import time

from conftest import until
from test_duel import DUEL_SECONDS, play_on


def play_public_duel(one, other) -> str:
    """Two strangers meet in the queue and play pick to the end; returns the duel's id."""
    for each in (one, other):
        each.open("#/queue/pick")
        each.page.locator("h1").wait_for()
    for each in (one, other):
        each.page.wait_for_url(re.compile(r"#/duel/"))
    deadline = time.monotonic() + DUEL_SECONDS
    while not all([play_on(one, "a"), play_on(other, "b")]):
        assert time.monotonic() < deadline, "the duel did not end"
        one.page.wait_for_timeout(60)
    return one.page.url.rsplit("/", 1)[1]


def test_a_duel_is_replayed_by_keys_and_played_against_as_a_ghost(person):
    ada, bob = person("ada"), person("bob")
    duel = play_public_duel(ada, bob)
    page = ada.page
    page.click("text=Watch the replay")
    page.wait_for_url(re.compile(rf"#/replay/{duel}"))
    toggle, seek = page.locator("#replay-toggle"), page.locator("#replay-seek")
    toggle.wait_for()
    page.locator(".scorebar").wait_for()
    if "Pause" in toggle.inner_text():
        page.keyboard.press("k")
    until(page, "document.querySelector('#replay-toggle').textContent.includes('Play')")
    page.keyboard.press("Home")
    assert float(seek.input_value()) == 0
    page.keyboard.press("n")
    first = float(seek.input_value())
    assert first > 0
    page.keyboard.press("ArrowRight")
    assert float(seek.input_value()) > first
    page.keyboard.press("ArrowUp")
    assert page.locator("#replay-speed").inner_text() == "2\u00d7"
    for key in ("Home", "n", "n"):
        page.keyboard.press(key)
    page.locator(".round-line", has_text="ound 2").wait_for()
    page.keyboard.press("End")
    page.locator(".result").wait_for()
    assert page.locator("#rematch").count() == 0
    bob.open("#/")
    bob.page.locator(f"a[href='#/replay/{duel}']").wait_for()

    cleo = person("cleo")
    cleo.open("#/queue/pick")
    cleo.page.locator("#accept-ghost").wait_for()
    assert "really played" in cleo.page.locator(".offer").inner_text()
    cleo.page.click("#accept-ghost")
    cleo.page.wait_for_url(re.compile(r"#/duel/"))
    cleo.page.locator(".scorebar .rating", has_text="ghost").wait_for()
    deadline = time.monotonic() + DUEL_SECONDS
    over = cleo.page.locator(".result")
    while over.count() == 0:
        play_on(cleo, "a")
        assert time.monotonic() < deadline, "the duel did not end"
        cleo.page.wait_for_timeout(60)
    assert "ghost" in over.inner_text() and cleo.page.locator("#rematch").count() == 0


def test_a_recording_that_is_not_there_says_so(person):
    guest = person("guest")
    guest.open("#/replay/d_nothere")
    guest.page.locator("h1", has_text="No such recording").wait_for()


def test_a_stranger_finds_duels_to_watch_and_their_replays_in_the_lobby(person):
    ada, bob = person("ada"), person("bob")
    stranger, other = person("stranger", viewport={"width": 390, "height": 844}), person("other")
    for one in (ada, bob):
        one.open("#/queue/pick")
    for one in (ada, bob):
        one.page.wait_for_url(re.compile(r"#/duel/"))
    duel = ada.page.url.rsplit("/", 1)[1]
    other.open()
    stranger.open()
    row = stranger.page.locator(f".duels a[href='#/duel/{duel}']")
    row.wait_for()
    assert "watch" in row.inner_text()
    row.click()
    stranger.page.locator(".badge", has_text="watching").wait_for()
    other.page.locator(f".duels a[href='#/duel/{duel}']", has_text="1 watching").wait_for()
    # The players see that they are watched.
    ada.page.locator(".round-line [aria-label='1 watching']").wait_for()

    bob.page.get_by_role("button", name="Resign").click()
    bob.page.locator("dialog[open] button.main").click()
    stranger.page.locator(".result").wait_for()
    stranger.open("#/")
    stranger.page.locator(f".duels a[href='#/replay/{duel}']").click()
    stranger.page.locator("#replay-toggle").wait_for()
