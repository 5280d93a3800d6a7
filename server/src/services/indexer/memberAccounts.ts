import { withLink } from '../../domain/members/accounts.ts';
import { epochAt } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainReader } from '../../ports/chain/chain.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { StoredEvent } from '../../ports/stores/indexer.ts';

/**
 * Links members' gasless accounts to the wallets that they move to. The indexer alone writes links, and adding or undoing
 * the same moves again changes nothing.
 */
export interface MemberAccounts {
  /** Adds `AccountMoved` events, given in chain order. */
  apply(program: Program, events: readonly StoredEvent[]): Promise<void>;
  /** Undoes what these events added above a block. */
  undo(program: Program, events: readonly StoredEvent[], blockNumber: number): Promise<void>;
}

export function createMemberAccounts(deps: {
  reader: Pick<ChainReader, 'header'>;
  members: Pick<MemberStore, 'findByAccount' | 'isLinked' | 'saveLinks'>;
}): MemberAccounts {
  const { members } = deps;

  const follow = async (
    program: Program,
    { event, at, blockTimeMs }: StoredEvent,
  ): Promise<void> => {
    if (event.kind !== 'AccountMoved') return;
    const member = await members.findByAccount(program.id, event.from);
    if (member === null) return; // an account of no member, or a wallet that moved on by itself
    // Two members with one account could not be told apart on chain: of an epoch only one of them would be settled.
    if (await members.isLinked(program.id, event.to, member.id)) return;
    const movedAtMs = blockTimeMs ?? (await deps.reader.header(at.blockNumber))?.timestampMs;
    if (movedAtMs === undefined) return; // gone since: the indexer undoes this event
    const fromEpoch = epochAt(program, movedAtMs) + 1;
    const links = withLink(member.links, { account: event.to, fromEpoch, at });
    if (links !== member.links) await members.saveLinks(program.id, member.id, links);
  };

  return {
    apply: async (program, events) => {
      for (const event of events) await follow(program, event);
    },
    undo: async (program, events, blockNumber) => {
      for (const { event } of events) {
        if (event.kind !== 'AccountMoved') continue;
        const member = await members.findByAccount(program.id, event.from);
        if (member === null) continue;
        const links = member.links.filter(({ at }) => at.blockNumber <= blockNumber);
        if (links.length < member.links.length) {
          await members.saveLinks(program.id, member.id, links);
        }
      }
    },
  };
}
