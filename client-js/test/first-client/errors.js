export class ArenaError extends Error {
  constructor(code, reason, more = {}) {
    super(reason);
    this.name = 'ArenaError';
    this.code = code;
    this.reason = reason;
    this.retryable = more.retryable ?? false;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.path = more.path ?? null;
  }
  static fromWire(data) {
    return new ArenaError(
      String(data?.code ?? 'unknown'), String(data?.reason ?? 'The server refused this.'), {
        retryable: data?.retryable === true,
        retryAfterMs: typeof data?.retryAfterMs === 'number' ? data.retryAfterMs : null,
        path: typeof data?.path === 'string' ? data.path : null,
      });
  }
}
const ownFault = new Set([1002, 1003, 1007, 1008, 1009, 1010]);
export function closeAdvice(code, reason) {
  if (code >= 4500 && code <= 4999) return { retry: false, afterMs: null, spreadMs: 0 };
  if (ownFault.has(code)) return { retry: false, afterMs: null, spreadMs: 0 };
  const after = /retry_?after_?ms\s*[=:]\s*(\d{1,7})/i.exec(reason);
  const spread = /spread_?ms\s*[=:]\s*(\d{1,7})/i.exec(reason);
  const restartSpreadMs = code === 1012 || code === 1013 ? 2000 : 0;
  return {
    retry: true,
    afterMs: after ? Number(after[1]) : null,
    spreadMs: spread ? Number(spread[1]) : restartSpreadMs,
  };
}
