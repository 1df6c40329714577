import { fill, h } from '../dom.js';
import { coachAdvice } from '../logic/coach.js';
import { tabWord } from '../storage.js';

/** @param {string} duel The duel in which this tab's guest is guided. */
export function startCoach(duel) {
  tabWord('coach', duel);
}

/**
 * The guide of a first duel: one sentence for each move, and ways out. Kept for the tab, so that a
 * reload doesn't lose it; it stands in a place of its own, so that nothing moves when it speaks.
 * @param {import('../app.js').App} app
 * @param {string} duel
 * @returns {{element: HTMLElement, update: (view: any) => void} | null} Null where nobody is guided.
 */
export function coach(app, duel) {
  if (tabWord('coach') !== duel) return null;
  const steps = moveDots();
  const text = h('p', { role: 'status' });
  const ways = h('div', { class: 'row' });
  const element = h('aside', { class: 'coach', 'aria-label': 'Your guide' }, steps.element, text, ways);
  let shown = '';
  const end = () => {
    tabWord('coach', null);
    element.remove();
  };
  const leave = async () => {
    end();
    await app.wish('duel.resign', { duel });
    app.activeDuel = null;
    app.go('#/');
  };
  return {
    element,
    update(view) {
      const advice = tabWord('coach') === duel ? coachAdvice(view) : null;
      if (!advice) {
        end();
        return;
      }
      if (shown === advice.text) return;
      const wasOver = ways.dataset.isOver === 'true';
      shown = advice.text;
      text.textContent = advice.text;
      steps.set(advice.move);
      if (ways.childElementCount > 0 && wasOver === advice.isOver) return;
      ways.dataset.isOver = String(advice.isOver);
      fill(ways, advice.isOver
        ? [h('button', { class: 'button small', id: 'coach-on', on: { click: end } }, 'Play on'),
          h('button', { class: 'button small', id: 'coach-lobby', on: { click: leave } }, 'To the lobby')]
        : h('button', { class: 'button plain small', id: 'coach-skip', 'aria-label': 'Skip the guide', on: { click: end } }, 'Skip'));
    },
  };
}

/** How far one has come in the three guided moves. */
export function moveDots() {
  const element = h('span', { class: 'moves', role: 'img' }, [1, 2, 3].map(() => h('i')));
  return {
    element,
    /** @param {number} move */
    set(move) {
      element.setAttribute('aria-label', `Move ${move} of 3`);
      [...element.children].forEach((dot, i) => { dot.className = i + 1 < move ? 'done' : i + 1 === move ? 'now' : ''; });
    },
  };
}
