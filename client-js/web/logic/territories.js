/** Countries and regions, by ISO 3166. Pure. */

/**
 * What is known of them (data/territories.json): all countries, and the regions of some.
 * @typedef {{countries: string, regions: Record<string, string>}} Territories
 */

/**
 * The regions of a country whose names are known; of the others only the codes are.
 * @param {Territories | null} known
 * @param {string} country
 */
export function regionsOf(known, country) {
  return (known?.regions[country] ?? '').split(',').filter(Boolean).map((text) => {
    const space = text.indexOf(' ');
    return { code: text.slice(0, space), name: text.slice(space + 1) };
  });
}

/** @type {Intl.DisplayNames | null} */ let names = null;

/**
 * What people call a country or region.
 * @param {string} territory Such as `DE` or `DE-BY`.
 * @param {Territories | null} [known]
 */
export function territoryName(territory, known = null) {
  const [country = '', region = ''] = territory.split('-');
  if (country === '') return '';
  let name = country;
  try {
    names ??= new Intl.DisplayNames(['en'], { type: 'region' });
    name = names.of(country) ?? country;
  } catch { /* The code has to do. */ }
  if (region === '') return name;
  return `${regionsOf(known, country).find(({ code }) => code === region)?.name ?? region}, ${name}`;
}

/**
 * Reads what was chosen and typed.
 * @param {string} country
 * @param {string} region
 * @returns {string | null} Null where it is no territory.
 */
export function territoryOf(country, region) {
  const code = region.trim().toUpperCase().replace(new RegExp(`^${country}-`), '');
  if (!/^[A-Z]{2}$/.test(country) || !/^[A-Z0-9]{0,3}$/.test(code)) return null;
  return code === '' ? country : `${country}-${code}`;
}
