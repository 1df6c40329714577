import { fill, h } from '../dom.js';
import { budgetText, costText, outcomeText, soloAct } from '../logic/solo.js';
import { shortUnitName, unitName, unitNoun } from '../logic/text.js';
import { nearUnits } from '../logic/unit-page.js';
import { measureText } from '../logic/words.js';
import { tabWord } from '../storage.js';
import { clueItem, clueList, hideTip } from './heat-map.js';
import { explanationList } from './solo-explanations.js';
import { ownTexts } from './solo-texts.js';

/** How many clues are shown before more are asked for. */
const firstClues = 5;

/**
 * One unit at a time, without a clock and without an opponent.
 * @type {import('../main.js').Screen}
 */
export function showSolo(main, app, unit) {
  const place = h('section', { class: 'solo' }, h('h1', null, 'Solo'), h('p', { class: 'soft', role: 'status' }, 'Opening\u2026'));
  main.append(place);
  /** @type {any} */ let solo = null;
  /** @type {ReturnType<typeof soloPage> | null} */ let page = null;
  let isMoving = false;

  /** @param {any} next */
  const take = (next) => {
    if (page === null || solo?.unit.id !== next.unit.id) {
      hideTip();
      page?.stop();
      solo = next;
      page = soloPage(app, { solo: () => solo, take, move });
      fill(place, page.element);
      app.announce(`${unitName(next.unit)}, number ${next.number}.`);
    }
    solo = next;
    page.update();
  };
  /**
   * @param {'open' | 'next' | 'back'} kind
   * @param {any} data
   */
  const move = async (kind, data) => {
    if (isMoving) return;
    isMoving = true;
    try {
      const answer = await app.client.command(`solo.${kind}`, data);
      take(answer.solo);
      if (kind !== 'open') {
        scrollTo(0, 0);
        history.replaceState(null, '', '#/solo');
      }
    } catch (error) {
      fail(/** @type {any} */ (error));
    }
    isMoving = false;
  };
  const fail = (/** @type {any} */ error) => {
    if (page !== null) return app.say(error.reason);
    const isPlaying = error.code === 'already_in_duel' || error.code === 'sealed';
    return fill(place, h('div', { class: 'centre' }, h('h1', null, 'Solo'),
      h('p', { role: 'alert' }, isPlaying ? 'A round of yours is running. Come back when it is over.' : error.reason),
      h('div', { class: 'row' }, app.activeDuel ? h('a', { class: 'button main', href: `#/duel/${app.activeDuel}` }, 'Back to the duel')
        : h('button', { class: 'button main', on: { click: open } }, 'Try again'), h('a', { class: 'button', href: '#/' }, 'To the lobby'))));
  };
  const open = () => move('open', unit ? { unit } : {});
  const stops = [
    app.on('me', ({ type, data }) => {
      if (type !== 'solo.scored' || !solo || data.text.unit !== solo.unit.id) return;
      page?.scored(data);
      solo = { ...solo, budget: data.budget, own: solo.own.map((/** @type {any} */ text) => (text.id === data.text.id ? data.text : text)) };
      page?.update();
      // The list has it now, with its score.
      app.client.command('solo.open', { unit: solo.unit.id }).then((answer) => { if (answer.solo.unit.id === solo.unit.id) take(answer.solo); }, () => {});
    }),
    // What came while the connection was gone is there when it is back.
    app.on('online', () => { if (solo) move('open', { unit: solo.unit.id }); }),
  ];
  open();
  return () => {
    page?.stop();
    for (const stop of stops) stop();
    hideTip();
  };
}

/**
 * The page of one unit; what is typed and focused in it stays when it is updated.
 * @param {import('../app.js').App} app
 * @param {{solo: () => any, take: (next: any) => void, move: (kind: any, data: any) => void}} context
 */
