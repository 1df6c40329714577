/**
 * A scripted arena for the SDK: it keeps topics with epoch, offset and history as the protocol
 * promises, answers a repeated command id with its first answer, and can be cut at any moment.
 */
export class FakeArena {
  constructor({ timers, serverAhead = 0 } = {}) {
    this.timers = timers;
    this.serverAhead = serverAhead;
    this.epoch = 'e1';
    this.topics = new Map();
    this.sockets = [];
    this.received = [];
    this.handlers = new Map();
    this.answers = new Map();
    this.effects = [];
    this.accepts = true;
    this.mute = false;
    /** Set to change or hold frames on their way out: (frame, deliver) => void. */
    this.wire = (frame, deliver) => deliver(frame);
    const arena = this;
    this.WebSocket = class {
      constructor(url, protocol) {
        this.url = url;
        this.protocol = protocol;
        this.topics = new Set();
        this.closedWith = null;
        this.isOpen = false;
        arena.sockets.push(this);
        queueMicrotask(() => {
          if (arena.accepts) {
            this.isOpen = true;
            this.onopen?.();
          } else {
            this.onclose?.({ code: 1006, reason: '' });
          }
        });
      }

      send(text) {
        if (!this.isOpen) throw new Error('not open');
        arena.receive(this, JSON.parse(text));
      }

      close(code) {
        this.closedWith = code;
        this.isOpen = false;
      }
    };
  }

  get now() {
    return this.timers.time + this.serverAhead;
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Answers commands of a type with what `handler(data)` returns; an object with `error` refuses. */
  on(type, handler) {
    this.handlers.set(type, handler);
  }

  topic(name) {
    if (!this.topics.has(name)) {
      this.topics.set(name, { offset: 0, events: [], historyFrom: 0, snapshot: null });
    }
    return this.topics.get(name);
  }

  publish(name, type, data) {
    const topic = this.topic(name);
    topic.offset += 1;
    const event = { type, topic: name, epoch: this.epoch, offset: topic.offset, at: this.now, data };
    topic.events.push(event);
    for (const socket of this.sockets) if (socket.topics.has(name)) this.send(socket, event);
  }

  /** Forgets the history, so that a returning client can't get what it missed. */
  forget(name) {
    const topic = this.topic(name);
    topic.historyFrom = topic.offset;
    topic.events = [];
  }

  receive(socket, command) {
    this.received.push(command);
    if (this.mute) return;
    const { id, type, data } = command;
    if (this.answers.has(id)) {
      this.send(socket, this.answers.get(id));
      return;
    }
    const answer = this.perform(socket, type, data);
    if (answer === null) return;
    const frame = answer.error
      ? { re: id, type: 'error', at: this.now, data: answer.error }
      : { re: id, type: 'ok', at: this.now, data: answer };
    const isKept = !['hello', 'ping', 'subscribe', 'unsubscribe'].includes(type) && !answer.error?.retryable;
    if (isKept) this.answers.set(id, frame);
    this.send(socket, frame);
    if (type === 'subscribe' && !answer.error) this.replay(socket, data, answer);
  }

  perform(socket, type, data) {
    if (this.handlers.has(type)) return this.handlers.get(type)(data, socket);
    switch (type) {
      case 'hello':
        return {
          player: { id: data.player?.id ?? 'p_1', name: 'Ada' },
          secret: data.player ? null : 's3cret', role: 'player', epoch: this.epoch,
          serverTime: this.now, activeDuel: null, activeRun: null, limits: {},
        };
      case 'ping': return { clientTime: data.clientTime, serverTime: this.now };
      case 'subscribe': {
        socket.topics.add(data.topic);
        const topic = this.topic(data.topic);
        const recovered = data.epoch === this.epoch && data.offset >= topic.historyFrom;
        return { topic: data.topic, epoch: this.epoch, offset: topic.offset, recovered };
      }
      case 'unsubscribe': socket.topics.delete(data.topic); return {};
      default: this.effects.push({ type, data }); return { done: this.effects.length };
    }
  }

  replay(socket, asked, answer) {
    const topic = this.topic(asked.topic);
    if (answer.recovered) {
      for (const event of topic.events) if (event.offset > asked.offset) this.send(socket, event);
    } else if (topic.snapshot) {
      this.send(socket, {
        type: topic.snapshot.type, topic: asked.topic, epoch: this.epoch, offset: topic.offset,
        at: this.now, data: topic.snapshot.data(),
      });
    }
  }

  send(socket, frame) {
    this.wire(frame, (out) => {
      // Never from within the client's own `send`; several frames may come in one burst.
      queueMicrotask(() => {
        if (socket.isOpen) socket.onmessage?.({ data: JSON.stringify(out) });
      });
    });
  }

  /** Ends the newest connection as the network or the server would. */
  cut(code = 1006, reason = '') {
    const socket = this.socket;
    socket.isOpen = false;
    socket.topics.clear();
    socket.onclose?.({ code, reason });
  }
}
