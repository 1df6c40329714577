"""Somebody opens the game for the first time: guided into a first round, and left alone from then on."""

import re
import time

import pytest

from conftest import WATCH_SHIFTS, layout_shift

FIRST_ROUND_SECONDS = 15
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


@pytest.mark.parametrize("size", SIZES)
def test_a_new_guest_is_in_a_first_round_within_fifteen_seconds_guided_and_nothing_jumps(person, size):
    guest = person("guest", is_new=True, viewport=SIZES[size])
    page = guest.page
    page.add_init_script(WATCH_SHIFTS)
    begin = time.monotonic()
    guest.open()
    page.locator("button.peak").click()
    page.locator("button.choice:not([disabled])").first.wait_for()
    assert time.monotonic() - begin < FIRST_ROUND_SECONDS
    guide = page.locator(".coach p")
    assert "Choose A or B" in guide.inner_text()
    assert page.locator("input, textarea").count() == 0
    shift = layout_shift(page)
    assert shift["sum"] < 0.02, shift

    # What the guide says outlives a reload.
    page.reload()
    page.locator("button.choice[data-side=a]:not([disabled])").click()
    page.locator("#coach-lobby").wait_for(timeout=45_000)
    assert page.locator(".moves").get_attribute("aria-label") == "Move 3 of 3"
    page.click("#coach-lobby")
    page.locator("#play").wait_for()
    # Nothing is left behind: the next duel can start at once, and the first minute is over for good.
    assert page.locator("text=Back to your running duel").count() == 0
    page.click("#practise")
    page.wait_for_url(re.compile("#/duel/"))
    page.locator(".scorebar").wait_for()
    assert page.locator(".coach").count() == 0
    page.goto("about:blank")
    guest.open()
    page.locator("#play").wait_for()


def test_the_first_minute_can_be_skipped_and_stays_skipped(person):
    guest = person("guest", is_new=True)
    guest.open()
    guest.page.click("#skip-first")
    guest.page.locator("#play").wait_for()
    guest.page.reload()
    guest.page.locator("#play").wait_for()
    assert guest.page.locator(".first-minute").count() == 0


def test_a_cold_word_is_not_the_one_and_the_guide_can_be_sent_away(person):
    guest = person("guest", is_new=True)
    guest.open()
    guest.page.locator(".first-line button", has_text="shelter").click()
    assert "nearly cold" in guest.page.locator(".told").inner_text()
    guest.page.locator("button.peak").click()
    guest.page.locator("#coach-skip").click()
    guest.page.locator("button.choice:not([disabled])").first.wait_for()
    assert guest.page.locator(".coach").count() == 0


def test_who_follows_a_friends_link_is_not_held_up(person):
    ada = person("Ada")
    ada.open()
    ada.page.click("#invite")
    link = ada.page.locator("#invite-link")
    link.wait_for()
    friend = person("friend", is_new=True)
    friend.page.goto(link.input_value())
    friend.page.click("#join")
    friend.page.locator("button.choice:not([disabled])").first.wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_the_lobby_does_not_jump_when_it_fills(person, size):
    guest = person("guest", viewport=SIZES[size])
    guest.page.add_init_script(WATCH_SHIFTS)
    guest.open()
    guest.page.locator(".notice", has_text="Now played").wait_for()
    guest.page.locator(".contest-card a.button").first.wait_for()
    shift = layout_shift(guest.page)
    assert shift["sum"] < 0.02, shift
