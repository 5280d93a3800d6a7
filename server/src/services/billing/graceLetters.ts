import {
  GRACE_PERIOD_MS,
  graceUntilMs,
  letterDue,
  type BillingAccount,
  type GraceLetter,
} from '../../domain/billing/subscription.ts';
import { eachInTurn } from './eachInTurn.ts';
import type { OwnerLetters } from './ownerLetters.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';

/** Tells the owners of an organisation by letter that recording is going to stop, and when. */
export interface GraceLetters {
  /** Sends the letters that are due. One that a process dies over is sent twice rather than never. @returns how many */
  send(): Promise<number>;
}

/** Organisations that one step looks at: those whose grace ends first. */
const LOOKED_AT = 1_000;

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
  ownerLetters: OwnerLetters;
  billingUrl: () => string;
  wallNowMs: () => number;
}): GraceLetters {
  const { billingAccounts, ownerLetters, billingUrl, wallNowMs } = deps;

  /** Writes to every owner. @throws what the mail server says, when no owner was reached */
  const write = (account: BillingAccount, kind: GraceLetter): Promise<boolean> =>
    ownerLetters.write(account.organisationId, (name) => ({
      subject:
        kind === 'BEGUN'
          ? `${name}: live recording is not paid for`
          : `${name}: live recording stops in 3 days`,
      text: graceLetterText(kind, {
        ...{ name, url: billingUrl() },
        untilMs: graceUntilMs(account) ?? wallNowMs(),
      }),
    }));

  return {
    send: async () => {
      const afterMs = wallNowMs() - GRACE_PERIOD_MS;
      const inGrace = await billingAccounts.listInGrace(afterMs, LOOKED_AT);
      const due = inGrace.filter(
        (one) => letterDue(one, wallNowMs()) !== null && ownerLetters.mayWrite(one.organisationId),
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
