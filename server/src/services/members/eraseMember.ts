import { UserError } from '../../domain/errors.ts';
import { oldestOpenEpoch } from '../../domain/epochs.ts';
import { allAccounts } from '../../domain/members/accounts.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import { show } from '../../domain/show.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ActionLog, RejectionStore } from '../../ports/stores/actions.ts';
import type { MemberSessionStore, OneUseStore } from '../../ports/stores/access.ts';
import type { OrderNoteStore } from '../../ports/stores/catalogue.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { WebhookDeliveryStore, WebhookEventStore } from '../../ports/webhooks.ts';
import type { AnchoredLogs } from '../actions/anchoredLogs.ts';
import type { Once } from '../transactions/once.ts';
import { tellServers } from './idChanges.ts';

/**
 * Erases what the service knows of a member, and of those that were merged into it: the app's id, its sessions, what its entries of
 * the log say, and notes on its orders. Points, and what they are computed from, stay, as do the leaves of the log: nobody can tell
 * from them what they are of.
 */
export interface MemberEraser {
  /** @throws UserError NOT_FOUND, IDEMPOTENCY_KEY_REUSED */
  erase(
    program: Program,
    input: { readonly memberId: string; readonly idempotencyKey: string },
  ): Promise<{ readonly account: MemberRecord['account'] }>;
  /** Erases entries that were on their way when their member was erased, and deletes what is left of those whose window has closed. */
  step(program: Program): Promise<void>;
}

const isNamed = ({ erasedAtMs }: MemberRecord): boolean => erasedAtMs === undefined;
/** Entries erased in one go. */
const PAGE = 500;
/** An entry may be on its way into the log for this long; the look back is several times as much. */
const LOOK_BACK_MS = 10 * 60_000;
const LOOK_EVERY_MS = 30_000;
/** The log of an epoch is anchored in the next one, or never. */
const ANCHORED_EPOCHS = 2;

