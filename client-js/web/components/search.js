import { fill, h } from '../dom.js';
import { aUnit, countedUnits, shortUnitName, shownText, unitNoun } from '../logic/text.js';
import { clueItem, hideTip } from './heat-map.js';
import { unitLink } from './unit-link.js';

/** So long one may pause while typing, in milliseconds. */
const pauseMs = 350;
/** How soon one looks again while not all meanings are known. */
const againMs = 1500;

const kinds = /** @type {const} */ ({
  meaning: { name: 'By meaning', about: 'what explanations mean', placeholder: 'bad weather' },
  token: { name: 'By word', about: 'words that make it fire', placeholder: 'storm' },
});

/** @type {import('../main.js').Screen} */
export function showSearch(main, app, _argument, query) {
  const asked = new URLSearchParams(query);
  /** @type {keyof typeof kinds} */
  let by = asked.get('by') === 'token' ? 'token' : 'meaning';
  const field = h('input', { class: 'field', type: 'search', id: 'query', value: asked.get('q') ?? '', maxlength: 200,
    autocomplete: 'off', enterkeyhint: 'search', spellcheck: 'false' });
  const status = h('p', { class: 'soft small', role: 'status', id: 'found' });
  const list = h('ol', { class: 'hits', 'aria-label': 'What was found' });
  const campaign = h('div', { class: 'campaign' });
  const title = h('h1');
  /** @type {any} */ let timer = null;
  let number = 0;
  let isHere = true;

  const look = async () => {
    clearTimeout(timer);
    number += 1;
    const own = number;
    const text = field.value.trim();
    // Whoever comes back from a unit finds what was found.
    history.replaceState(history.state, '', text ? `#/search?${new URLSearchParams({ q: text, by })}` : '#/search');
    if (text === '') {
      fill(list);
      status.textContent = `Look for ${kinds[by].about}.`;
      return;
    }
    status.textContent = 'Looking\u2026';
    try {
      const found = await app.client.command('unit.search', { query: text, by });
      if (own !== number || !isHere) return;
      hideTip();
      fill(list, found.hits.map(hitItem));
      status.textContent = foundText(found.hits.length, found.complete, by);
      if (!found.complete) timer = setTimeout(look, againMs);
    } catch (error) {
      if (own !== number || !isHere) return;
      const { code, reason, retryable, retryAfterMs } = /** @type {any} */ (error);
      fill(list);
      status.textContent = code === 'no_model' ? 'Meanings can\u2019t be looked for here. Look for a word instead.' : shownText(reason, 300);
      if (retryable) timer = setTimeout(look, retryAfterMs ?? 1000);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, pauseMs);
  };
  const choice = (/** @type {keyof typeof kinds} */ kind) => h('label', { class: 'segment' },
    h('input', { type: 'radio', name: 'by', value: kind, checked: by === kind, on: { change: () => {
      by = kind;
      field.placeholder = kinds[kind].placeholder;
      look();
    } } }), h('span', null, kinds[kind].name));
  const describe = () => {
    // The server looks in the first campaign, whichever is played.
    const [searched] = app.campaigns;
    title.textContent = `Find ${aUnit(searched)}`;
    if (searched) fill(campaign, campaignLine(searched));
  };
  field.placeholder = kinds[by].placeholder;
  field.addEventListener('input', later);
  const form = h('form', { role: 'search', class: 'stack', on: { submit: (/** @type {Event} */ event) => {
    event.preventDefault();
    look();
  } } },
  h('div', { class: 'searched' }, h('label', { class: 'unseen', for: 'query' }, 'What to look for'), field, h('button', { class: 'button main' }, 'Search')),
  h('fieldset', { class: 'segments' }, h('legend', { class: 'unseen' }, 'What to find it by'), choice('meaning'), choice('token')));
  main.append(h('section', { class: 'leaf find' }, title, campaign, form, status, list));
  const stop = app.on('online', describe);
  describe();
  look();
  if (matchMedia('(hover: hover)').matches) setTimeout(() => field.focus({ preventScroll: true }));
  return () => {
    isHere = false;
    clearTimeout(timer);
    stop();
    hideTip();
  };
}

/** @param {any} campaign */
function campaignLine(campaign) {
  return [h('p', { class: 'row' }, h('b', null, h('bdi', null, shownText(campaign.title, 80))),
    h('span', { class: 'soft' }, `${countedUnits(campaign)} of ${shownText(campaign.model, 60)}`),
    campaign.practice ? h('span', { class: 'badge' }, 'practice') : null),
  campaign.notice ? h('p', { class: 'small soft' }, shownText(campaign.notice, 300)) : null];
}

/**
 * @param {number} count
 * @param {boolean} isComplete
 * @param {keyof typeof kinds} by
 */
function foundText(count, isComplete, by) {
  if (!isComplete) return 'The meanings are still being learnt: this looks again by itself.';
  if (count === 0) return by === 'token' ? 'Nothing here fires on that. Try the beginning of a word, or look by meaning.' : 'No explanation is like that. Try other words, or look for a word on which it fires.';
  return `${count}${count === 20 ? ' nearest' : ''} found, the nearest first.`;
}

/**
 * @param {any} hit
 * @param {number} i
 */
function hitItem(hit, i) {
  const noun = unitNoun(hit.unit);
  const name = shortUnitName(hit.unit.id);
  const title = hit.explanation ? h('bdi', null, shownText(hit.explanation.text)) : h('span', null, `A ${noun} that nobody has explained`);
  return h('li', { class: 'hit card' }, unitLink(hit.unit.id, [h('b', { class: 'what' }, title), h('small', null, name)]),
    hit.clue ? h('ul', { class: 'clues' }, clueItem(hit.clue, Math.min(i, 6), noun)) : null);
}
