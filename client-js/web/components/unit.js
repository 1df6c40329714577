import { fill, h } from '../dom.js';
import { campaignsOfUnit } from '../logic/campaigns.js';
import { openText, shortUnitName, shownName, shownText, unitName, unitNoun } from '../logic/text.js';
import { excerptNote, nearUnits, shownDensity, shownToken } from '../logic/unit-page.js';
import { clueItem, hideTip } from './heat-map.js';
import { ownText } from './own-text.js';
import { interval } from './score.js';
import { unitLink } from './unit-link.js';

/** How many texts are shown before more are asked for. */
const firstTexts = 6;
/** How often a sealed page looks whether the round is over, in milliseconds. */
const sealedRetryMs = 5000;

/** @type {import('../main.js').Screen} */
export function showUnit(main, app, unit) {
  const place = h('section', { class: 'unit-page' }, h('h1', null, capital(shortUnitName(unit))), h('p', { class: 'soft', role: 'status' }, 'Opening\u2026'));
  main.append(place);
  let isHere = true;
  /** @type {any} */ let retry = null;
  /** @type {{element: HTMLElement, close: () => void} | null} */ let own = null;
  const open = async () => {
    clearTimeout(retry);
    try {
      const answer = await app.client.command('unit.get', { unit });
      if (!isHere) return;
      own = answer.texts ? ownText(unit, answer.texts, unitNoun(answer.unit.unit), app) : null;
      const element = own?.element ?? (answer.texts === null ? noOwnText() : null);
      fill(place, unitPage(answer.unit, element, answer.links ?? null, app));
    } catch (error) {
      if (!isHere) return;
      const { code } = /** @type {any} */ (error);
      if (code === 'sealed') retry = setTimeout(open, sealedRetryMs);
      if (code !== 'sealed' || !place.querySelector('.sealed')) fill(place, cannotOpen(unit, /** @type {any} */ (error), app, open));
    }
  };
  open();
  return () => {
    isHere = false;
    own?.close();
    clearTimeout(retry);
    hideTip();
  };
}

/** Where texts can't be tried. */
function noOwnText() {
  return h('section', { class: 'card stack', 'aria-labelledby': 'own' }, h('h2', { id: 'own' }, 'Try your own text'),
    h('p', { class: 'soft' }, 'The model of this campaign isn\u2019t on this server, so it can\u2019t read texts of yours.'));
}

