/**
 * A bounded queue between a pushing producer and one `for await` reader.
 * @template T
 * @implements {AsyncIterableIterator<T>}
 */
export class EventQueue<T> implements AsyncIterableIterator<T> {
    /**
     * @param {() => void} onReturn Called once when the reader leaves its loop.
     * @param {number} [limit] Most unread items; past it the reader gets `slow_reader`.
     */
    constructor(onReturn: () => void, limit?: number | undefined);
    /** @private */ private _onReturn;
    /** @private */ private _limit;
    /** @private @type {T[]} */ private _items;
    /** @private @type {{resolve: (r: IteratorResult<T>) => void, reject: (e: Error) => void}[]} */
    private _waiting;
    /** @private */ private _ended;
    /** @private @type {Error | null} */ private _error;
    /** @param {T} item */
    push(item: T): void;
    /** @param {Error | null} [error] */
    end(error?: Error | null | undefined): void;
    /** @returns {Promise<IteratorResult<T>>} */
    next(): Promise<IteratorResult<T>>;
    /** @returns {Promise<IteratorResult<T>>} */
    return(): Promise<IteratorResult<T>>;
    [Symbol.asyncIterator](): EventQueue<T>;
}
