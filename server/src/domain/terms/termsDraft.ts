/** Terms that people prepare, and that nobody has announced: a draft binds nobody. */
import { utf8Bytes } from '../bounds.ts';
import { checkText, MAX_REASON_CHARACTERS } from '../ids.ts';
import type { Refusal } from '../errors.ts';

/** What a draft is for: there is at most one of each for a program. */
export type DraftTarget = 'RULES' | 'BUYBACK';

/** A draft of new terms. */
export interface TermsDraft {
  readonly programId: string;
  readonly target: DraftTarget;
  /** JSON of the terms, in the shape in which they would be announced. */
  readonly terms: string;
  /** What to say to who announces it; null for nothing. */
  readonly note: string | null;
  /** Counts the times that one was saved, from 1: no revision comes again. */
  readonly revision: number;
  /** Name of who saved it last: a person, or a key. */
  readonly savedBy: string;
  /** Unix milliseconds of the clock on the wall. */
  readonly savedAtMs: number;
  /** Names the call that saved it: the same one again, after a crash, finds its own. */
  readonly savedIn: string;
}

/** Most bytes of UTF-8 of the terms of a draft: 32 rules with all their words take less. */
export const MAX_DRAFT_BYTES = 65_536;

/** Refuses what can't be a draft, whatever it says. */
export function checkDraft(terms: string, note: string | null): Refusal[] {
  const bytes = utf8Bytes(terms);
  const tooLong: Refusal[] =
    bytes <= MAX_DRAFT_BYTES
      ? []
      : [
          {
            code: 'TOO_LONG',
            field: 'terms',
            message: `terms has ${bytes} bytes; it must be at most ${MAX_DRAFT_BYTES}.`,
          },
        ];
  const badNote = checkText('note', note, MAX_REASON_CHARACTERS);
  return [...tooLong, ...(badNote === null ? [] : [badNote])];
}
