import { cue } from '../cues.js';
import { fill, h, svg } from '../dom.js';
import { unratedText } from '../logic/campaigns.js';
import { applyDuelEvent, applyOwnAnswer, applyPrivateEvent, roundMarks, seatState } from '../logic/duel-state.js';
import { aUnit, formatName, shownName, unitNoun } from '../logic/text.js';
import { clockRing } from './clock-ring.js';
import { coach } from './coach.js';
import { ask } from './dialog.js';
import { clueList, hideTip } from './heat-map.js';
import { fireStage } from './question-fire.js';
import { oddStage } from './question-odd.js';
import { pickStage } from './question-pick.js';
import { predictStage } from './question-predict.js';
import { writeStage } from './question-write.js';
import { resultStage } from './result.js';
import { revealStage } from './reveal.js';

/**
 * What a stage of the duel is given.
 * @typedef {object} DuelContext
 * @property {import('../app.js').App} app
 * @property {string} id
 * @property {() => any} view The duel as it is now.
 * @property {() => number} left The seat shown on the left: one's own, or the first.
 * @property {(seat: number) => string} name
 * @property {boolean} [isSolo] Whether nobody plays against one, as in a contest.
 * @property {(answer: any) => Promise<any>} answer Sends an answer of the running round; throws what was refused.
 *
 * @typedef {{element: HTMLElement, update?: (view: any) => void, stop?: () => void}} Stage
 */

/**
 * What a duel looks like, live or recorded: the score, the clock, and the stage that it is at.
 * @param {import('../app.js').App} app
 * @param {string} id
 * @param {() => any} view The duel as it is now.
 * @param {DuelContext['answer']} answer
 */
export function duelFace(app, id, view, answer) {
  /** @type {Stage | null} */ let stage = null;
  let stageKey = '';
  const clock = clockRing(app);
  const header = scorebar(clock.element);
  const line = h('div', { class: 'round-line' });
  const claim = h('div', { class: 'banner', role: 'status', hidden: true });
  let place = h('div');
  const guide = coach(app, id);
  /** @type {DuelContext} */
  const context = {
    app, id, view, left: () => view()?.you?.seat ?? 0, answer,
    name: (seat) => (view().you?.seat === seat ? 'You' : shownName(view().players[seat].name)),
  };
  return {
    element: h('div', { class: 'duel' }, header.element, claim, guide?.element ?? [], line, place),
    draw() {
      const now = view();
      header.update(now, context);
      // The result stands alone, in a place of its own: nothing slides to where these were.
      header.element.hidden = line.hidden = now.phase === 'finished';
      drawLine(line, now, context);
      drawClaim(claim, now, context);
      setClock(clock, now);
      const key = keyOf(now);
      if (key !== stageKey) {
        stage?.stop?.();
        hideTip();
        stageKey = key;
        stage = makeStage(now, context);
        const next = h('div', null, stage.element);
        place.replaceWith(next);
        place = next;
        tell(now, context);
        if (now.phase !== 'countdown') scrollTo({ top: 0, behavior: 'auto' });
      }
      stage?.update?.(now);
      guide?.update(now);
    },
    drawClaim() {
      drawClaim(claim, view(), context);
    },
    stop() {
      stage?.stop?.();
      clock.stop();
      hideTip();
    },
  };
}

/** @type {import('../main.js').Screen} */
export function showDuel(main, app, id) {
  /** @type {any} */ let view = null;
  main.append(h('div', { class: 'centre' }, h('p', { class: 'soft', role: 'status' }, 'Opening the duel\u2026')));
  const face = duelFace(app, id, () => view, async (answer) => {
    const acknowledged = await app.client.command('duel.answer', { duel: id, round: view.round.number, answer });
    view = applyOwnAnswer(view, answer, acknowledged);
    cue('locked');
    draw();
    return acknowledged;
  });
  face.element.prepend(h('h1', { class: 'unseen' }, 'Duel'));
  const draw = () => {
    if (!view) return;
    if (!face.element.isConnected) fill(main, face.element);
    face.draw();
  };
  const subscription = app.client.subscribe(`duel/${id}`);
  const stops = [
    subscription.on('event', (event) => {
      view = applyDuelEvent(view, event);
      if (event.type === 'duel.cluesChanged' && view) face.element.querySelector('.clues')?.replaceWith(clueList(view.round.clues, unitNoun(view.round.unit)));
      if (view?.phase === 'finished' && app.activeDuel === id) app.activeDuel = null;
      draw();
    }),
    subscription.on('error', (error) => {
      // A duel that is over for long is still there as a recording.
      if (error.code === 'not_found') {
        location.replace(`#/replay/${id}`);
        return;
      }
      fill(main, h('div', { class: 'centre' }, h('h1', null, 'No such duel'), h('p', { class: 'soft' }, error.reason),
        h('a', { class: 'button main', href: '#/' }, 'Back to the lobby')));
    }),
    app.on('me', (event) => {
      view = applyPrivateEvent(view, event);
      if (event.type === 'duel.matched' && event.data.duel !== id) app.go(`#/duel/${event.data.duel}`);
      if (event.type === 'duel.rematchOffered' && event.data.duel === id && view) view = { ...view, rematchOffered: true };
      draw();
    }),
    // Private events may have been missed for good: the whole duel tells one's own state again.
    app.on('lost', () => subscription.refresh()),
  ];
  const timer = setInterval(() => { if (view) face.drawClaim(); }, 1000);
  return () => {
    clearInterval(timer);
    face.stop();
    for (const stop of stops) stop();
    subscription.close();
  };
}

