/** Returns the result of `work`, or `otherwise` when it fails or takes longer. For status pages, which must answer soon. */
export async function within<T>(
  timeoutMs: number,
  work: () => Promise<T>,
  otherwise: T,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), timeoutMs);
  });
  try {
    return await Promise.race([work().catch(() => otherwise), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
