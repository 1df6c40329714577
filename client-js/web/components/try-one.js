import { fill, h } from '../dom.js';
import { heatText } from './heat-map.js';

/**
 * A real neuron to try on before the first duel: SmolLM2-135M-Instruct, layer 25, MLP neuron 677
 * (sign turned), on sentences from WordNet's examples; activations as measured.
 */
export const sample = {
  scale: 10.97,
  lines: [
    { tokens: ['The', ' basement', ' was', ' inund', 'ated', ' after', ' the', ' storm', '.'],
      activations: [0, 0, 0, 0.3, 2.3, 8.5, 5, 10.97, 0.4], peak: 7 },
    { tokens: ['After', ' the', ' earthquake', ',', ' the', ' government', ' could', ' not', ' provide', ' shelter', '.'],
      activations: [0.2, 0.1, 10.12, 1, 0.2, 1.1, 0.3, 0.9, 1.8, 0.2, 0.1], peak: 2 },
    { tokens: ['The', ' water', ' supply', ' for', ' the', ' town', ' failed', ' after', ' a', ' long', ' drought', '.'],
      activations: [0, 0, 0, 0, 0.1, 0.2, 0.3, 6.4, 10.84, 3.1, 0.9, 0.1], peak: 8 },
  ],
};

/** One line of it, for the first sight on a phone. */
export function sampleLine() {
  const line = /** @type {typeof sample.lines[number]} */ (sample.lines[0]);
  return heatText({ ...line, scale: sample.scale }, { kindle: true, label: 'Lights up most on storm.' });
}

/** @returns {HTMLElement} */
export function tryOne() {
  const told = h('p', { class: 'told', role: 'status' });
  const option = (/** @type {string} */ letter, /** @type {string} */ text, /** @type {boolean} */ isRight) => {
    const button = h('button', { class: 'button option', on: { click: () => {
      for (const other of options) other.disabled = true;
      button.classList.add(isRight ? 'right' : 'wrong');
      options[0].classList.add('right');
      fill(told, isRight
        ? 'Exactly. It reacts to what struck: storm, earthquake, drought. You just read a neuron!'
        : '\u201cWater\u201d stays dark in the third line, \u201ca long drought\u201d glows. It reads disasters. Look again!');
    } } }, h('b', null, letter), h('span', null, text));
    return button;
  };
  const options = [option('A', 'disasters that strike', true), option('B', 'water and wetness', false)];
  return h('section', { class: 'card try', 'aria-labelledby': 'try-title' },
    h('h2', { id: 'try-title' }, 'What makes this one light up?'),
    h('div', { class: 'lines' }, sample.lines.map((line) => heatText({ ...line, scale: sample.scale }, {
      kindle: true, label: `Lights up most on ${line.tokens[line.peak]?.trim() ?? ''}.`,
    }))),
    h('div', { class: 'guess' }, options), told,
    h('p', { class: 'soft small' }, 'A real neuron: number 677 in layer 25 of SmolLM2. The stronger the glow, the harder it fires.'));
}
