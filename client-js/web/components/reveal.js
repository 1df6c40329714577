import { cue } from '../cues.js';
import { countUp, fill, h } from '../dom.js';
import { basisTexts, firedTries, shownSeats, verdict, writtenText } from '../logic/duel-state.js';
import { machineOf } from '../logic/machine.js';
import { shownScore } from '../logic/score.js';
import { shownText, unitName, unitNoun } from '../logic/text.js';
import { best, credited, seconds } from './credits.js';
import { versusMap } from './heat-map.js';
import { tryList } from './question-fire.js';
import { markedMap, oddTruth, predictTruth } from './reveal-excerpts.js';
import { interval } from './score.js';
import { unitLink } from './unit-link.js';

/**
 * The truth of a round.
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function revealStage(view, context) {
  const { reveal } = view;
  const seat = view.you?.seat ?? null;
  const { text, tone } = verdict(reveal, seat);
  const left = context.left();
  const gains = h('div', { class: 'gains' }, [left, 1 - left].map((index, place) => {
    const points = h('b', null, '+0');
    setTimeout(() => countUp(points, 0, reveal.points[index], (value) => `+${value}`), 350);
    return h('div', { class: `gain ${place === 0 ? 'one' : 'two'}` }, h('bdi', null, context.name(index)), points);
  }));
  const ready = h('button', { class: 'button', id: 'ready' }, 'Ready ', h('kbd', null, 'R'));
  const next = h('p', { class: 'soft', role: 'status' });
  const sayReady = async () => {
    if (ready.disabled) return;
    ready.disabled = true;
    try {
      await context.app.client.command('duel.ready', { duel: context.id, round: reveal.number });
      fill(ready, 'Ready \u2713');
    } catch {
      // The reveal is over anyway.
    }
  };
  ready.addEventListener('click', sayReady);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest('input, dialog') || event.ctrlKey || event.metaKey) return;
    if (event.key === 'r' || event.key === 'R' || (event.key === 'Enter' && !target.closest('button, a'))) sayReady();
  };
  if (seat !== null) document.addEventListener('keydown', onKey);
  const tick = () => {
    const now = context.view();
    const seconds = Math.max(0, Math.ceil((now.phaseEndsAt - context.app.now()) / 1000));
    const isLast = !reveal.suddenDeath && reveal.number >= now.rounds;
    const text = `${isLast ? 'The result' : 'Next round'} in ${seconds} s`;
    if (next.textContent !== text) next.textContent = text;
  };
  tick();
  const timer = setInterval(tick, 200);
  if (seat !== null && tone !== 'plain') cue(tone);
  context.app.announce(`${text} ${context.name(left)} ${reveal.points[left]} points, ${context.name(1 - left)} ${reveal.points[1 - left]}.`);
  let shownHeat = reveal.heat;
  let shownChanges = reveal.changes ?? 0;
  let truthPart = truth(reveal, view, context);
  let heatCard = heat(reveal, context);
  const element = h('section', { class: 'reveal' },
    h('div', { class: 'outcome' },
      h('div', { class: 'verdict' }, h('h2', { class: `shout ${tone}` }, text),
        reveal.weight === 2 ? h('span', { class: 'badge hot' }, 'counted double') : null), gains,
      h('div', { class: 'next' }, next, seat === null ? null : ready)),
    truthPart, heatCard);
  return {
    element,
    update(now) {
      if (now.reveal && (now.reveal.changes ?? 0) !== shownChanges) {
        shownChanges = now.reveal.changes;
        const next = truth(now.reveal, now, context);
        truthPart.replaceWith(next);
        truthPart = next;
      }
      // What each explanation predicts is computed after the reveal has begun.
      if (!now.reveal?.heat || now.reveal.heat === shownHeat) return;
      shownHeat = now.reveal.heat;
      const next = heat(now.reveal, context);
      if (!next) return;
      next.classList.add('settled');
      if (heatCard) heatCard.replaceWith(next);
      else element.append(next);
      heatCard = next;
    },
    stop() {
      clearInterval(timer);
      document.removeEventListener('keydown', onKey);
    },
  };
}

/**
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 */
export function truth(reveal, view, context) {
  if (reveal.kind === 'write') return writtenTexts(reveal, view, context);
  if (reveal.kind === 'fire') return firedTexts(reveal, view, context);
  if (reveal.kind === 'oddOneOut') return oddTruth(reveal, view, context);
  if (reveal.kind === 'predict') return predictTruth(reveal, context);
  const seats = shownSeats(context);
  const cards = ['a', 'b'].map((side) => {
    const credit = reveal.explanations?.[side];
    const by = seats.map((seat, place) => (reveal.answers[seat]?.side === side
      ? h('span', { class: `badge ${place === 0 ? 'one' : 'two'}` }, context.name(seat), seconds(reveal.milliseconds?.[seat])) : null));
    return h('div', { class: `choice${reveal.right === side ? ' right' : reveal.right ? ' other' : ''}` },
      h('span', { class: 'letter', 'aria-hidden': 'true' }, side.toUpperCase()),
      h('span', { class: 'body' }, h('bdi', null, shownText(credit?.text ?? view.round?.options?.[side])),
        h('small', null, credit ? credited(credit) : null), h('span', { class: 'ran' }, by)));
  });
  return h('div', { class: 'stack' }, h('div', { class: 'choices' }, cards),
    reveal.basis ? h('p', { class: 'soft small' }, basisTexts[/** @type {keyof typeof basisTexts} */ (reveal.basis)]) : null);
}

