import { h } from '../dom.js';
import { isolated } from '../logic/text.js';

const reasons = [['rude', 'it insults'], ['explicit', 'it is explicit'], ['cheating', 'somebody cheats'], ['spam', 'it is noise'], ['wrong', 'it is not true'], ['other', 'something else']];

/**
 * Tells moderators that something is wrong.
 * @param {import('../app.js').App} app
 * @param {string[][]} subjects What it may be about, as the server and as people call it.
 */
export function report(app, subjects) {
  const select = (/** @type {string[][]} */ options) => h('select', { class: 'field' }, options.map(([value, text]) => h('option', { value }, isolated(text ?? ''))));
  const about = select(subjects);
  const reason = select(reasons);
  const note = h('input', { class: 'field', maxlength: 300, 'aria-label': 'More about it', placeholder: 'More about it, if you like', autocomplete: 'off' });
  const dialog = h('dialog', { 'aria-label': 'Report' }, h('form', { class: 'stack', method: 'dialog' }, h('h2', null, 'Report'),
    h('p', { class: 'soft' }, 'A moderator looks at it. Nobody else learns that it was you.'),
    h('label', { class: 'labelled' }, 'What', about), h('label', { class: 'labelled' }, 'What is wrong', reason), note,
    h('div', { class: 'row' }, h('button', { class: 'button main', value: 'yes' }, 'Send'), h('button', { class: 'button', type: 'button', on: { click: () => dialog.close('no') } }, 'Cancel'))));
  dialog.addEventListener('close', async () => {
    dialog.remove();
    if (dialog.returnValue !== 'yes') return;
    const answer = await app.wish('report', { about: about.value, reason: reason.value, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
    if (answer) app.say('Thank you: a moderator will look at it.');
  });
  dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
}
