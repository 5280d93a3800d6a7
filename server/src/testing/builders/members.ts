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
  /** The same for many members, in two calls of the database. */
  earnEach(
    members: readonly number[],
    epoch: number,
    countOf: (member: number) => number,
  ): Promise<void>;
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
  const earnEach: MemberBuilder['earnEach'] = async (members, epoch, countOf) => {
    await store.statements.create(
      program.id,
      members.map((member) => ({
        ...{ memberId: memberIdOf(member), account: account(member) },
        ...{ epoch, settleAfterMs: STARTS_AT_MS },
      })),
    );
    const aggregates = members.map((member) => {
      const count = countOf(member);
      const lines = packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);
      const points = BigInt(count) * PER_ACTION;
      return {
        ...{ id: `${memberIdOf(member)}:${epoch}`, entries: count, ruleSetVersion: 1 },
        ...{ recentFromMs: 0, recentEntries: count, asOfMs: STARTS_AT_MS, nextMaturesAtMs: null },
        ...{ lines, points, expectedLines: lines, expectedPoints: points },
      };
    });
    await store.statements.saveAggregates(program.id, aggregates);
  };
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
    earn: (member, epoch, count) => earnEach([member], epoch, () => count),
    earnEach,
    statement: async (member, epoch) => {
      const id = `${memberIdOf(member)}:${epoch}`;
      const found = await store.statements.findById(program.id, id);
      if (found === null) throw new Error(`there is no statement ${id}`);
      return found;
    },
  };
}
