import { countUp, fill, h } from '../dom.js';
import { grouped } from '../logic/text.js';
import { contestText, soloVerdict, soloView } from '../logic/contests.js';
import { counted } from '../logic/solo.js';
import { liveBoard } from './board.js';
import { clockRing } from './clock-ring.js';
import { drawStatus } from './contest-status.js';
import { hideTip } from './heat-map.js';
import { questUnits } from './quest-units.js';
import { fireStage } from './question-fire.js';
import { oddStage } from './question-odd.js';
import { pickStage } from './question-pick.js';
import { predictStage } from './question-predict.js';
import { writeStage } from './question-write.js';
import { heat, truth } from './reveal.js';

const stages = /** @type {Record<string, any>} */ ({ pick: pickStage, oddOneOut: oddStage, predict: predictStage, write: writeStage, fire: fireStage });

/** The kinds of questions that show what was answered, and stay where they are. */
const showsAnswer = new Set(['pick', 'oddOneOut', 'predict']);

const states = /** @type {Record<string, string>} */ ({
  scheduled: 'It has not opened yet.', paused: 'It is paused. All clocks stand still.',
  closing: 'It is closing. The last answers are being scored.', final: 'It is over. The board is final.',
});

/**
 * A contest of rounds: the daily, a quest or a live contest.
 * @type {import('../main.js').Screen}
 */
export function showRounds(main, app, id) {
  /** @type {any} */ let contest = null;
  /** @type {any} */ let stage = null;
  /** @type {any} */ let run = null;
  /** @type {any} */ let own = null;
  /**
   * What one answered to the question of that number: everybody's truth has nobody's answers.
   * @type {{number: number, answer: any}}
   */
  let given = { number: 0, answer: null };
  /** @type {any[]} */ let rounds = [];
  /** @type {import('./duel.js').Stage | null} */ let shown = null;
  let key = '';
  const clock = clockRing(app);
  const status = h('div', { class: 'row', role: 'status' });
  const place = h('div', { class: 'stack' });
  const note = h('p', { class: 'soft small', hidden: true });
  const board = liveBoard(app, id, (next, nextStage, _, nextOwn) => { contest = next; stage = nextStage; own = nextOwn; draw(); });
  main.append(h('div', { class: 'stack' }, h('h1', { class: 'unseen' }, 'Contest'),
    h('div', { class: 'contest' }, h('div', { class: 'stack' }, h('div', { class: 'row apart contest-head' }, status, clock.element), note, place), board.element)));

  const submit = async (/** @type {number} */ round, /** @type {any} */ answer) => {
    const acknowledged = await app.client.command('contest.submit', { contest: id, round, answer });
    take(acknowledged.run);
    return acknowledged;
  };
  const start = async () => {
    const answer = await app.wish('contest.start', { contest: id });
    if (!answer) return;
    rounds = answer.rounds ?? [];
    take(answer.run);
  };
  const next = async () => {
    const last = run.rounds.at(-1);
    const answer = await app.wish('contest.next', { contest: id, round: last.number });
    if (answer) take(answer.run);
  };
  const take = (/** @type {any} */ changed) => { run = changed; draw(); };

  /** @type {any} */ let view = null;
  /** @type {import('./duel.js').DuelContext} */
  const context = {
    app, id, isSolo: true, view: () => view, left: () => 0, name: () => 'You',
    answer: (answer) => submit(view.round.number, answer),
  };
  const show = (/** @type {string} */ nextKey, /** @type {() => import('./duel.js').Stage} */ make) => {
    if (nextKey !== key) {
      shown?.stop?.();
      hideTip();
      key = nextKey;
      shown = make();
      fill(place, shown.element);
    }
    shown?.update?.(view);
  };
  const draw = () => {
    drawStatus(status, contest, app);
    note.hidden = !contest?.establishedOnly || !run || run.ranked;
    note.textContent = 'You play beside the board: it ranks players who are a day old and have played ten rounds.';
    const [from, until] = clockTimes(contest, stage, run);
    clock.element.hidden = until === null;
    clock.set(from, until);
    if (!contest) return;
    if (contest.kind === 'live') return drawLive();
    if (!run) return show(`start ${contest.state}`, () => startCard(contest, start));
    if (contest.kind === 'quest') return show('quest', () => questUnits({ app, id, rounds, run: () => run, submit }));
    return drawDaily();
  };
  const drawDaily = () => {
    const last = run.rounds.at(-1);
    if (run.round) {
      view = soloView(run.round, run);
      return show(`question ${run.round.number}`, () => stages[run.round.kind](view, context));
    }
    if (last?.state === 'scoring') return show(`scoring ${last.number}`, () => scoringCard(run, contest, next));
    if (run.reveal && !run.over) {
      view = revealView(null, run.reveal, run);
      return show(`reveal ${run.reveal.number}`, () => revealCard(run.reveal, last.points ?? 0, context, next));
    }
    return show(`over ${run.share ?? ''} ${run.points}`, () => overCard(run, contest, context));
  };
  const drawLive = () => {
    const phase = stage?.phase ?? 'over';
    if (!run && phase !== 'over' && contest.state === 'open') return show('start', () => startCard(contest, start));
    if (phase === 'question' && run) {
      if (run.given) {
        given = { number: stage.round.number, answer: run.given };
        if (!showsAnswer.has(stage.round.kind)) return show(`locked ${stage.round.number}`, lockedCard);
      }
      view = soloView(stage.round, run);
      return show(`question ${stage.round.number}`, () => stages[stage.round.kind](view, context));
    }
    if (phase === 'reveal') {
      const mine = run?.rounds.find((/** @type {any} */ item) => item.number === stage.round.number);
      const answer = given.number === stage.round.number ? given.answer : run?.given ?? null;
      // The truth comes to all at once, one's own points a moment after it: until then nobody is told to be wrong.
      if (answer && (mine?.points ?? null) === null) return undefined;
      const reveal = run ? { ...stage.reveal, answers: [answer, null], points: [mine?.points ?? 0, 0] } : stage.reveal;
      view = revealView(stage.round, reveal, run);
      return show(`reveal ${stage.round.number} ${mine?.points ?? ''}`, () => revealCard(reveal, run ? mine?.points ?? 0 : null, context, null, stage.answered));
    }
    if (phase === 'gathering') return show('gathering', () => card('You are in.', 'The first question comes when the clock is empty.'));
    return show(`end ${contest.state} ${run?.points ?? ''} ${own?.rank ?? ''}`, () => endCard(contest, own));
  };
  const stops = [
    app.on('me', ({ type, data }) => {
      if (type === 'contest.run' && data.run.contest === id) take(data.run);
      // A snapshot has no questions of a quest; the command that started a run tells it whole.
      if (type === 'me.snapshot' && app.runs.has(id)) start();
    }),
    app.on('online', () => { if (run || app.runs.has(id)) start(); }),
  ];
  // Whoever has a run comes back to it; nobody is made to start one.
  if (app.runs.has(id)) start();
  const timer = setInterval(() => drawStatus(status, contest, app), 1000);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    shown?.stop?.();
    clock.stop();
    board.stop();
    hideTip();
  };
}

