import { App } from './app.js';
import { showContest } from './components/contest.js';
import { showDuel } from './components/duel.js';
import { showLobby } from './components/lobby.js';
import { showModeration } from './components/moderate.js';
import { showInvite, showJoin, showQueue } from './components/queue.js';
import { makeShell } from './components/shell.js';
import { h } from './dom.js';
import { parseRoute } from './logic/route.js';

/**
 * A screen fills the main element and returns how to leave it.
 * @typedef {(main: HTMLElement, app: App, argument: string) => () => void} Screen
 * @type {Record<string, Screen>}
 */
const screens = {
  lobby: showLobby, queue: showQueue, invite: showInvite, join: showJoin, duel: showDuel,
  contest: showContest, moderate: showModeration,
  unknown: (main) => {
    main.append(h('div', { class: 'centre' }, h('h1', null, 'There is nothing here'),
      h('p', { class: 'soft' }, 'The address may be mistyped.'),
      h('a', { class: 'button main', href: '#/' }, 'Back to the lobby')));
    return () => {};
  },
};

const titles = {
  lobby: 'NeuronArena', queue: 'Finding an opponent', invite: 'Invite a friend', join: 'A friend challenges you',
  duel: 'Duel', contest: 'Race', moderate: 'Moderation', unknown: 'Not found',
};

const app = new App();
const shell = makeShell(/** @type {HTMLElement} */ (document.getElementById('app')), app);
let leave = () => {};
let isFirst = true;

function show() {
  leave();
  const { name, argument } = parseRoute(location.hash);
  const main = h('main', { id: 'main', tabindex: -1 });
  shell.replaceMain(main);
  document.title = name === 'lobby' ? titles.lobby : `${titles[name]} \u00b7 NeuronArena`;
  leave = (screens[name] ?? screens.unknown)(main, app, argument);
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
