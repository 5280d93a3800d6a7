import { describe, expect, it } from 'vitest';
import { leafOf, type ActionProof, type LogEntry } from '../../actionProof.ts';
import type { Hex } from '../../statement.ts';
import type { ProgramFacts } from '../facts/facts.ts';
import { judgeProof, proofText } from './logProof.ts';

const PROGRAM = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const ENTRY: LogEntry = {
  contract: PROGRAM,
  kind: 'action',
  recordedAtMs: 1_250_999,
  occurredAtMs: 1_250_000,
  maturesAtMs: null,
  account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  eventId: 'e1',
  ruleId: 1,
  count: 1,
  amount: 0n,
  evidenceHash: null,
  salt: `0x${'5a'.repeat(32)}`,
};
const PROOF: ActionProof = { epoch: 2, entry: ENTRY, chunkProof: [], rootsProof: [] };
const factsWith = (root: Hex): Pick<ProgramFacts, 'settings' | 'anchors'> => ({
  settings: {
    program: PROGRAM.toLowerCase() as Hex,
    startsAt: 1_000,
    epochLength: 100,
  } as ProgramFacts['settings'],
  anchors: [
    {
      epoch: 2,
      root,
      count: 1,
      anchored: { block: 1, transactionHash: '0x', logIndex: 0, time: 1_300 },
    },
  ],
});

describe('a proof', () => {
  it('holds where the anchored root is the one that the entry leads to', () => {
    const verdict = judgeProof(PROOF, factsWith(leafOf(ENTRY)));
    expect(verdict).toMatchObject({ ok: true, problem: null, root: leafOf(ENTRY) });
    expect(proofText(verdict)).toMatch(/^ok .*stood in the log of epoch 2 that was anchored: 0x/);
  });

  it.each([
    ['of another program', { entry: { ...ENTRY, contract: ENTRY.account } }, /of the program 0x70/],
    ['of another epoch', { epoch: 1 }, /was recorded in epoch 2/],
    ['that was changed', { entry: { ...ENTRY, count: 2 } }, /did not stand in the log as it says/],
    [
      'of a log that was not anchored',
      { epoch: 3, entry: { ...ENTRY, recordedAtMs: 1_300_000 } },
      /was not anchored/,
    ],
  ])('fails for an entry %s', (_of, fields, problem) => {
    const verdict = judgeProof({ ...PROOF, ...fields }, factsWith(leafOf(ENTRY)));
    expect(verdict.ok).toBe(false);
    expect(proofText(verdict)).toMatch(/^FAIL/);
    expect(verdict.problem).toMatch(problem);
  });
});
