import { fill, h } from '../dom.js';
import { formatName, grouped, shownName, shownText } from '../logic/text.js';
import { duration } from '../logic/clock.js';
import { tabWord } from '../storage.js';
import { ask } from './dialog.js';

/** @type {import('../main.js').Screen} */
export function showModeration(main, app) {
  /** @type {(() => void) | null} */ let leaveConsole = null;
  const place = h('div', { class: 'console' });
  main.append(h('h1', { class: 'unseen' }, 'Moderation'), place);

  const login = async (/** @type {string} */ token) => {
    try {
      const answer = await app.client.command('moderate.login', { token });
      tabWord('moderator', token);
      if (!leaveConsole) leaveConsole = showConsole(place, app, answer.label);
    } catch (error) {
      tabWord('moderator', null);
      leaveConsole?.();
      leaveConsole = null;
      loginForm(place, login, /** @type {any} */ (error).reason);
    }
  };
  // The role belongs to a connection: a new one must log in again before it is told anything.
  const stop = app.on('online', () => { if (leaveConsole) login(tabWord('moderator')); });
  const kept = tabWord('moderator');
  if (kept) login(kept);
  else loginForm(place, login, '');
  return () => {
    stop();
    leaveConsole?.();
  };
}

/**
 * @param {HTMLElement} place
 * @param {(token: string) => void} login
 * @param {string} problem
 */
