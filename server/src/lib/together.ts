/**
 * Waits until all of them have ended, also when one fails: what is done about the failure must not meet what is still under way.
 *
 * @throws the first failure in their order
 */
export async function together(running: readonly Promise<unknown>[]): Promise<void> {
  const ended = await Promise.allSettled(running);
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
