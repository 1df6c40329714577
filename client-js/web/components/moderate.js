import { fill, h } from '../dom.js';
import { times } from '../logic/console.js';
import { grouped, shownName } from '../logic/text.js';
import { tabWord } from '../storage.js';
import { acting } from './console/acts.js';
import { auditLog } from './console/audit.js';
import { health } from './console/health.js';
import { hideFromView } from './console/hiding.js';
import { liveContests, liveDuels, livePlayers, notices, sanctions } from './console/lists.js';
import { lookIn } from './console/look.js';
import { workQueue } from './console/queue.js';

/** How often lists that are looked at are read anew, in milliseconds. */
const readingMs = 2000;

/** @type {import('../main.js').Screen} */
export function showModeration(main, app) {
  /** @type {(() => void) | null} */ let leaveConsole = null;
  const place = h('div', { class: 'console' });
  main.append(h('h1', { class: 'unseen' }, 'Moderation'), place);

  const login = async (/** @type {string} */ token) => {
    try {
      const answer = await app.client.command('moderate.login', { token });
      tabWord('moderator', token);
      hideFromView(app);
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
    h('p', { class: 'soft' }, 'Enter the token that ', h('code', null, 'neuronarena admin token'), ' has made for you. It stays in this tab.'),
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
  let name = 'Live';
  const { act, undo, undoEntry, bar } = acting(app, () => refresh());
  const look = lookIn(app, act);
  const audit = auditLog(app, undoEntry);
  const charts = health();
  const queue = workQueue(app, act, look.open);
  const live = [liveContests(app, act), liveDuels(app, act), livePlayers(app, act, look.open)];
  const held = [sanctions(app, act), notices(app, act)];
  /** @type {[string, HTMLElement[], (() => void)[]][]} */
  const parts = [
    ['Live', live.map(({ element }) => element), live.map(({ read }) => read)],
    ['Queue', queue.elements, queue.tables.map(({ read }) => read)],
    ['Bans', held.map(({ element }) => element), held.map(({ read }) => read)],
    ['Server', [charts.element, serverCard(act, () => draining)], []],
    ['Log', [audit.element], []],
  ];
  let draining = false;
  const waiting = h('span', { class: 'badge hot', hidden: true });
  const tabs = parts.map(([title], i) => h('button', { class: 'tab', role: 'tab', id: `tab-${title}`, 'aria-controls': 'part', on: { click: () => show(title) } },
    title, title === 'Queue' ? [' ', waiting] : null, ' ', h('kbd', null, i + 1)));
  const part = h('div', { class: 'console', id: 'part', role: 'tabpanel', tabindex: -1 });
  const figures = h('div', { class: 'figures' });
  const drains = h('span', { class: 'badge hot', hidden: true }, 'draining');
  fill(place, h('div', { class: 'row' }, h('h2', null, 'Moderation'), h('span', { class: 'badge' }, h('bdi', null, shownName(label))), h('span', { class: 'badge live' }, 'live'), drains),
    figures, h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Parts of the console' }, tabs), bar, look.element, part);

  const readings = () => parts.find(([title]) => title === name)?.[2] ?? [];
  const refresh = () => {
    for (const read of readings()) read();
    if (name === 'Log') audit.read();
    look.read();
  };
  const show = (/** @type {string} */ title) => {
    name = title;
    tabs.forEach((tab, i) => {
      const isHere = parts[i]?.[0] === title;
      tab.setAttribute('aria-selected', String(isHere));
      tab.tabIndex = isHere ? 0 : -1;
      if (!isHere) return;
      part.setAttribute('aria-labelledby', tab.id);
      tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    fill(part, parts.find(([one]) => one === title)?.[1] ?? []);
    refresh();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest('input, select, textarea, dialog') || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = parts[Number(event.key) - 1]?.[0] ?? arrowed(event.key, target, parts.map(([title]) => title), name);
    if (to) {
      show(to);
      tabs[parts.findIndex(([title]) => title === to)]?.focus();
    } else if (event.key.toLowerCase() === 'u' && !target.closest('.table-row')) undo();
    else return;
    event.preventDefault();
  };
  document.addEventListener('keydown', onKey);
  const timer = setInterval(() => { if (document.visibilityState === 'visible') { for (const read of readings()) read(); look.read(); } }, readingMs);

  const subscription = app.client.subscribe('moderation');
  const stop = subscription.on('event', (event) => {
    const view = event.data.moderation;
    const totals = view.totals ?? { players: view.players.length, duels: view.duels.length, texts: 0, reports: 0, flags: 0 };
    const queued = Object.values(view.queues).reduce((sum, n) => sum + Number(n), 0);
    draining = view.health?.draining ?? false;
    drains.hidden = !draining;
    drawFigures(figures, [['connections', view.connections], ['players', totals.players], ['duels', totals.duels], ['in the queue', queued]]);
    const work = totals.texts + totals.reports + totals.flags;
    waiting.hidden = work === 0;
    waiting.textContent = grouped(work);
    charts.add(view, app.now());
  });
  show(name);
  return () => {
    stop();
    subscription.close();
    clearInterval(timer);
    document.removeEventListener('keydown', onKey);
    for (const table of [...live, ...queue.tables, ...held]) table.stop();
  };
}

/**
 * The tab that an arrow leads to, where the focus is on one.
 * @param {string} key
 * @param {HTMLElement} target
 * @param {string[]} titles
 * @param {string} name
 */
function arrowed(key, target, titles, name) {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !target.closest('.tab')) return null;
  return titles[(titles.indexOf(name) + step + titles.length) % titles.length] ?? null;
}

/**
 * Acts that concern everybody.
 * @param {import('./console/acts.js').Acting} act
 * @param {() => boolean} isDraining
 */
function serverCard(act, isDraining) {
  const announce = () => act(({ field, choice }) => ({ kind: 'announce', text: field, seconds: Number(choice) }),
    { title: 'Tell everybody something?', text: 'It stands above every page, also for who comes later.', confirm: 'Announce', field: { label: 'What', hint: 'We restart at noon.', pattern: '.*\\S.*' }, choice: { label: 'For', options: times } });
  const ban = () => act(({ field, choice }) => ({ kind: 'banAddress', target: field, seconds: Number(choice) }),
    { title: 'Ban addresses?', text: 'Everybody who comes from there is cut off and kept out.', confirm: 'Ban', field: { label: 'Address or range', hint: '192.0.2.0/24 or 2001:db8::/48', pattern: '\\s*[0-9a-fA-F:.\\/]+\\s*' }, choice: { label: 'For', options: times } });
  const drain = () => act(() => ({ kind: isDraining() ? 'resume' : 'drain' }),
    isDraining() ? { title: 'Start new things again?', text: '', confirm: 'Resume' }
      : { title: 'Drain this server?', text: 'Nothing new starts. The server ends by itself when nothing runs any more.', confirm: 'Drain' });
  const voided = () => act(({ field }) => ({ kind: 'voidDuel', target: field }),
    { title: 'Void a duel that is over?', text: 'Ratings that it moved are moved back.', confirm: 'Void it', field: { label: 'Which', hint: 'd_\u2026, the duel\u2019s id' } });
  return h('section', { class: 'card stack', 'aria-label': 'For everybody' }, h('h3', null, 'For everybody'),
    h('div', { class: 'row' }, h('button', { class: 'button', id: 'announce', on: { click: announce } }, 'Announce'), h('button', { class: 'button', id: 'void', on: { click: voided } }, 'Void a duel'),
      h('button', { class: 'button danger', id: 'ban', on: { click: ban } }, 'Ban addresses'), h('button', { class: 'button danger', id: 'drain', on: { click: drain } }, 'Drain or resume')));
}

/**
 * @param {HTMLElement} place
 * @param {[string, number][]} numbers
 */
function drawFigures(place, numbers) {
  if (place.childElementCount !== numbers.length) fill(place, numbers.map(([name]) => h('div', { class: 'figure' }, h('b'), name)));
  numbers.forEach(([, value], i) => {
    const number = place.children[i]?.firstElementChild;
    if (number && number.textContent !== grouped(value)) number.textContent = grouped(value);
  });
}
