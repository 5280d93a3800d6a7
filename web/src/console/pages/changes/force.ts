import { epochBegins } from '../../terms/epochs.ts';
import { datesOfRound } from '../buyback/data/roundDates.ts';
import type { ChangeOfProgram, DeskChange } from './queries.ts';

/** Whether terms that were enacted are in force. */
export interface Force {
  /** When they come or came into force, ISO; null where that is not known, or others hold instead. */
  readonly at: string | null;
  readonly isYet: boolean;
}

type Terms = Pick<ChangeOfProgram, 'clock' | 'settings' | 'ruleSets' | 'buybackTerms'>;

/** When the terms that a change became are in force: its enactment alone does not put them there. */
export function forceOf(
  { clock, settings, ruleSets, buybackTerms }: Terms,
  { target, becameVersion }: Pick<DeskChange, 'target' | 'becameVersion'>,
): Force {
  if (becameVersion === null) return { at: null, isYet: false };
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
  // Only the newest versions are asked for: what is older than all of them was in force.
  if (own === undefined) return { at: null, isYet: newer.length > 0 };
  // Of terms for the same round the newest hold, so the others never do.
  if (newer.some(({ at }) => at <= own.at)) return { at: null, isYet: false };
  return { at: own.at, isYet: Date.parse(own.at) <= Date.parse(clock.now) };
}
