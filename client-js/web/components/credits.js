import { h } from '../dom.js';
import { shownScore } from '../logic/score.js';
import { shownName, shownText, unitNoun } from '../logic/text.js';
import { unitLink } from './unit-link.js';

/** @param {number | null | undefined} milliseconds */
export function seconds(milliseconds) {
  return typeof milliseconds === 'number' ? ` ${(milliseconds / 1000).toFixed(1)} s` : '';
}

/** @param {any} credit */
export function credited(credit) {
  const author = credit.author.kind === 'house' ? 'by the house' : credit.author.kind === 'machine'
    ? `by a program, ${shownName(credit.author.name)}` : `by ${shownName(credit.author.name)}`;
  return credit.score ? `${author}, scores ${shownScore(credit.score)}` : author;
}

/**
 * What is known best of the round's unit, and where to read on.
 * @param {any} reveal
 */
export function best(reveal) {
  const page = unitLink(reveal.unit.id, `All about this ${unitNoun(reveal.unit)}`, { beside: true });
  if (!reveal.best) return h('p', { class: 'soft' }, page);
  return h('p', { class: 'soft' }, 'Best known explanation: ', h('strong', null, h('bdi', null, shownText(reveal.best.text))),
    ' (', h('bdi', null, credited(reveal.best)), '). ', page);
}
