import { fill, h, svg } from '../dom.js';
import { campaignOption, practiceText, waitingText } from '../logic/campaigns.js';
import { duration } from '../logic/clock.js';
import { countedUnits, formatName, grouped, shownName, shownText } from '../logic/text.js';
import { contestText, runningContests } from '../logic/contests.js';
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
  let lobby = /** @type {any} */ (null);
  let format = tabWord('format') || 'pick';
  if (!app.plays(format)) format = 'pick';
  const play = h('button', { class: 'button main huge', id: 'play', on: { click: () => app.go(`#/queue/${format}`) } });
  const label = () => { fill(play, `Play ${formatName(format)}`); };
  const choose = (/** @type {string} */ id) => { format = tabWord('format', id); label(); campaigns.tell(); };
  const resume = h('div', { hidden: true });
  const below = h('section', { class: 'below' });
  const foot = footer();
  const games = choice(app, () => format, choose);
  const campaigns = campaignChoice(app, () => lobby?.campaigns?.find((/** @type {any} */ one) => one.id === app.campaign?.id)?.waiting[format], () => {
    if (!app.plays(format)) choose('pick');
    games.draw();
    drawNotice(foot, app);
  });
  label();
  const drains = h('p', { class: 'banner', role: 'status', hidden: true }, 'This server is about to restart: what runs goes on, nothing new starts.');
  main.append(drains, hero(app, play, () => format, games, campaigns, resume), below, foot);

  const draw = () => {
    if (lobby) drawBelow(below, app, lobby);
    campaigns.tell();
    drains.hidden = !lobby?.draining;
  };
  // What is to come has its place from the start, so that nothing moves when it comes.
  fill(below, h('div', { class: 'card contest-card' }), h('div', { class: 'card' }));
  const subscription = app.client.subscribe('lobby');
  if (subscription.lastSnapshot) lobby = subscription.lastSnapshot.data.lobby;
  const stops = [
    subscription.on('event', (event) => { lobby = event.data.lobby; draw(); }),
    app.on('online', () => {
      if (!app.plays(format)) choose('pick');
      games.draw();
      campaigns.draw();
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
 * The campaigns to choose from, where there are several, and what is to be known of the chosen one.
 * @param {import('../app.js').App} app
 * @param {() => number | undefined} waiting How many wait in the chosen one.
 * @param {() => void} changed
 */
function campaignChoice(app, waiting, changed) {
  const select = h('select', { class: 'field', id: 'campaign', on: { change: () => {
    tabWord('campaign', select.value);
    app.chooseCampaign(select.value);
    changed();
    tell();
  } } });
  const what = h('small', { class: 'soft' });
  const element = h('div', { class: 'campaign-choice', hidden: true }, h('label', { for: 'campaign' }, 'Campaign'), select, what);
  // It has its place from the start, so that nothing moves when it comes.
  const note = h('p', { class: 'small soft practice-note' });
  const tell = () => {
    const { campaign } = app;
    note.textContent = campaign?.practice ? practiceText : '';
    what.textContent = campaign ? `${countedUnits(campaign)} of ${shownText(campaign.model, 60)}; ${waitingText(waiting())}` : '';
  };
  const draw = () => {
    element.hidden = app.campaigns.length < 2;
    fill(select, app.campaigns.map((campaign) => h('option', { value: campaign.id, selected: campaign.id === app.campaign?.id }, shownText(campaignOption(campaign), 80))));
    tell();
  };
  draw();
  return { element, note, draw, tell };
}

/**
 * @param {import('../app.js').App} app
 * @param {HTMLElement} play
 * @param {() => string} current
 * @param {{element: HTMLElement, said: HTMLElement}} games
 * @param {{element: HTMLElement, note: HTMLElement}} campaigns
 * @param {HTMLElement} resume
 */
function hero(app, play, current, games, campaigns, resume) {
  const bot = async () => {
    const answer = await app.wish('queue.acceptBot', { format: current(), ...app.choice });
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
      games.element, games.said, campaigns.element,
      h('div', { class: 'row start' }, play,
        h('button', { class: 'button', id: 'invite', on: { click: () => app.go(`#/invite/${current()}`) } }, 'Invite a friend'),
        h('button', { class: 'button plain', id: 'practise', on: { click: bot } }, 'Play a bot'),
        h('a', { class: 'button plain', id: 'solo', href: '#/solo' }, 'Solo')), campaigns.note),
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
  const running = runningContests(lobby.contests);
  const focused = document.activeElement?.getAttribute('href');
  fill(place, contestCard(app, running.find(({ kind }) => kind === 'race'), lobby), duelsCard(app, lobby), otherContests(app, running));
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
      h('p', { class: 'soft' }, 'The next race opens soon.'), h('p', null, h('a', { href: '#/boards' }, 'All boards')), online(lobby));
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
      app.activeRun === contest.id ? 'Back to your run' : isOpen ? 'Race' : 'Look in'), h('a', { href: `#/board/${contest.id}` }, 'Watch the board'), h('a', { href: '#/boards' }, 'All boards')),
    online(lobby));
}

