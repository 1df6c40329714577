import { fill, h } from '../dom.js';
import { regionsOf, territoryName, territoryOf } from '../logic/territories.js';
import { territories } from '../territory-data.js';

/**
 * Where the player is at home: a country, and a region of it, or neither.
 * @param {import('../app.js').App} app
 */
export function territoryChoice(app) {
  const country = h('select', { id: 'country', on: { change: () => { drawRegions(''); void keep(); } } });
  const region = h('span', { class: 'region-place' });
  const said = h('p', { class: 'soft small', role: 'status' });
  /** @type {import('../logic/territories.js').Territories | null} */ let data = null;
  const drawCountries = () => {
    const codes = data?.countries.split(' ') ?? [app.player?.territory?.split('-')[0]].filter(Boolean);
    const sorted = codes.map((code) => ({ code, name: territoryName(code) })).sort((a, b) => a.name.localeCompare(b.name));
    fill(country, h('option', { value: '' }, 'I\u2019d rather not say'), sorted.map(({ code, name }) => h('option', { value: code }, name)));
    show();
  };

  const regionCode = () => /** @type {HTMLInputElement | HTMLSelectElement | null} */ (region.querySelector('#region'))?.value ?? '';
  const keep = async () => {
    const territory = country.value === '' ? null : territoryOf(country.value, regionCode());
    if (country.value !== '' && territory === null) {
      said.textContent = 'A region\u2019s code has one to three letters or digits.';
      return;
    }
    const answer = await app.wish('territory.set', { territory });
    if (answer) said.textContent = territory ? `Boards show you as from ${territoryName(territory, data)}.` : 'Boards show no place beside your name.';
  };
  const drawRegions = (/** @type {string} */ code) => {
    const known = regionsOf(data, country.value);
    if (country.value === '') return fill(region);
    const field = known.length > 0
      ? h('select', { id: 'region', on: { change: () => void keep() } }, h('option', { value: '' }, 'Whole country'),
        known.map(({ code: value, name }) => h('option', { value }, name)))
      : h('input', { id: 'region', maxlength: 6, size: 8, autocomplete: 'off', placeholder: 'none', 'aria-describedby': 'region-note', on: { change: () => void keep() } });
    field.value = code;
    fill(region, h('label', { for: 'region' }, 'Region'), field,
      known.length > 0 ? null : h('small', { class: 'soft', id: 'region-note' }, 'Its code in ISO 3166-2: the letters behind the dash.'));
  };
  const show = () => {
    const [code = '', part = ''] = (app.player?.territory ?? '').split('-');
    if (document.activeElement === country || region.contains(document.activeElement)) return;
    country.value = code;
    drawRegions(part);
  };
  drawCountries();
  void territories().then((read) => { data = read; drawCountries(); });
  const stop = app.on('player', show);
  return {
    element: h('fieldset', { class: 'territory' }, h('legend', null, 'Where you are from'),
      h('div', { class: 'row' }, h('label', { for: 'country' }, 'Country'), country, region),
      h('p', { class: 'soft small' }, 'Boards can be looked at by country and region. It stands beside your name there, and nothing checks it.'), said),
    stop,
  };
}