/** @param {any} view */
function keyOf(view) {
  const phase = view.phase === 'scoring' ? 'question' : view.phase;
  const number = phase === 'reveal' ? view.reveal?.number : view.round?.number;
  return `${phase} ${number ?? 0}`;
}

/**
 * @param {any} view
 * @param {DuelContext} context
 * @returns {Stage}
 */
function makeStage(view, context) {
  switch (view.phase) {
    case 'finished': return resultStage(view, context);
    case 'reveal': return revealStage(view, context);
    case 'question': case 'scoring': {
      const stages = /** @type {any} */ ({ pick: pickStage, oddOneOut: oddStage, predict: predictStage, write: writeStage, fire: fireStage });
      return (stages[view.round.kind] ?? unknownStage)(view, context);
    }
    default: return countdownStage(view, context);
  }
}

/**
 * A kind of round that is newer than this page.
 * @returns {Stage}
 */
function unknownStage() {
  return { element: h('section', { class: 'centre' }, h('h2', null, 'This round is new to this page'),
    h('p', { class: 'soft' }, 'Reload it to play on.'), h('button', { class: 'button main', on: { click: () => location.reload() } }, 'Reload')) };
}

/**
 * @param {any} view
 * @param {DuelContext} context
 * @returns {Stage}
 */
function countdownStage(view, context) {
  const number = h('div', { class: 'countdown', 'aria-hidden': 'true' });
  let shown = '';
  const tick = () => {
    const text = String(Math.max(1, Math.ceil((view.startsAt - context.app.now()) / 1000)));
    if (text === shown) return;
    shown = text;
    const fresh = number.cloneNode(false);
    fresh.textContent = text;
    element.replaceChild(fresh, element.children[1] ?? null);
  };
  const left = context.left();
  // That a bot is a bot stands beside its name.
  const why = view.players.every((/** @type {any} */ player) => player.kind === 'human' && !player.ghost) ? unratedText(view, context.app.campaignOf(view.campaign)) : null;
  const element = h('section', { class: 'centre' },
    h('div', { class: 'pairing' }, h('bdi', { class: 'one' }, context.name(left)), h('span', { class: 'soft' }, 'vs'),
      h('bdi', { class: 'two' }, context.name(1 - left))),
    number, h('p', { class: 'soft' }, explain(view.format, context.app.campaignOf(view.campaign))), why ? h('p', { class: 'soft small' }, why) : null);
  tick();
  const timer = setInterval(tick, 100);
  return { element, stop: () => clearInterval(timer) };
}

/**
 * @param {string} format
 * @param {any} campaign
 */
function explain(format, campaign) {
  const rule = {
    pick: 'Pick the explanation that fits. Quick and right scores most.',
    write: 'Say in a few words what it reacts to. The engine tests what you wrote on texts that you never see.',
    fire: 'Write a text that makes it fire as hard as you can. You have three tries.',
  }[format];
  if (format === 'mixed') {
    return 'Five rounds on five parts of the model: pick, find the odd one out, predict, write and fire. The last one counts double.';
  }
  return rule ? `You both see where ${aUnit(campaign)} lights up. ${rule}` : '';
}

/** @param {HTMLElement} clockElement */
function scorebar(clockElement) {
  const seats = ['one', 'two'].map((side) => {
    const name = h('bdi');
    const rating = h('span', { class: 'soft rating' });
    const total = h('span', { class: 'total' });
    const state = h('span', { class: 'state' });
    return { name, rating, total, state,
      element: h('div', { class: `seat ${side}` }, h('div', { class: 'who' }, name, rating), total, state) };
  });
  const element = h('div', { class: 'scorebar' }, seats[0]?.element, clockElement, seats[1]?.element);
  return {
    element,
    /**
     * @param {any} view
     * @param {DuelContext} context
     */
    update(view, context) {
      seats.forEach((seat, place) => {
        const index = place === 0 ? context.left() : 1 - context.left();
        const player = view.players[index];
        seat.name.textContent = context.name(index);
        seat.name.title = shownName(player.name);
        seat.rating.textContent = player.ghost ? 'ghost' : player.kind === 'bot' ? 'bot' : view.rated === false ? '' : String(Math.round(player.rating));
        seat.rating.title = player.ghost ? 'A recording of a person, replayed with its own timing' : '';
        seat.total.textContent = String(view.totals[index]);
        const state = seatState(view, index);
        seat.state.textContent = state.text;
        seat.state.className = `state ${state.kind}`;
      });
    },
  };
}

