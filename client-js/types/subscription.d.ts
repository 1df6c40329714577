/**
 * One topic that is followed: a stream with an epoch and an offset.
 *
 * Invariant: what is delivered is contiguous. An event is delivered if it is the next one or a
 * snapshot; dropped if its offset was passed already; otherwise there is a gap, and the topic is
 * subscribed again from the last offset that was delivered.
 *
 *     idle ──subscribe──▶ asked ──ok──▶ live ──gap or reconnect──▶ asked
 *
 * Events: `event`; `live`, once the server follows; `lost`, when events are gone for good and a
 * snapshot takes their place; `error`, when the server refuses the topic.
 *
 * @template {string} [Topic=string]
 * @extends {Emitter<{event: import('./wire.js').EventOf<Topic>, lost: void, error: ArenaError, live: void}>}
 */
export class Subscription<Topic extends string = string> extends Emitter<{
    event: import('./wire.js').EventOf<Topic>;
    lost: void;
    error: ArenaError;
    live: void;
}> {
    /**
     * @param {Topic} topic
     * @param {{ask: (subscription: Subscription<any>, afterMs: number) => void,
     *   drop: (subscription: Subscription<any>) => void}} owner
     */
    constructor(topic: Topic, owner: {
        ask: (subscription: Subscription<any>, afterMs: number) => void;
        drop: (subscription: Subscription<any>) => void;
    });
    topic: Topic;
    /** @private */ private _owner;
    /** @type {string | null} */ epoch: string | null;
    /**
     * The offset of the last delivered event; null before anything is known.
     * @type {number | null}
     */
    offset: number | null;
    /** @type {'idle' | 'asked' | 'live' | 'closed'} */ state: 'idle' | 'asked' | 'live' | 'closed';
    /** @private @type {Set<EventQueue<import('./wire.js').EventOf<Topic>>>} */ private _queues;
    /** @private Gaps since the last event that fitted. */
    private _gapCount;
    /** @private Whether a snapshot is to come, even one that tells no more than is known. */
    private _awaitsSnapshot;
    /**
     * Why the topic can't be followed, since it was last asked for.
     * @type {ArenaError | null}
     */
    refusal: ArenaError | null;
    /** Whether a board's events shall tell one's own place, as `board.own`. */
    own: boolean;
    /** How many holders there are; the last `close` ends it. */
    holders: number;
    /**
     * The last snapshot and what has come after it, for loops that begin later; empty once that is too
     * much.
     * @private @type {import('./wire.js').AnyEvent[]}
     */
    private _kept;
    /**
     * The last snapshot, for holders that come later.
     * @returns {import('./wire.js').EventOf<Topic> | null}
     */
    get lastSnapshot(): import("./wire.js").EventOf<Topic> | null;
    /** The data of the next `subscribe` command. */
    request(): {
        own: boolean;
        topic: Topic;
    } | {
        own?: undefined;
        topic: Topic;
    } | {
        own: boolean;
        topic: Topic;
        epoch: string;
        offset: number;
    } | {
        own?: undefined;
        topic: Topic;
        epoch: string;
        offset: number;
    };
    /** The topic is being asked for. */
    asked(): void;
    /**
     * Takes in the server's answer to `subscribe`.
     * @param {{epoch: string, offset: number, recovered: boolean}} answer
     */
    accepted(answer: {
        epoch: string;
        offset: number;
        recovered: boolean;
    }): void;
    /** @param {ArenaError} error */
    refused(error: ArenaError): void;
    /**
     * Ends all loops over the events; with an error they throw it.
     * @param {ArenaError | null} error
     */
    ended(error: ArenaError | null): void;
    /** The connection is gone; the client asks again once it is back. */
    disconnected(): void;
    /**
     * Takes in an event of this topic.
     * @param {import('./wire.js').AnyEvent} event
     */
    receive(event: import('./wire.js').AnyEvent): void;
    /**
     * @private
     * @param {import('./wire.js').AnyEvent} event
     * @returns {'next' | 'old' | 'gap' | 'beside'}
     */
    private _place;
    /**
     * @private
     * @param {import('./wire.js').AnyEvent} event
     */
    private _keep;
    /** @private */
    private _gap;
    /** @private */
    private _forget;
    /** Asks for the whole state, whatever is known. */
    refresh(): void;
    /** Gives this holding up; after the last one the topic is no longer followed. */
    close(): void;
    /**
     * The events as `for await (const event of subscription)`: the last snapshot, all that has come after
     * it, and all that comes, however late the loop begins. Leaving the loop ends only this reading. It
     * throws when the topic is refused or the server ends the connection.
     * @returns {EventQueue<import('./wire.js').EventOf<Topic>>}
     */
    [Symbol.asyncIterator](): EventQueue<import('./wire.js').EventOf<Topic>>;
}
import { ArenaError } from "./errors.js";
import { Emitter } from "./emitter.js";
import { EventQueue } from "./event-queue.js";
