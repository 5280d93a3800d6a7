import { Schema, type Connection } from 'mongoose';
import type { Program, Rule, RuleSet } from '../domain/program.ts';
import type { ProgramStore } from '../ports/recordingStores.ts';
import { isDuplicateKey } from './duplicateKeys.ts';

/** Numbers above 2^53 are decimal strings. */
interface StoredRule extends Omit<Rule, 'perAction' | 'perUnit' | 'maxCount' | 'maxPoints'> {
  readonly perAction: string;
  readonly perUnit: string;
  readonly maxCount: string;
  readonly maxPoints: string;
}

interface StoredRuleSet extends Omit<RuleSet, 'budgetPerEpoch' | 'rules'> {
  readonly budgetPerEpoch: string;
  readonly rules: readonly StoredRule[];
}

interface Sweeps {
  readonly closedThrough: number;
  readonly windowThrough: number;
}

interface ProgramDocument extends Omit<Program, 'id' | 'ruleSets'> {
  readonly _id: string;
  readonly ruleSets: readonly StoredRuleSet[];
  readonly sweeps: Sweeps;
}

/** Before epoch 0: nothing is swept. */
const NOT_SWEPT: Sweeps = { closedThrough: -1, windowThrough: -1 };

const required = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;

const ruleSchema = new Schema(
  {
    id: whole,
    name: required,
    text: { type: String },
    perAction: required,
    perUnit: required,
    maxCount: required,
    maxPoints: required,
    untilEpoch: whole,
  },
  { strict: 'throw', _id: false, id: false },
);
const ruleSetSchema = new Schema(
  {
    version: whole,
    fromEpoch: whole,
    budgetPerEpoch: required,
    rules: [ruleSchema],
    blockNumber: whole,
    transactionHash: required,
  },
  { strict: 'throw', _id: false },
);
const programSchema = new Schema(
  {
    _id: required,
    chainId: whole,
    address: required,
    name: required,
    symbol: required,
    startsAtMs: whole,
    epochLengthMs: whole,
    settlementWindow: whole,
    transferable: { type: Boolean, required: true },
    createdAtBlock: whole,
    ruleSets: [ruleSetSchema],
    sweeps: { closedThrough: whole, windowThrough: whole },
  },
  { strict: 'throw', versionKey: false, collection: 'programs' },
);
programSchema.index({ chainId: 1, address: 1 }, { unique: true });

const toStoredRuleSet = (ruleSet: RuleSet): StoredRuleSet => ({
  ...ruleSet,
  budgetPerEpoch: ruleSet.budgetPerEpoch.toString(),
  rules: ruleSet.rules.map((rule) => ({
    ...rule,
    perAction: rule.perAction.toString(),
    perUnit: rule.perUnit.toString(),
    maxCount: rule.maxCount.toString(),
    maxPoints: rule.maxPoints.toString(),
  })),
});

const toRuleSet = (ruleSet: StoredRuleSet): RuleSet => ({
  ...ruleSet,
  budgetPerEpoch: BigInt(ruleSet.budgetPerEpoch),
  rules: ruleSet.rules.map((rule) => ({
    ...rule,
    perAction: BigInt(rule.perAction),
    perUnit: BigInt(rule.perUnit),
    maxCount: BigInt(rule.maxCount),
    maxPoints: BigInt(rule.maxPoints),
  })),
});

const toProgram = ({ _id, ruleSets, sweeps: _, ...program }: ProgramDocument): Program => ({
  id: _id,
  ...program,
  ruleSets: ruleSets.map(toRuleSet),
});

/** Opens the store of programs. */
export async function createProgramStore(connection: Connection): Promise<ProgramStore> {
  const programs = connection.model<ProgramDocument>('Program', programSchema);
  await programs.createIndexes();

  return {
    insert: async ({ id, ruleSets, ...program }) => {
      try {
        await programs.create({
          _id: id,
          ...program,
          ruleSets: ruleSets.map(toStoredRuleSet),
          sweeps: NOT_SWEPT,
        });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return false;
      }
    },
    find: async (programId) => {
      const found = await programs.findById(programId).lean<ProgramDocument>();
      return found === null ? null : toProgram(found);
    },
    findByAddress: async (chainId, address) => {
      const found = await programs.findOne({ chainId, address }).lean<ProgramDocument>();
      return found === null ? null : toProgram(found);
    },
    list: async () =>
      (await programs.find().sort({ _id: 1 }).lean<ProgramDocument[]>()).map(toProgram),
    saveRuleSets: async (programId, ruleSets) => {
      await programs.updateOne(
        { _id: programId },
        { $set: { ruleSets: ruleSets.map(toStoredRuleSet) } },
      );
    },
    sweeps: async (programId) =>
      (await programs.findById(programId, { sweeps: 1 }).lean<ProgramDocument>())?.sweeps ??
      NOT_SWEPT,
    // Two workers may sweep at once: progress never goes back.
    saveSweeps: async (programId, { closedThrough, windowThrough }) => {
      await programs.updateOne(
        { _id: programId },
        { $max: { 'sweeps.closedThrough': closedThrough, 'sweeps.windowThrough': windowThrough } },
      );
    },
  };
}
