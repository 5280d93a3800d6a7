import { id } from 'ethers';
import { buyback, rules, ruleTerms } from '../../builders/changeInput.ts';
import type { KeyedProgram } from '../../service.ts';
import type { Asker, ParallelCalls } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const CHANGE = 'change { number state } transaction { id status }';
const OBJECTION = `${CHANGE} objection { amount locked } call { to }`;
const TEXT = '# Small print\n\nAs it is.\n';

interface Chartered extends KeyedProgram {
  readonly ask: Asker;
  readonly stateOf: (change: number) => Promise<string | null>;
}

async function chartered(stage: ParallelStage): Promise<Chartered> {
  const keyed = await stage.newProgram();
  const { changes } = stage.service.services;
  return {
    ...keyed,
    ask: stage.withKey(keyed.key),
    stateOf: async (change) => (await changes.find(keyed.program, change))?.state ?? null,
  };
}

/** A program with change 1, which improves, and change 2, which hurts and whose notice runs; others hold points. */
async function withPending(stage: ParallelStage): Promise<Chartered> {
  const program = await chartered(stage);
  await stage.earn(program, 'holder', 100);
  const better = { terms: buyback({ pricePerPoint: '0.7' }) };
  await stage.act(program.ask, 'changeAnnounce', better);
  const worse = { terms: ruleTerms({ rules: rules({ perAction: '1' }) }) };
  await stage.act(program.ask, 'changeAnnounce', worse);
  return program;
}

/** A pending change with a member who has 10 points and locks some of them against it. */
async function withObjection(
  stage: ParallelStage,
  locked: string | null,
): Promise<Chartered & { readonly lockedNow: () => Promise<bigint | null> }> {
  const program = await withPending(stage);
  const { account } = await stage.earn(program, 'mei', 5);
  const input = { memberId: 'mei', change: 2, amount: locked };
  if (locked !== null) await stage.act(program.ask, 'changeObject', input);
  const { changes } = stage.service.services;
  const lockedNow = async (): Promise<bigint | null> =>
    (await changes.objection(program.program, 2, account))?.locked ?? null;
  return { ...program, lockedNow };
}

async function passNotice(stage: ParallelStage, { program }: Chartered): Promise<void> {
  const change = await stage.service.services.changes.find(program, 2);
  await stage.service.moveClockTo((change?.earliestEnactmentMs ?? 0) + 1_000);
}

export const TERM_CALLS: ParallelCalls = {
  changeAnnounce: async (stage) => {
    const { ask, stateOf } = await chartered(stage);
    return {
      ...{ by: ask, input: { terms: buyback({ pricePerPoint: '0.7' }) } },
      selection: `${CHANGE} outlook { kind hurtsHolders }`,
      other: { terms: buyback({ pricePerPoint: '0.8' }) },
      effect: async () => [await stateOf(1), await stateOf(2)],
      after: ['ENACTED', null],
    };
  },
  changeObject: async (stage) => {
    const { ask, lockedNow } = await withObjection(stage, null);
    return {
      ...{ by: ask, input: { memberId: 'mei', change: 2, amount: '1.50' } },
      ...{ selection: OBJECTION, other: { amount: '2' }, effect: lockedNow, after: 150n },
    };
  },
  changeWithdraw: async (stage) => {
    const { ask, stateOf } = await withPending(stage);
    return {
      ...{ by: ask, input: { change: 2 }, selection: CHANGE, other: { change: 1 } },
      effect: () => stateOf(2),
      after: 'WITHDRAWN',
    };
  },
  changeEnact: async (stage) => {
    const program = await withPending(stage);
    await passNotice(stage, program);
    return {
      ...{ by: program.ask, input: { change: 2 }, selection: CHANGE, other: { change: 1 } },
      effect: () => program.stateOf(2),
      after: 'ENACTED',
    };
  },
  objectionRelease: async (stage) => {
    const program = await withObjection(stage, '1.50');
    await passNotice(stage, program);
    return {
      ...{ by: program.ask, input: { memberId: 'mei', change: 2 }, selection: OBJECTION },
      other: { change: 1 },
      effect: program.lockedNow,
      after: 0n,
    };
  },
  documentPut: async (stage) => {
    const { ask } = await chartered(stage);
    return {
      ...{ by: ask, input: { text: TEXT }, selection: 'document { hash text }' },
      otherMeans: {
        because: 'A text is named by its hash: there is one of it, however often it is put.',
        alike: (payload) => payload,
      },
      other: 'Another text is another document.',
      effect: () => stage.count('documents', { _id: id(TEXT) }),
      after: 1,
    };
  },
  termsDraftSave: async (stage) => {
    const { ask, program } = await chartered(stage);
    const terms = JSON.stringify(buyback({ pricePerPoint: '0.7' }));
    return {
      by: ask,
      input: { target: 'BUYBACK', terms, revision: 0 },
      selection: 'draft { target terms note revision savedBy }',
      other: { note: 'another one' },
      effect: () => stage.count('termsDrafts', { programId: program.id, revision: 1 }),
      after: 1,
    };
  },
  termsDraftDelete: async (stage) => {
    const { ask, program } = await chartered(stage);
    const terms = JSON.stringify(buyback({ pricePerPoint: '0.7' }));
    await stage.act(
      ask,
      'termsDraftSave',
      { target: 'BUYBACK', terms, revision: 0 },
      'draft { revision }',
    );
    return {
      ...{ by: ask, input: { target: 'BUYBACK', revision: 1 }, selection: 'target' },
      otherMeans: {
        because: 'A draft that is gone is deleted, however often it is asked for.',
        alike: (payload) => payload,
      },
      other: 'What is named by another revision is another draft.',
      // What is deleted leaves its revision behind, and nothing that it said.
      effect: () =>
        stage.count('termsDrafts', { programId: program.id, isDeleted: { $exists: false } }),
      after: 0,
    };
  },
};