/**
 * Contests of other kinds than the race.
 * @param {import('../app.js').App} app
 * @param {any[]} running
 */
function otherContests(app, running) {
  return running.filter(({ kind }) => kind !== 'race').map((contest) => {
    const isOpen = contest.state === 'open';
    return h('div', { class: 'card contest-card' },
      h('div', { class: 'row' }, h('span', { class: `badge ${isOpen ? 'hot live' : ''}` }, isOpen ? 'open now' : contest.state === 'paused' ? 'paused' : 'soon'),
        contest.date ? h('span', { class: 'badge' }, contest.date) : null,
        h('span', { class: 'badge' }, `${grouped(contest.players)} ${contest.players === 1 ? 'player' : 'players'}`)),
      h('h2', null, contest.title), h('p', null, contestText(contest)),
      h('p', { class: 'small soft' }, contest.state === 'scheduled' ? 'Opens in ' : 'Closes in ',
        h('span', { class: 'when', dataset: { until: String(contest.state === 'scheduled' ? contest.opensAt : contest.closesAt) } })),
      h('div', { class: 'row' }, h('a', { class: 'button main', href: `#/contest/${contest.id}` }, isOpen ? 'Play' : 'Look in')));
  });
}

/** @param {any} lobby */
function online(lobby) {
  return h('p', { class: 'small soft' }, `${grouped(lobby.online)} online, ${grouped(lobby.playing)} playing`);
}

/** @param {number} n */
function ordinal(n) {
  return ['', 'first', 'second', 'third', 'fourth', 'fifth'][n] ?? `${n}th`;
}

/**
 * @param {import('../app.js').App} app
 * @param {any} lobby
 */
function duelsCard(app, lobby) {
  const of = (/** @type {any} */ duel) => (app.campaigns.length > 1 ? `, ${shownText(app.campaignOf(duel.campaign)?.title, 60)}` : '');
  const rows = lobby.duels.map((/** @type {any} */ duel) => h('li', null,
    h('a', { href: `#/duel/${duel.id}` },
      h('span', { class: 'who' }, h('bdi', null, shownName(duel.players[0])), h('span', { class: 'soft' }, 'vs'),
        h('bdi', null, shownName(duel.players[1]))),
      h('span', { class: 'score' }, `${duel.totals[0]} : ${duel.totals[1]}`),
      h('span', { class: 'soft small' }, `${formatName(duel.format)}, round ${Math.max(1, duel.round)} of ${duel.of}${of(duel)}`),
      h('span', { class: 'soft small' }, duel.spectators > 0 ? `${duel.spectators} watching` : 'watch'))));
  const over = (lobby.finished ?? []).map((/** @type {any} */ duel) => h('li', null,
    h('a', { href: `#/replay/${duel.id}` },
      h('span', { class: 'who' }, h('bdi', null, shownName(duel.players[0])), h('span', { class: 'soft' }, 'vs'),
        h('bdi', null, shownName(duel.players[1]))),
      h('span', { class: 'score' }, `${duel.totals[0]} : ${duel.totals[1]}`),
      h('span', { class: 'soft small' }, formatName(duel.format)), h('span', { class: 'soft small' }, 'replay'))));
  return h('div', { class: 'card' }, h('h2', null, 'Watch a duel'),
    rows.length > 0 ? h('ul', { class: 'duels' }, rows)
      : h('p', { class: 'soft' }, 'Nobody duels right now. Start one, and it shows up here.'),
    over.length > 0 ? [h('h3', { class: 'just-over' }, 'Just over'), h('ul', { class: 'duels' }, over)] : null);
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
      'what a model is thinking, before trusting it. Every explanation here is kept for research. ', h('a', { href: '#/why' }, 'Read more')),
    h('p', null, 'Explicit texts are hidden unless you want them, see ', h('a', { href: '#/settings' }, 'settings'), '.'), h('p', { class: 'notice' }));
}

/**
 * @param {HTMLElement} foot
 * @param {import('../app.js').App} app
 */
function drawNotice(foot, app) {
  const place = foot.querySelector('.notice');
  if (!place || !app.campaign) return;
  const { title, model, notice, practice } = app.campaign;
  fill(place, `Now played: ${shownText(title, 80)}, ${countedUnits(app.campaign)} of ${shownText(model, 60)}. `,
    app.plays('fire') ? null : 'Fire and Mixed need the model itself, which is not on this server. ', practice ? null : notice);
}
