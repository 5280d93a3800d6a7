/**
 * Keeps an answer for `maxAgeMs`, so that a public page costs the same however often it is loaded. Failures are not kept.
 */
export function recent<T>(maxAgeMs: number, work: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly askedAtMs: number } | null = null;
  return () => {
    const nowMs = performance.now();
    if (last !== null && nowMs - last.askedAtMs < maxAgeMs) return last.answer;
    const answer = work();
    const asked = { answer, askedAtMs: nowMs };
    last = asked;
    answer.catch(() => {
      if (last === asked) last = null;
    });
    return answer;
  };
}
