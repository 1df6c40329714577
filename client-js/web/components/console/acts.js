import { fill, h } from '../../dom.js';
import { undoNames } from '../../logic/console.js';
import { shownText } from '../../logic/text.js';
import { ask } from '../dialog.js';

/** @typedef {import('../../../src/wire').Act} Act */
/** @typedef {(make: (reply: import('../dialog.js').Reply) => Act, question: import('../dialog.js').Question, more?: {report?: string}) => Promise<boolean>} Acting */

const told = 'The audit log keeps the reason.';

/**
 * How a moderator acts: a question that says beforehand what will happen, then the act, then what undoes it.
 * @param {import('../../app.js').App} app
 * @param {() => void} done Called after each act.
 */
export function acting(app, done) {
  const bar = h('div', { class: 'undo-bar', role: 'status', hidden: true });
  /** @type {{entry: number, undo: string} | null} */ let last = null;

  const say = (/** @type {any} */ answer) => {
    last = answer.undo && answer.entry ? { entry: answer.entry, undo: answer.undo } : null;
    const name = last ? undoNames[last.undo] ?? 'Undo' : '';
    fill(bar, h('span', null, h('bdi', null, shownText(answer.changes.join(' ') || 'Done.', 400))),
      last ? h('button', { class: 'button', on: { click: undo } }, 'Undo: ', name.toLowerCase(), ' ', h('kbd', null, 'U')) : null,
      h('button', { class: 'button plain icon', 'aria-label': 'Hide this', on: { click: () => { bar.hidden = true; } } }, '\u00d7'));
    bar.hidden = false;
    done();
  };

  /** @type {Acting} */
  const act = async (make, question, more = {}) => {
    const from = document.activeElement;
    const reply = await ask({ reason: true, ...question, text: `${question.text} ${told}`.trim(),
      preview: async (now) => (await app.client.command('moderate.act', { act: make(now), reason: 'a look ahead', dryRun: true })).changes });
    // Back to where the hand was, so that the next one is a key away.
    if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
    if (reply === null || reply.reason === '') return false;
    const answer = await app.wish('moderate.act', { act: make(reply), reason: reply.reason, ...more });
    if (answer) say(answer);
    return answer !== null;
  };

  const undoEntry = async (/** @type {number} */ entry, /** @type {string} */ kind) => {
    const reply = await ask({ title: `${undoNames[kind] ?? 'Undo'}?`, text: told, confirm: 'Undo it', reason: true,
      preview: async () => (await app.client.command('moderate.undo', { entry, reason: 'a look ahead', dryRun: true })).changes });
    if (reply === null || reply.reason === '') return;
    const answer = await app.wish('moderate.undo', { entry, reason: reply.reason });
    if (answer) say(answer);
  };
  const undo = () => { if (last) undoEntry(last.entry, last.undo); };
  return { act, undo, undoEntry, bar };
}
