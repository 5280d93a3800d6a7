import {
  GRACE_PERIOD_MS,
  graceUntilMs,
  letterDue,
  type BillingAccount,
  type GraceLetter,
} from '../../domain/billing/subscription.ts';
import type { Mail } from '../../ports/mail.ts';
import type { Teams } from '../../ports/people.ts';
import { eachInTurn } from './eachInTurn.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';

/** Tells the owners of an organisation by letter that recording is going to stop, and when. */
export interface GraceLetters {
  /** Sends the letters that are due. One that a process dies over is sent twice rather than never. @returns how many */
  send(): Promise<number>;
}

/** Organisations that one step looks at: those whose grace ends first. */
const LOOKED_AT = 1_000;
/** After a letter that no owner got: a mail server is not asked at every step. */
const RETRY_AFTER_MS = 15 * 60_000;

/** Composes a letter. */
export function graceLetterText(
  kind: GraceLetter,
  { name, untilMs, url }: { readonly name: string; readonly untilMs: number; readonly url: string },
): string {
  const until = new Date(untilMs).toISOString().replace('T', ' ').slice(0, 16);
  const paragraphs = [
    kind === 'BEGUN'
      ? `${name} records live actions on Dewpoint, and they are not paid for: a bill is open, or there is no plan.`
      : `${name} has still not paid for the live actions that it records on Dewpoint.`,
    `If nothing changes, live actions are not recorded any more from ${until} UTC on. Points that were earned, claims, refunds, exports and audits go on in any case, and the test environment stays free.`,
    `An owner pays here: ${url}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

export function createGraceLetters(deps: {
  billingAccounts: BillingAccountStore;
  teams: Pick<Teams, 'team' | 'organisation'>;
  mail: Mail;
  billingUrl: () => string;
  wallNowMs: () => number;
}): GraceLetters {
  const { billingAccounts, teams, mail, billingUrl, wallNowMs } = deps;

  /** When the owners of organisations are written to again, whom no letter has reached. */
  const retryFromMs = new Map<string, number>();

  /** Writes to every owner. @throws what the mail server says, when no owner was reached */
  async function write(account: BillingAccount, kind: GraceLetter): Promise<void> {
    const { organisationId } = account;
    const [organisation, team] = await Promise.all([
      teams.organisation(organisationId),
      teams.team(organisationId),
    ]);
    const name = organisation?.name ?? organisationId;
    const text = graceLetterText(kind, {
      ...{ name, url: billingUrl() },
      untilMs: graceUntilMs(account) ?? wallNowMs(),
    });
    const subject =
      kind === 'BEGUN'
        ? `${name}: live recording is not paid for`
        : `${name}: live recording stops in 3 days`;
    const owners = team.filter(({ role }) => role === 'owner');
    const sent = await Promise.allSettled(
      owners.map(({ person }) => mail.send({ to: person.email, subject, text })),
    );
    const failed = sent.filter((one) => one.status === 'rejected');
    // One owner who was reached is enough: all of them would get the letter again and again for the sake of another one.
    if (failed.length === 0 || failed.length < sent.length) return;
    retryFromMs.set(organisationId, wallNowMs() + RETRY_AFTER_MS);
    throw failed[0]?.reason;
  }

  return {
    send: async () => {
      const afterMs = wallNowMs() - GRACE_PERIOD_MS;
      const inGrace = await billingAccounts.listInGrace(afterMs, LOOKED_AT);
      const due = inGrace.filter(
        (one) =>
          letterDue(one, wallNowMs()) !== null &&
          wallNowMs() >= (retryFromMs.get(one.organisationId) ?? 0),
      );
      return eachInTurn(due, async ({ organisationId }) => {
        const { account, version } = await billingAccounts.read(organisationId);
        const kind = letterDue(account, wallNowMs());
        if (kind === null) return;
        await write(account, kind);
        // A payment that is saved meanwhile ends the grace, and needs no note of its letters.
        await billingAccounts.save({ ...account, letters: [...account.letters, kind] }, version);
      });
    },
  };
}
