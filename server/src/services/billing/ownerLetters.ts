import type { Mail } from '../../ports/mail.ts';
import type { Teams } from '../../ports/people.ts';

/** What a letter says. */
export interface LetterText {
  readonly subject: string;
  readonly text: string;
}

/** Writes to all owners of an organisation. */
export interface OwnerLetters {
  /** Tells whether an organisation is to be written to: not soon after a letter that no owner got. */
  mayWrite(organisationId: string): boolean;
  /** @param compose Writes the letter, with the name of the organisation. @returns whether there are owners. @throws what the mail server says, when no owner was reached */
  write(organisationId: string, compose: (name: string) => LetterText): Promise<boolean>;
}

/** After a letter that no owner got: a mail server is not asked at every step. */
const RETRY_AFTER_MS = 15 * 60_000;

export function createOwnerLetters(deps: {
  teams: Pick<Teams, 'team' | 'organisation'>;
  mail: Mail;
  wallNowMs: () => number;
}): OwnerLetters {
  const { teams, mail, wallNowMs } = deps;
  const retryFromMs = new Map<string, number>();
  return {
    mayWrite: (organisationId) => wallNowMs() >= (retryFromMs.get(organisationId) ?? 0),
    write: async (organisationId, compose) => {
      const [organisation, team] = await Promise.all([
        teams.organisation(organisationId),
        teams.team(organisationId),
      ]);
      const { subject, text } = compose(organisation?.name ?? organisationId);
      const owners = team.filter(({ role }) => role === 'owner');
      if (owners.length === 0) {
        retryFromMs.set(organisationId, wallNowMs() + RETRY_AFTER_MS);
        return false;
      }
      const sent = await Promise.allSettled(
        owners.map(({ person }) => mail.send({ to: person.email, subject, text })),
      );
      const failed = sent.filter((one) => one.status === 'rejected');
      // One owner who was reached is enough: all of them would get the letter again and again for the sake of another one.
      if (failed.length === 0 || failed.length < sent.length) return true;
      retryFromMs.set(organisationId, wallNowMs() + RETRY_AFTER_MS);
      throw failed[0]?.reason;
    },
  };
}
