import { rootOfProof, type ActionProof } from '../../actionProof.ts';
import type { Hex } from '../../statement.ts';
import type { ProgramFacts } from '../facts/facts.ts';
import { epochAt } from '../settings/settingsRead.ts';

/** Whether an entry stood in the anchored log of a program. */
export interface ProofVerdict {
  readonly epoch: number;
  /** The root that the entry leads to, and that of the anchor; null where the log was not anchored. */
  readonly root: Hex;
  readonly anchored: Hex | null;
  /** What is wrong, in one sentence; null when nothing is. */
  readonly problem: string | null;
  readonly ok: boolean;
}

const MS = 1_000;

/**
 * Judges a proof by the anchors that were verified. An entry that was changed leads to another root, and so does one
 * that was put in or left out.
 *
 * @example judgeProof(proofIn(text), (await verify(request)).facts).ok
 */
export function judgeProof(
  proof: ActionProof,
  { settings, anchors }: Pick<ProgramFacts, 'settings' | 'anchors'>,
): ProofVerdict {
  const { epoch, entry } = proof;
  const root = rootOfProof(proof);
  const anchored = anchors.find((anchor) => anchor.epoch === epoch)?.root ?? null;
  const recordedIn = epochAt(settings, entry.recordedAtMs / MS);
  let problem: string | null = null;
  if (entry.contract.toLowerCase() !== settings.program) {
    problem = `The entry is of the program ${entry.contract}.`;
  } else if (recordedIn !== epoch) {
    problem = `The entry was recorded in epoch ${recordedIn}.`;
  } else if (anchored === null) {
    problem = 'The log of that epoch was not anchored: nothing can be proven of it.';
  } else if (anchored !== root) {
    problem = `The entry did not stand in the log as it says: it leads to ${root}, and ${anchored} was anchored.`;
  }
  return { epoch, root, anchored, problem, ok: problem === null };
}

/** The verdict on a proof for people. */
export function proofText({ epoch, root, problem }: ProofVerdict): string {
  return problem === null
    ? `ok   The entry stood in the log of epoch ${epoch} that was anchored: ${root}.`
    : `FAIL The entry of the log of epoch ${epoch}: ${problem}`;
}