function loginForm(place, login, problem) {
  const field = h('input', { class: 'field', type: 'password', id: 'token', autocomplete: 'off', required: true, 'aria-label': 'Moderator\u2019s token' });
  fill(place, h('div', { class: 'centre' }, h('h2', null, 'Moderators only'),
    h('p', { class: 'soft' }, 'Enter the token that ', h('code', null, 'neuronarena admin'), ' has made for you. It stays in this tab.'),
    h('form', { class: 'copy', on: { submit: (/** @type {Event} */ event) => {
      event.preventDefault();
      login(field.value.trim());
    } } }, field, h('button', { class: 'button main' }, 'Enter')),
    h('p', { role: 'alert', class: 'soft' }, problem)));
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 * @param {string} label
 */
function showConsole(place, app, label) {
  const figures = h('div', { class: 'figures' });
  const contests = h('div', { class: 'scroll' });
  const duels = h('div', { class: 'scroll' });
  const players = h('div', { class: 'scroll' });
  const audit = h('div', { class: 'scroll' });
  fill(place, h('div', { class: 'row' }, h('h2', null, 'Moderation'), h('span', { class: 'badge hot' }, shownName(label)), h('span', { class: 'badge live' }, 'live')),
    figures, section('Contests', contests), section('Duels', duels), section('Players', players), section('Audit log', audit));

  const readAudit = async () => {
    const answer = await app.wish('moderate.audit', { limit: 50 });
    if (answer) drawAudit(audit, answer.entries);
  };
  const act = async (/** @type {string} */ type, /** @type {any} */ data, /** @type {string} */ title, /** @type {string} */ confirm) => {
    const reason = await ask({ title, text: 'The players are told the reason, and the audit log keeps it.', confirm, reason: true });
    if (reason === null || reason === '') return;
    const answer = await app.wish(type, { ...data, reason });
    if (answer) {
      app.say('Done.');
      readAudit();
    }
  };
  const draw = (/** @type {any} */ view) => {
    const numbers = [['connections', view.connections], ['players', view.players.length], ['duels', view.duels.length],
      ['waiting', view.queues.pick + view.queues.write + view.queues.fire + (view.queues.mixed ?? 0)]];
    fill(figures, numbers.map(([name, value]) => h('div', { class: 'figure' }, h('b', null, grouped(value)), name)));
    drawContests(contests, view.contests, act);
    drawDuels(duels, view.duels, act);
    drawPlayers(players, view.players, app, act);
  };
  const subscription = app.client.subscribe('moderation');
  const stop = subscription.on('event', (event) => {
    // While an action button is focused, a redraw would take it away under the moderator's hand.
    const focus = focusKey(place);
    draw(event.data.moderation);
    restoreFocus(place, focus);
  });
  readAudit();
  return () => {
    stop();
    subscription.close();
  };
}

/** @param {HTMLElement} place */
function focusKey(place) {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  return active && place.contains(active) ? active.dataset.act : undefined;
}

/**
 * @param {HTMLElement} place
 * @param {string | undefined} key
 */
function restoreFocus(place, key) {
  if (!key) return;
  for (const button of place.querySelectorAll('button')) {
    if (button.dataset.act === key) button.focus({ preventScroll: true });
  }
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
function section(title, content) {
  return h('section', { class: 'card stack' }, h('h3', null, title), content);
}

/**
 * @param {string[]} heads
 * @param {any[][]} rows
 * @param {string} none
 */
function table(heads, rows, none) {
  if (rows.length === 0) return h('p', { class: 'soft' }, none);
  return h('table', { class: 'grid-table' }, h('thead', null, h('tr', null, heads.map((head) => h('th', { scope: 'col' }, head || h('span', { class: 'unseen' }, 'Actions'))))),
    h('tbody', null, rows.map((cells) => h('tr', null, cells.map((cell) => h('td', null, cell))))));
}

/**
 * @param {string} text
 * @param {string} key
 * @param {() => void} work
 */
function actionButton(text, key, work) {
  return h('button', { class: 'button danger', dataset: { act: key }, on: { click: work } }, text);
}

/** @typedef {(type: string, data: any, title: string, confirm: string) => void} Act */

/**
 * @param {HTMLElement} place
 * @param {any[]} contests
 * @param {Act} act
 */
function drawContests(place, contests, act) {
  fill(place, table(['Contest', 'State', 'Players', ''], contests.map((contest) => {
    const data = { contest: contest.id };
    const isPaused = contest.state === 'paused';
    return [h('a', { href: `#/contest/${contest.id}` }, shownText(contest.title)), contest.state, grouped(contest.players),
      h('div', { class: 'row' },
        isPaused ? actionButton('Resume', `resume ${contest.id}`, () => act('moderate.resumeContest', data, `Resume ${contest.title}?`, 'Resume'))
          : contest.state === 'open' ? actionButton('Pause', `pause ${contest.id}`, () => act('moderate.pauseContest', data, `Pause ${contest.title}?`, 'Pause')) : null,
        isPaused || contest.state === 'open'
          ? actionButton('End', `end ${contest.id}`, () => act('moderate.endContest', data, `End ${contest.title} now?`, 'End it')) : null)];
  }), 'No contests.'));
}

/**
 * @param {HTMLElement} place
 * @param {any[]} duels
 * @param {Act} act
 */
function drawDuels(place, duels, act) {
  fill(place, table(['Players', 'Format', 'Round', 'Score', 'Watching', ''], duels.map((duel) => {
    const names = duel.players.map((/** @type {string} */ name) => shownName(name)).join(' vs ');
    return [h('a', { href: `#/duel/${duel.id}` }, h('bdi', null, names)), formatName(duel.format), `${duel.round} of ${duel.of}`,
      `${duel.totals[0]} : ${duel.totals[1]}`, duel.spectators,
      actionButton('Void', `void ${duel.id}`, () => act('moderate.endDuel', { duel: duel.id }, `End ${names} as void?`, 'End it'))];
  }), 'No duels.'));
}

/**
 * @param {HTMLElement} place
 * @param {any[]} players
 * @param {import('../app.js').App} app
 * @param {Act} act
 */
function drawPlayers(place, players, app, act) {
  fill(place, table(['Player', 'Id', 'Connections', 'Here for', 'Where', ''], players.slice(0, 200).map((player) => [
    h('bdi', null, shownName(player.name)), player.player, player.connections, duration(app.now() - player.connectedSince),
    player.duel ? h('a', { href: `#/duel/${player.duel}` }, 'in a duel') : player.contest ? h('a', { href: `#/contest/${player.contest}` }, 'in a race') : 'lobby',
    actionButton('Kick', `kick ${player.player}`, () => act('moderate.kick', { player: player.player, seconds: 300 },
      `Kick ${shownName(player.name)} for five minutes?`, 'Kick')),
  ]), 'Nobody is here.'), players.length > 200 ? h('p', { class: 'soft small' }, `and ${grouped(players.length - 200)} more`) : null);
}

/**
 * @param {HTMLElement} place
 * @param {any[]} entries
 */
function drawAudit(place, entries) {
  fill(place, table(['When', 'Who', 'What', 'Whom', 'Why'], entries.map((entry) => [
    new Date(entry.at).toLocaleString(), shownName(entry.moderator), entry.action, shownText(entry.target ?? ''), h('bdi', null, shownText(entry.reason)),
  ]), 'Nothing yet.'));
}
