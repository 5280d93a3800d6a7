import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEventfulProgram, type EventfulProgram } from '../testing/eventfulProgram.ts';
import type { Tamper, RpcRequest } from '../testing/tamperingProxy.ts';
import { answering } from '../testing/tampers.ts';
import { addressOf } from '../testing/testProgram.ts';
import type { Progress } from './report/progressLine.ts';
import { CHECK_IDS } from './report/promises.ts';
import type { Report } from './report/report.ts';
import type { Rpc } from './rpc/rpc.ts';
import { verify } from './verify.ts';

const BALANCE_OF = '0x70a08231';
const TOTAL_SUPPLY = '0x18160ddd';
/** Blocks with changes that come while the verifier reads. */
const CHANGES = 3;

let eventful: EventfulProgram;
beforeAll(async () => {
  eventful = await startEventfulProgram();
});
afterAll(() => eventful.program.stop());

const red = ({ checks }: Report): string[] => checks.filter(({ ok }) => !ok).map((c) => c.name);

/** The chain's own provider, with something that happens before each request or is changed in its answer. */
function provider(before: (request: RpcRequest) => unknown, tamper?: Tamper): Rpc {
  return {
    async send(method, params) {
      const request = { id: 0, method, params };
      await before(request);
      const result: unknown = await eventful.program.provider.send(method, params);
      return tamper === undefined ? result : tamper(request, result);
    },
  };
}

describe('verify', () => {
  it('finds nothing wrong with a program in which everything has happened', async () => {
    const { program } = eventful;
    const stages: Progress[] = [];
    const report = await verify({
      provider: program.provider,
      program: program.address,
      onProgress: (progress) => stages.push(progress),
    });
    expect(red(report)).toEqual([]);
    expect(report.totals).toEqual({
      statements: 13,
      skipped: 10,
      members: 3,
      versions: 3,
      minted: 36_932n,
      burned: 700n,
      supply: 36_232n,
      ...{ anchors: 1, unanchored: 10 },
      ...{ changes: 1, enacted: 1, struckDown: 0, rounds: 0, bought: 0n, payouts: 0n, orders: 0 },
    });
    for (const stage of ['logs', 'state', 'judging']) {
      const last = stages.findLast((progress) => progress.stage === stage);
      expect(last?.done).toBe(last?.total);
    }
    const judging = stages.filter(({ stage }) => stage === 'judging');
    expect(judging.map(({ done }) => done)).toEqual([0, report.checks.length]);
    expect(stages.slice(-2)).toEqual(judging);
  });

  it('names every check by an id that stays, in the order of the list of promises', async () => {
    const { program } = eventful;
    const report = await verify({ provider: program.provider, program: program.address });
    expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
    // Pages hang their words on them: a change of these is a change for them.
    expect(CHECK_IDS).toEqual([
      ...['code', 'settings', 'logs', 'rules', 'recorders', 'operators', 'anchors'],
      ...['statements', 'points', 'mints', 'budgets', 'backed', 'skips', 'moves', 'balances'],
      ...['openEpochs', 'supply', 'terms', 'announced', 'impact', 'improvements', 'notice'],
      ...[
        'lastRounds',
        'objections',
        'oneAtATime',
        'rounds',
        'shares',
        'reserve',
        'prices',
        'orders',
      ],
      ...['escrows', 'burned'],
    ]);
  });

  it('finds the same from the block of the creation on', async () => {
    const { address, created } = eventful.program;
    const whole = await verify({ provider: eventful.program.provider, program: address });
    const fromBlock = created.block;
    const report = await verify({
      provider: eventful.program.provider,
      program: address,
      fromBlock,
    });
    expect(report).toEqual({ ...whole, fromBlock });
  });

  it('finds the same on a node that gives logs of few blocks at once', async () => {
    const { address } = eventful.program;
    const whole = await verify({ provider: eventful.program.provider, program: address });
    let refused = 0;
    const strict = provider(({ method, params: [filter] }) => {
      if (method !== 'eth_getLogs') return;
      const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string };
      if (Number(toBlock) - Number(fromBlock) < 3) return;
      refused++;
      throw new Error('query exceeds max block range');
    });
    expect(await verify({ provider: strict, program: address })).toEqual(whole);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(10);
  });

  it('says so when even one block is refused', async () => {
    const refusing = provider(({ method }) => {
      if (method === 'eth_getLogs') throw new Error('logs are switched off');
    });
    const verification = verify({ provider: refusing, program: eventful.program.address });
    await expect(verification).rejects.toThrow(
      'The RPC does not answer eth_getLogs: logs are switched off.',
    );
  });

  it('refuses to begin after the creation, since nothing can be recomputed then', async () => {
    const { address, created } = eventful.program;
    const fromBlock = created.block + 1;
    const verification = verify({
      provider: eventful.program.provider,
      program: address,
      fromBlock,
    });
    await expect(verification).rejects.toThrow(`Block ${fromBlock} is after the creation`);
  });

  it('tells an account, another contract and a program without logs from a program', async () => {
    const { program, ada } = eventful;
    const of = (address: string, rpc: Rpc = program.provider) =>
      verify({ provider: rpc, program: address as `0x${string}` });
    await expect(of(ada.address)).rejects.toThrow(`There is no contract at ${ada.address}`);
    await expect(of(program.deployed.programs)).rejects.toThrow(
      `The contract at ${program.deployed.programs} does not answer as a program does`,
    );
    const silent = provider(
      () => undefined,
      ({ method }, result) => (method === 'eth_getLogs' ? [] : result),
    );
    await expect(of(program.address, silent)).rejects.toThrow('has no logs of');
  });

  it('notices when a block is replaced while it reads', async () => {
    let reads = 0;
    const unsteady = provider(
      () => undefined,
      ({ method }, result) =>
        method === 'eth_getBlockByNumber' && ++reads > 5
          ? { ...(result as object), hash: `0x${'5'.repeat(64)}` }
          : result,
    );
    const verification = verify({ provider: unsteady, program: eventful.program.address });
    await expect(verification).rejects.toThrow(/^The chain replaced block \d+/);
  });
});

