import { openBrowser, PASSWORD, type Browser } from '../../people/people.ts';
import type { ParallelCalls } from '../parallelCall.ts';
import type { Owner, ParallelStage } from '../parallelStage.ts';

/** With its `url`, though the service of this test has no address of its own for people, and each server another one. */
const INVITATION = 'invitation { id email role url expiresAt }';

const emailOf = (name: string): string => `${name}@shop.example`;

async function idOf(browser: Browser): Promise<string> {
  const { data } = await browser.ask('{ person { id } }');
  return (data?.['person'] as { id: string }).id;
}

/** Invites a person of this name. @returns the id of the invitation */
async function invite({ act }: ParallelStage, owner: Owner, name: string): Promise<string> {
  const input = { email: emailOf(name), role: 'VIEWER' };
  const made = await act(owner.ask, 'invitationCreate', input, 'invitation { id }');
  return (made['invitation'] as { id: string }).id;
}

/** The people in a team in the order of joining, and who is invited. */
async function teamSeenBy({ ask }: Owner): Promise<{
  readonly ids: readonly string[];
  readonly roles: readonly string[];
  readonly invited: readonly string[];
}> {
  const query = '{ organisation { team { personId role } invitations { email } } }';
  const { team, invitations } = (await ask(0, query, {})).data?.['organisation'] as {
    team: { personId: string; role: string }[];
    invitations: { email: string }[];
  };
  return {
    ids: team.map(({ personId }) => personId),
    roles: team.map(({ role }) => role),
    invited: invitations.map(({ email }) => email),
  };
}

/** An organisation of this name with two people in it besides its owner. @returns their ids and browsers too */
async function teamOf(
  stage: ParallelStage,
  name: string,
): Promise<Owner & { readonly ids: readonly string[]; readonly others: readonly Browser[] }> {
  const owner = await stage.owner(name);
  const [ids, others]: [string[], Browser[]] = [[], []];
  for (const other of [`${name}-a`, `${name}-b`]) {
    const browser = await stage.person(other);
    const id = await invite(stage, owner, other);
    await stage.act(
      stage.asPerson(browser, null),
      'invitationAccept',
      { id },
      'organisation { id }',
    );
    ids.push(await idOf(browser));
    others.push(browser);
  }
  return { ...owner, ids, others };
}

export const ORGANISATION_CALLS: ParallelCalls = {
  organisationCreate: async ({ person, asPerson, count }) => ({
    by: asPerson(await person('founder'), null),
    input: { name: 'Shop', slug: 'founded-shop' },
    selection: 'organisation { id name slug }',
    other: { name: 'Another shop' },
    effect: () => count('organisations', { slug: 'founded-shop' }),
    after: 1,
  }),
  invitationCreate: async (stage) => {
    const owner = await stage.owner('inviting');
    const email = emailOf('invited');
    return {
      ...{ by: owner.ask, input: { email, role: 'VIEWER' } },
      selection: `${INVITATION} isMailed`,
      other: { role: 'MANAGER' },
      effect: async () => [await stage.count('invitations', { email }), stage.letters(email)],
      after: [1, 1],
    };
  },
  invitationAccept: async (stage) => {
    const [owner, another] = [await stage.owner('joined'), await stage.owner('joined-too')];
    const guest = await stage.person('joining');
    return {
      by: stage.asPerson(guest, null),
      input: { id: await invite(stage, owner, 'joining') },
      selection: 'organisation { id name slug }',
      other: { id: await invite(stage, another, 'joining') },
      effect: async () => [
        (await teamSeenBy(owner)).roles,
        await stage.count('invitations', { email: emailOf('joining'), status: 'pending' }),
      ],
      after: [['OWNER', 'VIEWER'], 1],
    };
  },
  invitationCancel: async (stage) => {
    const owner = await stage.owner('canceling');
    const id = await invite(stage, owner, 'canceled');
    return {
      ...{ by: owner.ask, input: { id }, selection: 'id' },
      other: { id: await invite(stage, owner, 'not-canceled') },
      effect: async () => (await teamSeenBy(owner)).invited,
      after: [emailOf('not-canceled')],
    };
  },
  teamRoleSet: async (stage) => {
    const owner = await teamOf(stage, 'roles');
    return {
      ...{ by: owner.ask, input: { personId: owner.ids[0], role: 'MANAGER' } },
      ...{ selection: 'member { personId email role }', other: { personId: owner.ids[1] } },
      effect: async () => (await teamSeenBy(owner)).roles,
      after: ['OWNER', 'MANAGER', 'VIEWER'],
    };
  },
  teamMemberRemove: async (stage) => {
    const owner = await teamOf(stage, 'removing');
    return {
      ...{ by: owner.ask, input: { personId: owner.ids[0] }, selection: 'personId' },
      other: { personId: owner.ids[1] },
      effect: async () => (await teamSeenBy(owner)).ids,
      after: [await idOf(owner.browser), owner.ids[1]],
    };
  },
  teamLeave: async (stage) => {
    const [owner, another] = [await teamOf(stage, 'leaving'), await stage.owner('not-left')];
    const [leaver] = owner.others;
    if (leaver === undefined) throw new Error('nobody is there to leave');
    return {
      by: stage.asPerson(leaver, null),
      input: { organisationId: owner.organisationId },
      selection: 'organisationId',
      other: { organisationId: another.organisationId },
      effect: async () => (await teamSeenBy(owner)).ids,
      after: [await idOf(owner.browser), owner.ids[1]],
    };
  },
  sessionRevoke: async (stage) => {
    const browser = await stage.person('signed-in');
    const ids: string[] = [];
    for (let more = 0; more < 2; more += 1) {
      await openBrowser(stage.service.url).post('/auth/sign-in/email', {
        email: emailOf('signed-in'),
        password: PASSWORD,
      });
    }
    const { data } = await browser.ask('{ person { sessions { id isCurrent } } }');
    const { sessions } = data?.['person'] as { sessions: { id: string; isCurrent: boolean }[] };
    ids.push(...sessions.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id));
    return {
      ...{ by: stage.asPerson(browser, null), input: { id: ids[0] }, selection: 'id' },
      other: { id: ids[1] },
      effect: async () => {
        const seen = await browser.ask('{ person { sessions { id } } }');
        return (seen.data?.['person'] as { sessions: object[] }).sessions.length;
      },
      after: 2,
    };
  },
};
