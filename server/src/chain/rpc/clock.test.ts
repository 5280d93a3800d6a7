import { expect, it } from 'vitest';
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
