import { fill, h, svg } from '../dom.js';
import { duration } from '../logic/clock.js';
import { countedUnits, formatName, grouped, shownName } from '../logic/text.js';
import { tabWord } from '../storage.js';
import { sampleLine, tryOne } from './try-one.js';

const formats = [
  { id: 'pick', say: 'Two explanations. Pick the true one, fast.', rounds: '5 rounds' },
  { id: 'write', say: 'Explain it in your own words. The engine scores you.', rounds: '3 rounds' },
  { id: 'fire', say: 'Write a text that makes it blaze. Three tries.', rounds: '3 rounds' },
  { id: 'mixed', say: 'One round of each of the five kinds.', rounds: '5 rounds' },
];

/** @param {string} id */
function glyph(id) {
  const paths = /** @type {Record<string, string>} */ ({
    pick: 'M3 5h8v14H3zM14 5h7v14h-7zM5.5 9h3M5.5 12h3',
    write: 'M4 20l1-5L16 4l4 4L9 19zM13 7l4 4',
    fire: 'M12 21c-4 0-7-2.7-7-6.5C5 10 9 9 9.5 3c3.5 2 4 5 4 7 1-.6 1.5-1.5 1.7-2.600C17.5 9.3 19 11.5 19 14.5 19 18.3 16 21 12 21z',
    mixed: 'M4 4h7v7H4zM17 4l4 7h-8zM7.5 14a3.5 3.5 0 1 0 .01 0zM14 14h6v6h-6z',
  });
  return svg('svg', { class: 'glyph', viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor',
    'stroke-width': 1.9, 'stroke-linejoin': 'round', 'stroke-linecap': 'round', 'aria-hidden': 'true' },
  svg('path', { d: paths[id] ?? '' }));
}

/** @type {import('../main.js').Screen} */
export function showLobby(main, app) {
  let format = tabWord('format') || 'pick';
  if (!app.plays(format)) format = 'pick';
  const play = h('button', { class: 'button main huge', id: 'play', on: { click: () => app.go(`#/queue/${format}`) } });
  const label = () => { fill(play, `Play ${formatName(format)}`); };
  const choose = (/** @type {string} */ id) => { format = tabWord('format', id); label(); };
  label();
  const resume = h('div', { hidden: true });
  const below = h('section', { class: 'below' });
  const foot = footer();
  const games = choice(app, () => format, choose);
  main.append(hero(app, play, () => format, games, resume), below, foot);

  let lobby = /** @type {any} */ (null);
  const draw = () => { if (lobby) drawBelow(below, app, lobby); };
  const subscription = app.client.subscribe('lobby');
  if (subscription.lastSnapshot) lobby = subscription.lastSnapshot.data.lobby;
  const stops = [
    subscription.on('event', (event) => { lobby = event.data.lobby; draw(); }),
    app.on('online', () => {
      if (!app.plays(format)) choose('pick');
      games.draw();
      showResume(resume, app);
      drawNotice(foot, app);
      draw();
    }),
    app.on('me', ({ type }) => { if (type === 'me.snapshot' || type === 'duel.matched') showResume(resume, app); }),
  ];
  showResume(resume, app);
  drawNotice(foot, app);
  draw();
  const timer = setInterval(() => drawTimes(below, app), 1000);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    subscription.close();
  };
}

/**
 * The games to choose from: those that this server can play.
 * @param {import('../app.js').App} app
 * @param {() => string} current
 * @param {(id: string) => void} choose
 */
function choice(app, current, choose) {
  // On a phone only the chosen game is described.
  const said = h('p', { class: 'said small soft', 'aria-hidden': 'true' });
  const tell = () => { said.textContent = formats.find((format) => format.id === current())?.say ?? ''; };
  const element = h('fieldset', { class: 'formats' });
  let shown = '';
  const draw = () => {
    const played = formats.filter(({ id }) => app.plays(id));
    const names = played.map(({ id }) => id).join();
    if (names === shown) return;
    shown = names;
    fill(element, h('legend', { class: 'unseen' }, 'Which game'),
      played.map(({ id, say, rounds }) => h('label', { class: 'format' },
        h('input', { type: 'radio', name: 'format', value: id, checked: current() === id,
          on: { change: () => { choose(id); tell(); } } }),
        glyph(id), h('b', null, formatName(id), h('span', { class: 'unseen' }, `, ${rounds}`)), h('small', null, say))));
    tell();
  };
  draw();
  return { element, said, draw };
}

/**
 * @param {import('../app.js').App} app
 * @param {HTMLElement} play
 * @param {() => string} current
 * @param {{element: HTMLElement, said: HTMLElement}} games
 * @param {HTMLElement} resume
 */