/**
 * A revealed round in the form in which a duel's parts know it: texts that are hidden from others are one's own.
 * @param {any} round
 * @param {any} reveal
 * @param {any} run
 */
function revealView(round, reveal, run) {
  return { round, reveal, you: { seat: 0, answer: null, tries: run?.fireTries ?? [] } };
}

/**
 * What the ring counts down: the open question, or the stage of a live contest.
 * @param {any} contest
 * @param {any} stage
 * @param {any} run
 * @returns {[number | null, number | null]}
 */
function clockTimes(contest, stage, run) {
  if (contest?.kind === 'live') return stage?.until ? [stage.round?.startedAt ?? null, stage.until] : [null, null];
  return run?.round ? [run.round.startedAt, run.round.deadline] : [null, null];
}

/**
 * Where one has answered what doesn't show it, while the others still may.
 * @returns {import('./duel.js').Stage}
 */
function lockedCard() {
  return card('Locked in.', 'The truth comes when the time is up.');
}

/**
 * How a live contest ended, with one's own place on its board.
 * @param {any} contest
 * @param {import('../../src/board.js').OwnPlace | null} own
 * @returns {import('./duel.js').Stage}
 */
function endCard(contest, own) {
  const mine = own?.rank ? own.neighbours[own.rank - own.firstRank] : null;
  return { element: h('div', { class: 'card stack', role: 'status' },
    mine ? [h('p', { class: 'eyebrow' }, `Place ${grouped(own?.rank ?? 0)} of ${grouped(own?.of ?? 0)}`),
      h('p', { class: 'shout-points' }, h('strong', { class: 'big-number' }, grouped(mine.points)), ' points')] : null,
    h('p', { class: 'soft' }, states[contest.state] ?? ''),
    h('div', { class: 'row' }, h('a', { class: 'button main', href: '#/' }, 'Play a duel'))) };
}

/**
 * @param {string} title
 * @param {string} text
 * @returns {import('./duel.js').Stage}
 */
