import { epochBegins } from '../../../terms/epochs.ts';
import { datesOfRound } from '../../buyback/data/roundDates.ts';
import type { ChangeOfProgram, DeskChange } from './queries.ts';

/** How far terms are that were enacted. */
export interface Force {
  /** When they come or came into force, ISO; null where that is not known, or others hold instead. */
  readonly at: string | null;
  readonly is: 'to come' | 'in force' | 'replaced';
}

type Terms = Pick<ChangeOfProgram, 'clock' | 'settings' | 'ruleSets' | 'buybackTerms'>;

/** When the terms that a change became are in force: its enactment alone does not put them there. */
export function forceOf(
  { clock, settings, ruleSets, buybackTerms }: Terms,
  { target, becameVersion }: Pick<DeskChange, 'target' | 'becameVersion'>,
): Force {
  if (becameVersion === null) return { at: null, is: 'to come' };
  const versions =
    target === 'RULES'
      ? ruleSets.edges.map(({ node: { version, fromEpoch } }) => ({
          ...{ version, at: epochBegins(clock, fromEpoch) },
        }))
      : buybackTerms.edges.map(({ node: { version, fromRound } }) => ({
          ...{ version, at: datesOfRound(settings, fromRound).opensAt },
        }));
  const newer = versions.filter(({ version }) => version > becameVersion);
  const own = versions.find(({ version }) => version === becameVersion);
  // Only the newest versions are asked for: what is older than all of them was replaced.
  if (own === undefined) return { at: null, is: newer.length > 0 ? 'replaced' : 'to come' };
  // Of terms for the same round the newest hold, so the others never do.
  if (newer.some(({ at }) => at <= own.at)) return { at: null, is: 'replaced' };
  const now = Date.parse(clock.now);
  if (Date.parse(own.at) > now) return { at: own.at, is: 'to come' };
  const isReplaced = newer.some(({ at }) => Date.parse(at) <= now);
  return { at: own.at, is: isReplaced ? 'replaced' : 'in force' };
}
