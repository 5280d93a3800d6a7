import { LOCAL_CHAIN_ID } from '@dewpoint/infra/chain/chain.ts';
import { toBeHex, zeroPadValue } from 'ethers';
import fc from 'fast-check';
import { expect } from 'vitest';
import { pointsInterface } from '../contractInterfaces.ts';
import { createProgram, type Opening } from '../deploy.ts';
import {
  AMOUNT_SCALE,
  MAX_STATEMENT_POINTS,
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
  statementPoints,
  type Line,
  type RuleTerms,
} from '../formula.ts';
import { minedReceipt } from '../minedReceipt.ts';
import { packBatch, packLines, type Address, type Hex } from '../statement.ts';
import { NO_BUDGET_CAP } from '../terms.ts';
import { BATCH_TYPES, pointsDomain } from '../typedData.ts';
import { rule, terms, type TestProgram } from './testProgram.ts';

const STATEMENTS_PER_PROGRAM = 80;
/** Leaves time to report the smallest failure found by then. */
const SEARCH_MS = 90_000;
const MAX_64 = 2n ** 64n - 1n;
const MAX_RULES = 32;

/** A statement by what chance chose; ids and epochs are found when the rule sets are known. */
interface DrawnLine {
  readonly pick: number;
  readonly count: bigint;
  readonly amount: bigint;
  /** Replaces the amount by the least one that earns this many base units, or by one less. */
  readonly edge: { readonly points: bigint; readonly below: boolean } | null;
}
interface DrawnStatement {
  readonly epoch: { readonly kind: 'number'; readonly epoch: number } | DrawnEnd;
  readonly lines: readonly DrawnLine[];
}
/** The epoch in which some rule ends, or the one before. */
interface DrawnEnd {
  readonly kind: 'end';
  readonly pick: number;
  readonly before: boolean;
}

/** A number from 0 to `max`, its ends more often than chance would have it. */
function upTo(max: bigint): fc.Arbitrary<bigint> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n, max - 1n, max) },
    { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: max < 100_000n ? max : 100_000n }) },
    { weight: 2, arbitrary: fc.bigInt({ min: 0n, max }) },
  );
}

const epochs = fc.oneof(
  fc.constantFrom(0, 1, 2, NO_END - 1, NO_END),
  fc.integer({ min: 0, max: NO_END }),
);

const rules = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 255 }),
    perAction: upTo(MAX_64),
    perUnit: upTo(MAX_64),
    maxCount: fc.oneof(fc.constant(NO_COUNT_CAP), upTo(NO_COUNT_CAP)),
    maxPoints: fc.oneof(fc.constant(NO_POINTS_CAP), upTo(NO_POINTS_CAP)),
    untilEpoch: fc.oneof(fc.constant(NO_END), epochs),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: MAX_RULES, size: '+1' },
);

const line: fc.Arbitrary<DrawnLine> = fc.record({
  pick: fc.nat(),
  count: upTo(NO_COUNT_CAP),
  amount: upTo(MAX_64),
  edge: fc.option(fc.record({ points: upTo(MAX_STATEMENT_POINTS), below: fc.boolean() })),
});

const statement: fc.Arbitrary<DrawnStatement> = fc.record({
  epoch: fc.oneof(
    fc.record({ kind: fc.constant('number' as const), epoch: epochs }),
    fc.record({ kind: fc.constant('end' as const), pick: fc.nat(), before: fc.boolean() }),
  ),
  lines: fc.array(line, { maxLength: 8 }),
});

const statements = fc.array(statement, {
  minLength: STATEMENTS_PER_PROGRAM,
  maxLength: STATEMENTS_PER_PROGRAM,
});

/**
 * Creates programs of two rule sets that chance drew, and compares what the formula in TypeScript and the contract say of 80 statements each.
 *
 * @param chain Any program on the chain to use.
 */
export async function compareFormulas(chain: TestProgram, programs: number): Promise<void> {
  let created = 0n;
  await fc.assert(
    fc.asyncProperty(rules, rules, statements, async (first, second, drawn) => {
      const points = await create(chain, ++created, first, second);
      const cases = drawn.map((d) => statementOf(d, first, second));
      const onChain = await Promise.all(cases.map((c) => pointsOf(chain, points, c)));
      expect(onChain).toEqual(cases.map(({ expected }) => expected));

      const current = cases.filter(({ epoch }) => epoch === 0);
      const minted = await settle(chain, points, current);
      expect(minted).toEqual(current.map(({ expected }) => expected));
    }),
    { numRuns: programs, interruptAfterTimeLimit: SEARCH_MS },
  );
}

