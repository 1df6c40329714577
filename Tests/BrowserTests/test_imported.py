"""A server on an imported campaign: its model is not at hand, and its units are no neurons."""

import functools
import json
import random
import re
import subprocess

import pytest

from conftest import ROOT, arena_of, binary, people_at

TOPICS = {
    "storms and rain": "storm rain thunder wind hail", "money": "coin bank debt price loan",
    "family members": "mother father sister uncle cousin", "ships": "sail mast anchor harbour crew",
    "cooking": "oven bread butter stew pepper", "illness": "fever cough wound plague nurse",
    "music": "violin drum melody choir flute", "courts of law": "judge trial verdict witness guilt",
    "winter": "snow ice frost sledge icicle", "schools": "teacher lesson pupil exam chalk",
    "war": "army siege cannon soldier truce", "gardens": "rose hedge seed spade weed",
}
FILLER = "the old man said that it was here before and they went on to see what had come of a thing".split()


def records(path) -> None:
    """Features of a made-up dictionary, as Neuronpedia tells them, each firing on its topic's words."""
    lot = random.Random(4)
    with path.open("w") as file:
        for index, (topic, text) in enumerate(TOPICS.items()):
            words, activations = text.split(), []
            for number in range(30):
                tokens = [" " + lot.choice(FILLER) for _ in range(24)]
                place = lot.randrange(4, 20)
                tokens[place] = " " + words[number % len(words)]
                values = [0.0] * len(tokens)
                values[place] = round(9 - 0.25 * number, 3)
                activations.append({"tokens": tokens, "values": values})
            file.write(json.dumps({
                "modelId": "gpt2-small", "layer": "6-res-made-up", "index": str(index), "frac_nonzero": 0.001,
                "activations": activations, "explanations": [
                    {"description": f"words about {topic}", "explanationModelName": "nobody"}],
            }) + "\n")


def import_made_up(folder):
    """A campaign of those features."""
    records(folder / "records.jsonl")
    campaign = folder / "made-up.narena"
    subprocess.run(
        [binary(), "campaign", "import", folder / "records.jsonl", "--out", campaign, "--title", "Made up"],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return campaign


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imported")
    with arena_of(folder / "data", "--campaign", import_made_up(folder)) as address:
        yield address


@pytest.fixture
def guest(browser, imported):
    with people_at(browser, imported) as make:
        yield functools.partial(make, "Guest")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_the_lobby_offers_what_can_be_played_and_says_why_not_all(guest, size, scheme):
    one = guest(color_scheme=scheme)
    page = one.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    one.open()
    page.locator(".notice", has_text="12 features of gpt2-small").wait_for()
    assert "Fire and Mixed need the model itself" in page.locator(".notice").inner_text()
    assert page.locator(".format b").all_text_contents() == ["This vs That, 5 rounds", "Write, 3 rounds"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_tab_that_had_chosen_fire_plays_something_else(guest):
    one = guest()
    one.open()
    one.page.evaluate("sessionStorage.setItem('neuronarena.format', 'fire')")
    one.page.reload()
    one.page.locator("#play:has-text('This vs That')").wait_for()
    assert one.page.locator("input[name=format]:checked").get_attribute("value") == "pick"


def test_rounds_call_units_what_they_are(guest):
    one = guest()
    one.open()
    one.page.locator(".notice", has_text="features").wait_for()
    one.page.click("#practise")
    one.page.wait_for_url(re.compile(r"#/duel/"))
    one.page.locator(".ask", has_text="What makes this feature light up?").wait_for()


def test_its_units_are_found_and_say_that_no_text_can_be_tried(guest):
    one = guest()
    page = one.page
    one.open("#/search?q=thunderstorm&by=meaning")
    page.locator("h1", has_text="Find a feature").wait_for()
    page.locator(".hit", has_text="storms and rain").first.wait_for(timeout=60_000)
    page.check("input[name=by][value=token]", force=True)
    page.fill("#query", "anchor")
    page.locator(".hit", has_text="ships").first.wait_for()
    page.locator(".hit > a").first.click()
    page.locator("section", has_text="isn\u2019t on this server").first.wait_for()
    assert page.locator("textarea").count() == 0
    assert page.locator("a", has_text="Raw data").count() == 1
