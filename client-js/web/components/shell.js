import { fill, h } from '../dom.js';
import { shownName } from '../logic/text.js';
import { identity } from '../storage.js';

/** The name of the game, lighting up letter by letter. */
export function wordmark() {
  const levels = [0, 0, 1, 2, 4, 6, 8, 7, 5, 3, 2];
  const letters = [...'neuronarena'].map((letter, i) => h('span', {
    class: `t h${levels[i]} ${i === 0 ? 'first' : ''} ${i === 10 ? 'last' : ''}`,
  }, letter));
  return h('a', { class: 'wordmark', href: '#/', 'aria-label': 'NeuronArena, to the lobby' }, letters);
}

/**
 * What stands around every screen: the top bar, the state of the connection, sentences that pass.
 * @param {HTMLElement} root
 * @param {import('../app.js').App} app
 */
export function makeShell(root, app) {
  const banner = h('div', { class: 'banner', role: 'status', hidden: true });
  const toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  const spoken = h('div', { class: 'unseen', 'aria-live': 'polite' });
  const name = h('div', { class: 'row' });
  const page = h('div', { class: 'page' },
    h('header', { class: 'topbar' }, wordmark(), h('span', { class: 'spacer' }), name));
  let main = h('main', { id: 'main' });
  page.append(main);
  fill(root, banner, page, toasts, spoken);

  app.say = (text) => {
    const toast = h('div', { class: 'toast' }, text);
    toasts.append(toast);
    setTimeout(() => toast.remove(), 5500);
  };
  app.announce = (text) => { spoken.textContent = text; };
  app.on('player', () => showNameButton(name, app));
  app.on('me', ({ type, data }) => {
    if (type === 'kicked') showStopped(banner, app, 4500, data.reason);
  });
  watchConnection(banner, app);
  return {
    /** @param {HTMLElement} next */
    replaceMain(next) {
      main.replaceWith(next);
      main = next;
    },
  };
}

/**
 * @param {HTMLElement} banner
 * @param {import('../app.js').App} app
 */
function watchConnection(banner, app) {
  /** @type {any} */ let patience = null;
  app.on('offline', (change) => {
    if (change.state === 'stopped') {
      clearTimeout(patience);
      showStopped(banner, app, change.close?.code ?? 0, change.close?.reason ?? '');
      return;
    }
    // A blink of the network is nobody's business.
    patience ??= setTimeout(() => {
      fill(banner, 'Reconnecting\u2026 Your place and your answers are kept.',
        h('button', { class: 'button plain', on: { click: () => app.client.wake() } }, 'Try now'));
      banner.hidden = false;
    }, 1200);
  });
  app.on('online', () => {
    clearTimeout(patience);
    patience = null;
    banner.hidden = true;
  });
}

/**
 * @param {HTMLElement} banner
 * @param {import('../app.js').App} app
 * @param {number} code
 * @param {string} reason
 */
function showStopped(banner, app, code, reason) {
  const texts = /** @type {Record<number, string>} */ ({
    4500: `A moderator has ended your visit${reason ? `: ${reason}` : '.'}`,
    4501: `You may not play here for now${reason ? `: ${reason}` : '.'}`,
    4503: 'This browser\u2019s player is not known here any more.',
    4504: 'The game was updated: load the page again.',
  });
  const fresh = h('button', { class: 'button', on: { click: () => {
    identity.forget();
    app.client.start();
  } } }, 'Start as a new guest');
  const reload = h('button', { class: 'button', on: { click: () => location.reload() } }, 'Load again');
  fill(banner, texts[code] ?? 'The connection has ended.', code === 4503 ? fresh : code === 4501 ? null : reload);
  banner.hidden = false;
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 */
function showNameButton(place, app) {
  if (place.contains(document.activeElement) && place.querySelector('input')) return;
  const button = h('button', {
    class: 'button plain name-button', title: 'Change your name',
    'aria-label': `You are ${shownName(app.player.name)}. Change your name`,
    on: { click: () => showNameField(place, app) },
  }, h('bdi', null, shownName(app.player.name)), h('span', { 'aria-hidden': 'true' }, '\u270e'));
  fill(place, button);
}

/**
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 */
function showNameField(place, app) {
  const field = h('input', {
    class: 'field name-field', value: app.player.name, maxlength: 24, 'aria-label': 'Your name',
    autocomplete: 'nickname', spellcheck: 'false',
  });
  let isDone = false;
  const done = async (/** @type {boolean} */ keep) => {
    if (isDone) return;
    isDone = true;
    const wished = field.value.trim();
    field.blur();
    if (keep && wished !== '' && wished !== app.player.name) {
      const answer = await app.wish('rename', { name: wished });
      if (answer) app.player = answer.player;
    }
    fill(place);
    showNameButton(place, app);
  };
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter') done(true);
    if (event.key === 'Escape') done(false);
    event.stopPropagation();
  });
  field.addEventListener('blur', () => done(true));
  fill(place, field);
  field.focus();
  field.select();
}
