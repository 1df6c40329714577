/**
 * What following topics needs of a connection.
 * @typedef {object} TopicWire
 * @property {() => boolean} isOnline
 * @property {() => unknown} connection The present connection, compared by identity: answers that
 *   come for an older one are dropped.
 * @property {(type: string, data: any, resolve: (data: any) => void,
 *   reject: (error: import('./errors.js').ArenaError) => void) => void} perform Sends a command that
 *   does not outlive the connection.
 * @property {(work: () => void, ms: number) => void} later
 */
/** All topics that a client follows; each is asked for again after a reconnect. */
export class Topics {
    /** @param {TopicWire} wire */
    constructor(wire: TopicWire);
    /** @private */ private _wire;
    /** @private @type {Map<string, Subscription<any>>} */ private _subscriptions;
    /**
     * @template {string} Topic
     * @param {Topic} topic
     * @param {{own?: boolean}} [options]
     * @returns {Subscription<Topic>}
     */
    follow<Topic extends string>(topic: Topic, options?: {
        own?: boolean | undefined;
    } | undefined): Subscription<Topic>;
    /** Asks for every topic from where it stands, but for those that are asked for already. */
    askAll(): void;
    disconnected(): void;
    /**
     * Ends all loops over events, with an error if the connection has ended for good.
     * @param {import('./errors.js').ArenaError | null} error
     */
    ended(error: import('./errors.js').ArenaError | null): void;
    /** @param {import('./wire.js').AnyEvent} event */
    receive(event: import('./wire.js').AnyEvent): void;
    /**
     * @private
     * @param {Subscription<any>} subscription
     */
    private _ask;
    /**
     * @private
     * @param {Subscription<any>} subscription
     * @param {number} ms
     */
    private _askLater;
    /**
     * @private
     * @param {Subscription<any>} subscription
     */
    private _drop;
}
/**
 * What following topics needs of a connection.
 */
export type TopicWire = {
    isOnline: () => boolean;
    /**
     * The present connection, compared by identity: answers that
     * come for an older one are dropped.
     */
    connection: () => unknown;
    /**
     * Sends a command that
     * does not outlive the connection.
     */
    perform: (type: string, data: any, resolve: (data: any) => void, reject: (error: import('./errors.js').ArenaError) => void) => void;
    later: (work: () => void, ms: number) => void;
};
import { Subscription } from "./subscription.js";
