import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { Contract, JsonRpcProvider } from 'ethers';
import { setTimeout as delay } from 'node:timers/promises';
import { askApi, type LiveWorld } from './liveWorld.ts';

/** What the API said of a member. Points in base units. */
interface Said {
  readonly memberId: string;
  readonly account: string;
  readonly settled: bigint;
  readonly pending: bigint;
  readonly asOfBlock: number;
  readonly stale: boolean;
  /** Points that were promised before it was asked. */
  readonly promised: bigint;
  /** Whether the chain had taken blocks back, or seemed to, when it was asked or answered. */
  readonly isDoubtful: boolean;
}

/** Reads balances all the time, whatever is away, and looks later whether they were right. */
export interface BalanceWatch {
  /** Answers by now, and errors of answers by code. */
  seen(): { readonly answers: number; readonly stale: number; readonly newest: Said | null };
  readonly codes: Readonly<Record<string, number>>;
  /** The chain takes blocks back, or seems to, while this lasts. */
  doubt<T>(during: () => Promise<T>): Promise<T>;
  /** Compares what was said with the chain as it stands, and forgets it. @returns what was wrong */
  judge(): Promise<string[]>;
  stop(): Promise<void>;
}

const BALANCE = `query ($memberId: String!) { member(memberId: $memberId) {
  balance { settled pending asOfBlock stale accounts { account } } } }`;
const PAUSE_MS = 40;

const unitsOf = (points: string): bigint => BigInt(points.replace('.', ''));

interface BalanceAnswer {
  readonly member: {
    readonly balance: {
      readonly settled: string;
      readonly pending: string;
      readonly asOfBlock: number;
      readonly stale: boolean;
      readonly accounts: readonly { readonly account: string }[];
    };
  } | null;
}

/** Balances of accounts after each block in which they changed. Nobody spends points here: what is minted is all. */
async function mintedBy(
  rpcUrl: string,
  address: string,
): Promise<Map<string, { readonly block: number; readonly balance: bigint }[]>> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, { staticNetwork: true });
  try {
    const points = new Contract(address, pointsAbi, provider);
    const balances = new Map<string, { block: number; balance: bigint }[]>();
    for (const log of await points.queryFilter('Transfer')) {
      if (!('args' in log)) continue;
      const [, to, amount] = log.args as unknown as [string, string, bigint];
      const own = balances.get(to) ?? [];
      own.push({ block: log.blockNumber, balance: (own.at(-1)?.balance ?? 0n) + amount });
      balances.set(to, own);
    }
    return balances;
  } finally {
    provider.destroy();
  }
}

/** @param promisedTo Tells how many points of a member were promised by now, in base units. */
export function watchBalances(
  { world }: Pick<LiveWorld, 'world'>,
  members: readonly string[],
  promisedTo: (memberId: string) => bigint,
): BalanceWatch {
  let said: Said[] = [];
  let newest: Said | null = null;
  const counts = { answers: 0, stale: 0 };
  const codes: Record<string, number> = {};
  let doubts = 0;
  let stopping = false;

  const look = async (memberId: string): Promise<void> => {
    const promised = promisedTo(memberId);
    const wasDoubtful = doubts > 0;
    const { data, codes: found } = await askApi<BalanceAnswer>(
      world,
      world.program.apiKey,
      BALANCE,
      { memberId },
    );
    for (const code of found) codes[code] = (codes[code] ?? 0) + 1;
    const member = data?.member ?? null;
    if (member === null) return;
    const { balance } = member;
    newest = {
      ...{ memberId, account: balance.accounts[0]?.account ?? '', promised },
      ...{ settled: unitsOf(balance.settled), pending: unitsOf(balance.pending) },
      ...{ asOfBlock: balance.asOfBlock, stale: balance.stale },
      isDoubtful: wasDoubtful || doubts > 0,
    };
    said.push(newest);
    counts.answers += 1;
    if (newest.stale) counts.stale += 1;
  };
  const run = async (): Promise<void> => {
    for (let turn = 0; !stopping; turn += 1) {
      await look(members[turn % members.length] ?? '');
      await delay(PAUSE_MS);
    }
  };
  const running = run();
  // Told by `stop`.
  running.catch(() => undefined);

  return {
    seen: () => ({ ...counts, newest }),
    codes,
    doubt: async (during) => {
      doubts += 1;
      try {
        return await during();
      } finally {
        doubts -= 1;
      }
    },
    judge: async () => {
      const judged = said;
      said = [];
      const balances = await mintedBy(world.rpcUrl, world.program.address);
      return judged.flatMap((one) => {
        if (one.isDoubtful) return [];
        const own = balances.get(one.account) ?? [];
        const before = own.filter(({ block }) => block <= one.asOfBlock).at(-1)?.balance ?? 0n;
        // What is read of two blocks at once is of one of them.
        const isOfChain =
          one.settled === before ||
          own.some(({ block, balance }) => block > one.asOfBlock && balance === one.settled);
        const isMissing = one.settled + one.pending < one.promised;
        const told = JSON.stringify({ ...one, before }, (_key, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        );
        return [
          ...(isOfChain ? [] : [`never on the chain: ${told}`]),
          ...(isMissing ? [`promised and not there: ${told}`] : []),
        ];
      });
    },
    stop: async () => {
      stopping = true;
      await running;
    },
  };
}
