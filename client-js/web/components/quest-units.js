import { fill, h } from '../dom.js';
import { shownText, unitName, unitNoun } from '../logic/text.js';
import { measureText } from '../logic/words.js';
import { tabWord } from '../storage.js';
import { clueList } from './heat-map.js';

/**
 * The units of a quest, each with its clues, one's tries and a field for the next one.
 * @param {{app: import('../app.js').App, id: string, rounds: any[], run: () => any,
 *   submit: (round: number, answer: any) => Promise<any>}} quest
 * @returns {import('./duel.js').Stage}
 */
export function questUnits(quest) {
  const total = h('p', { class: 'shout-points' });
  const units = quest.rounds.map((round) => unitCard(round, quest));
  const update = () => {
    const run = quest.run();
    fill(total, h('strong', { class: 'big-number' }, run.points), ' points');
    for (const unit of units) unit.update(run);
  };
  update();
  return { element: h('div', { class: 'stack' }, h('div', { class: 'card' }, total,
    h('p', { class: 'soft small' }, 'The best text of each counts. When the quest ends, it is scored once more, on texts that nobody has seen.')),
  units.map(({ element }) => element)), update };
}

/**
 * @param {any} round
 * @param {{app: import('../app.js').App, id: string, submit: (round: number, answer: any) => Promise<any>}} quest
 */
function unitCard(round, { app, id, submit }) {
  const draftKey = `draft.${id}.${round.number}`;
  const field = h('input', { class: 'field', value: tabWord(draftKey) ?? '', placeholder: 'words about\u2026', autocomplete: 'off',
    'aria-label': `Your explanation of unit ${round.number}`, maxlength: 260 });
  const send = h('button', { class: 'button main' }, 'Try');
  const problem = h('p', { class: 'problem', role: 'status' });
  const left = h('span', { class: 'badge' });
  const points = h('span', { class: 'badge hot' });
  const tries = h('ol', { class: 'tries', 'aria-live': 'polite', 'aria-label': 'Your tries' });
  let isSending = false;
  let state = 'open';
  let drawn = '';
  const measure = () => {
    const text = measureText(field.value, app.limits);
    if (text.problem) problem.textContent = text.problem;
    field.disabled = state === 'done';
    send.disabled = isSending || state !== 'open' || text.isEmpty || text.problem !== null;
  };
  const attempt = async () => {
    if (send.disabled) return;
    isSending = true;
    measure();
    try {
      await submit(round.number, { kind: 'write', text: field.value.trim() });
      tabWord(draftKey, null);
      field.value = '';
    } catch (error) {
      problem.textContent = /** @type {any} */ (error).reason;
    }
    isSending = false;
    measure();
  };
  field.addEventListener('input', () => { tabWord(draftKey, field.value); problem.textContent = ''; measure(); });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && !event.isComposing) attempt();
  });
  send.addEventListener('click', attempt);
  const element = h('section', { class: 'card stack' },
    h('div', { class: 'row apart' }, h('h2', null, unitName(round.unit)), h('div', { class: 'row' }, points, left)),
    clueList(round.clues, unitNoun(round.unit)), tries, h('div', { class: 'send' }, field, send), problem);
  return {
    element,
    /** @param {any} run */
    update(run) {
      const told = run.rounds.find((/** @type {any} */ item) => item.number === round.number);
      if (!told) return;
      state = run.over ? 'done' : told.state;
      left.textContent = run.over ? 'over' : `${told.triesLeft} ${told.triesLeft === 1 ? 'try' : 'tries'} left`;
      points.hidden = told.points === null;
      points.textContent = `${told.points ?? 0} points${told.settled ? ', settled' : ''}`;
      const key = JSON.stringify(told.tries);
      if (key !== drawn) {
        drawn = key;
        fill(tries, told.tries.map(tryRow));
      }
      measure();
    },
  };
}

/** @param {any} attempt */
function tryRow(attempt) {
  const says = /** @type {Record<string, string>} */ ({ checking: 'checking\u2026', scoring: 'being scored\u2026',
    lost: 'the engine could not score it; the try is yours again', refused: attempt.refused?.reason ?? 'refused' });
  return h('li', null, h('bdi', null, shownText(attempt.text)), ' ',
    attempt.score ? h('b', null, Math.round(attempt.score.value)) : h('span', { class: 'soft small' }, says[attempt.state] ?? ''));
}
