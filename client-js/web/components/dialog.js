import { h } from '../dom.js';

/**
 * Asks before something that can't be undone.
 * @param {{title: string, text: string, confirm: string, reason?: boolean}} question
 * @returns {Promise<string | null>} The reason given (empty where none is asked for), or null.
 */
export function ask({ title, text, confirm, reason = false }) {
  return new Promise((resolve) => {
    const field = h('input', { class: 'field', maxlength: 200, required: true, 'aria-label': 'Reason', placeholder: 'Reason, for the audit log' });
    const form = h('form', { class: 'stack', method: 'dialog' },
      h('h2', null, title), h('p', { class: 'soft' }, text), reason ? field : null,
      h('div', { class: 'row' },
        h('button', { class: 'button main', value: 'yes' }, confirm),
        h('button', { class: 'button', type: 'button', on: { click: () => dialog.close('no') } }, 'Cancel')));
    const dialog = h('dialog', { 'aria-label': title }, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? field.value.trim() : null);
    });
    // The game's keys must not act behind the dialog.
    dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
  });
}