function hero(app, play, current, games, resume) {
  const bot = async () => {
    const answer = await app.wish('queue.acceptBot', { format: current() });
    if (answer) app.go(`#/duel/${answer.duel}`);
  };
  return h('section', { class: 'hero' },
    h('div', { class: 'say' },
      h('h1', null, 'Read a ', h('span', { class: 't h6' }, 'neuron'), '. Beat a human.'),
      h('p', { class: 'lead' }, 'Inside a language model are ', h('strong', null, 'neurons'),
        '. Each lights up on certain words. See where one lights up, and beat your opponent at saying ',
        h('strong', null, 'why'), '.'),
      h('div', { class: 'card sample' }, sampleLine()),
      resume,
      games.element, games.said,
      h('div', { class: 'row start' }, play,
        h('button', { class: 'button', id: 'invite', on: { click: () => app.go(`#/invite/${current()}`) } }, 'Invite a friend'),
        h('button', { class: 'button plain', id: 'practise', on: { click: bot } }, 'Play a bot'))),
    tryOne());
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 */
function showResume(place, app) {
  place.hidden = !app.activeDuel;
  if (app.activeDuel) {
    fill(place, h('a', { class: 'button main', href: `#/duel/${app.activeDuel}` }, 'Back to your running duel'));
  }
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 * @param {any} lobby
 */
function drawBelow(place, app, lobby) {
  const running = lobby.contests.find((/** @type {any} */ c) => c.state === 'open' || c.state === 'paused') ??
    lobby.contests.find((/** @type {any} */ c) => c.state === 'scheduled');
  const focused = document.activeElement?.getAttribute('href');
  fill(place, contestCard(app, running, lobby), duelsCard(lobby));
  if (focused) {
    const again = [...place.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused);
    again?.focus({ preventScroll: true });
  }
  drawTimes(place, app);
}

/**
 * @param {import('../app.js').App} app
 * @param {any} contest
 * @param {any} lobby
 */
function contestCard(app, contest, lobby) {
  if (!contest) {
    return h('div', { class: 'card contest-card' }, h('h2', null, 'The race'),
      h('p', { class: 'soft' }, 'The next race opens soon.'), online(lobby));
  }
  const isOpen = contest.state === 'open';
  return h('div', { class: 'card contest-card' },
    h('div', { class: 'row' }, h('span', { class: `badge ${isOpen ? 'hot live' : ''}` },
      isOpen ? 'open now' : contest.state === 'paused' ? 'paused' : 'soon'),
    h('span', { class: 'badge' }, `${grouped(contest.players)} ${contest.players === 1 ? 'player' : 'players'}`)),
    h('h2', null, contest.title),
    h('p', null, `As many right picks as you can in ${duration(contest.runSeconds * 1000)} minutes. ` +
      `A wrong one costs ${contest.wrongCostSeconds} s, the ${ordinal(contest.wrongMax)} ends your run.`),
    h('p', { class: 'small soft' }, isOpen || contest.state === 'paused' ? 'Closes in ' : 'Opens in ',
      h('span', { class: 'when', dataset: { until: String(contest.state === 'scheduled' ? contest.opensAt : contest.closesAt) } })),
    h('div', { class: 'row' }, h('a', { class: 'button main', href: `#/contest/${contest.id}` },
      app.activeRun === contest.id ? 'Back to your run' : isOpen ? 'Race' : 'Look in')),
    online(lobby));
}

/** @param {any} lobby */
function online(lobby) {
  return h('p', { class: 'small soft' }, `${grouped(lobby.online)} online, ${grouped(lobby.playing)} playing`);
}

/** @param {number} n */
function ordinal(n) {
  return ['', 'first', 'second', 'third', 'fourth', 'fifth'][n] ?? `${n}th`;
}

/** @param {any} lobby */
function duelsCard(lobby) {
  const rows = lobby.duels.map((/** @type {any} */ duel) => h('li', null,
    h('a', { href: `#/duel/${duel.id}` },
      h('span', { class: 'who' }, h('bdi', null, shownName(duel.players[0])), h('span', { class: 'soft' }, 'vs'),
        h('bdi', null, shownName(duel.players[1]))),
      h('span', { class: 'score' }, `${duel.totals[0]} : ${duel.totals[1]}`),
      h('span', { class: 'soft small' }, `${formatName(duel.format)}, round ${Math.max(1, duel.round)} of ${duel.of}`),
      h('span', { class: 'soft small' }, duel.spectators > 0 ? `${duel.spectators} watching` : 'watch'))));
  return h('div', { class: 'card' }, h('h2', null, 'Watch a duel'),
    rows.length > 0 ? h('ul', { class: 'duels' }, rows)
      : h('p', { class: 'soft' }, 'Nobody duels right now. Start one, and it shows up here.'));
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 */
function drawTimes(place, app) {
  for (const element of place.querySelectorAll('[data-until]')) {
    element.textContent = duration(Number(/** @type {HTMLElement} */ (element).dataset.until) - app.now());
  }
}

function footer() {
  return h('footer', { class: 'foot' },
    h('p', null, 'Why it matters: nobody yet knows what most neurons of a language model do. Whoever can read them can check ',
      'what a model is thinking, before trusting it. Every explanation here is kept for research.'), h('p', { class: 'notice' }));
}

/**
 * @param {HTMLElement} foot
 * @param {import('../app.js').App} app
 */
function drawNotice(foot, app) {
  const place = foot.querySelector('.notice');
  if (!place || !app.campaign) return;
  const { title, model, notice } = app.campaign;
  fill(place, `Now played: ${title}, ${countedUnits(app.campaign)} of ${model}. `,
    app.plays('fire') ? null : 'Fire and Mixed need the model itself, which is not on this server. ', notice);
}
