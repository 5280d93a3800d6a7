import type { Address } from '@dewpoint/contracts/statement.ts';
import { isRefused } from '../../domain/statements/due.ts';
import { heldBackOf, partsOf, type HeldBack } from '../../domain/statements/parts.ts';
import {
  epochAt,
  recordingClosesAtMs,
  ruleOf,
  ruleSetOf,
  windowClosesAtMs,
} from '../../domain/epochs.ts';
import { UserError } from '../../domain/errors.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program, Rule } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementKey, StatementStore } from '../../ports/stores/statements.ts';
import type { Wake } from '../../ports/wake.ts';
import { countingTimeMs } from './aggregating.ts';
import type { Aggregator } from './aggregator.ts';

/** Part of a drop that one rule earned. */
export interface DropPart {
  /** As it is in force in the epoch of the drop. */
  readonly rule: Rule;
  /** Version of the rules in force in that epoch. */
  readonly ruleSetVersion: number;
  /** Actions whose points are not all settled, counting each by its `count`. */
  readonly count: bigint;
  readonly amount: bigint;
  /** Base units; over all parts, those of the drop. */
  readonly points: bigint;
  /** Base units; over all parts, those of the drop. */
  readonly maturing: bigint;
}

/** Points of one epoch that are earned or still mature, and are not settled yet. */
export interface Drop {
  readonly epoch: number;
  /** Account that the points are minted to. */
  readonly account: Address;
  /** Base units that are earned and not settled. */
  readonly points: bigint;
  /** Base units to be added when actions mature, unless they are voided. */
  readonly maturing: bigint;
  /** Time from which the service settles the points by itself. */
  readonly settleAfterMs: number;
  /** Time from which the contract accepts no statement of this epoch. */
  readonly closesAtMs: number;
  /** What each rule has in it, by ascending id; a rule that adds nothing has no part. */
  readonly parts: readonly DropPart[];
  /** What holds back `points`; null while nothing does. */
  readonly heldBack: HeldBack | null;
  /** Time at which the member asked for the points before `settleAfterMs`; null when it did not. */
  readonly askedAtMs: number | null;
}

export interface Drops {
  /** Finds when the next action of each rule matures, by rule id, in the log of one member and epoch. */
  maturities(program: Pick<Program, 'id'>, key: StatementKey): Promise<ReadonlyMap<number, number>>;
  /** Lists the drops of a member from the log itself, oldest epoch first. */
  dropsOf(program: Program, member: Pick<MemberRecord, 'id'>): Promise<Drop[]>;
  /**
   * Settles the earned points of a member now. Safe to repeat.
   *
   * @returns drops that are being settled and drops that still mature
   * @throws UserError NOT_FOUND when the program has no such member
   */
  collect(
    program: Program,
    externalId: string,
  ): Promise<{ readonly drops: Drop[]; readonly member: Pick<MemberRecord, 'id'> }>;
}

/** A part of which something was minted and something held back has the actions of both. */
function dropParts(program: Program, statement: StatementRecord): DropPart[] {
  const { epoch } = statement;
  const ruleSetVersion = ruleSetOf(program, epoch)?.version ?? 0;
  const refused = isRefused(statement);
  return partsOf(program, statement).flatMap(
    ({ ruleId, expected, settled, ...part }): DropPart[] => {
      const rule = ruleOf(program, epoch, ruleId);
      const points = refused ? 0n : part.points - part.minted;
      if (rule === null || (points === 0n && part.maturing === 0n)) return [];
      const done = part.minted < part.handedIn ? { count: 0n, amount: 0n } : settled;
      const count = expected.count - done.count;
      const amount = expected.amount - done.amount;
      return [{ rule, ruleSetVersion, count, amount, points, maturing: part.maturing }];
    },
  );
}

function dropOf(program: Program, statement: StatementRecord): Drop {
  const { epoch, account, points, expectedPoints, settledPoints, settleAfterMs } = statement;
  const unsettled = points - settledPoints;
  return {
    epoch,
    account,
    points: unsettled < 0n || isRefused(statement) ? 0n : unsettled,
    maturing: expectedPoints - points,
    settleAfterMs,
    closesAtMs: windowClosesAtMs(program, epoch),
    parts: dropParts(program, statement),
    heldBack: heldBackOf(program, statement),
    askedAtMs: statement.askedAtMs,
  };
}

const isThere = ({ points, maturing }: Drop): boolean => points > 0n || maturing > 0n;

export function createDrops(deps: {
  members: Pick<MemberStore, 'findByExternalId'>;
  statements: Pick<StatementStore, 'hasten'>;
  actionLog: Pick<ActionLog, 'maturitiesOf'>;
  aggregator: Pick<Aggregator, 'ofMember'>;
  clock: ChainClock;
  wake: Wake;
}): Drops {
  const { aggregator, statements } = deps;
  return {
    maturities: async ({ id }, key) =>
      deps.actionLog.maturitiesOf(id, key, countingTimeMs(await deps.clock.now())),
    dropsOf: async (program, member) =>
      (await aggregator.ofMember(program, member.id))
        .map((statement) => dropOf(program, statement))
        .filter(isThere),
    collect: async (program, externalId) => {
      const member = await deps.members.findByExternalId(program.id, nameForm(externalId));
      if (member === null) {
        throw new UserError({
          code: 'NOT_FOUND',
          field: 'memberId',
          message: `memberId is "${externalId}"; the program has no member with this id, as none of its actions has been recorded.`,
        });
      }
      const aggregated = await aggregator.ofMember(program, member.id);
      const { nowMs } = await deps.clock.now();
      // What a fast clock of the app put into the next epoch waits for it.
      const isReady = ({ due, epoch }: StatementRecord): boolean =>
        due && epoch <= epochAt(program, nowMs);
      const due = aggregated.filter(isReady);
      await statements.hasten(
        program.id,
        due.map(({ id }) => id),
        nowMs,
      );
      if (due.length > 0) deps.wake.wake();
      const hastened = aggregated.map((statement) => {
        if (!isReady(statement)) return statement;
        const settleAfterMs = Math.min(statement.settleAfterMs, nowMs);
        const isEarly = nowMs < recordingClosesAtMs(program, statement.epoch);
        const askedAtMs = statement.askedAtMs ?? (isEarly ? nowMs : null);
        return { ...statement, settleAfterMs, askedAtMs };
      });
      return {
        member,
        drops: hastened.map((statement) => dropOf(program, statement)).filter(isThere),
      };
    },
  };
}
