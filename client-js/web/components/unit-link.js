import { h } from '../dom.js';
import { unitAddress } from '../logic/route.js';

/**
 * A link to a unit's page.
 * @param {string} unit
 * @param {any} text
 * @param {{beside?: boolean}} options `beside`: in a tab of its own, while a duel goes on here.
 */
export function unitLink(unit, text, { beside = false } = {}) {
  return h('a', { class: 'unit-link', href: unitAddress(unit),
    ...(beside ? { target: '_blank', rel: 'noopener', title: 'Opens beside the duel' } : {}) }, text);
}
