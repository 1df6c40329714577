import { h } from '../dom.js';
import { changeSettings, currentSettings } from '../settings.js';
import { welcome } from '../storage.js';
import { explicitChoice, heldChoice } from './explicit-choice.js';
import { territoryChoice } from './territory-choice.js';
import { switchRow } from './switch-row.js';

/** @type {import('../main.js').Screen} */
export function showSettings(main, app) {
  const canVibrate = 'vibrate' in navigator && matchMedia('(pointer: coarse)').matches;
  const explicit = explicitChoice(app);
  const held = heldChoice(app);
  const territory = territoryChoice(app);
  const again = () => {
    welcome.set(true);
    app.go('#/');
  };
  main.append(h('section', { class: 'leaf settings-page' }, h('h1', null, 'Settings'),
    h('div', { class: 'card stack' },
      segments('Colours', 'theme', [['system', 'System'], ['light', 'Light'], ['dark', 'Dark']]),
      segments('Motion', 'motion', [['system', 'System'], ['less', 'Less']])),
    h('div', { class: 'card stack' },
      switchRow('Sound', 'Short tones when a rival is found, an answer is in, and the truth comes out.',
        { id: 'sound', isOn: currentSettings().sound, change: (sound) => changeSettings({ sound }) }).element,
      switchRow('Vibration', canVibrate ? 'A short pulse on the same occasions.' : 'This device can\u2019t.',
        { id: 'vibration', isOn: canVibrate && currentSettings().vibration, isUsable: canVibrate, change: (vibration) => changeSettings({ vibration }) }).element),
    h('div', { class: 'card stack' }, explicit.element, held.element),
    h('div', { class: 'card stack' }, territory.element),
    h('div', { class: 'row' }, h('button', { class: 'button', id: 'again', on: { click: again } }, 'Show me the first minute again'),
      h('a', { class: 'button plain', href: '#/' }, 'Back to the lobby')),
    h('p', { class: 'soft small' }, 'Colours, motion, sound and vibration are kept in this browser; the others with your player.')));
  return () => {
    explicit.stop();
    held.stop();
    territory.stop();
  };
}

/**
 * One of several.
 * @param {string} title
 * @param {'theme' | 'motion'} name
 * @param {[string, string][]} options
 */
function segments(title, name, options) {
  return h('fieldset', null, h('legend', null, title), h('div', { class: 'segments' }, options.map(([value, text]) =>
    h('label', { class: 'segment' }, h('input', { type: 'radio', name, value, checked: currentSettings()[name] === value,
      on: { change: () => changeSettings(/** @type {any} */ ({ [name]: value })) } }), h('span', null, text)))));
}
