import { Schema, type Connection } from 'mongoose';
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type { LogPosition, ProgramStore } from '../../ports/stores/programs.ts';
import { fromStored, toStored, type Stored } from '../mongo/bigints.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface Sweeps {
  readonly closedThrough: number;
  readonly windowThrough: number;
}

interface ProgramDocument extends Omit<
  Program,
  'id' | 'ruleSets' | 'buybackTerms' | 'objectionCap'
> {
  readonly _id: string;
  /** Decimal string. */
  readonly objectionCap: string;
  readonly ruleSets: readonly Stored<RuleSet>[];
  readonly buybackTerms: readonly Stored<BuybackTermsVersion>[];
  readonly sweeps: Sweeps;
  /** Left out until something was read. */
  readonly logPosition?: Partial<LogPosition>;
}

/** Before epoch 0, as nothing is swept. */
const NOT_SWEPT: Sweeps = { closedThrough: -1, windowThrough: -1 };

/** Before the first entry, as nothing is read. */
const NOT_READ: LogPosition = { readToMs: 0, readAgainToMs: -1 };

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
    documentHash: required,
    rules: [ruleSchema],
    blockNumber: whole,
    transactionHash: required,
  },
  { strict: 'throw', _id: false },
);
const buybackTermsSchema = new Schema(
  {
    version: whole,
    fromRound: whole,
    pricePerPoint: required,
    budgetPerRound: required,
    minTender: required,
    blockNumber: whole,
    transactionHash: required,
  },
  { strict: 'throw', _id: false },
);
const settlementTokenSchema = new Schema(
  { address: required, symbol: { type: String }, decimals: whole },
  { strict: 'throw', _id: false },
);
const programSchema = new Schema(
  {
    _id: required,
    organisationId: required,
    environment: required,
    memberIdsVersion: { type: Number },
    chainId: whole,
    address: required,
    name: required,
    symbol: required,
    startsAtMs: whole,
    epochLengthMs: whole,
    settlementWindow: whole,
    transferable: { type: Boolean, required: true },
    backed: { type: Boolean, required: true },
    charter: required,
    buyback: required,
    catalogue: required,
    forwarder: required,
    recorderLabel: required,
    noticePeriodMs: whole,
    objectionThresholdBps: whole,
    objectionCap: required,
    settlementToken: { type: settlementTokenSchema, required: true },
    firstRoundAtMs: whole,
    roundPeriodMs: whole,
    roundWindowMs: whole,
    orderDeadlineMs: whole,
    createdAtBlock: whole,
    createdAtMs: whole,
    createdBy: required,
    ruleSets: [ruleSetSchema],
    buybackTerms: [buybackTermsSchema],
    sweeps: { closedThrough: whole, windowThrough: whole },
    logPosition: { readToMs: Number, readAgainToMs: Number },
  },
  { strict: 'throw', versionKey: false, collection: 'programs' },
);
programSchema.index({ chainId: 1, address: 1 }, { unique: true });
programSchema.index({ organisationId: 1, environment: 1, _id: 1 });

const toProgram = ({
  _id,
  ruleSets,
  buybackTerms,
  objectionCap,
  sweeps: _,
  logPosition: __,
  ...program
}: ProgramDocument): Program => ({
  id: _id,
  ...program,
  objectionCap: BigInt(objectionCap),
  ruleSets: ruleSets.map((ruleSet) => fromStored<RuleSet>(ruleSet)),
  buybackTerms: buybackTerms.map((terms) => fromStored<BuybackTermsVersion>(terms)),
});

/** Opens the store of programs. */
export async function createProgramStore(connection: Connection): Promise<ProgramStore> {
  const programs = connection.model<ProgramDocument>('Program', programSchema);
  await programs.createIndexes();

  return {
    insert: async ({ id, ruleSets, buybackTerms, objectionCap, ...program }) => {
      try {
        await programs.create({
          _id: id,
          ...program,
          objectionCap: objectionCap.toString(),
          ruleSets: ruleSets.map((ruleSet) => toStored(ruleSet)),
          buybackTerms: buybackTerms.map((terms) => toStored(terms)),
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
    listOf: async (organisationId, limit) =>
      (
        await programs
          .find({ organisationId })
          .sort({ createdAtMs: 1, _id: 1 })
          .limit(limit)
          .lean<ProgramDocument[]>()
      ).map(toProgram),
    hasLive: async (organisationId) =>
      (await programs.exists({ organisationId, environment: 'live' })) !== null,
    saveRuleSets: async (programId, ruleSets) => {
      await programs.updateOne(
        { _id: programId },
        { $set: { ruleSets: ruleSets.map((ruleSet) => toStored(ruleSet)) } },
      );
    },
    saveBuybackTerms: async (programId, terms) => {
      await programs.updateOne(
        { _id: programId },
        { $set: { buybackTerms: terms.map((version) => toStored(version)) } },
      );
    },
    logPosition: async (programId) => ({
      ...NOT_READ,
      ...(await programs.findById(programId, { logPosition: 1 }).lean<ProgramDocument>())
        ?.logPosition,
    }),
    saveLogPosition: async (programId, position) => {
      const highest = Object.fromEntries(
        Object.entries(position).map(([name, ms]) => [`logPosition.${name}`, ms]),
      );
      await programs.updateOne({ _id: programId }, { $max: highest });
    },
    sweeps: async (programId) =>
      (await programs.findById(programId, { sweeps: 1 }).lean<ProgramDocument>())?.sweeps ??
      NOT_SWEPT,
    // Two workers may sweep at once: progress never goes back.
    changeMemberIds: async (programId) => {
      await programs.updateOne({ _id: programId }, { $inc: { memberIdsVersion: 1 } });
    },
    saveSweeps: async (programId, { closedThrough, windowThrough }) => {
      await programs.updateOne(
        { _id: programId },
        { $max: { 'sweeps.closedThrough': closedThrough, 'sweeps.windowThrough': windowThrough } },
      );
    },
  };
}