function card(title, text) {
  return { element: h('div', { class: 'card stack', role: 'status' }, h('p', { class: 'ask' }, title), h('p', { class: 'soft' }, text)) };
}

/**
 * @param {any} contest
 * @param {() => void} start
 * @returns {import('./duel.js').Stage}
 */
function startCard(contest, start) {
  const isOpen = contest.state === 'open';
  return { element: h('div', { class: 'card stack' }, h('p', { class: 'ask' }, contestText(contest)),
    isOpen ? h('div', { class: 'row' }, h('button', { class: 'button main huge', id: 'start-contest', on: { click: start } }, contest.kind === 'live' ? 'Join' : 'Start'))
      : h('p', null, states[contest.state] ?? ''),
    contest.amendedBecause ? h('p', { class: 'soft small' }, `A moderator has changed this board: ${contest.amendedBecause}`) : null) };
}

/**
 * A round whose score the engine still owes; nobody has to wait for it.
 * @param {any} run
 * @param {any} contest
 * @param {() => void} next
 * @returns {import('./duel.js').Stage}
 */
function scoringCard(run, contest, next) {
  const isLast = run.rounds.length >= (contest.rounds ?? 0);
  return { element: h('div', { class: 'card stack', role: 'status' }, h('p', { class: 'ask' }, 'Locked in.'),
    h('p', { class: 'soft' }, 'The engine is testing your text on texts that nobody here has seen.'),
    isLast || run.over ? null : h('div', { class: 'row' }, h('button', { class: 'button', id: 'next-round', on: { click: next } }, 'On to the next round'))) };
}

/**
 * @param {any} reveal
 * @param {number | null} points One's own; null for who watches.
 * @param {import('./duel.js').DuelContext} context
 * @param {(() => void) | null} next
 * @param {number} [answered]
 * @returns {import('./duel.js').Stage}
 */
function revealCard(reveal, points, context, next, answered) {
  const { text, tone } = points === null ? { text: 'The truth', tone: 'plain' } : soloVerdict(reveal, points);
  const gained = h('b', null, '+0');
  if (points !== null) setTimeout(() => countUp(gained, 0, points, (value) => `+${value}`), 350);
  context.app.announce(points === null ? text : `${text} ${points} points.`);
  const onward = next ? h('button', { class: 'button main', id: 'next-round', on: { click: next } }, 'Next round') : null;
  return { element: h('section', { class: 'reveal' },
    h('div', { class: 'outcome' }, h('div', { class: 'verdict' }, h('h2', { class: `shout ${tone}` }, text)),
      points === null ? null : h('div', { class: 'gains' }, h('div', { class: 'gain one' }, h('bdi', null, 'You'), gained)),
      h('div', { class: 'next' }, answered === undefined ? null : h('p', { class: 'soft' }, `${answered} answered`), onward)),
    truth(reveal, context.view(), context), heat(reveal, context)) };
}

/**
 * The streak that a daily goes on with, once it is known.
 * @param {import('../app.js').App} app
 */
function streakLine(app) {
  const line = h('a', { href: '#/me', id: 'streak', hidden: true });
  app.client.command('profile.get').then(({ profile }) => {
    line.textContent = `Streak: ${counted(profile.streak.days, 'day')}`;
    line.hidden = profile.streak.days === 0;
  }, () => {});
  return line;
}

/**
 * @param {any} run
 * @param {any} contest
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
function overCard(run, contest, context) {
  const copy = h('button', { class: 'button', id: 'share', on: { click: async () => {
    try {
      await navigator.clipboard.writeText(run.share);
      fill(copy, 'Copied \u2713');
    } catch {
      context.app.say('This browser does not let the page copy. Select the text above instead.');
    }
  } } }, 'Copy to share');
  const last = run.reveal ? [truth(run.reveal, revealView(null, run.reveal, run), context), heat(run.reveal, context)] : null;
  return { element: h('div', { class: 'stack' }, h('div', { class: 'card stack', role: 'status' },
    h('p', { class: 'eyebrow' }, contest.title), h('p', { class: 'shout-points' }, h('strong', { class: 'big-number' }, run.points), ' points'),
    run.share ? [h('pre', { class: 'share' }, run.share), h('div', { class: 'row' }, copy)]
      : h('p', { class: 'soft' }, run.endReason === 'finished' ? 'The engine is still scoring. What you may share comes then.' : 'Your run has ended.'),
    contest.kind === 'daily' ? streakLine(context.app) : null,
    h('div', { class: 'row' }, h('a', { class: 'button main', href: '#/' }, 'Play a duel'))), last) };
}
