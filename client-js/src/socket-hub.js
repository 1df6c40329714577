/**
 * Shares one real socket among the tabs of a player. It runs in a shared worker, for which this file is
 * the script; a test gives it ports of its own.
 */

/** Frames that a tab may leave unread before it is let go: it is frozen, and will resume. */
const unreadMax = 2048;
/** A tab is asked after this many frames whether it has read them. */
const readEvery = 128;
/** A socket that has been silent for so long is given up if a tab says that it is dead. */
const silentAfterMs = 6000;
/** What a tab keeps of a new guest reaches the storage of the others' processes a moment later. */
const guestForMs = 10_000;

/**
 * @typedef {{port: any, url: string, protocol: string, link: Link | null, unread: number}} Tab
 * @typedef {{tab: Tab | null, topic: string | null}} Asked Who sent a command, null for the hub itself;
 *   the topic of a `subscribe`.
 * @typedef {object} Link A real socket.
 * @property {Tab} opener Who has opened it.
 * @property {string} key Its address and player.
 * @property {any} socket
 * @property {boolean} isOpen
 * @property {string} hello The id of the `hello` that it was opened with.
 * @property {any} session The answer to it, kept up to date; null before.
 * @property {Set<Tab>} tabs
 * @property {{key: string, secret: string, until: number} | null} guest The guest that it has made: the key
 *   of who comes as nobody yet, and until when that is the same guest.
 * @property {{tab: Tab, id: string, isNew: boolean}[]} joining Whose `hello` has no answer yet; `isNew`: it
 *   named no player.
 * @property {Map<string, Set<Tab>>} topics
 * @property {Map<string, Asked>} asked By the id of the command.
 * @property {number} heardAt
 */

/**
 * Tabs speak to it as if each had a socket: they open, say hello, send frames, close. Sockets are told
 * apart by address and player.
 *
 * - The first tab's hello goes to the server. A later one's is answered with the session that the socket
 *   has, brought up to date by a snapshot of `me` that the hub asks for: its time is the server's, and
 *   that it comes shows that the socket is alive. Who names no player while a new guest is made, or just
 *   was, is that guest.
 * - Answers go to the tab that asked, events to all that follow their topic. What the server sends to one
 *   of them to catch up reaches the others too, who drop what they have.
 * - A topic is left when the last tab leaves it; the socket closes with the last tab.
 * - A close, with its code and reason, goes to all tabs; the first that comes back opens a new socket.
 */
export class SocketHub {
  /**
   * @param {{WebSocket: new (url: string, protocol: string) => any, now: () => number,
   *   whenFree?: (lock: string, work: () => void) => void, lock?: Promise<string | null>}} parts
   *   `whenFree` waits for a lock; `lock` names the one that the hub holds for as long as it lives.
   */
  constructor({ WebSocket, now, whenFree = () => {}, lock = Promise.resolve(null) }) {
    /** @private */ this._WebSocket = WebSocket;
    /** @private */ this._now = now;
    /** @private */ this._whenFree = whenFree;
    /** @private */ this._lock = lock;
    /** @private */ this._count = 0;
    /** @private @type {Map<string, Link>} */ this._links = new Map();
  }

  /** How many real sockets there are. */
  get socketCount() {
    return this._links.size;
  }

  /**
   * Takes in a tab.
   * @param {any} port A MessagePort.
   */
  attach(port) {
    /** @type {Tab} */
    const tab = { port, url: '', protocol: '', link: null, unread: 0 };
    port.onmessage = (/** @type {any} */ { data: [kind, ...content] }) => {
      switch (kind) {
        case 'open':
          [tab.url, tab.protocol] = content;
          return this._lock.then((lock) => port.postMessage(['open', lock]));
        case 'alive': return this._whenFree(content[0], () => this._leave(tab, ''));
        case 'frame': return this._say(tab, content[0]);
        case 'read':
          tab.unread = 0;
          return undefined;
        case 'close': return this._leave(tab, content[0]);
        default: return undefined;
      }
    };
    port.onmessageerror = () => this._leave(tab, '');
    port.start?.();
  }

  // From the tabs

