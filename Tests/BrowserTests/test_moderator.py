"""A moderator at work on a real server: by keys, with a reason that everyone sees as it was typed."""

import subprocess

import pytest

from conftest import ROOT, Person, arena_of, binary

# Mark-up and a turned direction harm nobody, whoever writes them.
REASON = "a pair with a typo \u202e<b>txet</b>"
SHOWN = "a pair with a typo \u21c4<b>txet</b>"


@pytest.fixture
def moderated(browser, tmp_path):
    """Makes people of an arena of their own, and a moderator's token for it."""
    made = subprocess.run(
        [binary(), "admin", "token", "--label", "night shift", "--data", tmp_path], cwd=ROOT, check=True,
        capture_output=True, text=True)
    token = next(word for word in made.stdout.split() if word.startswith("nam_"))
    people: list[Person] = []
    with arena_of(tmp_path, "--client", ROOT / "client-js") as address:
        def make(name: str, **options) -> Person:
            people.append(Person(browser, address, name, **options))
            return people[-1]

        yield make, token
        troubles = [f"{one.name}: {trouble}" for one in people for trouble in one.troubles]
        for one in people:
            one.close()
    assert troubles == []


def test_a_moderator_ends_a_contest_and_kicks_a_player_and_everyone_sees_why(moderated):
    make, token = moderated
    racer, fan, moderator = make("racer"), make("fan"), make("moderator")
    racer.open()
    link = racer.page.locator(".contest-card a.button[href*=race-]")
    link.wait_for()
    contest = link.get_attribute("href").split("/")[-1]
    racer.open(f"#/contest/{contest}")
    racer.page.click("#start-race")
    fan.open(f"#/board/{contest}")
    fan.page.locator(".board-card .badge", has_text="player").wait_for()

    page = moderator.page
    moderator.open("#/moderate")
    page.fill("#token", token)
    page.keyboard.press("Enter")
    row = page.locator(f"section[aria-label=Contests] .table-row[data-key='{contest}']")
    row.focus()
    page.keyboard.press("e")
    confirm(page, REASON)
    page.locator(".undo-bar", has_text="closes now").wait_for()

    fan.page.locator(".board-page [role=status]", has_text=SHOWN).wait_for()
    racer.page.locator("main", has_text="closed").wait_for()
    page.keyboard.press("5")
    page.locator("section[aria-label='Audit log'] tbody tr", has_text=SHOWN).wait_for()

    # The one who is kicked is told why, and may come back later.
    page.keyboard.press("1")
    find_player(page, own_name(fan)).focus()
    page.keyboard.press("k")
    confirm(page, REASON)
    fan.page.locator(".banner", has_text="You may not play here for now").wait_for()
    assert SHOWN in fan.page.locator(".banner").inner_text()
    assert page.locator("main b:text-is('txet')").count() == 0


def test_a_report_is_answered_with_a_mute_and_the_mute_is_undone_by_keys(moderated):
    make, token = moderated
    loud, moderator = make("loud"), make("moderator")
    loud.open()
    loud.page.locator(".profile-link .name:not(:empty)").wait_for()
    page = moderator.page
    moderator.open()
    page.locator(".profile-link .name:not(:empty)").wait_for()
    # As a player the moderator reports; the same connection then works through the queue.
    moderator.open("#/moderate")
    page.fill("#token", token)
    page.keyboard.press("Enter")
    row = find_player(page, own_name(loud))
    row.focus()
    page.keyboard.press("l")
    look = page.locator("section[aria-label=Look]")
    look.locator("code", has_text="127.0.0.1").wait_for()
    look.locator("button", has_text="Mute").click()
    # What will happen is said before it does.
    page.locator("dialog[open] .ahead li", has_text="is refused until").wait_for()
    confirm(page, "shouting")
    page.locator(".undo-bar", has_text="is refused until").wait_for()
    look.locator("li", has_text="shouting").wait_for()
    loud.page.locator(".toast", has_text="shouting").wait_for()

    loud.page.click(".profile-link")
    loud.page.fill("#name", "Louder")
    loud.page.keyboard.press("Enter")
    loud.page.locator(".toast", has_text="muted you until").last.wait_for()

    page.locator("#tab-Live").focus()
    page.keyboard.press("u")
    confirm(page, "enough")
    page.locator(".undo-bar", has_text="may write again").wait_for()
    loud.page.locator(".toast", has_text="You may write again").wait_for()
    loud.page.fill("#name", "Quieter")
    loud.page.keyboard.press("Enter")
    loud.page.locator(".profile-link .name", has_text="Quieter").wait_for()


