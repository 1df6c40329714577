/** A text of one's own on a unit: what is asked when, and what is known of it. */

/** So long one may pause within a word before the text is read, in milliseconds. */
const pauseMs = 260;
/** How long another tab's text is given way, in milliseconds. */
const elsewhereMs = 1500;
/** How often a sealed unit is asked again. */
const sealedRetryMs = 5000;

/**
 * @typedef {{text: string, activation: number}} ReadToken
 * @typedef {{text: string, tokens: ReadToken[], of: number, scale: number, isWhole: boolean}} Reading
 * @typedef {{token: number, activation: number, adds: (number | null)[], isWhole: boolean}} Attribution
 *   `adds` has null for tokens of which nothing is known yet.
 * @typedef {{text: string, reading: Reading | null, attribution: Attribution | null, isBusy: boolean,
 *   problem: string, isSealed: boolean, left: number}} OwnTextState
 *
 * @typedef {object} OwnTextOptions
 * @property {string} unit
 * @property {number} left How many texts may be tried at once.
 * @property {(type: string, data: any, onPart: (part: any) => void) => Promise<any>} ask Sends a command
 *   that does not outlive the connection.
 * @property {(work: () => void, ms: number) => any} later
 * @property {(timer: any) => void} forget
 * @property {(state: OwnTextState) => void} changed
 */

/**
 * Reads the newest text, and nothing twice.
 *
 *     typed ──pause──▶ asked ──parts──▶ read ──token chosen──▶ attributed
 *       ▲                │ too many, busy, sealed: later
 *       └────────────────┘
 */
export class OwnText {
  /** @param {OwnTextOptions} options */
  constructor(options) {
    /** @private */ this._options = options;
    /** @private @type {any} */ this._timer = null;
    /** @private Names the question whose answers count. */ this._number = 0;
    /** @type {OwnTextState} */
    this.state = { text: '', reading: null, attribution: null, isBusy: false, problem: '', isSealed: false, left: options.left };
  }

  /** @param {string} text */
  type(text) {
    if (text === this.state.text) return;
    this._number += 1;
    const isEmpty = text.trim() === '';
    this._set({ text, attribution: null, problem: '', isBusy: !isEmpty, ...(isEmpty ? { reading: null } : {}) });
    this._askLater(isEmpty ? null : pauseMs);
  }

  /** Asks again for what has failed, such as after a reconnect. */
  again() {
    if (this.state.text.trim() === '' || this.state.reading?.text === this.state.text) return;
    this._askLater(0);
  }

  /**
   * Asks what adds to the activation on a token; nothing as long as the text isn't read.
   * @param {number} token
   */
  async attribute(token) {
    const { text, reading } = this.state;
    const chosen = reading?.tokens[token];
    if (!reading?.isWhole || reading.text !== text || !chosen) return;
    this._number += 1;
    const number = this._number;
    this._set({
      attribution: { token, activation: chosen.activation, adds: Array(token).fill(null), isWhole: false },
      isBusy: true, problem: '',
    });
    try {
      const answer = await this._options.ask('unit.attribute', { unit: this._options.unit, text, token }, (part) => {
        if (number === this._number && this.state.attribution) this._takeAdds(this.state.attribution, part.from, part.adds, false);
      });
      if (number !== this._number || !this.state.attribution) return;
      this._takeAdds({ ...this.state.attribution, activation: answer.activation }, 0, answer.adds, true);
      this._set({ isBusy: false, left: answer.left });
    } catch (error) {
      if (number === this._number) this._set({ attribution: null, isBusy: false, problem: reasonOf(error) });
    }
  }

  /** Back from the attribution to the text. */
  overview() {
    if (!this.state.attribution) return;
    this._number += 1;
    this._set({ attribution: null, isBusy: false, problem: '' });
  }

  /** Nothing is asked or told any more. */
  close() {
    this._number += 1;
    this._options.forget(this._timer);
    this._options.changed = () => {};
  }

  /**
   * @private
   * @param {number | null} ms Null to ask nothing.
   */
  _askLater(ms) {
    this._options.forget(this._timer);
    this._timer = ms === null ? null : this._options.later(() => this._ask(), ms);
  }

  /** @private */
  async _ask() {
    this._number += 1;
    const number = this._number;
    const { text } = this.state;
    this._set({ isBusy: true });
    try {
      const answer = await this._options.ask('unit.try', { unit: this._options.unit, text }, (part) => {
        if (number === this._number) this._takePart(text, part);
      });
      if (number !== this._number) return;
      this._set({
        reading: { text, tokens: answer.tokens, of: answer.tokens.length, scale: answer.scale, isWhole: true },
        left: answer.left, isBusy: false, problem: '', isSealed: false,
      });
    } catch (error) {
      if (number === this._number) this._failed(/** @type {any} */ (error));
    }
  }