function soloPage(app, { solo, take, move }) {
  const { unit, clues, neighbours } = solo();
  const noun = unitNoun(unit);
  const budget = h('span', { class: 'badge', id: 'budget' });
  const note = h('p', { class: 'soft', role: 'status', id: 'solo-note' });
  const own = ownTexts(noun);
  const back = h('button', { class: 'button', id: 'solo-back', on: { click: () => move('back', { unit: unit.id }) } }, '\u2190 Back', h('kbd', null, 'B'));
  const next = h('button', { class: 'button', id: 'solo-next', on: { click: () => move('next', { unit: unit.id }) } }, 'Skip \u2192', h('kbd', null, 'N'));
  const mess = toggle('mess', 'A mess', 'M', `This ${noun} has too many meanings for one explanation`);
  const noneFits = toggle('noneFits', 'None fits', 'F', 'None of these explanations fits');
  const list = explanationList(app, {
    unit: unit.id,
    changed: (explanation, left) => take({ ...solo(), budget: left, explanations: solo().explanations.map((/** @type {any} */ one) => (one.id === explanation.id ? explanation : one)) }),
  });
  const entry = entryField(app, solo, async (text) => {
    const answer = await app.client.command('solo.submit', { unit: unit.id, text });
    own.sent(answer.explanation);
    take(answer.solo);
    note.textContent = outcomeText(answer.outcome);
    if (answer.outcome === 'counted') list.point(answer.explanation);
  });

  /**
   * @param {'mess' | 'noneFits'} mark
   * @param {string} text
   * @param {string} key
   * @param {string} title
   */
  function toggle(mark, text, key, title) {
    const press = async () => {
      const answer = await app.wish('solo.mark', { unit: unit.id, mark: solo().mark === mark ? 'none' : mark });
      if (answer) take(answer.solo);
    };
    return h('button', { class: 'button mark', id: mark, title, 'aria-pressed': 'false', on: { click: press } }, text, h('kbd', null, key));
  }

  const held = h('div', { class: 'card stack held', hidden: true });
  const fits = h('div', { class: 'row', hidden: true }, noneFits, h('span', { class: 'soft small' }));
  const element = h('div', { class: 'stack' },
    h('div', { class: 'row apart' }, h('h1', null, capital(unitName(unit))), budget),
    h('div', { class: 'question solo' },
      h('div', { class: 'stack texts' }, clueTexts(clues, noun), near(neighbours)),
      h('div', { class: 'panel dock' }, entry.element, note,
        h('div', { class: 'row onward' }, back, mess, next)),
      h('div', { class: 'stack found' }, own.element, held, list.element, fits)));

  const acts = /** @type {Record<string, () => void>} */ ({
    next: () => next.click(), back: () => back.click(), write: () => entry.focus(), mess: () => mess.click(),
    noneFits: () => { if (!fits.hidden) noneFits.click(); }, down: () => list.aim(1), up: () => list.aim(-1),
    voteUp: () => list.vote('up'), voteDown: () => list.vote('down'),
  });
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest('input, dialog, select') || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[soloAct(event.key)];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKey);
  return {
    element,
    update() {
      const now = solo();
      const isDone = now.own.length > 0 || now.mark !== 'none' || !now.hidden;
      budget.textContent = budgetText(now.budget);
      budget.classList.toggle('hot', now.budget.left === 0);
      back.disabled = !now.back;
      next.firstChild.textContent = isDone || now.forward ? 'Next \u2192' : 'Skip \u2192';
      next.classList.toggle('main', isDone);
      for (const [button, mark] of [[mess, 'mess'], [noneFits, 'noneFits']]) button.setAttribute('aria-pressed', String(now.mark === mark));
      entry.update();
      own.update(now.own);
      drawHeld(held, now, app, take);
      list.update(now.hidden ? [] : now.explanations);
      fits.hidden = now.hidden || now.explanations.length === 0;
      fits.lastElementChild.textContent = marksText(now.marks);
    },
    /** @param {any} data As in `solo.scored`. */
    scored(data) {
      note.textContent = '';
      own.scored(data);
      app.announce(`Your text scores ${Math.round(data.text.score.value)}. ${data.tip.text}`);
    },
    stop() {
      document.removeEventListener('keydown', onKey);
    },
  };
}

