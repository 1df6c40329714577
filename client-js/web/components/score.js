import { h } from '../dom.js';

/**
 * A score as a mark within its interval, on a bar from 0 to 100.
 * @param {import('../logic/score.js').Score} score
 */
export function interval(score) {
  const range = h('i');
  range.style.left = `${score.low}%`;
  range.style.width = `${Math.max(1, score.high - score.low)}%`;
  const mark = h('b');
  mark.style.left = `${score.value}%`;
  return h('div', { class: 'interval', role: 'img',
    'aria-label': `Score ${Math.round(score.value)}, likely between ${Math.round(score.low)} and ${Math.round(score.high)}` }, range, mark);
}