async function create(
  program: TestProgram,
  salted: bigint,
  first: RuleTerms[],
  second: RuleTerms[],
): Promise<Address> {
  const { timestamp = 0 } = (await program.provider.getBlock('latest')) ?? {};
  const opening: Opening = [
    terms({ rules: worded(first), budgetPerEpoch: NO_BUDGET_CAP }),
    terms({ rules: worded(second), budgetPerEpoch: NO_BUDGET_CAP, notBefore: 1 }),
  ];
  const settings = { ...program.settings, startsAt: timestamp };
  const salt = toBeHex(salted, 32) as Hex;
  const { operator, deployed } = program;
  return (await createProgram(operator, deployed.programs, settings, opening, salt)).points;
}

async function pointsOf(
  program: TestProgram,
  to: Address,
  { epoch, lines }: Case,
): Promise<bigint> {
  const data = pointsInterface.encodeFunctionData('pointsOf', [epoch, packLines(lines)]);
  return BigInt(await program.provider.call({ to, data }));
}

/** Settles each for a member of its own and reads back what was minted. */
async function settle(
  program: TestProgram,
  to: Address,
  cases: readonly Case[],
): Promise<bigint[]> {
  const packed = cases.map((c, i) => ({
    member: memberOf(i),
    epoch: c.epoch,
    lines: packLines(c.lines),
  }));
  const { recorder, stranger } = program;
  const batch = packBatch(packed);
  const domain = pointsDomain(LOCAL_CHAIN_ID, to);
  const signature = await recorder.signTypedData(domain, BATCH_TYPES, { statements: batch });
  const data = pointsInterface.encodeFunctionData('settle', [batch, signature]);
  const sent = await stranger.sendTransaction({ to, data });
  await minedReceipt(program.provider, sent.hash);
  return Promise.all(
    packed.map(async ({ member }) => {
      const read = pointsInterface.encodeFunctionData('balanceOf', [member]);
      return BigInt(await program.provider.call({ to, data: read }));
    }),
  );
}

interface Case {
  readonly epoch: number;
  readonly lines: readonly Line[];
  readonly expected: bigint;
}

function statementOf(
  drawn: DrawnStatement,
  first: readonly RuleTerms[],
  second: readonly RuleTerms[],
): Case {
  const epoch = epochOf(drawn.epoch, [...first, ...second]);
  const version = new Map((epoch === 0 ? first : second).map((r) => [r.id, r]));
  // Ids of the other version only are defined too: they earn nothing here.
  const ids = [...new Set([...first, ...second].map(({ id }) => id))];
  const lines = new Map<number, Line>();
  for (const { pick, count, amount, edge } of drawn.lines) {
    const ruleId = ids[pick % ids.length] ?? 0;
    const atEdge = edge === null ? null : amountAtEdge(version.get(ruleId), edge);
    lines.set(ruleId, { ruleId, count, amount: atEdge ?? amount });
  }
  const ascending = [...lines.values()].sort((a, b) => a.ruleId - b.ruleId);
  return { epoch, lines: ascending, expected: statementPoints(version, ascending, epoch) };
}

function epochOf(drawn: DrawnStatement['epoch'], all: readonly RuleTerms[]): number {
  if (drawn.kind === 'number') return drawn.epoch;
  const until = all[drawn.pick % all.length]?.untilEpoch ?? 0;
  return drawn.before && until > 0 ? until - 1 : until;
}

function amountAtEdge(
  found: RuleTerms | undefined,
  edge: { readonly points: bigint; readonly below: boolean },
): bigint | null {
  if (found === undefined || found.perUnit === 0n) return null;
  const least = (edge.points * AMOUNT_SCALE + found.perUnit - 1n) / found.perUnit;
  const amount = edge.below && least > 0n ? least - 1n : least;
  return amount <= MAX_64 ? amount : null;
}

/** Ascending, with words that depend on nothing but the id. */
function worded(drawn: readonly RuleTerms[]) {
  return drawn.map((fields) => rule(fields)).sort((a, b) => a.id - b.id);
}

function memberOf(index: number): Address {
  return zeroPadValue(toBeHex(index + 1), 20) as Address;
}
