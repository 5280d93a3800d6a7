import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError, UserError, type Refusal } from '../../domain/errors.ts';
import type { Organisation } from '../../domain/organisations/organisation.ts';
import type { Person } from '../../domain/organisations/person.ts';
import type { Role } from '../../domain/organisations/roles.ts';
import { show } from '../../domain/show.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { Mail } from '../../ports/mail.ts';
import { MAX_LISTED, type Invitation, type TeamMember, type Teams } from '../../ports/people.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { idOfEffect, requireOwner } from './organisations.ts';

/** An invitation with the page on which it is accepted. Only the person with its address can. */
export interface LinkedInvitation extends Invitation {
  /** At the address at which people reach the service. */
  readonly url: string;
}

/** What a person is told of an invitation before it is accepted. */
export interface InvitationOffer {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: Role;
  /** Unix milliseconds. */
  readonly expiresAtMs: number;
}

/** The people of an organisation, and those who were asked to join. */
export interface Team {
  /** Lists the people in the order of joining. */
  list(organisationId: string): Promise<TeamMember[]>;
  /** Lists the invitations that are open, oldest first. */
  invitations(organisationId: string): Promise<LinkedInvitation[]>;
  /**
   * Asks a person to join, in place of an earlier invitation of the same address.
   *
   * @param effectId Names the write: doing it again changes nothing.
   * @throws UserError MALFORMED, ALREADY_IN_TEAM, LIMIT_EXCEEDED; ServiceError FORBIDDEN for who is no owner any more
   */
  invite(
    inviter: Person,
    organisationId: string,
    input: { readonly email: string; readonly role: Role },
    effectId: string,
  ): Promise<{ readonly invitation: LinkedInvitation; readonly isMailed: boolean }>;
  /** Finds what an open invitation is for; null for every person but the one whose address was invited. */
  offerTo(person: Person, invitationId: string): Promise<InvitationOffer | null>;
  /** Lets the person join whose address was invited. @throws UserError NOT_FOUND for every other one, LIMIT_EXCEEDED */
  accept(person: Person, invitationId: string): Promise<Organisation>;
  /** Takes an invitation back. @throws UserError NOT_FOUND; ServiceError FORBIDDEN for who is no owner any more */
  cancel(owner: Person, organisationId: string, invitationId: string): Promise<void>;
  /**
   * Sets a role; with that of an owner go the invitations that the person made.
   *
   * @throws UserError NOT_FOUND, LAST_OWNER; ServiceError FORBIDDEN for who is no owner any more
   */
  setRole(owner: Person, organisationId: string, personId: string, role: Role): Promise<TeamMember>;
  /**
   * Takes a person out of the team, with the invitations of its address and those that it made.
   *
   * @throws UserError NOT_FOUND, LAST_OWNER; ServiceError FORBIDDEN for who is no owner any more
   */
  remove(owner: Person, organisationId: string, personId: string): Promise<void>;
  /** Does the same for a person who leaves; one who has left already is let be. @throws UserError LAST_OWNER */
  leave(organisationId: string, person: Pick<Person, 'id'>): Promise<void>;
}

const INVITATION_GOOD_FOR_MS = 7 * 86_400_000;
const MAX_EMAIL_CHARACTERS = 254;
/** Whether there is such an address shows when the letter arrives. */
const EMAIL = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;
const TURN_MS = 10_000;
const PATIENCE_MS = 15_000;
const LOOK_MS = 20;
const BUSY_RETRY_MS = 2_000;

const refuse = (code: Refusal['code'], field: string | null, message: string): UserError =>
  new UserError({ code, field, message });
const noInvitation = (id: string): UserError =>
  refuse('NOT_FOUND', 'id', `There is no open invitation ${show(id)} for you; ask for a new one.`);
const noPerson = (id: string): UserError =>
  refuse('NOT_FOUND', 'personId', `There is no person ${show(id)} in the team.`);
const full = (): UserError =>
  refuse(
    'LIMIT_EXCEEDED',
    null,
    `A team has at most ${MAX_LISTED} people and as many open invitations; take one out first.`,
  );

