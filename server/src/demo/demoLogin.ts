/** The login of the owner of the demo's organisation, for a service that is on its owner's machine alone. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Foundations } from '../composition/composeServices.ts';
import type { Config } from '../config/config.ts';
import type { People, Teams } from '../ports/people.ts';
import { DEMO_ORGANISATION } from './demoProgram.ts';
import { keptKeyIn } from './keptKey.ts';

/** What the owner signs in with. */
export interface DemoLogin {
  readonly email: string;
  readonly password: string;
}

const OWNER = {
  id: 'person_0000000000000000',
  name: 'Demo owner',
  email: 'owner@dewdrop.example',
} as const;
const ORGANISATION = { id: DEMO_ORGANISATION, name: 'Dewdrop Café', slug: 'dewdrop-cafe' } as const;
/** Nobody has to remember it. */
const PASSWORD_BYTES = 12;

/**
 * Makes the organisation of the demo, and its owner, where they are missing. Every start, and several at once, comes to the same
 * login, whose password is kept in a file that its owner alone may read.
 *
 * @returns null, with nothing made, where anybody else could be served: on a chain that is not local, or beside a live one
 */
export async function prepareLogin(
  { stateDir }: Pick<Config, 'stateDir'>,
  { test, live }: Pick<Foundations, 'test' | 'live'>,
  { people, teams }: { people: Pick<People, 'ensure'>; teams: Teams },
): Promise<DemoLogin | null> {
  if (!test.chain.local || live !== null) return null;
  const made = randomBytes(PASSWORD_BYTES).toString('base64url');
  const password = await keptKeyIn(join(stateDir, 'demo-password')).ensure(made);
  const { id } = await people.ensure(OWNER, password);
  if (!(await teams.createOrganisation(ORGANISATION, test.wallNowMs()))) {
    throw new Error(`Another organisation than the demo's has the slug ${ORGANISATION.slug}.`);
  }
  await teams.join(ORGANISATION.id, id, 'owner');
  return { email: OWNER.email, password };
}
