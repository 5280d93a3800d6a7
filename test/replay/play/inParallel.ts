/** Runs jobs, so many of them at once. The first one that fails ends the others' queue. */
export async function inParallel<T>(
  atOnce: number,
  jobs: readonly T[],
  run: (job: T) => Promise<void>,
): Promise<void> {
  const queue = [...jobs];
  const runner = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await run(job);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, runner));
}
