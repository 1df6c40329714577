import { fill, h } from '../dom.js';
import { lockedText } from '../logic/duel-state.js';
import { ownScore } from '../logic/score.js';
import { unitNoun } from '../logic/text.js';
import { measureText } from '../logic/words.js';
import { tabWord } from '../storage.js';
import { clueList } from './heat-map.js';
import { interval } from './score.js';

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function writeStage(view, context) {
  const clues = clueList(view.round.clues, unitNoun(view.round.unit));
  if (!view.you) {
    const status = h('p', { class: 'soft', role: 'status' });
    return {
      element: h('section', { class: 'question' }, clues, h('div', { class: 'panel' },
        h('p', { class: 'ask' }, `Both write what this ${unitNoun(view.round.unit)} reacts to.`), status)),
      update(now) { status.textContent = now.phase === 'scoring' ? scoringText : 'What they write stays hidden until the reveal.'; },
    };
  }
  return ownWriteStage(view, context, clues);
}

const scoringText = 'The engine is testing both explanations on texts that nobody here has seen\u2026';

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @param {HTMLElement} clues
 * @returns {import('./duel.js').Stage}
 */
function ownWriteStage(view, context, clues) {
  const draftKey = `draft.${context.id}.${view.round.number}`;
  const limits = context.app.limits;
  const field = h('input', { class: 'field', id: 'explanation', value: view.you.answer?.text ?? tabWord(draftKey),
    placeholder: 'words about\u2026', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'true', enterkeyhint: 'send',
    'aria-label': 'Your explanation', 'aria-describedby': 'write-count write-problem', maxlength: 260 });
  const bar = h('i');
  const meter = h('div', { class: 'meter', 'aria-hidden': 'true' }, bar);
  const count = h('span', { id: 'write-count' });
  const score = h('span', { id: 'own-score', role: 'status' });
  const gauge = h('div', { class: 'gauge-place' }, meter);
  const problem = h('p', { class: 'problem', id: 'write-problem', role: 'status' });
  const send = h('button', { class: 'button main', id: 'send' }, 'Lock in');
  const status = h('p', { class: 'soft', role: 'status' });
  let isSending = false;
  /** @type {string | null} */ let refusedText = null;

  const measure = () => {
    const state = measureText(field.value, limits);
    bar.style.transform = `scaleX(${Math.min(1, state.share)})`;
    meter.classList.toggle('over', state.share > 1);
    const words = state.meanings.map((meaning) => `${meaning.words}/${limits.meaningWordsMax}`).join(' | ');
    const letters = state.meanings.map((meaning) => `${meaning.characters}/${limits.meaningCharactersMax}`).join(' | ');
    count.textContent = `${words} words, ${letters} characters`;
    count.hidden = score.textContent !== '';
    if (refusedText !== field.value) problem.textContent = state.problem ?? '';
    const own = context.view().you;
    const isFinal = own.textState === 'accepted' || own.textState === 'checking';
    send.disabled = isSending || isFinal || state.isEmpty || state.problem !== null || context.view().phase !== 'question';
    field.disabled = isFinal || context.view().phase !== 'question';
  };
  const submit = async () => {
    if (send.disabled) return;
    isSending = true;
    measure();
    status.textContent = 'Sending\u2026';
    try {
      await context.answer({ kind: 'write', text: field.value.trim() });
    } catch (error) {
      const { reason } = /** @type {any} */ (error);
      refusedText = field.value;
      problem.textContent = reason;
      status.textContent = '';
    }
    isSending = false;
    measure();
  };
  field.addEventListener('input', () => {
    tabWord(draftKey, field.value);
    measure();
  });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.isComposing) submit();
  });
  send.addEventListener('click', submit);
  if (matchMedia('(hover: hover)').matches) setTimeout(() => field.focus({ preventScroll: true }));

  const panel = h('div', { class: 'panel dock entry' }, h('p', { class: 'ask' }, 'What does it react to? Say it in a few words.'),
    h('div', { class: 'send' }, field, send), gauge, h('div', { class: 'line' }, count, score), problem, status,
    h('p', { class: 'soft small' }, 'Up to three meanings, joined by \u201c|\u201d. A bare list of the glowing words scores 49 at most.'));
  /** @type {any} */ let scoreDrawn = null;
  // The score takes the place of the meter and of the count, so that nothing moves when it comes.
  const drawScore = (/** @type {any} */ own) => {
    if (!own.score || own.score === scoreDrawn) return;
    scoreDrawn = own.score;
    score.textContent = `Your text: ${ownScore(own.score, own.provisional)}`;
    fill(gauge, interval(own.score));
    gauge.classList.toggle('provisional', own.provisional);
  };
  return {
    element: h('section', { class: 'question' }, clues, panel),
    update(now) {
      const own = now.you;
      drawScore(own);
      if (own.textState === 'refused' && own.refused && refusedText !== (own.answer?.text ?? '')) {
        refusedText = own.answer?.text ?? field.value;
        problem.textContent = `${own.refused.reason} Try other words.`;
        status.textContent = '';
        own.answer = null;
      } else if (now.phase === 'scoring') status.textContent = scoringText;
      else if (own.textState === 'checking') status.textContent = 'Checking\u2026';
      else if (own.textState === 'accepted') {
        tabWord(draftKey, null);
        const hidden = own.hidden ? ' Others see your text once a moderator has looked at it.' : '';
        status.textContent = (lockedText(now, 'writing') ?? 'Locked in.') + hidden;
      }
      measure();
    },
  };
}