  /**
   * @private
   * @param {Tab} tab
   * @param {string} text
   */
  _say(tab, text) {
    const { id, type, data } = JSON.parse(text);
    if (type === 'hello') return this._greet(tab, id, data, text);
    const { link } = tab;
    if (!link) return undefined;
    const topic = type === 'subscribe' || type === 'unsubscribe' ? data.topic : null;
    if (type === 'subscribe') {
      const followers = link.topics.get(topic) ?? new Set();
      link.topics.set(topic, followers.add(tab));
    }
    if (type === 'unsubscribe' && this._unfollow(link, tab, topic)) {
      const at = link.session?.serverTime ?? 0;
      return this._post(tab, JSON.stringify({ re: id, type: 'ok', command: type, at, data: {} }));
    }
    link.asked.set(id, { tab, topic: type === 'subscribe' ? topic : null });
    return this._send(link, text);
  }

  /**
   * @private
   * @param {Link} link
   * @param {Tab} tab
   * @param {string} topic
   * @returns {boolean} Whether others follow it still.
   */
  _unfollow(link, tab, topic) {
    const followers = link.topics.get(topic);
    followers?.delete(tab);
    if (followers && followers.size > 0) return true;
    link.topics.delete(topic);
    return false;
  }

  /**
   * @private
   * @param {Tab} tab
   * @param {string} id
   * @param {any} data
   * @param {string} text
   */
  _greet(tab, id, data, text) {
    const key = keyOf(tab, data.player);
    const link = this._links.get(key) ?? this._guestOf(key);
    if (!link) return this._open(key, tab, id, text);
    link.tabs.add(tab);
    tab.link = link;
    link.joining.push({ tab, id, isNew: !data.player });
    if (link.session) this._askForMe(link);
    return undefined;
  }

  /**
   * The link of the guest that was just made for somebody who came with this key.
   * @private
   * @param {string} key
   */
  _guestOf(key) {
    const now = this._now();
    return [...this._links.values()].find(({ guest }) => guest?.key === key && now < guest.until);
  }

  /**
   * @private
   * @param {string} key
   * @param {Tab} tab
   * @param {string} id
   * @param {string} hello
   */
  _open(key, tab, id, hello) {
    /** @type {any} */
    let socket;
    try {
      socket = new this._WebSocket(tab.url, tab.protocol);
    } catch {
      tab.port.postMessage(['close', 1006, '']);
      return;
    }
    /** @type {Link} */
    const link = {
      opener: tab, key, socket, isOpen: false, hello: id, session: null, guest: null, tabs: new Set([tab]),
      joining: [], topics: new Map(), asked: new Map([[id, { tab, topic: null }]]), heardAt: -Infinity,
    };
    tab.link = link;
    this._links.set(key, link);
    socket.onopen = () => {
      link.isOpen = true;
      this._send(link, hello);
    };
    socket.onmessage = (/** @type {any} */ { data }) => this._hear(link, data);
    socket.onerror = () => {};
    socket.onclose = (/** @type {any} */ { code = 1006, reason = '' }) => this._end(link, code, reason);
  }

  /**
   * @private
   * @param {Tab} tab
   * @param {string} reason
   */
  _leave(tab, reason) {
    const { link } = tab;
    tab.port.close();
    if (!link) return;
    tab.link = null;
    link.tabs.delete(tab);
    link.joining = link.joining.filter((one) => one.tab !== tab);
    for (const [id, asked] of [...link.asked]) if (asked.tab === tab) link.asked.delete(id);
    const isSilent = reason === 'silent' && this._now() - link.heardAt > silentAfterMs;
    if (link.tabs.size === 0 || isSilent) {
      link.socket.onclose = null;
      this._end(link, 1006, 'The connection went silent.');
      link.socket.close(1000, reason);
      return;
    }
    for (const [topic, followers] of [...link.topics]) {
      if (followers.has(tab) && !this._unfollow(link, tab, topic)) {
        this._ask(link, 'unsubscribe', { topic });
      }
    }
  }

  // From the server

  /**
   * @private
   * @param {Link} link
   * @param {string} text
   */
  _hear(link, text) {
    link.heardAt = this._now();
    /** @type {any} */
    let frame = null;
    try {
      frame = JSON.parse(text);
    } catch {
      // Each tab says of it what it would say of its own.
    }
    if (typeof frame?.re === 'string') {
      this._answer(link, frame, text);
    } else if (typeof frame?.topic === 'string') {
      for (const tab of [...(link.topics.get(frame.topic) ?? [])]) this._post(tab, text);
      if (frame.type === 'me.snapshot') this._welcome(link, frame);
    } else {
      for (const tab of [...link.tabs]) this._post(tab, text);
    }
  }

