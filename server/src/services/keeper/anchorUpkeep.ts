import { ANCHOR_AFTER_MS } from '../../domain/actions/anchoredEntry.ts';
import { epochAt, epochStartMs } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { AnchorStore } from '../../ports/stores/actions.ts';
import type { AnchoredLogs } from '../actions/anchoredLogs.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Upkeep } from './upkeeps.ts';

/**
 * Finds the anchor that is due: the log of the epoch before, once nothing is on its way into it any more. An epoch that passes
 * without it stays a gap for ever, for all to see; that is told once.
 */
export type AnchorUpkeep = (
  program: Program,
  nowMs: number,
  isWaiting: (name: string) => boolean,
) => Promise<Upkeep[]>;

/** Epochs of which a gap is told after a long time without a worker; the verifier shows all of them. */
const LOOK_BACK = 100;

export function createAnchorUpkeep(deps: {
  anchoredLogs: Pick<AnchoredLogs, 'logOf'>;
  anchors: AnchorStore;
  signer: Pick<Signer, 'signAnchor'>;
  calls: Pick<ProgramCalls, 'anchorLog'>;
  logger: Pick<Logger, 'warn'>;
}): AnchorUpkeep {
  const { anchoredLogs, anchors, signer, calls, logger } = deps;
  /** Epochs below this are judged, by program. A restart judges the newest once more. */
  const judgedBelow = new Map<string, number>();

  /** Tells of epochs that can't be anchored any more. @param due The one that still can. */
  const tellGaps = async ({ id: programId }: Program, due: number): Promise<void> => {
    const from = Math.max(0, judgedBelow.get(programId) ?? due - 1, due - LOOK_BACK);
    const missing: number[] = [];
    for (let epoch = from; epoch < due; epoch += 1) {
      if ((await anchors.find(programId, epoch)) === null) missing.push(epoch);
    }
    judgedBelow.set(programId, due);
    if (missing.length === 0) return;
    logger.warn(
      { programId, epochs: missing },
      'the log of these epochs was not anchored in time and never can be: "npm run verify" shows a gap there',
    );
  };

  return async (program, nowMs, isWaiting) => {
    const epoch = epochAt(program, nowMs) - 1;
    await tellGaps(program, epoch);
    if (epoch < 0 || nowMs < epochStartMs(program, epoch + 1) + ANCHOR_AFTER_MS) return [];
    const name = `anchor:${epoch}`;
    if (isWaiting(name) || (await anchors.find(program.id, epoch)) !== null) return [];
    const log = await anchoredLogs.logOf(program, epoch);
    if (log === null) return []; // the next look goes on with it
    const { root, count } = log;
    const { chainId, address: points, recorderLabel } = program;
    const signature = await signer.signAnchor(recorderLabel, {
      ...{ chainId, points, epoch, root, count },
    });
    const call = calls.anchorLog(program, { epoch, root, count, signature });
    return [{ name, kind: 'logAnchor', call, endsAtMs: epochStartMs(program, epoch + 2) }];
  };
}