  /**
   * @private
   * @param {string} text
   * @param {any} part
   */
  _takePart(text, { from, of, tokens, scale }) {
    const known = this.state.reading;
    const before = from === 0 || known?.text !== text ? [] : known.tokens.slice(0, from);
    this._set({ reading: { text, tokens: [...before, ...tokens], of, scale, isWhole: false }, problem: '', isSealed: false });
  }

  /**
   * @private
   * @param {Attribution} attribution
   * @param {number} from
   * @param {number[]} values
   * @param {boolean} isWhole
   */
  _takeAdds(attribution, from, values, isWhole) {
    const adds = [...attribution.adds];
    values.forEach((value, i) => { adds[from + i] = value; });
    this._set({ attribution: { ...attribution, adds, isWhole } });
  }

  /**
   * @private
   * @param {{code: string, reason: string, retryable: boolean, retryAfterMs: number | null}} error
   */
  _failed(error) {
    if (error.code === 'superseded') {
      // Not by this one: another tab on the same connection has asked.
      this._askLater(elsewhereMs);
      return;
    }
    const isSealed = error.code === 'sealed';
    const willTry = isSealed || (error.retryable && error.code !== 'offline');
    this._set({ isBusy: false, isSealed, problem: reasonOf(error), ...(error.code === 'texts_spent' ? { left: 0 } : {}) });
    if (willTry) this._askLater(isSealed ? sealedRetryMs : Math.max(250, error.retryAfterMs ?? 1000));
  }

  /**
   * @private
   * @param {Partial<OwnTextState>} change
   */
  _set(change) {
    this.state = { ...this.state, ...change };
    this._options.changed(this.state);
  }
}

/** @param {any} error */
function reasonOf({ code, reason, retryAfterMs }) {
  if (code === 'offline') return 'No connection: it is read as soon as there is one again.';
  if (code === 'sealed') return 'You are playing this one right now. It is read when the round is over.';
  if (code === 'texts_spent') return `That were many texts at once. The next is read in ${Math.ceil((retryAfterMs ?? 1000) / 1000)} s.`;
  return reason;
}

/**
 * Tokens with whole characters: those that are parts of one are put together, and show it.
 * @param {string} text The text that they are of.
 * @param {readonly string[]} tokens
 * @returns {{tokens: string[], starts: number[], ends: number[]}} For each the first of the tokens that it
 *   is made of, and the one after its last.
 */
export function wholeTokens(text, tokens) {
  /** @type {{tokens: string[], starts: number[], ends: number[]}} */
  const whole = { tokens: [], starts: [], ends: [] };
  const add = (/** @type {string} */ shown, /** @type {number} */ start, /** @type {number} */ end) => {
    whole.tokens.push(shown);
    whole.starts.push(start);
    whole.ends.push(end);
  };
  let at = 0;
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i] ?? '';
    if (!token.includes('\ufffd') || text.startsWith(token, at)) {
      add(token, i, i + 1);
      at += token.length;
      i += 1;
      continue;
    }
    let end = i + 1;
    while (end < tokens.length && (tokens[end] ?? '').includes('\ufffd')) end += 1;
    const next = tokens[end];
    const found = next === undefined ? text.length : text.indexOf(next, at + 1);
    // What can't be found is shown as it came.
    const shown = found > at ? text.slice(at, found) : tokens.slice(i, end).join('');
    add(shown, i, end);
    at = found > at ? found : at + shown.length;
    i = end;
  }
  return whole;
}

/**
 * The values of whole tokens: of several parts the one that is farthest from nothing.
 * @param {{starts: number[], ends: number[]}} whole
 * @param {readonly (number | null)[]} values
 */
export function wholeValues({ starts, ends }, values) {
  return starts.map((start, i) => values.slice(start, ends[i]).reduce(
    (/** @type {number} */ best, value) => (Math.abs(value ?? 0) > Math.abs(best) ? value ?? 0 : best), 0));
}

/**
 * What matters most to an activation, the strongest first.
 * @param {readonly string[]} tokens
 * @param {readonly number[]} adds
 * @param {number} scale What counts as much.
 * @param {number} [count]
 * @returns {{text: string, adds: number, share: number}[]} `share` of what counts as much, 0 to 1.
 */
export function strongestAdds(tokens, adds, scale, count = 5) {
  return adds.map((value, i) => ({ text: tokens[i] ?? '', adds: value, share: scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0 }))
    .filter((one) => one.share >= 0.05)
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds)).slice(0, count);
}
