import { h } from '../dom.js';

/**
 * On or off.
 * @param {string} title
 * @param {string} explained
 * @param {{id: string, isOn: boolean, isUsable?: boolean, change: (isOn: boolean) => void}} options
 */
export function switchRow(title, explained, { id, isOn, isUsable = true, change }) {
  const input = h('input', { type: 'checkbox', role: 'switch', id, checked: isOn, disabled: !isUsable, 'aria-describedby': `${id}-note`,
    on: { change: () => change(input.checked) } });
  return {
    element: h('label', { class: 'switch' }, h('b', null, title), h('small', { id: `${id}-note` }, explained), input),
    /**
     * @param {boolean} value
     * @param {boolean} [isNowUsable]
     */
    set(value, isNowUsable = isUsable) {
      input.checked = value;
      input.disabled = !isNowUsable;
    },
  };
}
