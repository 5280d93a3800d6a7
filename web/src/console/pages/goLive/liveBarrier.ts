import type { ConsolePerson, ConsoleRole, OwnOrganisation } from '../../access/workplace.ts';

/** What is in the way of a live program, before anything is typed. */
export type LiveBarrier = 'noChain' | 'notOwner' | 'noTwoFactor';

/** Says what is in the way; null for nothing. What only others can change comes first. */
export function liveBarrier(
  { environments }: Pick<OwnOrganisation, 'environments'>,
  role: ConsoleRole,
  { hasTwoFactor }: Pick<ConsolePerson, 'hasTwoFactor'>,
): LiveBarrier | null {
  if (!environments.some(({ environment }) => environment === 'LIVE')) return 'noChain';
  if (role !== 'OWNER') return 'notOwner';
  return hasTwoFactor ? null : 'noTwoFactor';
}
