import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { SubmittedTransaction, Submitter } from '../../ports/chain/submitter.ts';
import type { MutationDeclaration } from '../../graphql/mutations/mutation.ts';
import { schema } from '../../graphql/schema.ts';
import { createContractWriter, operatorOf } from './contractWriter.ts';
import { FailedWrite, failuresOf } from './failedWrite.ts';
import { refusalOf, TRANSLATED_REVERTS } from './revertRefusals.ts';

const program = {
  chainId: 1,
  settlementToken: { address: '0x01', symbol: 'LD', decimals: 6 },
} as unknown as Program;
const call = { to: '0x02', data: '0x03' } as const;

/** Every mutation that sends a contract call, as the schema declares it. */
const contractMutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  .map(({ extensions }) => extensions['mutation'] as MutationDeclaration)
  .filter(({ kind }) => kind !== null);

/** Every revert that a mutation declares the code of, with that code. */
const cases = contractMutations.flatMap(({ name: kind, errors }) =>
  TRANSLATED_REVERTS.flatMap((revert) => {
    const { code } = refusalOf({ name: revert, args: {} }, '', { kind, program });
    return errors.includes(code) ? [[kind, revert, code] as const] : [];
  }),
);

const transactionOf = (
  more: Partial<SubmittedTransaction> & Pick<SubmittedTransaction, 'kind'>,
): SubmittedTransaction => ({
  ...{ id: '1:0x:7', hash: '0xabcd', status: 'REVERTED', blockNumber: 5, failure: null },
  ...more,
});

/** What a mutation answers when its transaction came to this. */
async function answerTo(transaction: SubmittedTransaction): Promise<FailedWrite> {
  const submitter: Submitter = {
    submit: () => Promise.resolve({ kind: 'ACCEPTED', transaction }),
    submitSigned: () => Promise.resolve({ kind: 'OUTDATED' }),
    wait: () => Promise.resolve(transaction),
    find: () => Promise.resolve(null),
    findByKey: () => Promise.resolve(transaction),
  };
  const writer = createContractWriter({
    chainId: program.chainId,
    submitter,
    gateway: { simulate: () => Promise.reject(new Error('not simulated')) },
    signer: { addressOf: () => '0x04' },
    views: { operator: () => Promise.reject(new Error('not asked')) },
  });
  const request = { kind: transaction.kind ?? '', program, idempotencyKey: 'k' };
  const failed: unknown = await writer
    .write(request, operatorOf(request.program), call)
    .catch((error: unknown) => error);
  if (!(failed instanceof FailedWrite)) throw new Error('nothing failed');
  return failed;
}

describe('a transaction that had no effect', () => {
  it('belongs to any mutation that sends one', () => {
    expect(contractMutations.length).toBeGreaterThan(15);
    const covered = new Set(cases.map(([kind]) => kind));
    expect(contractMutations.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual(
      [],
    );
  });

  it.each(cases)('%s: %s is %s, at once and later', async (kind, name, code) => {
    for (const status of ['REVERTED', 'DROPPED'] as const) {
      const failure = { revert: { name, args: {} }, detail: 'execution reverted' };
      const transaction = transactionOf({ kind, status, failure });
      const { refusals, transaction: shown } = await answerTo(transaction);
      expect(refusals).toMatchObject([{ code }]);
      expect(shown).toBe(transaction);
      expect(failuresOf(transaction, program)).toEqual(refusals);
    }
  });

  it.each(contractMutations.map(({ name, errors }) => [name, errors] as const))(
    '%s says what is known when no node can tell the reason',
    async (kind, errors) => {
      const general: ErrorCode = 'REFUSED_BY_CONTRACT';
      expect(errors).toContain(general);
      const blind = await answerTo(transactionOf({ kind }));
      expect(blind.refusals).toEqual([
        {
          code: general,
          field: null,
          message:
            'The transaction 0xabcd reverted in block 5, and the node can not tell why; nothing was done.',
        },
      ]);
      const failure = { revert: null, detail: 'out of gas' };
      expect((await answerTo(transactionOf({ kind, failure }))).refusals).toMatchObject([
        { code: general, message: expect.stringContaining('out of gas') as string },
      ]);
      const dropped = transactionOf({ kind, status: 'DROPPED', hash: null, blockNumber: null });
      expect((await answerTo(dropped)).refusals).toMatchObject([
        { code: general, message: expect.stringContaining('before it was mined') as string },
      ]);
    },
  );

  it.each(['QUEUED', 'SENT', 'MINED'] as const)('is none that is %s', (status) => {
    expect(failuresOf(transactionOf({ kind: 'itemAdd', status }), program)).toEqual([]);
  });
});