/**
 * A text that a moderator should see first: its author reads it, others read that it is there.
 * @param {{text: string | null, isHidden: boolean, isOwn: boolean}} written
 */
function written({ text, isHidden, isOwn }) {
  if (isHidden && !isOwn) return h('h3', { class: 'soft' }, 'hidden until a moderator has looked at it');
  return [h('h3', null, h('bdi', null, text ? shownText(text) : 'wrote nothing in time')),
    isHidden ? h('p', { class: 'soft small' }, 'Only you see this text, until a moderator has looked at it.') : null];
}

/**
 * What moderators call a text that a person wrote in a duel.
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @param {number} seat
 * @param {number} attempt Counted from 0.
 * @returns {string | null} Null where there is none.
 */
function textOf(reveal, view, context, seat, attempt) {
  if (context.isSolo || view.players[seat].kind !== 'human') return null;
  return `duel/${context.id}/${reveal.number - 1}/${seat}/${attempt}`;
}

/**
 * Lets who played or watches report what somebody else wrote.
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @param {number} seat
 */
function reportLink(reveal, view, context, seat) {
  const text = textOf(reveal, view, context, seat, 0);
  if (!text || !reveal.answers[seat]?.text || view.you?.seat === seat) return null;
  return h('button', { class: 'button plain small', on: { click: async () => {
    const { report } = await import('./report.js');
    report(context.app, [[text, 'this text'], [`player/${view.players[seat].player}`, `the player ${context.name(seat)}`]]);
  } } }, 'Report');
}

/** @param {any} score */
function scored(score) {
  return [interval(score), h('p', { class: 'soft small' }, `Score ${shownScore(score)} of 100: the range is where it is likely to be.`,
    score.cap === 'peakWordList' ? ' Held at 49: it is a bare list of the glowing words.' : '')];
}

/**
 * What a program says of the unit, beside what people wrote.
 * @param {any} reveal
 */
function machineText(reveal) {
  const said = machineOf(reveal);
  if (!said) return null;
  return h('div', { class: 'card', id: 'machine' }, h('p', { class: 'ran' }, h('span', { class: 'badge' }, 'The machine')),
    h('h3', null, h('bdi', null, shownText(said.text))), said.score ? scored(said.score) : null,
    h('p', { class: 'soft small' }, said.note));
}

/**
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 */
function writtenTexts(reveal, view, context) {
  return h('div', { class: 'stack' },
    h('div', { class: 'two-up' }, shownSeats(context).map((seat, place) => {
      const score = reveal.scores?.[seat];
      const text = reveal.answers[seat]?.text ? textOf(reveal, view, context, seat, 0) : null;
      return h('div', { class: 'card', dataset: text ? { text } : {} }, h('p', { class: 'ran' }, h('span', { class: `badge ${place === 0 ? 'one' : 'two'}` }, context.name(seat))),
        written(writtenText(view, seat)), reportLink(reveal, view, context, seat),
        score ? scored(score) : null);
    })),
    machineText(reveal),
    reveal.shared ? h('p', { class: 'soft' }, 'Both texts say the same, so both get the mean.') : null,
    best(reveal));
}

/**
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 */
function firedTexts(reveal, view, context) {
  const full100 = view.round?.full100 ?? reveal.heat?.excerpt.scale ?? 1;
  return h('div', { class: 'stack' }, h('div', { class: 'two-up' }, shownSeats(context).map((seat, place) => h('div', { class: 'stack' },
    h('p', { class: 'ran' }, h('span', { class: `badge ${place === 0 ? 'one' : 'two'}` }, context.name(seat))),
    reveal.tries?.[seat]?.length ? tryList(firedTries(view, seat), full100, (attempt) => textOf(reveal, view, context, seat, attempt)) : h('p', { class: 'soft' }, 'No try in time.')))), best(reveal));
}

/**
 * @param {any} reveal
 * @param {import('./duel.js').DuelContext} context
 */
export function heat(reveal, context) {
  if (!reveal.heat) return null;
  if (reveal.kind === 'predict') return markedMap(reveal, context);
  const left = context.left();
  return h('div', { class: 'card stack' },
    h('h3', null, reveal.heat.predicted.length === 0 ? 'Where it really fires' : 'Real against predicted'),
    h('p', { class: 'soft small' }, `A text that ${context.isSolo ? 'you had not' : 'neither of you had'} seen, as read by `,
      unitLink(reveal.unit.id, unitName(reveal.unit), { beside: true }), '.'),
    versusMap(reveal.heat, (label) => {
      // A label is the side of a pick, or the seat that wrote the text.
      if (reveal.kind === 'pick') return { name: `${shownText(label, 40).toUpperCase()} predicted`, tone: label === 'a' ? 'first' : 'second' };
      const seat = Number(label) === 1 ? 1 : 0;
      return { name: `${context.name(seat)} predicted`, tone: seat === left ? 'one' : 'two' };
    }, unitNoun(reveal.unit)));
}
