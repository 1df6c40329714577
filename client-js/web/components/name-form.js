import { h } from '../dom.js';

/**
 * One's own name, to be changed.
 * @param {import('../app.js').App} app
 */
export function nameForm(app) {
  const field = h('input', { class: 'field', id: 'name', maxlength: 24, required: true, autocomplete: 'nickname', spellcheck: 'false' });
  const save = h('button', { class: 'button', disabled: true }, 'Save');
  let known = '';
  const take = (/** @type {string} */ name) => {
    if (field.value === known) field.value = name;
    known = name;
    draw();
  };
  const draw = () => { save.disabled = ['', known].includes(field.value.trim()); };
  field.addEventListener('input', draw);
  const element = h('form', { class: 'name-form', on: { submit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (save.disabled) return;
    const answer = await app.wish('rename', { name: field.value.trim() });
    if (!answer) return;
    known = field.value = answer.player.name;
    draw();
    app.say('From now on that is your name.');
  } } }, h('label', { for: 'name' }, 'Your name'), h('div', { class: 'row' }, field, save));
  if (app.player) take(app.player.name);
  return { element, stop: app.on('player', (player) => take(player.name)) };
}
