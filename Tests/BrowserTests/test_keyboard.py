"""The whole game by keyboard alone: from the lobby through a duel against a bot to its result."""

import re
import time

import pytest

DUEL_SECONDS = 240


def tab_to(page, wanted: str, steps: int = 40) -> None:
    """Presses Tab until something is focused, which must be seen to be."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", f"the focus on {wanted} can't be seen"
            return
    pytest.fail(f"Tab does not lead to {wanted}.")


def test_a_duel_against_a_bot_by_keyboard_alone(person):
    guest = person("guest")
    page = guest.page
    guest.open()
    page.locator(".notice", has_text="Now played").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    tab_to(page, "#practise")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#/duel/"))
    turn = 0
    deadline = time.monotonic() + DUEL_SECONDS
    while time.monotonic() < deadline and page.locator("#rematch").count() == 0:
        if page.locator("#ready:not([disabled])").count() > 0:
            page.keyboard.press("r")
        elif page.locator("button.choice:not([disabled])").count() > 0:
            turn += 1
            if turn % 2 == 1:
                page.keyboard.press("a")
            else:
                page.keyboard.press("ArrowRight")
                page.keyboard.press("Enter")
        page.wait_for_timeout(150)
    page.locator("#rematch").wait_for()
    assert turn >= 5
    tab_to(page, ".rounds a.unit-link", steps=60)
    page.keyboard.press("Enter")
    page.locator(".explanations li").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_first_minute_by_keyboard_alone(person):
    guest = person("guest", is_new=True)
    page = guest.page
    guest.open()
    page.locator("button.peak").wait_for()
    tab_to(page, "button.peak")
    page.keyboard.press("Enter")
    page.locator("button.choice:not([disabled])").first.wait_for()
    tab_to(page, "#coach-skip", steps=20)
    page.keyboard.press("Enter")
    page.keyboard.press("b")
    page.locator(".choice.chosen").wait_for()
