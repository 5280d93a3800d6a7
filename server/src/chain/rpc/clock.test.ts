import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { createClock } from './clock.ts';
import type { Rpc } from './rpc.ts';

const HEAD_SECONDS = 1_000_000;
const WORD = `0x${'1'.repeat(64)}`;

/** A public chain is nothing that a test can start; these are the answers of one. */
function publicChain(): { rpc: Rpc; state: { headSeconds: number; gone: boolean; asked: number } } {
  const state = { headSeconds: HEAD_SECONDS, gone: false, asked: 0 };
  const call = (): Promise<unknown> => {
    state.asked += 1;
    if (state.gone) {
      const gone = { code: 'CHAIN_UNAVAILABLE', message: 'gone', retryAfterMs: 1 } as const;
      return Promise.reject(new ServiceError(gone));
    }
    const timestamp = `0x${state.headSeconds.toString(16)}`;
    const block = { number: '0x5', hash: WORD, parentHash: WORD, timestamp, gasLimit: '0x1' };
    return Promise.resolve(block);
  };
  const rpc: Rpc = {
    call,
    batch: () => Promise.reject(new Error('unused')),
    close: () => undefined,
  };
  return { rpc, state };
}

it('is the later of the head and the wall, elsewhere than on a local chain', async () => {
  const { rpc, state } = publicChain();
  let wallMs = (HEAD_SECONDS + 10) * 1_000;
  const clock = createClock({ rpc, local: false, wallNowMs: () => wallMs });
  expect(await clock.now()).toEqual({
    nowMs: wallMs,
    headMs: HEAD_SECONDS * 1_000,
    headBlock: 5,
    nextBlockMs: HEAD_SECONDS * 1_000,
    fresh: true,
  });
  wallMs += 2_000;
  state.headSeconds += 60;
  expect((await clock.now()).nowMs).toBe((HEAD_SECONDS + 60) * 1_000);
});

it('is the wall alone, and not fresh, while no RPC answers', async () => {
  const { rpc, state } = publicChain();
  state.gone = true;
  const clock = createClock({ rpc, local: false, wallNowMs: () => 77_000 });
  expect(await clock.now()).toMatchObject({ nowMs: 77_000, fresh: false });
});

it('is not fresh when the head is over a minute old', async () => {
  const { rpc } = publicChain();
  let wallMs = (HEAD_SECONDS + 60) * 1_000;
  const clock = createClock({ rpc, local: false, wallNowMs: () => wallMs });
  expect((await clock.now()).fresh).toBe(true);
  wallMs += 1;
  expect((await clock.now()).fresh).toBe(false);
});

it('asks a public chain once a second at most', async () => {
  const { rpc, state } = publicChain();
  const wallMs = HEAD_SECONDS * 1_000;
  const clock = createClock({ rpc, local: false, wallNowMs: () => wallMs });
  await Promise.all([clock.now(), clock.now()]);
  await clock.now();
  expect(state.asked).toBe(1);
});

describe('on a local chain', () => {
  const LOCAL_MS = HEAD_SECONDS * 1_000;

  /** A local chain that answers when it is told to. */
  function localChain(): {
    rpc: Rpc;
    state: { seconds: number; asked: number; hangs: boolean };
    goOn: () => void;
  } {
    const state = { seconds: HEAD_SECONDS, asked: 0, hangs: false };
    let waiting: (() => void)[] = [];
    const batch = async (): Promise<unknown[]> => {
      state.asked += 1;
      if (state.hangs) await new Promise<void>((resolve) => waiting.push(resolve));
      const timestamp = `0x${state.seconds.toString(16)}`;
      const block = { number: '0x5', hash: WORD, parentHash: WORD, timestamp, gasLimit: '0x1' };
      return [block, block];
    };
    const call = (): Promise<unknown> => Promise.reject(new Error('unused'));
    const goOn = (): void => {
      state.hangs = false;
      waiting.forEach((resolve) => resolve());
      waiting = [];
    };
    return { rpc: { batch, call, close: () => undefined }, state, goOn };
  }

  it('shares a read, which begins after the call of everybody who gets it', async () => {
    const { rpc, state } = localChain();
    const clock = createClock({ rpc, local: true, wallNowMs: () => 0 });
    const first = clock.now();
    state.seconds += 60;
    const rest = await Promise.all(Array.from({ length: 20 }, () => clock.now()));
    await first;
    expect(state.asked).toBe(2);
    expect(new Set(rest.map(({ nowMs }) => nowMs))).toEqual(new Set([LOCAL_MS + 60_000]));
  });

  it('keeps a time for recording for 100 ms at most, and for nothing else', async () => {
    const { rpc, state } = localChain();
    let wallMs = 0;
    const clock = createClock({ rpc, local: true, wallNowMs: () => wallMs });
    await clock.recent();
    state.seconds += 60;
    wallMs = 99;
    expect((await clock.recent()).nowMs).toBe(LOCAL_MS);
    expect(state.asked).toBe(1);
    wallMs = 100;
    expect((await clock.recent()).nowMs).toBe(LOCAL_MS + 60_000);
    expect(state.asked).toBe(2);
    state.seconds += 60;
    expect((await clock.now()).nowMs).toBe(LOCAL_MS + 120_000);
    // What was just read for another use is good for recording too.
    expect((await clock.recent()).nowMs).toBe(LOCAL_MS + 120_000);
    expect(state.asked).toBe(3);
  });

  it('goes on from its last time while the chain hangs, not fresh, and comes back by itself', async () => {
    const { rpc, state, goOn } = localChain();
    let wallMs = 0;
    const clock = createClock({ rpc, local: true, wallNowMs: () => wallMs });
    await clock.now();
    state.hangs = true;
    wallMs = 7_000;
    const gone = { nowMs: LOCAL_MS + 7_000, headMs: LOCAL_MS, nextBlockMs: LOCAL_MS, fresh: false };
    expect(await clock.recent()).toMatchObject(gone);
    expect(await clock.now()).toMatchObject(gone);
    // However many ask meanwhile, the chain is asked once.
    await Promise.all(Array.from({ length: 50 }, () => clock.recent()));
    expect(state.asked).toBe(2);
    state.seconds += 8;
    goOn();
    await expect.poll(() => clock.now()).toMatchObject({ nowMs: LOCAL_MS + 8_000, fresh: true });
  });

  it('says that the chain is away as long as it has never answered', async () => {
    const away = new ServiceError({ code: 'CHAIN_UNAVAILABLE', message: 'gone', retryAfterMs: 1 });
    const rpc = { ...localChain().rpc, batch: () => Promise.reject(away) };
    const clock = createClock({ rpc, local: true, wallNowMs: () => 0 });
    await expect(clock.now()).rejects.toBe(away);
    await expect(clock.recent()).rejects.toBe(away);
  });
});
