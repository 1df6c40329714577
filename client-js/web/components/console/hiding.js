import { h } from '../../dom.js';
import { textAfter } from '../../logic/console.js';
import { isolated, shownText } from '../../logic/text.js';
import { tabWord } from '../../storage.js';
import { acting } from './acts.js';

let isOn = false;

/**
 * Lets a moderator hide what is seen in a duel, a replay, a unit or a contest, reported or not: every
 * element that says with `data-text` which text it shows, as acts name it, gets a button. By keys: H
 * goes to the next one, Shift and H to the one before, U undoes.
 * @param {import('../../app.js').App} app
 */
export function hideFromView(app) {
  if (isOn) return;
  isOn = true;
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  /** Texts that were hidden here, by which the buttons tell what they do. @type {Set<string>} */
  const hidden = new Set();
  /** @type {string | null} */ let asked = null;
  /** @type {string | null} */ let last = null;
  const { act, undo, bar } = acting(app, () => {
    // What is done while no button asks for it is the last act, undone.
    if (asked !== null || last === null) return;
    turn(last);
    last = null;
  });
  bar.classList.add('over-page');

  const label = (/** @type {HTMLElement} */ button) => {
    const { of = '' } = button.dataset;
    button.textContent = hidden.has(of) ? 'Show again' : 'Hide';
  };
  const buttons = () => /** @type {HTMLElement[]} */ ([...root.querySelectorAll('.hide-text')]);
  const turn = (/** @type {string} */ text) => {
    if (!hidden.delete(text)) hidden.add(text);
    for (const button of buttons()) label(button);
  };
  const ask = async (/** @type {string} */ text, /** @type {string} */ says) => {
    const isHidden = hidden.has(text);
    asked = text;
    const isDone = await act(() => ({ kind: isHidden ? 'restore' : 'hide', target: text }),
      { title: `${isHidden ? 'Show' : 'Hide'} \u201c${isolated(says)}\u201d?`, text: '', confirm: isHidden ? 'Show it' : 'Hide it' });
    asked = null;
    if (!isDone) return;
    turn(text);
    last = text;
  };
  const offer = () => {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-text]:not([data-offered])'))) {
      const text = element.dataset.text ?? '';
      const says = shownText(element.querySelector('.heat, bdi')?.textContent, 60);
      element.dataset.offered = '';
      const button = h('button', { class: 'button small hide-text', dataset: { of: text }, on: { click: () => ask(text, says) } });
      label(button);
      button.setAttribute('aria-description', says);
      element.append(button);
    }
  };
  document.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const key = event.key.toLowerCase();
    if (target.closest('input, select, textarea, dialog, .table-row') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'h') textAfter(buttons(), document.activeElement, event.shiftKey)?.focus();
    else if (key === 'u' && last !== null) undo();
  });
  // The role belongs to the connection.
  const login = () => app.client.command('moderate.login', { token: tabWord('moderator') }).catch(() => {});
  app.on('online', login);
  if (app.client.state === 'online') login();
  root.querySelector('.topbar')?.after(bar);
  new MutationObserver(offer).observe(root, { childList: true, subtree: true });
  offer();
}