export function createMemberEraser(deps: {
  members: Pick<MemberStore, 'erase' | 'erasedSince' | 'listMergedInto' | 'resumeErasures'>;
  actionLog: Pick<ActionLog, 'listUnerased' | 'erase' | 'deleteErased'>;
  anchoredLogs: Pick<AnchoredLogs, 'leavesOf'>;
  orderNotes: Pick<OrderNoteStore, 'eraseOf'>;
  webhookEvents: Pick<WebhookEventStore, 'eraseOf'>;
  webhookDeliveries: Pick<WebhookDeliveryStore, 'eraseAnswers'>;
  rejections: Pick<RejectionStore, 'eraseOf'>;
  memberSessions: Pick<MemberSessionStore, 'eraseOf'>;
  oneUseTokens: Pick<OneUseStore, 'eraseOf'>;
  programs: { changeMemberIds(programId: string): Promise<void> };
  once: Once;
  clock: ChainClock;
  wallNowMs: () => number;
}): MemberEraser {
  const { members, actionLog, anchoredLogs, once, clock, wallNowMs } = deps;
  const nextLookMs = new Map<string, number>();
  const deletedBefore = new Map<string, number>();

  const eraseEntries = async (program: Program, { id }: MemberRecord): Promise<void> => {
    for (;;) {
      const entries = await actionLog.listUnerased(program.id, id, PAGE);
      if (entries.length === 0) return;
      const leaves = await anchoredLogs.leavesOf(program, entries);
      await actionLog.erase(
        entries.flatMap((entry, index) => {
          const leaf = leaves[index];
          return leaf === undefined ? [] : [{ entry, leaf }];
        }),
      );
    }
  };

  /** Takes their ids out of the events that apps were told of, and out of what these answered. */
  const eraseEvents = async (program: Program, erased: readonly MemberRecord[]): Promise<void> => {
    const ids = erased.map(({ id }) => id);
    const events = await deps.webhookEvents.eraseOf(program.id, ids);
    await deps.webhookDeliveries.eraseAnswers(events);
  };

  /** Tickets first: none of them opens a session any more when the sessions go. */
  const endSessions = async ({ id: programId }: Program, externalId: string): Promise<void> => {
    await deps.oneUseTokens.eraseOf({ programId, externalId });
    await deps.memberSessions.eraseOf({ programId, externalId });
  };

  /**
   * Erases samples of rejected actions. Servers write them a second after they were noted: what they had noted before an erasure is
   * there once they were told of it.
   */
  const eraseSamples = async ({ id }: Program, externalIds: readonly string[]): Promise<void> => {
    for (const externalId of externalIds) await deps.rejections.eraseOf(id, externalId);
  };

  /**
   * Erases the ids of members that were merged into an erased one: they would lead to it. After that one: a merge that comes later sees
   * that it is erased.
   *
   * @returns all of them, and the ids that were known until now
   */
  const eraseMerged = async (
    program: Program,
    { id, externalId: name }: MemberRecord,
  ): Promise<{ readonly all: readonly MemberRecord[]; readonly oldIds: readonly string[] }> => {
    const all: MemberRecord[] = [];
    const oldIds: string[] = [];
    for (const merged of await members.listMergedInto(program.id, [id])) {
      if (merged.erasedAtMs !== undefined) {
        all.push(merged);
        continue;
      }
      // First: its id is known no more after that.
      await eraseSamples(program, [merged.externalId]);
      oldIds.push(merged.externalId);
      await endSessions(program, merged.externalId);
      const own = `${name} ${merged.id}`;
      const erased = await members.erase(program.id, merged.externalId, own, wallNowMs());
      if (erased !== null) all.push(erased);
    }
    return { all, oldIds };
  };

  return {
    erase: async (program, { memberId, idempotencyKey }) => {
      const externalId = nameForm(memberId);
      const write = {
        ...{ owner: [program.id], kind: 'memberErase', idempotencyKey },
        input: { externalId },
      };
      return once.run(write, async (effectId) => {
        // First: from then on new actions under the app's id are of a new member. A try that was broken off is found by its name.
        const name = `erased ${effectId}`;
        const erased = await members.erase(program.id, externalId, name, wallNowMs());
        if (erased === null) {
          const message = `memberId is ${show(memberId)}; the program has no member with this id.`;
          throw new UserError({ code: 'NOT_FOUND', field: 'memberId', message });
        }
        await endSessions(program, externalId);
        const { all: merged, oldIds } = await eraseMerged(program, erased);
        await tellServers(deps.programs, program.id);
        for (const one of [erased, ...merged]) await eraseEntries(program, one);
        const accounts = [erased, ...merged].flatMap(allAccounts);
        await deps.orderNotes.eraseOf(program.id, accounts);
        await eraseSamples(program, [externalId, ...oldIds]);
        await eraseEvents(program, [erased, ...merged]);
        return { account: erased.account };
      });
    },
    step: async (program) => {
      const nowMs = wallNowMs();
      if (nowMs < (nextLookMs.get(program.id) ?? 0)) return;
      nextLookMs.set(program.id, nowMs + LOOK_EVERY_MS);
      await members.resumeErasures(program.id);
      const erased = await members.erasedSince(program.id, nowMs - LOOK_BACK_MS);
      for (const member of erased) await eraseEntries(program, member);
      await eraseEvents(program, erased);
      // Those of an erasure that was broken off.
      const left = await members.listMergedInto(
        program.id,
        erased.map(({ id }) => id),
      );
      for (const id of new Set(
        left.filter(isNamed).map(({ mergedInto }) => mergedInto?.memberId),
      )) {
        const member = erased.find((one) => one.id === id);
        if (member === undefined) continue;
        const { oldIds } = await eraseMerged(program, member);
        await tellServers(deps.programs, program.id);
        await eraseSamples(program, oldIds);
      }
      const time = await clock.now();
      const before = oldestOpenEpoch(program, time.nowMs) - ANCHORED_EPOCHS;
      if (before <= (deletedBefore.get(program.id) ?? 0)) return;
      await actionLog.deleteErased(program.id, before);
      deletedBefore.set(program.id, before);
    },
  };
}
