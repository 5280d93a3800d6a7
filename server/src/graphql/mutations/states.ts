/** States that mutations change, as the audit log has them before and after. */
import { mergeOf } from '../../domain/members/merges.ts';
import type { GraphqlContext } from '../core/context.ts';

/** Leaves out up to which block it was read: two readings of the same state are the same. */
function bare<View extends object>(view: View | null | undefined): object | null {
  if (view == null) return null;
  const {
    asOfBlock: _,
    stale: __,
    ...state
  } = view as View & {
    readonly asOfBlock?: number;
    readonly stale?: boolean;
  };
  return state;
}

/** Reads an item by its number. */
export const itemState = async (
  { catalogue, program }: GraphqlContext,
  { item }: { readonly item: number },
): Promise<unknown> => bare(await catalogue.findItem(program, item));

/** Reads an order by its number. */
export async function orderState(
  { catalogue, program }: GraphqlContext,
  { order }: { readonly order: number },
): Promise<unknown> {
  const found = await catalogue.findOrder(program, order);
  return found === null ? null : bare({ ...found, of: undefined });
}

/** Reads the newest terms of both kinds and what is announced. */
export async function termsState(context: GraphqlContext): Promise<unknown> {
  const [program, pending] = await Promise.all([
    context.programs.newest(context.program.id),
    context.changes.pending(context.program),
  ]);
  return {
    ruleSet: program?.ruleSets.at(-1) ?? null,
    buyback: program?.buybackTerms.at(-1) ?? null,
    pending: bare(pending),
  };
}

/** Reads the reserve. */
export const reserveState = async ({ rounds, program }: GraphqlContext): Promise<unknown> =>
  bare(await rounds.reserve(program));

/** Reads the round that was opened last. */
export const roundState = async ({ rounds, program }: GraphqlContext): Promise<unknown> =>
  bare(await rounds.current(program));

/** Reads the accounts of two members, and the merge of the first one: not their ids, which can be erased everywhere else. */
export async function mergeState(
  { members, program }: GraphqlContext,
  { fromMemberId, intoMemberId }: { readonly fromMemberId: string; readonly intoMemberId: string },
): Promise<unknown> {
  const [from, into] = await Promise.all([
    members.find(program, fromMemberId),
    members.find(program, intoMemberId),
  ]);
  const merge = from === null ? null : mergeOf(from);
  return {
    from: from?.account ?? null,
    into: into?.account ?? null,
    mergedFromEpoch: merge?.fromEpoch ?? null,
  };
}

/** Reads which account signs for the operator. */
export const operatorState = async ({ views, program }: GraphqlContext): Promise<unknown> => ({
  operator: await views.operator(program),
});

/** Reads an API key, without its hash. */
export async function keyState(
  { keyManager, organisationId, caller }: GraphqlContext,
  id: string,
): Promise<unknown> {
  const home = { organisationId, environment: caller?.environment ?? 'test' };
  const found = await keyManager.find(home, id);
  // When it was used last is another log's.
  return found === null ? null : { ...found, hash: undefined, lastUsedAtMs: undefined };
}