/** @param {string} text */
function capital(text) {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

/** @param {{noneFits: number, mess: number}} marks */
function marksText({ noneFits, mess }) {
  return [noneFits > 0 ? `${noneFits} say that none fits` : '', mess > 0 ? `${mess} call it a mess` : ''].filter(Boolean).join(', ');
}

/**
 * @param {any[]} clues
 * @param {string} noun
 */
function clueTexts(clues, noun) {
  const list = clueList(clues.slice(0, firstClues), noun);
  if (clues.length <= firstClues) return list;
  const more = h('button', { class: 'button plain', id: 'more-clues', on: { click: () => {
    const later = clues.slice(firstClues).map((clue, i) => clueItem(clue, i + firstClues, noun));
    list.append(...later);
    more.remove();
    later[0]?.querySelector('.heat')?.focus({ preventScroll: true });
  } } }, `Show ${clues.length - firstClues} more`);
  return [list, h('div', { class: 'row' }, more)];
}

/** @param {any[]} neighbours */
function near(neighbours) {
  const units = nearUnits(neighbours).slice(0, 4);
  if (units.length === 0) return null;
  return h('details', { class: 'small' }, h('summary', null, 'Its neighbours'), h('ul', { class: 'near' }, units.map(({ unit, why }) =>
    h('li', null, h('a', { href: `#/solo/${unit}` }, h('span', null, capital(shortUnitName(unit))), h('small', null, why))))));
}

/**
 * Why there are no explanations yet.
 * @param {HTMLElement} place
 * @param {any} solo
 * @param {import('../app.js').App} app
 * @param {(next: any) => void} take
 */
function drawHeld(place, solo, app, take) {
  const isHeld = solo.hidden && solo.count > 0;
  if (place.hidden !== isHeld) return;
  place.hidden = !isHeld;
  if (!isHeld) return;
  const show = async () => {
    const changed = await app.wish('settings.set', { showExplicit: app.player?.showExplicit === true, hideExplanations: false });
    const answer = changed && await app.wish('solo.open', { unit: solo.unit.id });
    if (answer) take(answer.solo);
  };
  fill(place, h('p', null, `${solo.count} explanations are here already. You see them after your own guess, so that they don\u2019t lead you.`),
    h('div', { class: 'row' }, h('button', { class: 'button plain', id: 'show-always', on: { click: show } }, 'Always show them at once')));
}

/**
 * The field for one's own words.
 * @param {import('../app.js').App} app
 * @param {() => any} solo
 * @param {(text: string) => Promise<void>} submit
 */
function entryField(app, solo, submit) {
  const draftKey = `solo.${solo().unit.id}`;
  const field = h('input', { class: 'field', id: 'explanation', value: tabWord(draftKey), placeholder: 'words about\u2026', autocomplete: 'off',
    autocapitalize: 'off', spellcheck: 'true', enterkeyhint: 'send', 'aria-label': 'Your explanation', 'aria-describedby': 'write-problem write-cost', maxlength: 260 });
  const problem = h('p', { class: 'problem', id: 'write-problem', role: 'status' });
  const cost = h('p', { class: 'soft small', id: 'write-cost' });
  const ask = h('label', { class: 'ask', for: 'explanation' });
  const send = h('button', { class: 'button main', id: 'send' }, 'Score it');
  let isSending = false;
  let refused = '';
  const measure = () => {
    const state = measureText(field.value, app.limits);
    if (field.value !== refused) problem.textContent = state.problem ?? '';
    cost.textContent = state.isEmpty ? '' : costText(field.value, solo().budget);
    send.disabled = isSending || state.isEmpty || state.problem !== null;
  };
  const attempt = async () => {
    if (send.disabled) return;
    isSending = true;
    measure();
    const text = field.value.trim();
    try {
      await submit(text);
      // What was typed meanwhile stays.
      if (field.value.trim() === text) field.value = '';
      tabWord(draftKey, field.value || null);
    } catch (error) {
      refused = field.value;
      problem.textContent = /** @type {any} */ (error).reason;
    }
    isSending = false;
    measure();
  };
  field.addEventListener('input', () => { tabWord(draftKey, field.value); measure(); });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.isComposing) attempt();
    if (event.key === 'Escape') field.blur();
  });
  send.addEventListener('click', attempt);
  return {
    element: h('div', { class: 'entry' }, ask, h('div', { class: 'send' }, field, send), problem, cost),
    update() {
      ask.textContent = solo().own.length > 0 ? 'Can you say it better?' : 'What does it react to?';
      measure();
    },
    focus: () => field.focus(),
  };
}
