import { fill, h, svg } from '../dom.js';
import { initialOf, isolated, shownName, shownText } from '../logic/text.js';
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
 * A link of the top bar.
 * @param {string} href
 * @param {string} name
 * @param {...Element} drawn
 */
function iconLink(href, name, ...drawn) {
  const icon = svg('svg', { viewBox: '0 0 24 24', width: 22, height: 22, fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'aria-hidden': 'true' }, ...drawn);
  return h('a', { class: 'button plain icon', href, 'aria-label': name, title: name }, icon);
}

const searchLink = () => iconLink('#/search', 'Search', svg('circle', { cx: 10.5, cy: 10.5, r: 6.5 }), svg('path', { d: 'M15.5 15.5 21 21' }));
const settingsLink = () => iconLink('#/settings', 'Settings',
  svg('path', { d: 'M4 7h9M19 7h1M4 17h1M11 17h9' }), svg('circle', { cx: 16, cy: 7, r: 2.6 }), svg('circle', { cx: 8, cy: 17, r: 2.6 }));

/**
 * What stands around every screen: the top bar, the state of the connection, sentences that pass.
 * @param {HTMLElement} root
 * @param {import('../app.js').App} app
 */
export function makeShell(root, app) {
  const banner = h('div', { class: 'banner', role: 'status', hidden: true });
  const notices = h('div', { class: 'notices', role: 'status', hidden: true });
  const toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  const spoken = h('div', { class: 'unseen', 'aria-live': 'polite' });
  const name = h('bdi', { class: 'name' });
  const avatar = h('span', { class: 'avatar', 'aria-hidden': 'true' });
  const profile = h('a', { class: 'button plain profile-link', href: '#/me', 'aria-label': 'Your profile', title: 'Your profile' }, avatar, name);
  const page = h('div', { class: 'page' },
    h('header', { class: 'topbar' }, wordmark(), h('span', { class: 'spacer' }), searchLink(), settingsLink(), profile));
  let main = h('main', { id: 'main' });
  page.append(main);
  fill(root, banner, notices, page, toasts, spoken);

  app.say = (text) => {
    const toast = h('div', { class: 'toast' }, text);
    toasts.append(toast);
    setTimeout(() => toast.remove(), 5500);
  };
  app.announce = (text) => { spoken.textContent = text; };
  app.on('player', (player) => {
    const told = shownName(player.name);
    name.textContent = told;
    avatar.textContent = initialOf(told);
    profile.setAttribute('aria-label', `Your profile, ${told}`);
  });
  let why = '';
  app.on('me', ({ type, data }) => {
    // The close that follows gives no more than a word for it.
    if (type === 'kicked') why = shownText(data.reason, 300);
  });
  watchConnection(banner, app, () => why);
  watchNotices(notices, app);
  return {
    /** @param {HTMLElement} next */
    replaceMain(next) {
      main.replaceWith(next);
      main = next;
    },
  };
}

/**
 * What moderators tell everybody, until it ends or one has read it.
 * @param {HTMLElement} place
 * @param {import('../app.js').App} app
 */
function watchNotices(place, app) {
  /** @type {Set<string>} */ const read = new Set();
  /** @type {any[]} */ let held = [];
  const draw = () => {
    const now = app.now();
    const shown = held.filter(({ id, until }) => !read.has(id) && now < until);
    place.hidden = shown.length === 0;
    fill(place, shown.map(({ id, text }) => h('div', { class: 'banner' }, h('bdi', null, shownText(text, 400)),
      h('button', { class: 'button plain', on: { click: () => { read.add(id); draw(); } } }, 'Got it'))));
  };
  const take = (/** @type {any[] | undefined} */ notices) => {
    held = notices ?? [];
    draw();
    for (const { until } of held) setTimeout(draw, Math.min(2 ** 31 - 1, Math.max(0, until - app.now()) + 50));
  };
  app.on('online', (session) => take(session.notices));
  app.on('me', ({ type, data }) => { if (type === 'notices') take(data.notices); });
}

/**
 * @param {HTMLElement} banner
 * @param {import('../app.js').App} app
 * @param {() => string} whyKicked What a moderator has said, if one has.
 */
function watchConnection(banner, app, whyKicked) {
  /** @type {any} */ let patience = null;
  app.on('offline', (change) => {
    if (change.state === 'stopped') {
      clearTimeout(patience);
      showStopped(banner, app, change.close?.code ?? 0, whyKicked());
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
 * @param {string} why What a moderator has said, or nothing.
 */
function showStopped(banner, app, code, why) {
  const texts = /** @type {Record<number, string>} */ ({
    4500: `A moderator has ended your visit${why ? `: ${isolated(why)}` : '.'}`,
    4501: `You may not play here for now${why ? `: ${isolated(why)}` : '.'}`,
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
