import { ArenaClient } from '../src/client.js';
import { Emitter } from '../src/emitter.js';
import { defaultLimits } from './logic/words.js';
import { identity } from './storage.js';

/**
 * What all screens share: the connection, the player, and the player's private events.
 *
 * @extends {Emitter<{player: any, me: {type: string, data: any}, online: any, offline: any, lost: void}>}
 */
export class App extends Emitter {
  constructor() {
    super();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.client = new ArenaClient({
      url: `${scheme}://${location.host}/v1/socket`, client: 'web/0.1', identity,
    });
    /** @type {any} */ this.player = null;
    /** @type {any} */ this.limits = { ...defaultLimits };
    /** @type {any} */ this.campaign = null;
    /** @type {string | null} */ this.activeDuel = null;
    /** @type {string | null} */ this.activeRun = null;
    /**
     * Called with a sentence that the player should read.
     * @type {(text: string) => void}
     */
    this.say = () => {};
    /**
     * Called with a sentence for screen readers alone.
     * @type {(text: string) => void}
     */
    this.announce = () => {};
  }

  start() {
    this.client.on('hello', (session) => this._welcome(session));
    this.client.on('state', (change) => {
      if (change.state !== 'online') this.emit('offline', change);
    });
    const me = this.client.subscribe('me');
    me.on('event', (event) => this._private(event));
    me.on('lost', () => this.emit('lost', undefined));
    this.client.start();
    // A phone that wakes up should not wait for the backoff of its sleep.
    addEventListener('online', () => this.client.wake());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.client.wake();
    });
  }

  /**
   * Whether duels of a format can be played here; all can, as long as the server says nothing else.
   * @param {string} format
   */
  plays(format) {
    return this.campaign?.formats?.includes(format) ?? true;
  }

  /** The server's time now. */
  now() {
    return this.client.clock.now();
  }

  /** @param {string} hash */
  go(hash) {
    if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'));
    else location.hash = hash;
  }

  /**
   * Sends a command and says what went wrong, if something did.
   * @param {string} type
   * @param {any} [data]
   * @returns {Promise<any>} The answer, or null.
   */
  async wish(type, data = {}) {
    try {
      return await this.client.command(type, data);
    } catch (error) {
      const { reason, retryAfterMs } = /** @type {any} */ (error);
      const wait = retryAfterMs ? ` Try again in ${Math.ceil(retryAfterMs / 1000)} s.` : '';
      this.say(`${reason}${wait}`);
      return null;
    }
  }

  /**
   * @private
   * @param {any} session
   */
  _welcome(session) {
    this.limits = { ...defaultLimits, ...session.limits };
    this.campaign = session.campaign;
    this.activeDuel = session.activeDuel;
    this.activeRun = session.activeRun;
    this._setPlayer(session.player);
    this.emit('online', session);
  }

  /**
   * @private
   * @param {{type: string, data: any}} event
   */
  _private(event) {
    const { type, data } = event;
    if (type === 'me.snapshot') this.activeDuel = data.activeDuel;
    if (type === 'me.snapshot' || type === 'player.changed') this._setPlayer(data.player);
    if (type === 'duel.matched') this.activeDuel = data.duel;
    if (type === 'notice') this.say(data.text);
    this.emit('me', event);
  }

  /**
   * @private
   * @param {any} player
   */
  _setPlayer(player) {
    this.player = player;
    this.emit('player', player);
  }
}
