import { fill, h, svg } from '../dom.js';
import { duration } from '../logic/clock.js';
import { aUnit, unitNoun } from '../logic/text.js';
import { liveBoard } from './board.js';
import { clockRing } from './clock-ring.js';
import { drawStatus } from './contest-status.js';
import { clueList, hideTip } from './heat-map.js';
import { choiceCards } from './question-pick.js';

const endings = /** @type {Record<string, string>} */ ({
  time: 'Time is up', wrongAnswers: 'That was the last life', closed: 'The race has closed',
  removed: 'A moderator has taken this run off the board',
});

const states = /** @type {Record<string, string>} */ ({
  scheduled: 'The race has not opened yet.', paused: 'The race is paused. All clocks stand still.',
  closing: 'The race is closing. The last answers are being counted.', final: 'The race is over. This board is final.',
});

/**
 * A race: as many right picks as possible, on one's own clock.
 * @type {import('../main.js').Screen}
 */
export function showRace(main, app, id) {
  /** @type {any} */ let contest = null;
  /** @type {any} */ let run = null;
  const status = h('div', { class: 'row', role: 'status' });
  const title = h('h1', { class: 'unseen' }, 'Race');
  const place = h('div', { class: 'race stack' });
  const race = runView(app, id, (next) => { run = next; draw(); });
  const board = liveBoard(app, id, (next) => { contest = next; draw(); });
  main.append(h('div', { class: 'stack' }, title, h('div', { class: 'contest' }, h('div', { class: 'stack' }, status, place), board.element)));

  let shown = '';
  const draw = () => {
    drawStatus(status, contest, app);
    if (run && !run.over) {
      if (shown !== 'run') fill(place, race.element);
      shown = 'run';
      race.update(run, contest);
      return;
    }
    const key = `${run ? 'over' : 'idle'} ${contest?.state} ${run?.points}`;
    if (shown === key) return;
    shown = key;
    race.update(null, contest);
    fill(place, run ? overCard(run) : startCard(contest, app, start));
  };
  const start = async () => {
    const answer = await app.wish('contest.start', { contest: id });
    if (!answer) return;
    app.activeRun = id;
    run = answer.run;
    draw();
  };
  const stops = [
    app.on('me', ({ type, data }) => {
      if (type === 'contest.judged' && data.contest === id) race.judged(data);
      const changed = type === 'contest.run' ? data.run : type === 'me.snapshot' ? data.run : null;
      if (!changed || changed.contest !== id) return;
      run = changed;
      draw();
    }),
    // A run that is going on is told again by the same command that started it.
    app.on('online', () => { if (app.activeRun === id) start(); }),
  ];
  if (app.activeRun === id) start();
  const timer = setInterval(() => drawStatus(status, contest, app), 1000);
  draw();
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    race.stop();
    board.stop();
    hideTip();
  };
}

/**
 * @param {any} contest
 * @param {import('../app.js').App} app
 * @param {() => void} start
 */
function startCard(contest, app, start) {
  if (!contest) return h('div', { class: 'card' }, h('p', { class: 'soft' }, 'Opening the race\u2026'));
  const isOpen = contest.state === 'open';
  const minutes = duration(contest.runSeconds * 1000);
  return h('div', { class: 'card stack' },
    isOpen ? [
      h('p', { class: 'ask' }, `Your clock: ${minutes}. Your lives: ${contest.wrongMax}.`),
      h('p', null, `Each question shows where ${aUnit(app.campaign)} lights up, and two explanations. Pick the one that fits, within 30 seconds. A wrong pick costs a life and ${contest.wrongCostSeconds} seconds.`),
      h('div', { class: 'row' }, h('button', { class: 'button main huge', id: 'start-race', on: { click: start } }, 'Start my run')),
      h('p', { class: 'soft small' }, 'One run each. The clock starts when you do.'),
    ] : [h('p', { class: 'ask' }, states[contest.state] ?? ''), contest.endedBecause ? h('p', null, `Ended early: ${contest.endedBecause}`) : null,
      contest.amended ? h('p', { class: 'soft small' }, 'A moderator has changed this board after its end.') : null, h('div', { class: 'row' }, h('a', { class: 'button', href: '#/' }, 'Back to the lobby'))]);
}

/** @param {any} run */
function overCard(run) {
  return h('div', { class: 'card stack', role: 'status' },
    h('p', { class: 'eyebrow' }, endings[run.endReason] ?? 'Your run is over'),
    h('p', { class: 'shout-points' }, h('strong', { class: 'big-number' }, run.points), run.points === 1 ? ' point' : ' points'),
    h('p', { class: 'soft' }, `${run.wrong} wrong. Watch the board: others are still racing.`),
    h('div', { class: 'row' }, h('a', { class: 'button main', href: '#/' }, 'Play a duel')));
}

