/**
 * A small event source; listeners are called in the order of their adding.
 * @template {Record<string, any>} Events
 */
export class Emitter<Events extends Record<string, any>> {
    /** @private @type {Map<keyof Events, Set<(value: any) => void>>} */
    private _listeners;
    /**
     * Calls `listener` at each event of this name, until the returned function is called.
     * @template {keyof Events} Name
     * @param {Name} name
     * @param {(value: Events[Name]) => void} listener
     * @returns {() => void}
     */
    on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): () => void;
    /**
     * Calls the listeners. One that throws keeps neither the others nor the sender from going on; its
     * error is reported as uncaught.
     * @template {keyof Events} Name
     * @param {Name} name
     * @param {Events[Name]} value
     */
    emit<Name_1 extends keyof Events>(name: Name_1, value: Events[Name_1]): void;
}
