"""Long boards, boards of territories and of stretches of time, without a server."""

import pytest

from conftest import WATCH_SHIFTS, layout_shift, until

SIZES = [{"width": 390, "height": 844}, {"width": 1440, "height": 900}]


@pytest.mark.parametrize("size", SIZES)
def test_a_hundred_thousand_rows_are_there_when_one_scrolls_to_them(preview, size):
    page = preview.open("crowd", "#/board/c_1", viewport=size)
    page.locator(".board li").first.wait_for()
    scroll = page.locator(".rows-scroll")
    assert scroll.evaluate("(element) => element.scrollHeight") >= 100_000 * 44
    scroll.evaluate("(element) => { element.scrollTop = 44 * 77_700; }")
    page.get_by_text("77 7", exact=False).first.wait_for()
    until(page, "[...document.querySelectorAll('.board li')].every((row) => !row.classList.contains('unknown'))")
    ranks = page.locator(".board li .rank").all_inner_texts()
    numbers = [int("".join(c for c in rank if c.isdigit())) for rank in ranks]
    assert numbers == sorted(numbers) and 77_701 in numbers
    assert page.locator(".board li").count() < 60, "only what is near the eye is in the page"
    # One's own row is in sight all the time, and a tap leads to it.
    pinned = page.locator(".own-pinned")
    assert "54" in pinned.inner_text() and "321" in pinned.inner_text()
    pinned.click()
    page.locator(".board li.own").wait_for()
    assert not pinned.is_visible()
    around = page.locator(".board li .rank").all_inner_texts()
    assert any(rank.replace("\u2009", "").replace("\u202f", "").replace("\u00a0", "").replace(" ", "") == "54321" for rank in around)


def test_nothing_on_the_page_shifts_while_a_long_board_moves(preview):
    page = preview.open("crowd", "#/board/c_1", viewport=SIZES[0])
    page.locator(".board li").first.wait_for()
    page.evaluate(WATCH_SHIFTS)
    layout_shift(page)
    page.evaluate("layoutShift.sum = 0")
    scroll = page.locator(".rows-scroll")
    scroll.evaluate("(element) => { element.scrollTop = 44 * 40; }")
    page.wait_for_timeout(300)
    seen = page.locator(".board li .who bdi").all_inner_texts()
    for step in range(6):
        page.evaluate("([from, to]) => window.moveBoard(from, to)", [90 - step, step])
        page.wait_for_timeout(120)
    page.wait_for_timeout(600)
    shift = layout_shift(page)
    assert shift["sum"] == 0, shift
    still = page.locator(".board li .who bdi").all_inner_texts()
    assert len(set(seen) & set(still)) >= len(seen) - 8, "what one looks at stays under the eye"


@pytest.mark.parametrize("size", SIZES)
def test_a_board_is_chosen_by_what_when_and_where(preview, size):
    page = preview.open("standings", "#/boards/rating:pick:week", viewport=size)
    page.locator(".board li.own").wait_for()
    assert page.locator(".board li .from:visible").first.inner_text() == "GB"
    page.get_by_text("Europe/Berlin").wait_for()
    where = page.get_by_label("From where")
    where.focus()
    until(page, "document.querySelectorAll('.from-where option').length >= 4")
    where.select_option("DE")
    until(page, "location.hash === '#/boards/rating:pick:week@DE'")
    until(page, "document.querySelectorAll('.board li').length === 3")
    assert page.get_by_label("From where").input_value() == "DE"
    page.locator(".spans label", has_text="All time").click()
    until(page, "location.hash === '#/boards/rating:pick:all@DE'")
    # There is no such scene: an error is told as a sentence.
    page.get_by_text("There is no such thing.").wait_for()


def test_where_one_is_from_is_said_in_the_settings(preview):
    page = preview.open("settings", "#/settings", viewport=SIZES[0])
    country = page.get_by_label("Country")
    until(page, "document.querySelectorAll('#country option').length > 200")
    country.select_option("DE")
    page.get_by_text("Boards show you as from Germany.").wait_for()
    page.get_by_label("Region").select_option("BY")
    page.get_by_text("Boards show you as from Bavaria, Germany.").wait_for()
    country.select_option("FR")
    page.get_by_label("Region").fill("toolong")
    page.get_by_label("Region").blur()
    page.get_by_text("one to three letters or digits").wait_for()
    country.select_option("")
    page.get_by_text("Boards show no place beside your name.").wait_for()
    sent = page.evaluate("window.sentCommands.filter(({ type }) => type === 'territory.set').map(({ data }) => data.territory)")
    assert sent == ["DE", "DE-BY", "FR", None]
