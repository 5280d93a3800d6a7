/** Gives a program one of everything that has a name. */
import { inputTypeOf, sampleInput } from '../sampleInput.ts';
import {
  finalAnswer,
  until,
  type Answer,
  type KeyedProgram,
  type TestService,
} from '../service.ts';
import { fieldsOf } from './selections.ts';

/** Asks the API as somebody. */
export type AskAs = (query: string, variables?: object) => Promise<Answer>;

/** Names of what was made. */
export interface Filled {
  readonly memberId: string;
  readonly eventId: string;
  /** In other texts of it. */
  readonly texts: readonly string[];
  readonly transactionId: string;
  /** Session of the member. */
  readonly token: string;
  readonly memberSessionId: string;
  readonly ticket: string;
  readonly signingRequestId: string;
  readonly invitationId: string;
  readonly apiKey: string;
  readonly apiKeyId: string;
  readonly webhookEndpointId: string;
  readonly webhookDeliveryId: string;
  /** What signs webhooks. */
  readonly webhookSecret: string;
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** Of a change that is in force at once, and of one that takes its notice. */
const TERMS = [
  { buyback: { pricePerPoint: '0.02', budgetPerRound: '0', minTender: '1' } },
  {
    ruleSet: {
      rules: [
        { ruleId: 1, name: 'purchase', text: '1 point a dollar', perMillionUnits: '10000' },
        { ruleId: 2, name: 'visit', text: '2 points a visit', perAction: '1' },
      ],
    },
  },
];
/** Three programs are filled at a time, by one worker. */
const PATIENCE_MS = 300_000;
const FIVE_DAYS_MS = 5 * 86_400_000;

/** Key under which a mutation is called. */
export const keyFor = (tag: string, mutation: string): string => `${tag}-key-${mutation}`;

/** Calls a mutation and gives its payload, once its transaction is through. */
async function did(
  ask: AskAs,
  name: string,
  input: object,
  selection: string,
): Promise<Record<string, unknown>> {
  const payload = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
  const isSent = fieldsOf(payload).some(({ name: field }) => field === 'transaction');
  const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
    ${selection} ${isSent ? 'transaction { id status }' : ''} userErrors { field code message } } }`;
  const { data, errors } = await finalAnswer(() => ask(query, { input }));
  const result = data?.[name] as
    (Record<string, unknown> & { readonly userErrors: unknown[] }) | undefined;
  if (result === undefined || result.userErrors.length > 0) {
    throw new Error(`${name}: ${JSON.stringify(errors ?? result)}`);
  }
  return result;
}

const idIn = (payload: Record<string, unknown>, field: string): string =>
  (payload[field] as { id: string }).id;

type Act = (name: string, input: object, selection?: string) => Promise<Record<string, unknown>>;

const actAs =
  (ask: AskAs, tag: string): Act =>
  (name, input, selection = '') => {
    const key = 'idempotencyKey' in sampleInput(name) ? { idempotencyKey: keyFor(tag, name) } : {};
    return did(ask, name, { ...key, ...input }, selection);
  };

/** A member with points, and an action that was voided. */
async function fillMember(
  ask: AskAs,
  act: Act,
  args: { readonly tag: string; readonly memberId: string; readonly startsAtMs: number },
): Promise<void> {
  const { tag, memberId, startsAtMs } = args;
  const occurredAt = new Date(startsAtMs).toISOString();
  const maturesAt = new Date(startsAtMs + FIVE_DAYS_MS).toISOString();
  const action = { memberId, rule: 'visit', count: 50, occurredAt };
  const voided = { memberId, eventId: `${tag}-void` };
  const held = { memberId, eventId: `${tag}-held` };
  await act('actionsRecord', {
    actions: [
      { ...action, eventId: `${tag}-event` },
      { ...action, ...voided, maturesAt },
      { ...action, ...held, maturesAt },
    ],
  });
  await act('actionsVoid', { actions: [voided] });
  await act('actionsHold', { actions: [held] });
  await act('dropsCollect', { memberId });
  await until(
    'the points are settled',
    async () => {
      const query = 'query ($memberId: String) { member(memberId: $memberId) { settled } }';
      const { data } = await ask(query, { memberId });
      return (data?.['member'] as { settled: string } | null)?.settled === '100.00';
    },
    PATIENCE_MS,
  );
}

/**
 * Fills a program.
 *
 * @param args.tag In all names.
 * @param args.items How many items, orders and changes, 1 or 2.
 * @param args.asOwner Asks as the owner of its organisation.
 */
export async function fill(
  service: TestService,
  { program, key }: KeyedProgram,
  args: { readonly tag: string; readonly items: number; readonly asOwner: AskAs },
): Promise<Filled> {
  const { tag, items, asOwner } = args;
  const memberId = `${tag}-member`;
  const ask: AskAs = (query, variables) => service.ask(key, query, variables);
  const act = actAs(ask, tag);
  await fillMember(ask, act, { tag, memberId, startsAtMs: program.startsAtMs });
  let transactionId = '';
  for (let item = 1; item <= items; item += 1) {
    const more = item === items ? {} : { idempotencyKey: `${tag}-${item}` };
    const added = await act('itemAdd', { price: '1', text: 'A cup', ...more });
    transactionId = idIn(added, 'transaction');
    await act('itemRedeem', { memberId, item, maxPrice: '1', ...more });
  }
  await act('orderNoteSet', { order: items, note: `${tag}-note` });
  for (const terms of TERMS.slice(0, items)) {
    const more = terms === TERMS[items - 1] ? {} : { idempotencyKey: `${tag}-better` };
    await act('changeAnnounce', { terms, ...more });
  }
  await act('documentPut', { text: `# ${tag}-document` });
  await act('termsDraftSave', {
    ...{ target: 'BUYBACK', terms: JSON.stringify(TERMS[0]), revision: 0 },
    note: `${tag}-draft`,
  });
  const shown = { icon: '☕', label: { en: `${tag}-label` } };
  await act('programLookSet', {
    ...{ logo: PIXEL, origins: [`https://${tag}.example`], colors: { accent: '#08766a' } },
    ...{ pointName: { en: `${tag}-points` }, rules: [{ ruleId: 2, ...shown }] },
    items: [{ item: items, ...shown }],
  });
  const session = await act('memberSessionCreate', { memberId }, 'token session { id }');
  const { ticket } = await act('walletLinkTicketCreate', { memberId }, 'ticket');
  const { address } = await service.openWallet();
  await act('operatorOffer', { operator: address });
  const toSign = await act('operatorAccept', { account: address }, 'toSign { id }');
  const hook = { url: `http://127.0.0.1:9/${tag}-hooks`, description: `${tag}-hooks` };
  const listening = await act('webhookEndpointCreate', hook, 'secret endpoint { id }');
  const webhookEndpointId = idIn(listening, 'endpoint');
  const tested = await act('webhookTest', { id: webhookEndpointId }, 'delivery { id }');
  const actAsOwner = actAs(asOwner, tag);
  const guest = { email: `${tag}-guest@walk.example`, role: 'VIEWER' };
  const invited = await actAsOwner('invitationCreate', guest, 'invitation { id }');
  const till = { name: `${tag}-till`, scopes: ['PROGRAM_READ'] };
  const made = await actAsOwner('apiKeyCreate', till, 'key apiKey { id }');
  return {
    ...{ memberId, eventId: `${tag}-event`, transactionId },
    texts: [hook.description, `${tag}-void`, `${tag}-note`, guest.email, till.name],
    token: String(session['token']),
    memberSessionId: idIn(session, 'session'),
    ticket: String(ticket),
    signingRequestId: idIn(toSign, 'toSign'),
    invitationId: idIn(invited, 'invitation'),
    apiKey: String(made['key']),
    apiKeyId: idIn(made, 'apiKey'),
    webhookEndpointId,
    webhookDeliveryId: idIn(tested, 'delivery'),
    webhookSecret: String(listening['secret']),
  };
}
