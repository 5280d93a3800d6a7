import { ANCHOR_AFTER_MS } from '../../domain/actions/anchoredEntry.ts';
import { epochAt, epochStartMs } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { AnchorStore } from '../../ports/stores/actions.ts';
import type { AnchoredLogs } from '../actions/anchoredLogs.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Upkeep } from './upkeeps.ts';

/**
 * Finds the anchor that is due: the log of the epoch before, once nothing is on its way into it any more. An epoch that passes
 * without it stays a gap for ever, for all to see.
 */
export type AnchorUpkeep = (
  program: Program,
  nowMs: number,
  isWaiting: (name: string) => boolean,
) => Promise<Upkeep[]>;

export function createAnchorUpkeep(deps: {
  anchoredLogs: Pick<AnchoredLogs, 'logOf'>;
  anchors: AnchorStore;
  signer: Pick<Signer, 'signAnchor'>;
  calls: Pick<ProgramCalls, 'anchorLog'>;
}): AnchorUpkeep {
  const { anchoredLogs, anchors, signer, calls } = deps;
  return async (program, nowMs, isWaiting) => {
    const epoch = epochAt(program, nowMs) - 1;
    if (epoch < 0 || nowMs < epochStartMs(program, epoch + 1) + ANCHOR_AFTER_MS) return [];
    const name = `anchor:${epoch}`;
    if (isWaiting(name) || (await anchors.find(program.id, epoch)) !== null) return [];
    const { root, count } = await anchoredLogs.logOf(program, epoch);
    const { chainId, address: points, recorderLabel } = program;
    const signature = await signer.signAnchor(recorderLabel, {
      ...{ chainId, points, epoch, root, count },
    });
    const call = calls.anchorLog(program, { epoch, root, count, signature });
    return [{ name, kind: 'logAnchor', call }];
  };
}
