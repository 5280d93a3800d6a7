import type { ErrorCode, Refusal } from '../../domain/errors.ts';
import { keptId, MAX_ID_CHARACTERS, MAX_REASON_CHARACTERS } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import type { RejectionSample, Rejections, RejectionStore } from '../../ports/stores/actions.ts';

/** An action that was not recorded. */
export interface NotedRejection {
  /** The app's own ids, as given. */
  readonly memberId: string;
  readonly eventId: string;
  readonly refusal: Refusal;
}

/**
 * Counts actions that were not recorded, with samples, for developers. Noting takes no time of the answer: counts are kept in memory
 * and written a second later, so that a process that dies loses the last ones.
 */
export interface NotedRejections {
  note(programId: string, rejected: readonly NotedRejection[]): void;
  /** Reads the rejections of the last seven days by code, most of them first. */
  ofLastWeek(program: Pick<Program, 'id'>): Promise<Rejections[]>;
  /** Writes what was noted. */
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Today and the six days before. */
const DAYS_BACK = 6;
const WRITE_AFTER_MS = 1_000;
/** As many as are shown. */
const SAMPLES = 5;

type Noted = Map<ErrorCode, { count: number; samples: RejectionSample[] }>;

const sampleOf = (
  { memberId, eventId, refusal }: NotedRejection,
  atMs: number,
): RejectionSample => ({
  // By it, samples are erased with their member.
  memberId: keptId(memberId),
  eventId: eventId.slice(0, MAX_ID_CHARACTERS),
  field: refusal.field,
  message: refusal.message.slice(0, MAX_REASON_CHARACTERS),
  atMs,
});

export function createNotedRejections(deps: {
  rejections: RejectionStore;
  wallNowMs: () => number;
}): NotedRejections {
  const { rejections, wallNowMs } = deps;
  let noted = new Map<string, Noted>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const add = (programId: string, code: ErrorCode, more: Omit<Rejections, 'code'>): void => {
    const ofProgram: Noted = noted.get(programId) ?? new Map<ErrorCode, never>();
    noted.set(programId, ofProgram);
    const known = ofProgram.get(code) ?? { count: 0, samples: [] };
    known.count += more.count;
    known.samples = [...more.samples, ...known.samples].slice(0, SAMPLES);
    ofProgram.set(code, known);
  };

  const write = async (): Promise<void> => {
    const taken = noted;
    noted = new Map();
    const day = Math.floor(wallNowMs() / DAY_MS);
    for (const [programId, byCode] of taken) {
      const added = [...byCode].map(([code, counted]) => ({ code, ...counted }));
      try {
        await rejections.add(programId, day, added);
      } catch {
        // The database is away, as everything else will say: they wait for it with those that come.
        for (const { code, ...counted } of added) add(programId, code, counted);
        schedule();
      }
    }
  };

  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(write);
    }, WRITE_AFTER_MS).unref();
  };

  return {
    note: (programId, rejected) => {
      if (rejected.length === 0) return;
      const atMs = wallNowMs();
      for (const one of rejected) {
        add(programId, one.refusal.code, { count: 1, samples: [sampleOf(one, atMs)] });
      }
      schedule();
    },
    ofLastWeek: async ({ id }) => {
      writing = writing.then(write);
      await writing;
      return rejections.since(id, Math.floor(wallNowMs() / DAY_MS) - DAYS_BACK);
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      writing = writing.then(write);
      await writing;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
