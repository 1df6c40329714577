import { ArenaClient } from '../src/client.js';
import { Emitter } from '../src/emitter.js';
import { cue } from './cues.js';
import { campaignOf, isRatedAnywhere } from './logic/campaigns.js';
import { shownText } from './logic/text.js';
import { defaultLimits } from './logic/words.js';
import { identity, tabWord } from './storage.js';

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
    /** @private */ this._greeted = () => {};
    /** Comes true with the first welcome: from then on it is known which campaigns there are. */
    this.welcomed = new Promise((resolve) => { this._greeted = () => resolve(undefined); });
    /** All the campaigns that are open; an older server names one. */
    /** @type {any[]} */ this.campaigns = [];
    /** @type {string | null} */ this.activeDuel = null;
    /** @type {string | null} */ this.activeRun = null;
    /**
     * The contests in which the player's run is going on.
     * @type {Set<string>}
     */
    this.runs = new Set();
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

  /**
   * Plays in a campaign from here on; in the first one where that one isn't open.
   * @param {string} id
   */
  chooseCampaign(id) {
    this.campaign = campaignOf(this.campaigns, id);
  }

  /**
   * The campaign of a duel.
   * @param {string | null | undefined} id As the server names it.
   */
  campaignOf(id) {
    return campaignOf(this.campaigns, id);
  }

  /** Whether a rating can move anywhere here. */
  get isRatedAnywhere() {
    return isRatedAnywhere(this.campaigns);
  }

  /** What a wish for a duel says of the campaign: nothing where there is no choice. */
  get choice() {
    return this.campaigns.length > 1 ? { campaign: this.campaign.id } : {};
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
      this.say(`${shownText(reason, 400)}${wait}`);
      return null;
    }
  }

  /**
   * @private
   * @param {any} session
   */
  _welcome(session) {
    this.limits = { ...defaultLimits, ...session.limits };
    this.campaigns = session.campaigns?.length ? session.campaigns : [session.campaign];
    this.chooseCampaign(tabWord('campaign'));
    this.activeDuel = session.activeDuel;
    this.activeRun = session.activeRun;
    this._setPlayer(session.player);
    this._greeted();
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
    if (type === 'me.snapshot') this.runs = new Set((data.runs ?? []).map((/** @type {any} */ run) => run.contest));
    if (type === 'contest.run') this.runs[data.run.over ? 'delete' : 'add'](data.run.contest);
    if (type === 'duel.matched') {
      this.activeDuel = data.duel;
      cue('matched');
    }
    if (type === 'notice') this.say(shownText(data.text, 400));
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