/** @param {string} text */
function capital(text) {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

/**
 * Why a page does not open, and what can be done.
 * @param {string} unit
 * @param {{code: string, reason: string}} error
 * @param {import('../app.js').App} app
 * @param {() => void} again
 */
function cannotOpen(unit, error, app, again) {
  const title = h('h1', null, capital(shortUnitName(unit)));
  if (error.code === 'sealed') {
    const back = app.activeDuel ? `#/duel/${app.activeDuel}` : app.activeRun ? `#/contest/${app.activeRun}` : '#/';
    return h('div', { class: 'centre sealed' }, title, h('p', null, 'You are playing this one right now, so its page is sealed.'),
      h('p', { class: 'soft', role: 'status' }, 'It opens here by itself when the round is over.'),
      h('a', { class: 'button main', href: back }, 'Back to the round'));
  }
  const isUnknown = error.code === 'not_found';
  return h('div', { class: 'centre' }, title,
    h('p', { class: 'soft', role: 'alert' }, isUnknown ? 'No campaign that is open here holds it.' : error.reason),
    h('div', { class: 'row' }, isUnknown ? null : h('button', { class: 'button main', on: { click: again } }, 'Try again'),
      h('a', { class: 'button', href: '#/' }, 'To the lobby')));
}

/**
 * @param {any} page As in `protocol/schemas/values/unitPage.json`.
 * @param {HTMLElement | null} own Where one's own text is tried; null where the model isn't at hand.
 * @param {{data: string, card: string} | null} links
 * @param {import('../app.js').App} app
 */
function unitPage(page, own, links, app) {
  const noun = unitNoun(page.unit);
  const best = page.explanations[0];
  const holders = campaignsOfUnit(app.campaigns, page.unit.id);
  return [
    h('div', { class: 'head' }, h('p', { class: 'eyebrow' }, holders.length === 1 ? `${shownText(holders[0]?.model, 60)}, ${shownText(holders[0]?.title, 80)}` : page.unit.id.split('/')[0]),
      h('h1', null, capital(unitName(page.unit))),
      best ? h('p', { class: 'lead' }, 'Best explained as ', h('strong', null, h('bdi', null, shownText(best.text))), '.') : null,
      h('div', { class: 'facts' }, h('span', { class: 'badge' }, shownDensity(page.unit.density)),
        holders.length > 0 && holders.every(({ practice }) => practice) ? h('span', { class: 'badge' }, 'practice campaign') : null,
        page.unit.lexical ? h('span', { class: 'badge' }, 'answers to a handful of words') : null)),
    h('div', { class: 'body' },
      texts(page, noun),
      h('div', { class: 'side' }, own, explanations(page.explanations),
        tokenCard(`When it fires, the model leans towards`, page.promoted, 'up', noun),
        tokenCard('And away from', page.suppressed, 'down', noun),
        peakCard(page.peakWords, noun), neighbours(page.neighbours), links ? takeAway(links, unitName(page.unit)) : null)),
  ];
}

/**
 * Its texts: clues first, then those that are shown after rounds.
 * @param {any} page
 * @param {string} noun
 */
function texts(page, noun) {
  const all = [...page.clues, ...page.reveals];
  const item = (/** @type {any} */ excerpt, /** @type {number} */ i) => {
    const made = clueItem(excerpt, i, noun);
    const note = excerptNote(excerpt.kind);
    const isSilent = made.querySelector('.silent') !== null;
    made.append(h('small', { class: 'soft source' }, [note && !isSilent ? `${note}, ` : '', 'from ', h('bdi', null, shownText(excerpt.source, 80))]));
    return made;
  };
  const list = h('ol', { class: 'clues', 'aria-label': `Texts on which this ${noun} was seen` }, all.slice(0, firstTexts).map(item));
  const more = h('button', { class: 'button', id: 'more-texts', on: { click: () => {
    const later = all.slice(firstTexts).map((excerpt, i) => item(excerpt, i));
    list.append(...later);
    more.remove();
    later[0]?.querySelector('.heat')?.focus({ preventScroll: true });
  } } }, `Show ${all.length - firstTexts} more`);
  return h('section', { class: 'stack', 'aria-labelledby': 'texts' }, h('h2', { id: 'texts' }, 'Where it fires'),
    all.length === 0 ? h('p', { class: 'soft' }, 'Its texts are hidden by your settings, or there are none.') : list,
    all.length > firstTexts ? h('div', { class: 'row' }, more) : null);
}

/** @param {any[]} list */
function explanations(list) {
  return h('section', { class: 'card stack', 'aria-labelledby': 'explained' }, h('h2', { id: 'explained' }, 'Explanations'),
    list.length === 0 ? h('p', { class: 'soft' }, 'Nobody has explained it yet.')
      : h('ol', { class: 'explanations' }, list.map((credit) => h('li', null,
        h('bdi', { class: 'what' }, shownText(credit.text)),
        credit.score ? h('div', { class: 'scored' }, interval(credit.score), h('span', { class: 'value', 'aria-hidden': 'true' }, Math.round(credit.score.value))) : null,
        h('small', { class: 'soft' }, written(credit.author), credit.score
          ? `, likely ${Math.round(credit.score.low)} to ${Math.round(credit.score.high)}${credit.score.cap === 'peakWordList' ? ', held at 49: a bare list of words' : ''}` : ', not scored yet')))),
    h('p', { class: 'soft small' }, 'A score says how well the words predict the glow on texts that their author did not see: 100 is perfect. The bar is the range in which it is likely to lie.'));
}

/** @param {{kind: string, name: string}} author */
function written(author) {
  if (author.kind === 'house') return 'by the house';
  return [author.kind === 'machine' ? 'by a program, ' : 'by ', h('bdi', null, shownName(author.name))];
}

/**
 * Tokens that look the same, with a space before them and without, are one to a reader.
 * @param {string[]} tokens
 */
function chips(tokens) {
  return [...new Set(tokens.map((token) => openText(shownToken(token))))].map((text) => h('li', null, h('bdi', null, text)));
}

/**
 * @param {string} title
 * @param {string[]} tokens
 * @param {string} side
 * @param {string} noun
 */
function tokenCard(title, tokens, side, noun) {
  if (tokens.length === 0) return null;
  return h('section', { class: 'card stack', 'aria-label': `${title} (${noun})` }, h('h3', null, title),
    h('ul', { class: `tokens ${side}` }, chips(tokens)));
}

/**
 * @param {string[]} words
 * @param {string} noun
 */
function peakCard(words, noun) {
  if (words.length === 0) return null;
  return h('section', { class: 'card stack' }, h('h3', null, `Words on which this ${noun} peaks`),
    h('ul', { class: 'tokens' }, chips(words)));
}

/** @param {{unit: string, relation: string, here?: boolean}[]} list */
function neighbours(list) {
  const near = nearUnits(list);
  if (near.length === 0) return null;
  return h('section', { class: 'card stack' }, h('h3', null, 'Neighbours'),
    h('ul', { class: 'near' }, near.map(({ unit, why, isHere }) => {
      const told = [h('span', null, capital(shortUnitName(unit))), h('small', null, isHere ? why : `${why}; not in this campaign`)];
      return h('li', null, isHere ? unitLink(unit, told) : h('span', { class: 'absent' }, told));
    })));
}

/**
 * Its data for programs, and its card for pages elsewhere.
 * @param {{data: string, card: string}} links
 * @param {string} name
 */
function takeAway(links, name) {
  const address = new URL(links.card, location.href).href;
  const code = `<iframe src="${address}" title="${name}" width="480" height="420" style="border:0" loading="lazy"></iframe>`;
  const field = h('input', { class: 'field', id: 'embed', value: code, readonly: true, spellcheck: 'false', on: { focus: () => field.select() } });
  return h('section', { class: 'card stack', 'aria-labelledby': 'take' }, h('h3', { id: 'take' }, 'Take it along'),
    h('p', { class: 'row' }, h('a', { class: 'button small', href: links.data, download: '' }, 'Raw data (JSON)'),
      h('a', { class: 'button small', href: links.card, target: '_blank', rel: 'noopener' }, 'Its card')),
    h('label', { class: 'small soft', for: 'embed' }, 'To show the card on a page of yours:'), field);
}
