import { DewpointError } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import type { RecordingOutcome } from '../lib/metrics.ts';
import type { ChainClock } from '../ports/clock.ts';
import type { HoldingStore } from '../ports/holdings.ts';
import type { ApiKeyRecord } from '../ports/recordingStores.ts';
import type { Drops } from '../services/drops.ts';
import type { Members } from '../services/members.ts';
import type { Programs } from '../services/programs.ts';
import type { Receipt, Receipts } from '../services/receipts.ts';
import type { Recording } from '../services/recording.ts';
import type { Voiding } from '../services/voiding.ts';

/** What the API is a face of. */
export interface GraphqlServices {
  readonly recording: Pick<Recording, 'record'>;
  readonly voiding: Pick<Voiding, 'void'>;
  readonly drops: Pick<Drops, 'collect' | 'dropsOf'>;
  readonly receipts: Pick<Receipts, 'receiptOf'>;
  readonly members: Pick<Members, 'find' | 'findById' | 'balance' | 'history'>;
  readonly programs: Pick<Programs, 'settlementProgress'>;
  readonly holdings: Pick<HoldingStore, 'supply' | 'asOf'>;
  readonly clock: ChainClock;
  readonly metrics: { countActions(outcome: RecordingOutcome, count: number): void };
}

/** One call: whose key, which program, and what it may ask of the services. */
export interface GraphqlContext extends GraphqlServices {
  readonly key: ApiKeyRecord;
  /** The program of the key, the only one that this call can see. */
  readonly program: Program;
  /** The receipt of a member, named by the app's id, for an epoch; signed at most once in a call. */
  receiptFor(externalId: string, epoch: number): Promise<Receipt | null>;
}

/** A signature takes 2 ms of one core, so this keeps a call below about 0.2 s of it. */
export const MAX_RECEIPTS_PER_CALL = 100;

/** Joins a call's key and program to the services. */
export function createContext(
  services: GraphqlServices,
  caller: { readonly key: ApiKeyRecord; readonly program: Program },
): GraphqlContext {
  const { program } = caller;
  const receipts = new Map<string, Promise<Receipt | null>>();

  async function sign(externalId: string, epoch: number): Promise<Receipt | null> {
    const member = await services.members.find(program, externalId);
    return member === null ? null : services.receipts.receiptOf(program, member, epoch);
  }

  return {
    ...services,
    ...caller,
    receiptFor(externalId, epoch) {
      const name = `${epoch}:${externalId}`;
      let receipt = receipts.get(name);
      if (receipt !== undefined) return receipt;
      if (receipts.size >= MAX_RECEIPTS_PER_CALL) {
        throw new DewpointError({
          code: 'LIMIT_EXCEEDED',
          message: `A call may ask for at most ${MAX_RECEIPTS_PER_CALL} receipts; leave "receipt" out and fetch the rest later.`,
          field: 'receipt',
        });
      }
      receipt = sign(externalId, epoch);
      receipts.set(name, receipt);
      return receipt;
    },
  };
}
