export * from '../src/wire.js';
