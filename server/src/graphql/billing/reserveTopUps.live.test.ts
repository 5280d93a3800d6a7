/** A top-up by card through the whole service: the API, Stripe's messages, the worker, the live chain. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../core/globalId.ts';
import { mintLocalMoney } from '../../chain/local/localMoney.ts';
import type { Program } from '../../domain/program.ts';
import { BUYING, createProgramOn, tokenOn } from '../../testing/builders/program.ts';
import { openProgramChain, type ProgramChain } from '../../testing/chain.ts';
import {
  standInTopUpVariables,
  standInVariables,
  startStripeStandIn,
  type StripeStandIn,
} from '../../testing/payments/stripeStandIn.ts';
import { openMailbox, type Mailbox } from '../../testing/people/mailbox.ts';
import { signedInAs, turnOnTwoFactor, type Browser } from '../../testing/people/people.ts';
import { startService, until, type Answer, type TestService } from '../../testing/service.ts';

const TOKEN = 1_000_000n;
const OWNER = 'mei@topping.example';
const FUNDER = '0x000000000000000000000000000000000000dEaD';

let mailbox: Mailbox;
let standIn: StripeStandIn;
let service: TestService;
let owner: Browser;
let organisation: string;
let program: Program;
let chain: ProgramChain;

beforeAll(async () => {
  mailbox = await openMailbox();
  standIn = await startStripeStandIn();
  service = await startService({
    hasLive: true,
    env: async ({ live }) => {
      if (live === null) throw new Error('there is no live chain');
      return {
        SMTP_URL: mailbox.url,
        DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
        DEWPOINT_TRUSTED_PROXIES: '1',
        ...standInVariables(standIn.url),
        ...standInTopUpVariables(await tokenOn(live)),
      };
    },
  });
  owner = await signedInAs(service.url, mailbox, OWNER);
  await turnOnTwoFactor(owner);
  const made = await owner.ask(
    'mutation { organisationCreate(input: { name: "Topping", slug: "topping", idempotencyKey: "o" }) { organisation { id } } }',
  );
  organisation = (made.data as { organisationCreate: { organisation: { id: string } } })
    .organisationCreate.organisation.id;
  const { live } = service.foundation;
  if (live === null) throw new Error('there is no live chain');
  const { id: _, ...created } = await createProgramOn(live, BUYING, organisation);
  program = await service.services.programs.register(created);
  chain = openProgramChain(live.chain, program);
});
afterAll(async () => {
  await service.close();
  await standIn.close();
  await mailbox.close();
});

const ask = (query: string, of: Pick<Program, 'id'> | null = program): Promise<Answer> =>
  owner.ask(
    query,
    {},
    { 'dewpoint-organisation': organisation, ...(of && { 'dewpoint-program': of.id }) },
  );
const TOP_UP = 'id state reason amount chargeMinorUnits currency countsFrom creditedAt debt';
const start = (amount: string): Promise<Answer> =>
  ask(
    `mutation { reserveTopUpStart(input: { amount: "${amount}", idempotencyKey: "${service.key()}" }) {
      url topUp { ${TOP_UP} } userErrors { field code message } } }`,
  );
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly debt: string;
}
const shown = async (): Promise<Shown | undefined> => {
  const { data, errors } = await ask(
    `{ program { reserveTopUps(first: 1) { ${TOP_UP} transactionId } } }`,
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { program: { reserveTopUps: Shown[] } }).program.reserveTopUps[0];
};
const untilState = (state: string, reason: string | null = null): Promise<void> =>
  until(`the top-up is ${state}`, async () => {
    const now = await shown();
    return now?.state === state && now.reason === reason;
  });

// Real transactions; and a keeper looks for money of a buyback every half minute.
describe('a top-up by card', () => {
  it('goes from the page of the provider into the reserve on chain, and comes back as a debt', async () => {
    const terms = await ask(
      '{ billing { topUps { enabled reason stopped treasury settlementToken currency } } }',
    );
    const { treasury } = (terms.data as { billing: { topUps: { treasury: string } } }).billing
      .topUps;
    expect(terms).toMatchObject({
      data: {
        billing: { topUps: { enabled: true, reason: null, stopped: false, currency: 'EUR' } },
      },
    });
    expect(service.servers[0]?.payments).toContain(treasury);

    expect(await start('25.50')).toMatchObject({
      data: {
        reserveTopUpStart: {
          url: expect.stringMatching(/^https:/) as string,
          topUp: { state: 'STARTED', amount: '25.500000', chargeMinorUnits: '2550' },
          userErrors: [],
        },
      },
    });
    const page = [...standIn.state.sessions.values()].at(-1);
    const payment = standIn.state.pay(page?.id ?? '');
    const tell = async (type: string): Promise<void> => {
      const { id, customer } = payment;
      const about = { object: 'charge', customer, payment_intent: id };
      const { status } = await standIn.deliver(service.url, standIn.event(type, about));
      expect(status).toBe(200);
    };
    await tell('charge.succeeded');
    await untilState('PAID', 'NOT_CLEARED');
    payment.isAvailable = true;
    await tell('charge.updated');
    await untilState('CLEARED', 'TREASURY_EMPTY');

    // The treasury has tokens and no gas: a lane of the relayer sends that first.
    const mint = mintLocalMoney(program)(treasury as Program['address'], 100n * TOKEN);
    await chain.sendAs(FUNDER, mint);
    await tell('charge.updated');
    await untilState('CREDITED');
    await until('the reserve has it', async () => {
      const [reserve] = (await chain.view.buyback('reserve')) as unknown as [bigint];
      return reserve === 25_500_000n;
    });
    expect(await chain.view.money('balanceOf', treasury)).toEqual([74_500_000n]);

    payment.disputes.push('needs_response');
    await tell('charge.dispute.created');
    await untilState('DISPUTED');
    expect(await shown()).toMatchObject({ debt: '25.500000' });
    await mailbox.letter(OWNER, /25\.500000 EUR/);
    expect(await start('1')).toMatchObject({
      data: { reserveTopUpStart: { url: null, userErrors: [{ code: 'TOP_UPS_STOPPED' }] } },
    });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('dewpoint_top_up_debts 1');
    const log = await ask('{ auditLog(first: 10) { edges { node { mutation } } } }', null);
    expect(JSON.stringify(log)).toContain('reserveTopUpStart');
  });

  it('is for owners of its organisation alone', async () => {
    const { live, mine } = service;
    if (live === null) throw new Error('there is no live program');
    const code = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];
    const query = '{ program { reserveTopUps { id } } }';
    for (const key of [live.key, mine.key]) {
      expect(code(await service.ask(key, query))).toBe('FORBIDDEN');
    }
    const mutation =
      'mutation { reserveTopUpStart(input: { amount: "5", idempotencyKey: "k" }) { url } }';
    expect(code(await service.ask(live.key, mutation))).toBe('FORBIDDEN');
    expect(code(await ask(query, live.program))).toBe('FORBIDDEN');
    const other = await owner.ask(
      `{ program(id: "${encodeGlobalId('Program', live.program.id)}") { reserveTopUps { id } } }`,
      {},
      { 'dewpoint-organisation': organisation },
    );
    expect(code(other)).toBe('FORBIDDEN');
  });
});
