import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TransactionRequest } from '../../../ports/chain/submitter.ts';
import { memberIdOf } from '../../../testing/builders/members.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';
import { MAX_REQUEST_GAS } from './quota.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

/** Goes round a loop of 26 gas 50,000 times: PUSH3 n, JUMPDEST, n - 1, JUMPI. */
const WASTEFUL = '0x6200c3505b6001900380600457' as const;

it('gets no more gas from the relayer than a request of a member may take, whatever the token does', async () => {
  const { program, chain, store } = harness;
  await harness.rpc('anvil_setCode', program.settlementToken.address, WASTEFUL);
  const request: TransactionRequest = {
    program,
    actor: {
      role: 'ITSELF',
      holder: { role: 'MEMBER', programId: program.id, memberId: memberIdOf(1) },
    },
    call: harness.calls.transferMoney(program, harness.account(2), 1n),
    ...{ idempotencyKey: 'k', kind: 'moneySend' },
  };
  expect(await harness.process().submitter.submit(request)).toMatchObject({
    kind: 'REFUSED',
    detail: expect.stringContaining(`at most ${MAX_REQUEST_GAS}`) as string,
  });
  expect(await store.transactions.listSending(chain.chainId)).toEqual([]);
});
