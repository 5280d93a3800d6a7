import { UserError, refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { checkDraft, type DraftTarget, type TermsDraft } from '../../domain/terms/termsDraft.ts';
import type { TermsDraftStore } from '../../ports/stores/terms.ts';

/** What is saved as a draft. */
export interface DraftToSave extends Pick<TermsDraft, 'target' | 'terms' | 'note' | 'savedBy'> {
  /** Revision that it takes the place of; 0 for a first one. */
  readonly revision: number;
}

/** Keeps terms that one person prepares and another one announces. Each write names the revision that it saw, so that none is lost. */
export interface TermsDrafts {
  find(program: Pick<Program, 'id'>, target: DraftTarget): Promise<TermsDraft | null>;
  /**
   * Saves a draft in the place of the revision that the caller saw.
   *
   * @param savedIn Names the call: the same one again changes nothing.
   * @throws UserError TOO_LONG, or DRAFT_CHANGED when another revision is there
   */
  save(program: Pick<Program, 'id'>, draft: DraftToSave, savedIn: string): Promise<TermsDraft>;
  /** Deletes the revision that the caller saw, unless there is no draft any more. @throws UserError DRAFT_CHANGED */
  delete(program: Pick<Program, 'id'>, target: DraftTarget, revision: number): Promise<void>;
}

export function createTermsDrafts(deps: {
  readonly termsDrafts: TermsDraftStore;
  readonly wallNowMs: () => number;
}): TermsDrafts {
  const { termsDrafts, wallNowMs } = deps;

  const changed = (revision: number, there: TermsDraft | null): UserError => {
    const what =
      there === null ? 'there is no draft' : `the draft is at revision ${there.revision}`;
    const message = `revision is ${revision}, and ${what}; it must be that of the draft, or 0 where there is none.`;
    return new UserError({ code: 'DRAFT_CHANGED', field: 'revision', message });
  };

  return {
    find: (program, target) => termsDrafts.find(program.id, target),
    save: async ({ id: programId }, { revision, ...said }, savedIn) => {
      refuseIfAny(checkDraft(said.terms, said.note));
      const draft = { programId, ...said, savedAtMs: wallNowMs(), savedIn };
      const saved = await termsDrafts.replace(draft, revision);
      if (saved !== null) return saved;
      const there = await termsDrafts.find(programId, said.target);
      if (there?.savedIn === savedIn) return there;
      throw changed(revision, there);
    },
    delete: async ({ id: programId }, target, revision) => {
      if (await termsDrafts.delete({ programId, target, revision })) return;
      const there = await termsDrafts.find(programId, target);
      if (there !== null) throw changed(revision, there);
    },
  };
}
