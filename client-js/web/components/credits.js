import { h } from '../dom.js';
import { shownName, shownText } from '../logic/text.js';

/** @param {number | null | undefined} milliseconds */
export function seconds(milliseconds) {
  return typeof milliseconds === 'number' ? ` ${(milliseconds / 1000).toFixed(1)} s` : '';
}

/** @param {any} credit */
export function credited(credit) {
  const author = credit.author.kind === 'house' ? 'by the house' : credit.author.kind === 'machine'
    ? `by a program, ${shownName(credit.author.name)}` : `by ${shownName(credit.author.name)}`;
  return credit.score ? `${author}, scores ${Math.round(credit.score.value)}` : author;
}

/** @param {any} reveal */
export function best(reveal) {
  if (!reveal.best) return null;
  return h('p', { class: 'soft' }, 'Best known explanation: ', h('strong', null, h('bdi', null, shownText(reveal.best.text))), ` (${credited(reveal.best)})`);
}