  /**
   * @private
   * @param {Link} link
   * @param {any} frame
   * @param {string} text
   */
  _answer(link, frame, text) {
    const asked = link.asked.get(frame.re);
    if (frame.type === 'part') {
      if (asked?.tab) this._post(asked.tab, text);
      return;
    }
    const isHello = frame.re === link.hello;
    const isRefused = frame.type !== 'ok';
    link.asked.delete(frame.re);
    if (isHello && !isRefused) this._established(link, frame.data);
    if (asked?.tab) this._post(asked.tab, text);
    if (!isRefused) return;
    if (asked?.tab && asked.topic) this._unfollow(link, asked.tab, asked.topic);
    // What keeps the server from welcoming one keeps it from welcoming those who wait for the same.
    if (isHello || (asked && !asked.tab && asked.topic)) {
      for (const { tab, id } of link.joining.splice(0)) {
        this._post(tab, JSON.stringify({ ...frame, re: id }));
      }
    }
  }

  /**
   * @private
   * @param {Link} link
   * @param {any} session
   */
  _established(link, session) {
    link.session = { ...session, secret: null };
    if (session.secret) {
      link.guest = { key: link.key, secret: session.secret, until: this._now() + guestForMs };
      // Tabs that come later know whom they speak for.
      this._links.delete(link.key);
      link.key = keyOf(link.opener, { id: session.player.id, secret: session.secret });
      this._links.set(link.key, link);
    }
    if (link.joining.length > 0) this._askForMe(link);
  }

  /**
   * @private
   * @param {Link} link
   */
  _askForMe(link) {
    this._ask(link, 'subscribe', { topic: 'me' });
  }

  /**
   * Answers those who wait for a welcome.
   * @private
   * @param {Link} link
   * @param {any} snapshot
   */
  _welcome(link, snapshot) {
    if (!link.session) return;
    const { player, activeDuel, run } = snapshot.data;
    Object.assign(link.session, {
      player, activeDuel, activeRun: run?.contest ?? null, serverTime: snapshot.at,
    });
    for (const { tab, id, isNew } of link.joining.splice(0)) {
      // Who came as nobody has to learn the secret.
      const secret = isNew ? link.guest?.secret ?? null : null;
      this._post(tab, JSON.stringify({
        re: id, type: 'ok', command: 'hello', at: snapshot.at, data: { ...link.session, secret },
      }));
    }
  }

  /**
   * @private
   * @param {Link} link
   * @param {number} code
   * @param {string} reason
   */
  _end(link, code, reason) {
    if (this._links.get(link.key) === link) this._links.delete(link.key);
    for (const tab of link.tabs) {
      tab.link = null;
      tab.port.postMessage(['close', code, reason]);
    }
    link.tabs.clear();
  }

  // Both

  /**
   * Sends a command of the hub's own.
   * @private
   * @param {Link} link
   * @param {string} type
   * @param {any} data
   */
  _ask(link, type, data) {
    this._count += 1;
    const id = `hub-${this._count}`;
    link.asked.set(id, { tab: null, topic: type === 'subscribe' ? data.topic : null });
    this._send(link, JSON.stringify({ id, type, data }));
  }

  /**
   * @private
   * @param {Link} link
   * @param {string} text
   */
  _send(link, text) {
    try {
      if (link.isOpen) link.socket.send(text);
    } catch {
      // It is closing; the tabs will hear of it.
    }
  }

  /**
   * @private
   * @param {Tab} tab
   * @param {string} text
   */
  _post(tab, text) {
    tab.port.postMessage(['frame', text]);
    tab.unread += 1;
    if (tab.unread % readEvery === 0) tab.port.postMessage(['read']);
    if (tab.unread < unreadMax) return;
    tab.port.postMessage(['close', 4008, 'The tab did not read.']);
    this._leave(tab, '');
  }
}

/**
 * @param {Tab} tab
 * @param {{id: string, secret: string} | null | undefined} player Nobody yet for a new guest.
 */
function keyOf({ url, protocol }, player) {
  return JSON.stringify([url, protocol, player?.id, player?.secret]);
}

if ('SharedWorkerGlobalScope' in globalThis) {
  const scope = /** @type {any} */ (globalThis);
  const { locks } = scope.navigator;
  const name = `neuronarena/hub/${Date.now()}-${Math.random()}`;
  const hub = new SocketHub({
    WebSocket: scope.WebSocket, now: () => performance.now(),
    whenFree: (lock, work) => void locks?.request(lock, work),
    lock: new Promise((resolve) => {
      if (locks) locks.request(name, () => new Promise(() => resolve(name)));
      else resolve(null);
    }),
  });
  scope.onconnect = (/** @type {any} */ { ports }) => hub.attach(ports[0]);
}
