import { fill, h } from '../dom.js';
import { shownText } from '../logic/text.js';

/**
 * A question before something that others will notice.
 * @typedef {object} Question
 * @property {string} title
 * @property {string} text
 * @property {string} confirm What the button says.
 * @property {boolean} [reason] Whether a reason must be given.
 * @property {{label: string, options: [string, string][]}} [choice] One of several, as value and text.
 * @property {{label: string, hint: string, pattern?: string}} [field] A word that must be given.
 * @property {(reply: Reply) => Promise<string[]>} [preview] Says what would happen, a sentence each.
 *
 * @typedef {{reason: string, choice: string, field: string}} Reply What was not asked for is empty.
 */

/**
 * @param {Question} question
 * @returns {Promise<Reply | null>} Null if it was not confirmed.
 */
export function ask({ title, text, confirm, reason, choice, field, preview }) {
  return new Promise((resolve) => {
    const why = h('input', { class: 'field', maxlength: 200, required: true, pattern: '.*\\S.*', 'aria-label': 'Reason', placeholder: 'Reason, for the audit log', autocomplete: 'off' });
    const chosen = h('select', { class: 'field', on: { change: () => foresee() } }, (choice?.options ?? []).map(([value, shown]) => h('option', { value }, shown)));
    const word = h('input', { class: 'field', required: true, maxlength: 280, pattern: field?.pattern ?? '\\s*[A-Za-z0-9_\\-]+\\s*', placeholder: field?.hint, autocomplete: 'off', spellcheck: 'false', on: { change: () => foresee() } });
    const ahead = h('ul', { class: 'soft small ahead', 'aria-live': 'polite', hidden: true });
    const reply = () => ({ reason: why.value.trim(), choice: chosen.value, field: word.value.trim() });
    let asked = 0;
    const foresee = async () => {
      if (!preview || (field && !word.checkValidity())) return;
      asked += 1;
      const own = asked;
      const lines = await preview(reply()).catch((/** @type {any} */ error) => [error.reason ?? '']);
      if (own !== asked) return;
      fill(ahead, lines.filter(Boolean).map((line) => h('li', null, h('bdi', null, shownText(line, 400)))));
      ahead.hidden = ahead.childElementCount === 0;
    };
    const form = h('form', { class: 'stack', method: 'dialog' },
      h('h2', null, h('bdi', null, title)), h('p', { class: 'soft' }, text),
      field ? h('label', { class: 'labelled' }, field.label, word) : null,
      choice ? h('label', { class: 'labelled' }, choice.label, chosen) : null,
      reason ? why : null, ahead,
      h('div', { class: 'row' },
        h('button', { class: 'button main', value: 'yes' }, confirm),
        h('button', { class: 'button', type: 'button', on: { click: () => dialog.close('no') } }, 'Cancel')));
    const dialog = h('dialog', { 'aria-label': title }, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue !== 'yes' ? null : reply());
    });
    // The game's keys must not act behind the dialog.
    dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
    foresee();
  });
}
