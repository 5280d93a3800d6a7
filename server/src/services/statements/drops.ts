import type { Address } from '@dewpoint/contracts/statement.ts';
import { isRefused } from '../../domain/statements/due.ts';
import { epochAt, windowClosesAtMs } from '../../domain/epochs.ts';
import { UserError } from '../../domain/errors.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { Wake } from '../../ports/wake.ts';
import type { Aggregator } from './aggregator.ts';

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
}

export interface Drops {
  /** Lists the drops of a member from the log itself, oldest epoch first. */
  dropsOf(program: Program, member: Pick<MemberRecord, 'id'>): Promise<Drop[]>;
  /**
   * Settles the earned points of a member now. Safe to repeat.
   *
   * @returns drops that are being settled and drops that still mature
   * @throws UserError NOT_FOUND when the program has no such member
   */
  collect(program: Program, externalId: string): Promise<{ readonly drops: Drop[] }>;
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
  };
}

const isThere = ({ points, maturing }: Drop): boolean => points > 0n || maturing > 0n;

export function createDrops(deps: {
  members: Pick<MemberStore, 'findByExternalId'>;
  statements: Pick<StatementStore, 'hasten'>;
  aggregator: Pick<Aggregator, 'ofMember'>;
  clock: ChainClock;
  wake: Wake;
}): Drops {
  const { aggregator, statements } = deps;
  return {
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
      const hastened = aggregated.map((statement) => ({
        ...statement,
        settleAfterMs: isReady(statement)
          ? Math.min(statement.settleAfterMs, nowMs)
          : statement.settleAfterMs,
      }));
      return {
        drops: hastened.map((statement) => dropOf(program, statement)).filter(isThere),
      };
    },
  };
}
