import { requireTwoFactor } from '../../services/organisations/organisations.ts';
import type { GraphqlContext } from '../core/context.ts';

/**
 * Refuses a change of the team to an owner without an authenticator app where a program is live: it could let another account in to do
 * what it may not do itself.
 *
 * @throws ServiceError TWO_FACTOR_REQUIRED
 */
export async function requireTwoFactorForTeam(
  context: Pick<GraphqlContext, 'caller' | 'organisationId' | 'programs'>,
): Promise<void> {
  const { caller, organisationId, programs } = context;
  if (caller?.kind !== 'PERSON' || caller.person.hasTwoFactor) return;
  if (await programs.hasLive(organisationId)) requireTwoFactor(caller);
}
