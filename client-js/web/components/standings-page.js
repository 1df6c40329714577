import { fill, h } from '../dom.js';
import { boardName, parseBoard, pointsText, seriesOf, spans } from '../logic/board-names.js';
import { duration } from '../logic/clock.js';
import { formatName, shownText } from '../logic/text.js';
import { liveBoard } from './board.js';
import { territoryFilter } from './territory-filter.js';

/**
 * The boards of ratings, of the campaign and of series of contests, by day, week, month and of all time.
 * @type {import('../main.js').Screen}
 */
export function showStandings(main, app, argument) {
  if (argument === '' && !app.campaign) {
    main.append(h('h1', null, 'Boards'));
    const stop = app.on('online', () => app.go('#/boards'));
    return stop;
  }
  // Where nothing is rated, the boards of ratings stay empty.
  const name = argument !== '' ? argument : app.isRatedAnywhere ? 'rating:pick:week' : `campaign:${app.campaign.id}:week`;
  const { board, kind, subject, span, territory } = parseBoard(name) ?? { board: name, kind: '', subject: '', span: '', territory: '' };
  let standing = /** @type {any} */ (null);
  const go = (/** @type {string} */ next, /** @type {string} */ from = territory) => app.go(`#/boards/${boardName(next, from)}`);
  const what = h('select', { 'aria-label': 'Which board', on: { change: () => go(`${what.value}:${span}`) } });
  const when = h('p', { class: 'soft small' });
  const tell = () => {
    const ends = standing?.closesAt ? `The next one begins in ${duration(standing.closesAt - app.now())}, by the clocks of ${shownText(standing.zone, 40)}.` : '';
    const text = `${pointsText(kind)} ${ends}`.trim();
    if (when.textContent !== text) when.textContent = text;
  };
  const drawWhat = async () => {
    const formats = ['pick', 'write', 'fire', 'mixed'].filter((format) => app.isRatedAnywhere && app.plays(format))
      .map((format) => [`rating:${format}`, `Rating in ${formatName(format)}`]);
    const campaigns = app.campaigns.map(({ id, title }) => [`campaign:${id}`, `Points in ${shownText(title, 60)}`]);
    const draw = (/** @type {string[][]} */ series) => {
      const options = [...formats, ...campaigns, ...series];
      const current = `${kind}:${subject}`;
      if (!options.some(([value]) => value === current)) options.push([current, shownText(subject, 60)]);
      fill(what, options.map(([value, text]) => h('option', { value }, text)));
      what.value = current;
    };
    draw([]);
    const answer = await app.client.command('contest.list').catch(() => null);
    const titles = new Map((answer?.contests ?? []).map((/** @type {any} */ contest) => [seriesOf(contest.id), contest.title]));
    draw([...titles].map(([series, title]) => [`series:${series}`, shownText(title, 60)]));
  };
  const filter = territoryFilter(app, board, territory, (chosen) => go(board, chosen));
  const live = liveBoard(app, name, (_contest, _stage, next) => { standing = next; tell(); }, { tools: filter.element,
    empty: kind === 'rating' ? 'Nobody has played a rated duel in this time.' : 'Nobody has a point in this time yet. Be the first!' });
  const tabs = h('div', { class: 'segments spans', role: 'group', 'aria-label': 'Of which time' }, spans.map(([value, text]) =>
    h('label', { class: 'segment' }, h('input', { type: 'radio', name: 'span', value, checked: value === span, on: { change: () => go(`${kind}:${subject}:${value}`) } }), h('span', null, text))));
  fill(main, h('section', { class: 'board-page standings stack' }, h('h1', null, 'Boards'), h('div', { class: 'row' }, what), tabs, when, live.element));
  void drawWhat();
  tell();
  const stop = app.on('online', () => void drawWhat());
  const timer = setInterval(tell, 1000);
  return () => {
    clearInterval(timer);
    stop();
    filter.stop();
    live.stop();
  };
}
