/* What the SDK and its tools need of Node, so that checking them needs no package. */
declare const process: any;
declare module 'node:child_process';
declare module 'node:fs';
declare module 'node:path';
declare module 'node:url';
declare module 'node:crypto' {
  export function createHash(name: string): any;
  export function randomBytes(count: number): Buffer;
}
declare module 'node:http' {
  export function get(url: URL, options: object): { on(event: string, work: (...content: any[]) => void): void, destroy(): void };
}
declare module 'node:https' {
  export function get(url: URL, options: object): { on(event: string, work: (...content: any[]) => void): void, destroy(): void };
}
declare class Buffer extends Uint8Array {
  static alloc(count: number): Buffer;
  static from(content: string | Uint8Array): Buffer;
  static concat(parts: Uint8Array[]): Buffer;
  static byteLength(text: string): number;
  subarray(from?: number, to?: number): Buffer;
  toString(encoding?: string): string;
  write(text: string, at: number): number;
  readUInt16BE(at: number): number;
  readBigUInt64BE(at: number): bigint;
  writeUInt16BE(value: number, at: number): number;
  writeBigUInt64BE(value: bigint, at: number): number;
}
