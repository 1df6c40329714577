/** NeuronArena for JavaScript: everything that a client is built from. */
export { ArenaClient, subprotocol } from './client.js';
export { ArenaError, closeAdvice } from './errors.js';
export { Backoff } from './backoff.js';
export { Board } from './board.js';
export { EventQueue } from './event-queue.js';
export { ServerClock } from './server-clock.js';
export { Subscription } from './subscription.js';

/**
 * @typedef {import('./options.js').ClientOptions} ClientOptions
 * @typedef {import('./options.js').ClientState} ClientState
 * @typedef {import('./options.js').StateChange} StateChange
 * @typedef {import('./options.js').IdentityStore} IdentityStore
 * @typedef {import('./command-queue.js').CommandOptions} CommandOptions
 * @typedef {import('./errors.js').ErrorCode} ErrorCode
 */
