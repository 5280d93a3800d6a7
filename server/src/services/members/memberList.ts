import type { Address } from '@dewpoint/contracts/statement.ts';
import { recordedAtMsOf } from '../../domain/actions/action.ts';
import { allAccounts } from '../../domain/members/accounts.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type {
  ListedMember,
  MemberOrder,
  MemberRecord,
  MemberStore,
} from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';

/** Place of a member in a list. */
export interface MemberPlace {
  readonly activeEpoch: number;
  readonly id: string;
}

/** Lists and finds members, for operators. */
export interface MemberList {
  /**
   * Lists members who did something.
   *
   * @param args.search An account, which finds its member; else the beginning of the app's ids, in their order. Null for all.
   * @returns null for a place of no member that there is
   */
  list(
    program: Pick<Program, 'id'>,
    args: {
      readonly search: string | null;
      /** The account that `search` names; null when it names none. */
      readonly account: Address | null;
      readonly order: MemberOrder;
      readonly first: number;
      readonly after: MemberPlace | null;
    },
  ): Promise<{ readonly rows: ListedMember[]; readonly hasNextPage: boolean } | null>;
  /** Finds the member that an account belongs to. */
  ofAccount(program: Pick<Program, 'id'>, account: Address): Promise<MemberRecord | null>;
  /** Reads when something of a member was recorded last, by the clock of the chain; null for nothing. */
  lastActivityMs(program: Pick<Program, 'id'>, memberId: string): Promise<number | null>;
  /** Reads the points in the accounts of a member, in base units. */
  settledOf(program: Pick<Program, 'id'>, member: MemberRecord): Promise<bigint>;
}

/** What was recorded last may be of the epoch before the newest, whose recording closes a while after its end. */
const NEWEST_EPOCHS = 2;

export function createMemberList(deps: {
  members: Pick<MemberStore, 'list' | 'findByAnyAccount' | 'findById'>;
  statements: Pick<StatementStore, 'listOfMember'>;
  actionLog: Pick<ActionLog, 'listEntries'>;
  totals: Pick<TotalsStore, 'balancesOf'>;
}): MemberList {
  const { members, statements, actionLog, totals } = deps;

  const lastActivityMs: MemberList['lastActivityMs'] = async ({ id: programId }, memberId) => {
    const of = { programId, memberId, beforeEpoch: null, limit: NEWEST_EPOCHS };
    const newest = await Promise.all(
      (await statements.listOfMember(of)).map(({ epoch }) =>
        actionLog.listEntries(
          { programId, statement: { memberId, epoch } },
          { after: null, limit: 1 },
        ),
      ),
    );
    const times = newest.flat().map(({ entry }) => recordedAtMsOf(entry));
    return times.length === 0 ? null : Math.max(...times);
  };

  return {
    lastActivityMs,
    ofAccount: ({ id }, account) => members.findByAnyAccount(id, account),
    settledOf: async ({ id }, member) =>
      (await totals.balancesOf(id, allAccounts(member))).reduce((sum, part) => sum + part, 0n),
    list: async ({ id }, { search, account, order, first, after }) => {
      if (account !== null) {
        const found = await members.findByAnyAccount(id, account);
        const rows = found === null || after !== null ? [] : [{ member: found, activeEpoch: 0 }];
        return { rows, hasNextPage: false };
      }
      const at = after === null ? null : await members.findById(id, after.id);
      // One that was erased has another id now, and so another place.
      if (after !== null && (at === null || at.erasedAtMs !== undefined)) return null;
      const rows = await members.list(id, {
        order: search === null ? order : 'MEMBER_ID',
        prefix: search === null ? null : nameForm(search),
        after:
          after === null || at === null ? null : { member: at, activeEpoch: after.activeEpoch },
        limit: first + 1,
      });
      return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
    },
  };
}
