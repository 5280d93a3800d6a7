import type { Person } from '../../domain/organisations/person.ts';
import type { Membership } from '../../ports/people.ts';
import { runDecided, type Once } from '../transactions/once.ts';
import type { Organisations } from './organisations.ts';
import type { Team } from './team.ts';

/**
 * Lets a person leave an organisation, and gives the id of it. What the person was there is kept before it leaves: a person who
 * repeats the call after a crash in between is in no team any more, and gets the answer of one who was.
 *
 * @param record Writes down what is done, in the log of the organisation.
 * @throws UserError NOT_FOUND, LAST_OWNER, IDEMPOTENCY_KEY_REUSED
 */
export async function leaveTeam(
  {
    once,
    organisations,
    team,
  }: {
    readonly once: Once;
    readonly organisations: Pick<Organisations, 'membershipOf'>;
    readonly team: Pick<Team, 'leave'>;
  },
  person: Person,
  { organisationId, idempotencyKey }: { organisationId: string; idempotencyKey: string },
  record: (left: Membership, leave: () => Promise<void>) => Promise<void>,
): Promise<string> {
  const input = { organisationId };
  await runDecided(
    once,
    { owner: [person.id], kind: 'teamLeave', idempotencyKey, input },
    () => organisations.membershipOf(person, organisationId),
    (left) => record(left, () => team.leave(organisationId, person)),
  );
  return organisationId;
}
