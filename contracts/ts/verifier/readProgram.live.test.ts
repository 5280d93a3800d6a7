import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEventfulModules, type EventfulModules } from '../testing/eventfulModules.ts';
import { announce, enterRound, object, tender } from '../testing/programCalls.ts';
import { startTamperingProxy, type Tamper } from '../testing/tamperingProxy.ts';
import { BUYBACK_TERMS, NOTICE_PERIOD, rule, terms } from '../testing/testProgram.ts';
import { readProgram } from './readProgram.ts';
import { HttpRpc } from './rpc/httpRpc.ts';
import { verify } from './verify.ts';

const BETTER = [rule({ id: 1, perAction: 1_300n }), rule({ id: 7, name: 'new', text: 'words' })];

let eventful: EventfulModules;
let startOver: () => Promise<void>;
beforeAll(async () => {
  eventful = await startEventfulModules();
  startOver = await eventful.program.keepState();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await startOver();
});
afterAll(() => eventful.program.stop());

const read = (url = eventful.program.chain.url) =>
  readProgram(new HttpRpc(url), eventful.program.address);

/** What a node says that changes its answers. */
async function readThrough(tamper: Tamper) {
  const proxy = await startTamperingProxy(eventful.program.chain.url, tamper);
  try {
    return await read(proxy.url);
  } finally {
    await proxy.stop();
  }
}

describe('reading a program', () => {
  it('takes a handful of requests and says what verifying says', async () => {
    const { program } = eventful;
    // The newest rules are in force then: only an improvement of those may be announced.
    await program.turnTo(79);
    await announce(program, terms({ rules: BETTER, notBefore: 90 }));
    const fetches = vi.spyOn(globalThis, 'fetch');
    const now = await read();
    expect(fetches.mock.calls.length).toBeLessThanOrEqual(5);
    const { facts, totals, chainId } = await verify({
      provider: program.provider,
      program: program.address,
    });
    expect(now).toMatchObject({
      chainId,
      head: facts.head,
      settings: facts.settings,
      operator: facts.operator,
      supply: totals.supply,
      reserve: facts.reserve.reserve,
      owed: facts.reserve.owed,
      changes: totals.changes,
      items: facts.items.length,
      name: 'Dew',
      symbol: 'DEW',
      pendingChange: null,
      openRound: null,
      strikesInARow: 0,
      nextRecorder: facts.recorders.at(-1)?.recorder,
      backing: await program.read('buyback', 'backing'),
    });
    const { open, fulfilled, refused, overdue } = now.orders;
    expect([open, fulfilled, refused, overdue]).toEqual([1, 1, 1, 1]);
    // The one in force, and the one that was just announced for later.
    const current = facts.ruleSets.slice(-2);
    const [inForce] = current;
    expect(now.ruleSets).toEqual(
      current.map(({ version, fromEpoch, budgetPerEpoch, documentHash, rules }) => ({
        ...{ version, fromEpoch, budgetPerEpoch, documentHash, rules },
      })),
    );
    expect(current.map(({ fromEpoch }) => fromEpoch <= now.epoch)).toEqual([true, false]);
    expect(now.nextRound.terms).toEqual({ version: 2, ...BUYBACK_TERMS, pricePerPoint: 9_000n });
    expect(now.nextRound.opensAt).toBeGreaterThan(facts.head.time);
    const epoch = facts.epochs.at(-1);
    expect(now.minted).toBe(epoch?.epoch === now.epoch ? epoch.minted : 0n);
    expect(now.minted + now.left).toBe(inForce?.budgetPerEpoch);
    const withdrawable: unknown = await program.read('buyback', 'withdrawable');
    expect(now.withdrawable).toBe(withdrawable);
  });

  it('says what a pending change would change, when, and how many objections it needs', async () => {
    const { program, ada } = eventful;
    await program.moveTo((await read()).cooldownUntil + 40 * NOTICE_PERIOD);
    const change = await announce(program, { ...BUYBACK_TERMS, pricePerPoint: 5_000n });
    await object(program, ada, change, 200n);
    const { pendingChange, ruleSets } = await read();
    const earliest: unknown = await program.read('charter', 'earliestEnactment', change.id);
    const needed: unknown = await program.read('charter', 'objectionsNeeded', change.id);
    const { facts } = await verify({ provider: program.provider, program: program.address });
    const fact = facts.changes.at(-1);
    expect(pendingChange).toEqual({
      id: change.id,
      terms: { target: 'buyback terms', buyback: { ...BUYBACK_TERMS, pricePerPoint: 5_000n } },
      hurtsMembers: false,
      hurtsHolders: true,
      announcedAt: fact?.announced.time,
      noticeEndsAt: fact?.noticeEndsAt,
      diesAt: fact?.diesAt,
      lastRoundFrom: fact?.lastRoundFrom,
      earliestEnactment: Number(earliest),
      objections: 200n,
      objectionsNeeded: needed,
    });
    expect(fact?.objectionsNeeded).toBe(needed);
    expect(ruleSets).toHaveLength(1);
  });

  it('says what the round that is open has so far', async () => {
    const { program, ada } = eventful;
    await enterRound(program, 40);
    await tender(program, ada, 40, 300n);
    const { openRound, nextRound } = await read();
    expect(openRound).toMatchObject({ round: 40, tendered: 300n, terms: { version: 2 } });
    expect(nextRound).toMatchObject({ round: 41, tendered: 0n });
  });

  it('goes without words when the node refuses the logs', async () => {
    const now = await readThrough(({ method }, result) => {
      if (method === 'eth_getLogs') throw new Error('query exceeds max block range');
      return result;
    });
    expect(now.ruleSets[0]?.rules).toMatchObject([{ id: 1, name: null, text: null }]);
    expect(now.ruleSets[0]?.rules[0]?.perAction).toBe(900n);
  });

  it('shows no words that the contract has no hash of', async () => {
    const now = await readThrough(({ method }, result) => {
      if (method !== 'eth_getLogs') return result;
      const text = Buffer.from('What rule 1 earns').toString('hex');
      const lie = Buffer.from('What rule 1 costs').toString('hex');
      return JSON.parse(JSON.stringify(result).replaceAll(text, lie)) as unknown;
    });
    expect(now.ruleSets[0]?.rules).toMatchObject([{ id: 1, name: null, text: null }]);
  });

  it('says so where there is no program', async () => {
    const { chain, deployed } = eventful.program;
    const at = (address: string) => readProgram(new HttpRpc(chain.url), address as `0x${string}`);
    await expect(at(eventful.ada.address)).rejects.toThrow('There is no contract at');
    await expect(at(deployed.programs)).rejects.toThrow('does not answer as a program does');
    await expect(
      readProgram(new HttpRpc('http://127.0.0.1:65535'), deployed.programs),
    ).rejects.toThrow('connect ECONNREFUSED');
  });

  it('ends with the reason of its signal', async () => {
    const { chain, address } = eventful.program;
    const signal = AbortSignal.abort(new Error('enough'));
    const reading = readProgram(new HttpRpc(chain.url), address, { signal });
    await expect(reading).rejects.toThrow('enough');
  });
});
