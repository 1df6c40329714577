import { App } from './app.js';
import { showFirst } from './components/first.js';
import { showLobby } from './components/lobby.js';
import { makeShell } from './components/shell.js';
import { h } from './dom.js';
import { parseRoute } from './logic/route.js';
import { watchSettings } from './settings.js';
import { tabWord, welcome } from './storage.js';

/**
 * A screen fills the main element and returns how to leave it.
 * @typedef {(main: HTMLElement, app: App, argument: string, query: string) => () => void} Screen
 */

/**
 * A screen that is loaded when it is first asked for, so that the first one is there sooner.
 * @param {() => Promise<Screen>} load
 * @returns {Screen}
 */
function later(load) {
  return (main, ...asked) => {
    let isHere = true;
    let leaveLoaded = () => {};
    load().then((screen) => {
      if (isHere) leaveLoaded = screen(main, ...asked);
    }, () => {
      if (isHere) main.append(h('div', { class: 'centre' }, h('h1', null, 'This page could not be loaded'),
        h('p', { class: 'soft' }, 'Perhaps the connection is gone.'),
        h('button', { class: 'button main', on: { click: () => location.reload() } }, 'Load again')));
    });
    return () => {
      isHere = false;
      leaveLoaded();
    };
  };
}

const loadDuel = () => import('./components/duel.js').then((module) => module.showDuel);
const loadQueue = () => import('./components/queue.js');

/** @type {Record<string, Screen>} */
const screens = {
  lobby: showLobby, first: showFirst, duel: later(loadDuel),
  queue: later(() => loadQueue().then((module) => module.showQueue)),
  invite: later(() => loadQueue().then((module) => module.showInvite)),
  join: later(() => loadQueue().then((module) => module.showJoin)),
  replay: later(() => import('./components/replay.js').then((module) => module.showReplay)),
  contest: later(() => import('./components/contest.js').then((module) => module.showContest)),
  board: later(() => import('./components/board-page.js').then((module) => module.showBoard)),
  boards: later(() => import('./components/standings-page.js').then((module) => module.showStandings)),
  unit: later(() => import('./components/unit.js').then((module) => module.showUnit)),
  solo: later(() => import('./components/solo.js').then((module) => module.showSolo)),
  me: later(() => import('./components/profile.js').then((module) => module.showProfile)),
  why: later(() => import('./components/why.js').then((module) => module.showWhy)),
  search: later(() => import('./components/search.js').then((module) => module.showSearch)),
  settings: later(() => import('./components/settings-page.js').then((module) => module.showSettings)),
  moderate: later(() => import('./components/moderate.js').then((module) => module.showModeration)),
  unknown: (main) => {
    main.append(h('div', { class: 'centre' }, h('h1', null, 'There is nothing here'),
      h('p', { class: 'soft' }, 'The address may be mistyped.'),
      h('a', { class: 'button main', href: '#/' }, 'Back to the lobby')));
    return () => {};
  },
};

const titles = {
  lobby: 'NeuronArena', queue: 'Finding an opponent', invite: 'Invite a friend', join: 'A friend challenges you',
  duel: 'Duel', replay: 'Replay', contest: 'Contest', board: 'Board', boards: 'Boards', moderate: 'Moderation', first: 'Your first neuron', unit: 'Part of the model', solo: 'Solo', me: 'Your profile',
  why: 'Why it matters', search: 'Find a neuron', settings: 'Settings', unknown: 'Not found',
};

watchSettings();
welcome.arrive();
const app = new App();
const shell = makeShell(/** @type {HTMLElement} */ (document.getElementById('app')), app);
let leave = () => {};
let isFirst = true;

function show() {
  leave();
  const { name: asked, argument, query } = parseRoute(location.hash);
  const name = asked === 'lobby' && welcome.isDue() ? 'first' : asked;
  const main = h('main', { id: 'main', tabindex: -1 });
  shell.replaceMain(main);
  document.title = name === 'lobby' ? titles.lobby : `${titles[name]} \u00b7 NeuronArena`;
  leave = (screens[name] ?? screens.unknown)(main, app, argument, query);
  scrollTo(0, 0);
  if (!isFirst) main.focus({ preventScroll: true });
  isFirst = false;
}

document.getElementById('skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('main')?.focus();
});
addEventListener('hashchange', show);
app.start();
show();
// A moderator keeps at hand what hides texts, on every page of the tab.
if (tabWord('moderator')) import('./components/console/hiding.js').then(({ hideFromView }) => hideFromView(app), () => {});
// What most people want next is fetched while they look around.
addEventListener('load', () => setTimeout(() => {
  loadDuel().catch(() => {});
  loadQueue().catch(() => {});
}, 600));
