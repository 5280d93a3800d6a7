/** Members by number, and statements of what they did. */
import { packLines, type Address } from '@dewpoint/contracts/statement.ts';
import type { Foundation } from '../../composition/composeServices.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import { STARTS_AT_MS } from './time.ts';
import { PER_ACTION } from './program.ts';

export interface MemberBuilder {
  account(member: number): Address;
  /** Takes a member into the database; statements do not need it. */
  join(member: number): Promise<void>;
  /** Has a member act `count` times in all in an epoch by the rule of a plain program, with recording closed. */
  earn(member: number, epoch: number, count: number): Promise<void>;
  statement(member: number, epoch: number): Promise<StatementRecord>;
}

/** The internal id of a member. */
export const memberIdOf = (member: number): string => `member-${member}`;

export function createMemberBuilder(
  { store, keystore }: Pick<Foundation, 'store' | 'keystore'>,
  program: Program,
): MemberBuilder {
  const account = (member: number): Address =>
    keystore.signer.addressOf({
      role: 'MEMBER',
      programId: program.id,
      memberId: memberIdOf(member),
    });
  return {
    account,
    join: async (member) => {
      const id = memberIdOf(member);
      const fields = { id, programId: program.id, account: account(member), links: [] };
      await store.members.ensure({
        programId: program.id,
        externalIds: [id],
        create: (externalId) => ({ ...fields, externalId, createdAtMs: STARTS_AT_MS }),
      });
    },
    earn: async (member, epoch, count) => {
      const memberId = memberIdOf(member);
      const settleAfterMs = STARTS_AT_MS;
      await store.statements.create(program.id, [
        { memberId, epoch, account: account(member), settleAfterMs },
      ]);
      const id = `${memberId}:${epoch}`;
      const lines = packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);
      const points = BigInt(count) * PER_ACTION;
      const earned = { lines, points, expectedLines: lines, expectedPoints: points };
      const recent = { recentFromMs: 0, recentEntries: count };
      await store.statements.saveAggregates(program.id, [
        {
          id,
          entries: count,
          ...recent,
          asOfMs: STARTS_AT_MS,
          ruleSetVersion: 1,
          nextMaturesAtMs: null,
          ...earned,
        },
      ]);
    },
    statement: async (member, epoch) => {
      const id = `${memberIdOf(member)}:${epoch}`;
      const found = await store.statements.findById(program.id, id);
      if (found === null) throw new Error(`there is no statement ${id}`);
      return found;
    },
  };
}