/**
 * The running race: question after question.
 * @param {import('../app.js').App} app
 * @param {string} contest
 * @param {(run: any) => void} onRun
 */
function runView(app, contest, onRun) {
  const clock = clockRing(app);
  const number = h('span');
  const plus = h('span');
  const points = h('div', { class: 'points', 'aria-label': 'Points' }, number);
  const lives = h('div', { class: 'lives' });
  const place = h('div');
  const fuseBar = h('i');
  const fuse = h('div', { class: 'meter fuse', role: 'timer', 'aria-label': 'Time for this question' }, fuseBar);
  const element = h('div', { class: 'stack race' }, h('div', { class: 'race-bar' }, points, fuse, h('div', { class: 'row' }, lives, clock.element)), place);
  /** @type {any} */ let cards = null;
  let questionKey = 0;
  let last = { points: 0, wrong: 0 };
  let isHeld = false;
  /** @type {number | null} */ let deadline = null;
  const burn = setInterval(() => {
    if (deadline === null || isHeld) return;
    const share = Math.min(1, Math.max(0, (deadline - app.now()) / 30000));
    fuseBar.style.transform = `scaleX(${share})`;
    fuse.classList.toggle('over', share < 0.2);
  }, 200);

  const flash = (/** @type {string} */ text, /** @type {boolean} */ isGood) => {
    plus.remove();
    plus.textContent = text;
    plus.className = `plus${isGood ? '' : ' minus'}`;
    points.append(plus);
    app.announce(isGood ? 'Right.' : 'Wrong.');
  };
  // The truth comes with the answer, and again as an event: it is told once.
  const judged = (/** @type {any} */ told) => {
    if (told.question !== questionKey || isHeld) return;
    cards?.cards[told.rightSide]?.classList.add('right');
    place.firstElementChild?.classList.add(told.right ? 'flash-right' : 'flash-wrong');
    if (told.side === null) app.say('Too late: the question\u2019s time was up.');
    isHeld = true;
    onRun(told.run);
    // A moment to see which was right; a wrong pick deserves a longer look.
    setTimeout(() => { isHeld = false; onRun(told.run); }, told.right ? 350 : 1100);
  };
  const answer = (/** @type {any} */ question) => async (/** @type {'a' | 'b'} */ side) => {
    try {
      const told = await app.client.command('contest.answer', { contest, question: question.number, side });
      judged(told);
      return true;
    } catch (error) {
      const { code, reason } = /** @type {any} */ (error);
      if (code !== 'wrong_question') app.say(reason);
      return false;
    }
  };
  return {
    element, judged,
    /**
     * @param {any} run
     * @param {any} details The contest.
     */
    update(run, details) {
      if (!run) {
        cards?.stop();
        cards = null;
        questionKey = 0;
        deadline = null;
        return;
      }
      const most = details?.wrongMax ?? 3;
      clock.set(run.endsAt - (details?.runSeconds ?? 300) * 1000, run.endsAt);
      number.textContent = String(run.points);
      if (run.points > last.points && questionKey > 0) flash(`+${run.points - last.points}`, true);
      if (run.wrong > last.wrong && questionKey > 0) flash(`\u2212${details?.wrongCostSeconds ?? 10} s`, false);
      if (lives.childElementCount !== most || run.wrong !== last.wrong) {
        fill(lives, Array.from({ length: most }, (_, i) => heart(i < most - run.wrong)));
        lives.setAttribute('aria-label', `${most - run.wrong} of ${most} lives left`);
        lives.setAttribute('role', 'img');
      }
      last = { points: run.points, wrong: run.wrong };
      if (isHeld || !run.question || run.question.number === questionKey) return;
      questionKey = run.question.number;
      deadline = run.question.deadline;
      cards?.stop();
      hideTip();
      cards = choiceCards(run.question.options, { choose: answer(run.question) });
      fill(place, h('section', { class: 'stack' }, clueList(run.question.clues.slice(0, 5), unitNoun(run.question.unit)),
        h('div', { class: 'panel dock' }, h('p', { class: 'ask' }, 'What makes it light up?'), cards.element)));
    },
    stop() {
      clearInterval(burn);
      cards?.stop();
      clock.stop();
    },
  };
}

/** @param {boolean} isLeft */
function heart(isLeft) {
  return svg('svg', { viewBox: '0 0 24 24', class: isLeft ? '' : 'spent', 'aria-hidden': 'true' },
    svg('path', { fill: 'currentColor', d: 'M13 2 5 13.5h5.5L9.5 22 19 10h-6z' }));
}
