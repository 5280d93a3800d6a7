/** What the costliest documents under the limits take of the server's processor. */
import { families, largestOf } from '../fuzz/largest.ts';
import { sendQuery } from '../fuzz/sendQuery.ts';

const REPEATS = 10;
const MS_PER_SECOND = 1_000;
const PROCESSOR = /^process_cpu_seconds_total (\S+)$/m;

/** Milliseconds that the server has computed so far. */
async function processorMs(apiUrl: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', apiUrl))).text();
  return Number(PROCESSOR.exec(text)?.[1]) * MS_PER_SECOND;
}

/** The largest document of a kind that the limits let through. */
export interface Costliest {
  readonly name: string;
  /** How many fields it repeats. */
  readonly size: number;
  readonly bytes: number;
  /** Of the server's processor, the mean of some requests. */
  readonly processorMs: number;
}

/** Finds the largest document of each kind and measures it; what else the server does meanwhile counts too. */
export async function measureCostliest(args: {
  readonly apiUrl: string;
  readonly key: string;
  readonly programId: string;
}): Promise<Costliest[]> {
  const { apiUrl, key } = args;
  const found: Costliest[] = [];
  const globalId = Buffer.from(`Program:${args.programId}`).toString('base64url');
  for (const family of families(globalId)) {
    const { size, bytes, query } = await largestOf(family, { apiUrl, key });
    const before = await processorMs(apiUrl);
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      // With a comment of its own, so that no request is answered from what was kept of another.
      await sendQuery(apiUrl, family.isPublic ? null : key, `# ${repeat}\n${query}`);
    }
    const spent = ((await processorMs(apiUrl)) - before) / REPEATS;
    found.push({ name: family.name, size, bytes, processorMs: spent });
  }
  return found;
}