def test_a_notice_stands_for_all_and_for_who_comes_later_and_a_report_reaches_the_queue(moderated):
    make, token = moderated
    early, moderator = make("early"), make("moderator")
    early.open()
    page = moderator.page
    moderator.open("#/moderate")
    page.fill("#token", token)
    page.keyboard.press("Enter")
    page.locator("#tab-Live").wait_for()
    page.keyboard.press("4")
    page.click("#announce")
    page.locator("dialog[open] input").first.fill("We restart at <b>noon</b>.")
    confirm(page, "planned")
    early.page.locator(".notices .banner", has_text="We restart at <b>noon</b>.").wait_for()
    late = make("late")
    late.open()
    late.page.locator(".notices .banner", has_text="noon").wait_for()
    late.page.click(".notices button:has-text('Got it')")
    late.page.locator(".notices").wait_for(state="hidden")
    # A duel against the bot is given up, and reported.
    late.page.click("#practise")
    late.page.locator("main", has_text="Round").first.wait_for()
    duel = late.page.evaluate("location.hash").split("/")[-1]
    late.page.locator("button:has-text('Resign')").first.wait_for()
    late.page.locator("button:has-text('Resign')").first.click()
    late.page.locator("dialog[open] button.main").click()
    late.page.click("#report")
    late.page.locator("dialog[open] select").nth(1).select_option("cheating")
    late.page.locator("dialog[open] button.main").click()
    late.page.locator(".toast", has_text="Thank you").wait_for()
    page.locator("#tab-Queue .badge", has_text="1").wait_for()
    page.locator("#tab-Server").focus()
    page.keyboard.press("2")
    report = page.locator("section[aria-label=Reports] .table-body .table-row", has_text=f"cheating: duel/{duel}")
    report.focus()
    page.keyboard.press("d")
    confirm(page, "a bot is a bot")
    report.wait_for(state="detached")
    page.locator("#tab-Queue .badge").wait_for(state="hidden")


def test_an_operator_moderates_from_the_shell_and_drains_the_server(browser, tmp_path):
    with arena_of(tmp_path, "--client", ROOT / "client-js") as address:
        def admin(*words: str) -> str:
            done = subprocess.run(
                [binary(), "admin", *words, "--server", address.split("//")[1].rstrip("/"), "--data", tmp_path],
                cwd=ROOT, capture_output=True, text=True)
            return done.stdout + done.stderr

        guest = Person(browser, address, "guest")
        guest.open()
        name = own_name(guest)
        line = next(one for one in admin("list", "players").splitlines() if name in one)
        player = next(word for word in line.split() if word.startswith("p_"))
        # A dry run says what would happen, and nothing does.
        assert "would: What" in admin("act", "mute", player, "--for", "1h", "--reason", "shouting", "--dry-run")
        assert admin("audit") == ""
        assert "audit entry 1; undo (lift)" in admin("act", "mute", player, "--for", "1h", "--reason", "shouting")
        guest.page.locator(".toast", has_text="shouting").wait_for()
        assert "mute" in admin("list", "bans")
        assert "may write again" in admin("undo", "1", "--reason", "enough")
        guest.page.locator(".toast", has_text="You may write again").wait_for()
        assert "wrong_state" in admin("undo", "1", "--reason", "twice")
        assert '"name":"' in admin("look", player)
        admin("announce", "We restart.", "--for", "5m", "--reason", "planned")
        guest.page.locator(".notices .banner", has_text="We restart.").wait_for()
        assert "No duel and no run starts" in admin("drain", "--reason", "a new version")
        # It ends by itself, since nothing runs.
        guest.page.locator(".banner", has_text="Reconnecting").wait_for()
        assert "No server answers" in admin("list", "players")
        guest.close()


def test_a_moderator_hides_by_keys_what_nobody_has_reported(moderated):
    make, token = moderated
    ada, bob, moderator = make("Ada"), make("Bob"), make("moderator")
    page = moderator.page
    moderator.open("#/moderate")
    page.fill("#token", token)
    page.keyboard.press("Enter")
    page.locator("#tab-Live").wait_for()
    for one in (ada, bob):
        one.open()
        one.page.click("#play")
    ada.page.locator(".clue").first.wait_for()
    assert ada.page.locator(".hide-text").count() == 0

    page.locator("section[aria-label=Duels] .table-row a").first.click()
    page.locator(".clue .hide-text").first.wait_for()
    page.keyboard.press("h")
    page.keyboard.press("h")
    page.keyboard.press("Shift+H")
    text = page.evaluate("document.activeElement.dataset.of")
    assert text == page.locator(".clue").first.get_attribute("data-text")
    page.keyboard.press("Enter")
    page.locator("dialog[open] .ahead li", has_text="from now on").wait_for()
    confirm(page, "not for children")
    page.locator(".undo-bar", has_text="from now on").wait_for()
    # It goes while people look at it, and another clue is in its place.
    ada.page.locator(f".clue[data-text='{text}']").wait_for(state="detached")
    assert ada.page.locator(".clue").count() == 5
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("u")
    confirm(page, "a slip")
    page.locator(".undo-bar", has_text="is shown again").wait_for()

    # The role outlives a reload, and other pages have the buttons too.
    moderator.open("#/solo")
    page.reload()
    hide = page.locator(".clue .hide-text").first
    hide.click()
    confirm(page, "again")
    page.locator(".undo-bar", has_text="from now on").wait_for()
    page.locator(".clue .hide-text", has_text="Show again").first.click()
    confirm(page, "no: it is fine")
    page.locator(".undo-bar", has_text="is shown again").wait_for()


def confirm(page, reason: str) -> None:
    page.locator("dialog[open] input[aria-label=Reason]").fill(reason)
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for(state="detached")


def find_player(page, name: str):
    page.locator("section[aria-label=Players] input[type=search]").fill(name)
    row = page.locator("section[aria-label=Players] .table-body .table-row", has_text=name)
    row.first.wait_for()
    return row.first


def own_name(one: Person) -> str:
    return one.page.locator(".profile-link .name:not(:empty)").inner_text()
