"""Photographs what explanations make one expect beside what units did, for the documentation.

usage: neuronarena score --unit U "text" --tokens --json >> SCORES.jsonl   (a line each)
       python3 predictions.py SCORES.jsonl OUT.png [--excerpts N]

Each line becomes a block: the explanation with its score and interval, and its first N excerpts as the
game's own reveal draws them.
"""

import argparse
import json
import pathlib
import subprocess

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
DRAW = """async ({ scores, count }) => {
  const { h } = await import('/web/dom.js');
  const { versusMap } = await import('/web/components/heat-map.js');
  const blocks = scores.map((score) => h('section', { class: 'card stack' },
    h('p', null, h('strong', null, h('bdi', null, score.text)),
      ` ${Math.round(score.value)} (${Math.round(score.low)} to ${Math.round(score.high)})`),
    score.excerpts.slice(0, count).map(({ tokens, real, expected }) => versusMap(
      { excerpt: { tokens, activations: real, scale: 1, peak: real.indexOf(Math.max(...real)) },
        predicted: [{ label: 'a', values: expected }] },
      () => ({ name: 'what the text makes one expect', tone: 'one' }), 'neuron'))));
  document.body.replaceChildren(h('main', { class: 'stack', id: 'drawn' }, blocks));
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scores")
    parser.add_argument("out")
    parser.add_argument("--excerpts", type=int, default=2)
    options = parser.parse_args()
    scores = [json.loads(line) for line in pathlib.Path(options.scores).read_text().splitlines() if line.strip()]
    server = subprocess.Popen(["node", str(HERE / "serve.js")], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
            page = browser.new_page(
                viewport={"width": 900, "height": 700}, color_scheme="light", reduced_motion="reduce")
            page.add_init_script(path=str(HERE / "excerpts.js"))
            page.add_init_script(path=str(HERE / "fake-socket.js"))
            page.goto(f"{address}?scene=lobby#/")
            page.evaluate(DRAW, {"scores": scores, "count": options.excerpts})
            page.locator("#drawn").screenshot(path=options.out)
            browser.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
