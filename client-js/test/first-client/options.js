export function defaultTimers() {
  return {
    now: () => performance.timeOrigin + performance.now(),
    setTimeout: (work, ms) => globalThis.setTimeout(work, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
  };
}
export function forgetfulIdentity() {
  let kept = null;
  return { load: () => kept, save: (credentials) => void (kept = credentials) };
}