/**
 * @param {HTMLElement} line
 * @param {any} view
 * @param {DuelContext} context
 */
function drawLine(line, view, context) {
  // Made anew only when it says something else: a focused button must not vanish.
  const key = JSON.stringify([view.phase, view.round?.number, view.spectators, view.history.length, view.you === null]);
  if (line.dataset.key === key) return;
  line.dataset.key = key;
  const number = view.round?.number ?? 0;
  const marks = roundMarks(view, context.left());
  const pips = h('span', { class: 'pips', 'aria-hidden': 'true' }, marks.map((mark, i) => h('i', {
    class: mark === null ? (i + 1 === number && view.phase !== 'finished' ? 'now' : '') : mark > 0 ? 'won' : mark < 0 ? 'lost' : 'done',
  })));
  const isPlaying = view.you && view.phase !== 'finished';
  const round = view.round;
  fill(line, h('div', { class: 'row' }, pips,
    h('span', { class: 'eyebrow' }, number === 0 ? formatName(view.format)
      : round.suddenDeath ? 'Sudden death' : [h('span', { class: 'wide' }, `${formatName(round.kind)}, `), h('span', { class: 'cap' }, `round ${number} of ${round.of}`)]),
    round?.weight === 2 && view.phase !== 'finished' ? h('span', { class: 'badge hot' }, 'counts double') : null),
  h('div', { class: 'row' },
    view.you ? null : h('span', { class: 'badge hot live' }, 'watching'),
    view.spectators > 0 ? spectatorBadge(view.spectators) : null,
    view.rated === false && view.phase !== 'finished' ? h('span', { class: 'badge wide' }, context.app.campaignOf(view.campaign)?.practice ? 'practice' : 'not rated') : null,
    isPlaying ? h('button', { class: 'button plain small', on: { click: () => resign(context) } }, 'Resign') : null));
}

/** @param {number} count */
function spectatorBadge(count) {
  return h('span', { class: 'badge', role: 'img', 'aria-label': `${count} watching` },
    svg('svg', { viewBox: '0 0 24 24', width: 16, height: 16, fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'aria-hidden': 'true' },
      svg('path', { d: 'M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z' }), svg('circle', { cx: 12, cy: 12, r: 2.8 })), count);
}

/** @param {DuelContext} context */
async function resign(context) {
  const isSure = await ask({ title: 'Give this duel up?', text: 'Your opponent wins at once.', confirm: 'Resign' });
  if (isSure !== null) context.app.wish('duel.resign', { duel: context.id });
}

/**
 * @param {HTMLElement} banner
 * @param {any} view
 * @param {DuelContext} context
 */
function drawClaim(banner, view, context) {
  const other = view.you ? 1 - view.you.seat : null;
  const at = other === null || view.phase === 'finished' ? null : view.claimableAt[other];
  if (at === null || view.players[other ?? 0].connected) {
    banner.hidden = true;
    return;
  }
  const left = Math.ceil((at - context.app.now()) / 1000);
  const text = left > 0 ? `Your opponent is away. You may claim the duel in ${left} s, or wait.` : 'Your opponent has not come back.';
  if (banner.dataset.text === text && !banner.hidden) return;
  banner.dataset.text = text;
  fill(banner, text, left > 0 ? null : h('button', { class: 'button', on: { click: () =>
    context.app.wish('duel.claim', { duel: context.id }) } }, 'Claim the duel'));
  banner.hidden = false;
}

/**
 * @param {{set: (start: number | null, end: number | null) => void}} clock
 * @param {any} view
 */
function setClock(clock, view) {
  const { phase, round, phaseEndsAt } = view;
  if (phase === 'question') clock.set(round.startedAt, round.deadline);
  else if (phase === 'reveal') clock.set(phaseEndsAt - (round?.kind === 'pick' ? 8000 : 12000), phaseEndsAt);
  else if (phase === 'scoring') clock.set(phaseEndsAt - 20000, phaseEndsAt);
  else if (phase === 'countdown') clock.set(view.startsAt - 3000, view.startsAt);
  else clock.set(null, null);
}

/**
 * Says a change of phase to a screen reader.
 * @param {any} view
 * @param {DuelContext} context
 */
function tell(view, context) {
  if (view.phase === 'question') {
    context.app.announce(`Round ${view.round.number} of ${view.round.of}. ${view.round.weight === 2 ? 'Counts double.' : ''}`);
  }
}