describe('with a signal', () => {
  it('ends with its reason and asks the node nothing more', async () => {
    const stop = new AbortController();
    let asked = 0;
    let askedBefore = Infinity;
    const verification = verify({
      provider: provider(() => asked++),
      program: eventful.program.address,
      signal: stop.signal,
      onProgress: ({ stage }) => {
        if (stage !== 'state' || stop.signal.aborted) return;
        stop.abort(new Error('enough'));
        askedBefore = asked;
      },
    });
    await expect(verification).rejects.toThrow('enough');
    await eventful.program.provider.send('eth_blockNumber', []);
    expect(asked).toBe(askedBefore);
  });

  it('does not take a request that it ended for a node that allows fewer blocks', async () => {
    const stop = new AbortController();
    let asked = 0;
    const verification = verify({
      provider: provider(({ method }) => {
        if (method !== 'eth_getLogs') return;
        asked++;
        stop.abort(new Error('enough'));
        throw new Error('aborted');
      }),
      program: eventful.program.address,
      signal: stop.signal,
    });
    await expect(verification).rejects.toThrow('enough');
    expect(asked).toBe(1);
  });

  it('does not wait for a node that never answers', async () => {
    const stop = new AbortController();
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const silent: Rpc = {
      send: () => {
        isAsked();
        return new Promise(() => undefined);
      },
    };
    const { address } = eventful.program;
    const verification = verify({ provider: silent, program: address, signal: stop.signal });
    await asked;
    stop.abort();
    await expect(verification).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not begin when it was aborted before', async () => {
    let asked = 0;
    const verification = verify({
      provider: provider(() => asked++),
      program: eventful.program.address,
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(verification).rejects.toThrow('enough');
    expect(asked).toBe(0);
  });
});

describe('a chain that is in use', () => {
  it('gives no false differences when accounts change between logs and reads', async () => {
    const { program, ada, ben, cem } = eventful;
    const before = await verify({ provider: program.provider, program: program.address });
    let changes = 0;
    let queue = Promise.resolve();
    const change = async (count: number): Promise<void> => {
      await program.send(ben, 'transfer', cem.address, 1n);
      const lines = [{ ruleId: 2, count: BigInt(count), amount: 0n }];
      await program.settle([{ member: addressOf(ada), epoch: 11, lines }], program.operator);
    };
    // The first two reads of a balance and every read of the supply, three in all, come before a change.
    const busy = provider(async ({ method, params: [call] }) => {
      const { data = '' } = (call ?? {}) as { data?: string };
      const isWatched = data.startsWith(BALANCE_OF) ? changes < 2 : data === TOTAL_SUPPLY;
      if (method !== 'eth_call' || !isWatched || changes === CHANGES) return;
      const count = ++changes;
      queue = queue.then(() => change(count));
      await queue;
    });
    const report = await verify({ provider: busy, program: program.address });
    expect(changes).toBe(CHANGES);
    expect(red(report)).toEqual([]);
    expect(report.totals.statements).toBe(before.totals.statements + CHANGES);
    expect(report.toBlock).toBe(before.toBlock + 2 * CHANGES);
  });

  it('gives no false differences when the clock moves on past the window of everything', async () => {
    const { program } = eventful;
    await program.turnTo(40);
    const report = await verify({ provider: program.provider, program: program.address });
    expect(red(report)).toEqual([]);
    expect(report.checks.find(({ name }) => name === 'open epochs')?.checked).toBe(0);
  });

  it('still sees a wrong balance', async () => {
    const { program } = eventful;
    const lying = provider(
      () => undefined,
      answering('balanceOf', () => [1n]),
    );
    const report = await verify({ provider: lying, program: program.address });
    expect(red(report)).toEqual(['balances']);
  });
});
