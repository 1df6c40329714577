import { fill, h, svg } from '../../dom.js';
import { perSecond, Series } from '../../logic/console.js';
import { grouped } from '../../logic/text.js';

/** How many seconds a chart shows. */
const seconds = 120;
const [width, height] = [240, 48];

/** Live charts of how the server is doing: one line each, with its number and its highest value. */
export function health() {
  const place = h('div', { class: 'charts' });
  /** @type {{count: number, at: number} | null} */ let counted = null;
  const charts = ['Connections', 'Duels', 'Commands a second', 'Engine queue', 'Loop lag, ms'].map((title) => {
    const series = new Series(seconds);
    const line = svg('polyline', { class: 'chart-line' });
    const number = h('b');
    const most = h('span', { class: 'soft small' });
    const picture = svg('svg', { viewBox: `0 -2 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, line);
    place.append(h('figure', { class: 'figure chart' }, h('figcaption', null, title), number, picture, most));
    return { series, line, number, most };
  });
  return {
    element: h('section', { class: 'card stack', 'aria-label': 'Server' }, h('h3', null, 'The last two minutes'), place),
    /**
     * @param {any} view A moderation snapshot.
     * @param {number} at When, in milliseconds.
     */
    add(view, at) {
      const now = { count: view.health?.commands ?? 0, at };
      const values = [view.connections, view.totals?.duels ?? view.duels.length, perSecond(counted, now), view.health?.engineQueue ?? 0, view.health?.lagMilliseconds ?? 0];
      counted = now;
      charts.forEach(({ series, line, number, most }, i) => {
        series.add(values[i] ?? 0);
        line.setAttribute('points', series.points(width, height - 4));
        fill(number, grouped(Math.round(series.last)));
        fill(most, `at most ${grouped(Math.round(series.max))}`);
      });
    },
  };
}