/** Composes the letter of an invitation. */
function invitationText(
  inviter: Person,
  { role, url }: Pick<LinkedInvitation, 'role' | 'url'>,
  name: string,
): string {
  const paragraphs = [
    `${inviter.name} (${inviter.email}) asks you to join ${name} on Dewpoint as ${role}.`,
    'Sign up or in with this address, and open this link within 7 days:',
    url,
    'If you do not know what this is about, do nothing.',
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

export function createTeam(deps: {
  teams: Teams;
  mail: Mail;
  leases: LeaseStore;
  publicUrl: () => string;
  wallNowMs: () => number;
  onMailFailure: (error: unknown) => void;
}): Team {
  const { teams, mail, leases, publicUrl, wallNowMs, onMailFailure } = deps;

  /** Lets one at a time change who is in a team: two owners who take each other's role would leave none. */
  async function inTurn<Result>(
    organisationId: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const lease = `team:${organisationId}`;
    const holder = uuidV7(wallNowMs());
    const giveUpAtMs = wallNowMs() + PATIENCE_MS;
    while (!(await leases.acquire(lease, holder, TURN_MS))) {
      if (wallNowMs() >= giveUpAtMs) {
        throw new ServiceError({
          code: 'BUSY',
          message: 'The team is being changed elsewhere; repeat the request after "retryAfterMs".',
          retryAfterMs: BUSY_RETRY_MS,
        });
      }
      await delay(Math.random() * LOOK_MS * 2);
    }
    try {
      return await work();
    } finally {
      await leases.release(lease, holder);
    }
  }

  /** Lets an owner change the team, who may have waited for the turn behind the one who took the right away. */
  const asOwner = async <Result>(
    owner: Person,
    organisationId: string,
    what: string,
    work: (team: readonly TeamMember[]) => Promise<Result>,
  ): Promise<Result> =>
    inTurn(organisationId, async () => {
      const team = await teams.team(organisationId);
      const { role = null } = team.find(({ person }) => person.id === owner.id) ?? {};
      requireOwner({ role }, what);
      return work(team);
    });

  const linked = (invitation: Invitation): LinkedInvitation => ({
    ...invitation,
    url: `${publicUrl()}/console/invite/${invitation.id}`,
  });

  async function sendInvitation(inviter: Person, invitation: LinkedInvitation): Promise<boolean> {
    const { name = 'a team' } = (await teams.organisation(invitation.organisationId)) ?? {};
    try {
      await mail.send({
        to: invitation.email,
        subject: `Join ${name} on Dewpoint`,
        text: invitationText(inviter, invitation, name),
      });
      return mail.isReal;
    } catch (error) {
      // The invitation stands, and the one who made it is told to pass the link on.
      onMailFailure(error);
      return false;
    }
  }

  /** Finds a person in a team whose place is to be lost; null when it is not in it. @throws UserError LAST_OWNER */
  async function replaceable(
    organisationId: string,
    personId: string,
    field: 'personId' | 'organisationId',
  ): Promise<TeamMember | null> {
    const team = await teams.team(organisationId);
    const found = team.find(({ person }) => person.id === personId);
    const owners = team.filter(({ role }) => role === 'owner');
    if (found?.role === 'owner' && owners.length === 1) {
      throw refuse(
        'LAST_OWNER',
        field,
        'The organisation has no other owner; make another person one first.',
      );
    }
    return found ?? null;
  }

  /** Finds an open invitation of a person; null for one of another address, as for none. */
  async function invitationTo(person: Person, id: string): Promise<Invitation | null> {
    const invitation = await teams.invitation(id);
    const isTheirs =
      invitation !== null &&
      invitation.expiresAtMs > wallNowMs() &&
      person.isEmailVerified &&
      invitation.email === person.email;
    return isTheirs ? invitation : null;
  }

  /** Takes back those of a person who may ask nobody to join any more: as an owner under another address it would be back. */
  async function takeBackInvitations(organisationId: string, person: Person): Promise<void> {
    for (const { id, email, inviterId } of await teams.invitations(organisationId)) {
      if (inviterId === person.id || email === person.email) {
        await teams.endInvitation(id, 'canceled');
      }
    }
  }

  async function takeOut(organisationId: string, { person }: TeamMember): Promise<void> {
    await takeBackInvitations(organisationId, person);
    await teams.leave(organisationId, person.id);
  }

  return {
    list: (organisationId) => teams.team(organisationId),
    invitations: async (organisationId) => (await teams.invitations(organisationId)).map(linked),
    invite: async (inviter, organisationId, input, effectId) => {
      const email = input.email.toLowerCase();
      if (email.length > MAX_EMAIL_CHARACTERS || !EMAIL.test(email)) {
        throw refuse(
          'MALFORMED',
          'email',
          `email is ${show(input.email)}; it must be an address such as mei@shop.example, of at most ${MAX_EMAIL_CHARACTERS} characters.`,
        );
      }
      const id = idOfEffect('invitation', effectId);
      const invitation = await asOwner(
        inviter,
        organisationId,
        'invitationCreate',
        async (team) => {
          if (team.some(({ person }) => person.email === email)) {
            throw refuse('ALREADY_IN_TEAM', 'email', `${show(email)} is in the team already.`);
          }
          const open = await teams.invitations(organisationId);
          const others = open.filter((one) => one.id !== id);
          const earlier = others.filter((one) => one.email === email);
          if (others.length - earlier.length >= MAX_LISTED) throw full();
          for (const one of earlier) await teams.endInvitation(one.id, 'canceled');
          const createdAtMs = wallNowMs();
          const made: Invitation = {
            ...{ id, organisationId, email, role: input.role, inviterId: inviter.id, createdAtMs },
            expiresAtMs: createdAtMs + INVITATION_GOOD_FOR_MS,
          };
          await teams.invite(made);
          return linked(made);
        },
      );
      return { invitation, isMailed: await sendInvitation(inviter, invitation) };
    },
    offerTo: async (person, invitationId) => {
      const invitation = await invitationTo(person, invitationId);
      if (invitation === null) return null;
      const { organisationId, role, expiresAtMs } = invitation;
      const organisation = await teams.organisation(organisationId);
      if (organisation === null) return null;
      return { organisationId, organisationName: organisation.name, role, expiresAtMs };
    },
    accept: async (person, invitationId) => {
      const invitation = await invitationTo(person, invitationId);
      if (invitation === null) throw noInvitation(invitationId);
      const { organisationId, role } = invitation;
      return inTurn(organisationId, async () => {
        const team = await teams.team(organisationId);
        const isIn = team.some((one) => one.person.id === person.id);
        if (!isIn && team.length >= MAX_LISTED) throw full();
        const organisation = await teams.organisation(organisationId);
        if (organisation === null) throw noInvitation(invitationId);
        // Joined first: a process that dies in between leaves an invitation that can be accepted once more.
        await teams.join(organisationId, person.id, role);
        if (await teams.endInvitation(invitationId, 'accepted')) return organisation;
        // Taken back at the same time.
        if (!isIn) await teams.leave(organisationId, person.id);
        throw noInvitation(invitationId);
      });
    },
    cancel: (owner, organisationId, invitationId) =>
      asOwner(owner, organisationId, 'invitationCancel', async () => {
        const invitation = await teams.invitation(invitationId);
        const isTheirs = invitation?.organisationId === organisationId;
        if (isTheirs && (await teams.endInvitation(invitationId, 'canceled'))) return;
        throw refuse(
          'NOT_FOUND',
          'id',
          `There is no open invitation ${show(invitationId)} of this organisation.`,
        );
      }),
    setRole: (owner, organisationId, personId, role) =>
      asOwner(owner, organisationId, 'teamRoleSet', async (team) => {
        const found = team.find(({ person }) => person.id === personId);
        if (found === undefined) throw noPerson(personId);
        if (role !== 'owner') {
          await replaceable(organisationId, personId, 'personId');
          await takeBackInvitations(organisationId, found.person);
        }
        await teams.setRole(organisationId, personId, role);
        return { ...found, role };
      }),
    remove: (owner, organisationId, personId) =>
      asOwner(owner, organisationId, 'teamMemberRemove', async () => {
        const found = await replaceable(organisationId, personId, 'personId');
        if (found === null) throw noPerson(personId);
        await takeOut(organisationId, found);
      }),
    leave: (organisationId, { id }) =>
      inTurn(organisationId, async () => {
        const found = await replaceable(organisationId, id, 'organisationId');
        if (found !== null) await takeOut(organisationId, found);
      }),
  };
}
