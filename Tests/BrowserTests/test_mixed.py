"""Two people play a mixed duel to its end: the odd one out and the prediction by keyboard alone."""

import time

import pytest

from test_duel import totals, start_private_duel

DUEL_SECONDS = 300
# The rounds' kinds by something that only they show.
MARKS = {
    "pick": "button.choice[data-side]", "odd": ".question.odd button.choice", "predict": ".question.predict .m",
    "write": "#explanation", "fire": "#fire-text",
}


def kind_of(page) -> str | None:
    return next((kind for kind, mark in MARKS.items() if page.locator(mark).count() > 0), None)


def answer(page, kind: str, is_first: bool) -> None:
    """Answers the open round; what was answered before stays as it was."""
    if kind == "pick":
        page.keyboard.press("a" if is_first else "b")
    elif kind == "odd":
        if is_first:
            page.keyboard.press("3")
        else:
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("Enter")
    elif kind == "predict":
        if page.locator(".m.on").count() == 0:
            page.locator(".m[tabindex='0']").focus()
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Space")
        page.keyboard.press("Enter")
    elif kind == "write":
        field = page.locator("#explanation:not([disabled])")
        if field.count() > 0 and field.input_value() == "":
            field.fill("words about water" if is_first else "names of people in history")
            page.click("#send", timeout=1000)
    elif kind == "fire":
        done = page.locator("button:has-text('I\u2019m done'):visible")
        if done.count() > 0:
            done.click(timeout=1000)
        elif page.locator("#fire-text:not([disabled])").count() > 0 and page.locator(".try-row").count() == 0:
            page.fill("#fire-text", "a quiet evening by the lake" if is_first else "the engine started at once", timeout=1000)
            page.click("#send:not([disabled])", timeout=1000)


def play_on(one, is_first: bool, seen: dict) -> bool:
    """Does what a player can do now; returns whether the duel is over for them."""
    page = one.page
    if page.locator("#rematch").count() > 0:
        return True
    try:
        if page.locator(".reveal").count() > 0:
            note_reveal(page, seen)
            page.locator("#ready:not([disabled])").click(timeout=500)
        elif kind := kind_of(page):
            seen.setdefault("kinds", set()).add(kind)
            answer(page, kind, is_first)
    except Exception as trouble:  # The round may end between looking and acting.
        seen["trouble"] = trouble
    return False


def note_reveal(page, seen: dict) -> None:
    """Notes that a reveal shows what it should."""
    if page.locator(".reveal .clues.odd-texts > li").count() == 4:
        seen["odd"] = page.locator(".reveal .clues.odd-texts .heat").count()
    if page.locator(".reveal .tally li").count() == 2:
        seen["tally"] = page.locator(".reveal .tally").inner_text()
        seen["map"] = page.locator(".reveal .versus .col").count()


def test_two_people_play_a_mixed_duel_to_the_end(person):
    ada, bob = person("Ada"), person("Bob")
    ada.open()
    ada.page.check("input[value=mixed]", force=True)
    start_private_duel(ada, bob)
    seen_by = [{}, {}]
    deadline = time.monotonic() + DUEL_SECONDS
    while time.monotonic() < deadline:
        if all([play_on(ada, True, seen_by[0]), play_on(bob, False, seen_by[1])]):
            break
        time.sleep(0.1)
    else:
        pytest.fail(f"The duel did not end in time: {seen_by}")
    for seen in seen_by:
        assert seen["kinds"] == set(MARKS)
        assert seen["odd"] == 4
        assert "firing" in seen["tally"] and seen["map"] > 10
    assert totals(ada) == list(reversed(totals(bob)))
    assert ada.page.locator(".rounds tbody tr").count() >= 5
