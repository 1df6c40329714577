import { fill, h } from '../dom.js';
import { shownActivation } from '../logic/heat.js';
import { unitNoun } from '../logic/text.js';
import { tabooHits } from '../logic/words.js';
import { clueList, heatText } from './heat-map.js';

/** Points at the right end of a gauge; 100 stands at two thirds. */
const gaugeMax = 150;

/**
 * One try of a fire round: the text as heat, and how hard the unit fired.
 * @param {any} attempt
 * @param {number} full100 The activation worth 100 points.
 * @param {boolean} isBest
 */
export function tryRow(attempt, full100, isBest) {
  if (attempt.state === 'measuring') {
    return h('li', { class: 'try-row' }, h('div', { class: 'head' }, h('span', null, 'The model is reading it\u2026')), h('bdi', null, attempt.text));
  }
  // Of another player's try, a text that was refused or that a moderator should see first isn't told.
  const isWithheld = attempt.hidden === true && attempt.text === '';
  if (attempt.state !== 'measured') {
    return h('li', { class: 'try-row' }, isWithheld ? h('span', { class: 'soft' }, 'a text that did not count') : h('bdi', null, attempt.text),
      h('p', { class: 'small' }, attempt.refused?.reason ?? 'The model could not read it. This try was not counted.'));
  }
  const activations = attempt.tokens.map((/** @type {any} */ token) => token.activation);
  const bar = h('i');
  bar.style.transform = `scaleX(${Math.min(1, Math.max(0, attempt.points / gaugeMax))})`;
  return h('li', { class: `try-row${isBest ? ' best' : ''}` },
    h('div', { class: 'head' }, h('span', null, attempt.copied ? 'Copied from a clue: counts nothing' : `Peak ${shownActivation(attempt.peak ?? 0)}`),
      h('span', { class: 'points' }, attempt.points)),
    isWithheld ? h('p', { class: 'soft' }, 'Hidden until a moderator has looked at it.') : heatText({ tokens: attempt.tokens.map((/** @type {any} */ token) => token.text), activations, scale: full100,
      peak: activations.indexOf(Math.max(...activations)) }, { label: `Worth ${attempt.points} points.`, kindle: true }),
    attempt.hidden && !isWithheld ? h('p', { class: 'soft small' }, 'Others see this text once a moderator has looked at it.') : null,
    h('div', { class: 'gauge', 'aria-hidden': 'true' }, bar, h('span', { class: 'hundred' }, '100')));
}

/**
 * @param {any[]} tries
 * @param {number} full100
 * @param {(attempt: number) => string | null} [text] What moderators call the text of a try, counted from 0.
 */
export function tryList(tries, full100, text = () => null) {
  const best = Math.max(0, ...tries.map((attempt) => attempt.points));
  let hasBest = false;
  return h('ol', { class: 'tries' }, tries.map((attempt) => {
    const isBest = !hasBest && best > 0 && attempt.points === best;
    hasBest ||= isBest;
    const row = tryRow(attempt, full100, isBest);
    const name = attempt.text ? text(attempt.attempt - 1) : null;
    if (name) row.dataset.text = name;
    return row;
  }));
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function fireStage(view, context) {
  const { round } = view;
  const clues = clueList(round.clues, unitNoun(round.unit));
  const taboo = round.taboo ?? [];
  const chips = h('ul', { class: 'chips used', 'aria-label': 'Words that you may not use' },
    taboo.map((/** @type {string} */ word) => h('li', { dataset: { word } }, word)));
  const status = h('p', { class: 'soft small', role: 'status' });
  if (!view.you) {
    return {
      element: h('section', { class: 'question' }, clues, h('div', { class: 'panel' },
        h('p', { class: 'ask' }, `Both write a text that makes this ${unitNoun(round.unit)} fire.`), status, chips)),
      update(now) { status.textContent = now.phase === 'scoring' ? 'The model reads the last tries\u2026' : 'Their tries stay hidden until the reveal.'; },
    };
  }
  const field = h('input', { class: 'field', id: 'fire-text', placeholder: 'A text that sets it alight', autocomplete: 'off',
    spellcheck: 'false', enterkeyhint: 'send', 'aria-label': 'Your text', maxlength: context.app.limits.fireCharactersMax ?? 200 });
  const send = h('button', { class: 'button main', id: 'send' }, 'Fire');
  const done = h('button', { class: 'button' }, 'I\u2019m done');
  const problem = h('p', { class: 'problem', role: 'status' });
  const tries = h('div', { 'aria-live': 'polite' });
  let isSending = false;
  let drawn = 'nothing';

  const measure = () => {
    const now = context.view();
    const hits = tabooHits(field.value, taboo);
    for (const chip of chips.children) chip.classList.toggle('hit', hits.includes(/** @type {any} */ (chip).dataset.word));
    const isOver = now.phase !== 'question' || now.lockedIn[now.you.seat] || (now.you.triesLeft ?? 1) <= 0;
    const isMeasuring = now.you.tries.some((/** @type {any} */ attempt) => attempt.state === 'measuring');
    field.disabled = isOver;
    send.disabled = isOver || isSending || isMeasuring || field.value.trim() === '' || hits.length > 0;
    done.style.visibility = isOver || now.you.tries.length === 0 ? 'hidden' : '';
    problem.textContent = hits.length > 0 ? `\u201c${hits[0]}\u201d is taboo.` : problem.textContent?.includes('is taboo') ? '' : problem.textContent;
  };
  const answer = async (/** @type {any} */ value) => {
    isSending = true;
    measure();
    problem.textContent = '';
    try {
      await context.answer(value);
      if (value.kind === 'fire') field.select();
    } catch (error) {
      problem.textContent = /** @type {any} */ (error).reason;
    }
    isSending = false;
    measure();
  };
  const submit = () => { if (!send.disabled) answer({ kind: 'fire', text: field.value.trim() }); };
  field.addEventListener('input', () => { problem.textContent = ''; measure(); });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.isComposing) submit();
  });
  send.addEventListener('click', submit);
  done.addEventListener('click', () => answer({ kind: 'done' }));
  if (matchMedia('(hover: hover)').matches) setTimeout(() => field.focus({ preventScroll: true }));

  return {
    element: h('section', { class: 'question fire' }, clues, h('div', { class: 'panel dock entry' },
      h('p', { class: 'ask' }, 'Write a text that makes it fire.'), h('div', { class: 'send' }, field, send),
      h('div', { class: 'row taboo' }, h('span', { class: 'small soft' }, 'Taboo'), chips), problem, h('div', { class: 'row apart' }, status, done)),
    h('div', { class: 'tried' }, tries)),
    update(now) {
      const key = JSON.stringify(now.you.tries);
      if (key !== drawn) {
        drawn = key;
        fill(tries, now.you.tries.length > 0 ? tryList(now.you.tries, round.full100 ?? 1) : h('p', { class: 'soft small' }, `Each try stands here, with what the ${unitNoun(round.unit)} did on every word of it.`));
      }
      const left = now.you.triesLeft ?? round.tries ?? 0;
      status.textContent = now.lockedIn[now.you.seat] ? 'Locked in.'
        : now.phase === 'scoring' ? 'The model reads the last tries\u2026'
          : `${left} ${left === 1 ? 'try' : 'tries'} left, the best counts.`;
      measure();
    },
  };
}
