import type { Address } from '@dewpoint/contracts/statement.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { createTenant, resultOf, type Reached } from './tenant.ts';
import type { KnownValues } from './values.ts';

/** Another tenant of the service, of which nobody else may see or change anything. */
export interface Neighbour {
  readonly address: Address;
  /** Its ids and names, for requests to ask for. */
  readonly known: KnownValues;
  /** What is in no answer to anybody else who has not sent it. Something of all that `known` names is in no `known`. */
  readonly secrets: readonly string[];
  /** Everything of it that a request could change. */
  state(): Promise<unknown>;
  /** Works on, as if nothing were; fails when it can not. */
  goOn(): Promise<void>;
}

const SLUG = 'neighbour-5e1f';
const MEMBER = 'neighbours-member-5e1f';
const EVENT = 'neighbours-event-5e1f';
const INVITED = 'invited-5e1f@neighbour.example';

const RECORD = `mutation { actionsRecord(input: { actions: [
  { memberId: "${MEMBER}", eventId: "${EVENT}", rule: "walk", occurredAt: "2026-01-01T00:00:00Z" }
] }) { results { status } userErrors { code } } }`;
const ITEM = `mutation { itemAdd(input: { price: "1", text: "A cup", idempotencyKey: "neighbours-item-5e1f" }) {
  transaction { id } userErrors { code } } }`;
const SESSION = `mutation { memberSessionCreate(input: { memberId: "${MEMBER}", idempotencyKey: "neighbours-session-5e1f" }) {
  token session { id } userErrors { code } } }`;
const INVITE = `mutation { invitationCreate(input: { email: "${INVITED}", role: VIEWER, idempotencyKey: "neighbours-invitation-5e1f" }) {
  invitation { id } userErrors { code } } }`;
const STATE = `{
  organisation { id slug name team { personId email role } invitations { id email role } }
  person { id sessions { id } }
  apiKeys(first: 5) { edges { node { id name scopes revokedAt expiresAt } } }
  auditLog(first: 5) { edges { node { seq mutation } } }
  program { id name origins look { pointName { en } } supply { issued burned } reserve { total }
    settlement { open } operatorAccount { address }
    actions(first: 5) { edges { node { eventId state voidedAt } } }
    members(first: 5) { edges { node { id memberId account ownAccount balance { settled pending locked } } } }
    items(first: 5) { edges { node { id text price stock } } }
    orders(first: 5) { edges { node { id } } } changes(first: 5) { edges { node { id } } } }
}`;

interface State {
  readonly organisation: { readonly id: string; readonly invitations: readonly { id: string }[] };
  readonly person: { readonly id: string; readonly sessions: readonly { id: string }[] };
  readonly apiKeys: { readonly edges: readonly { node: { id: string } }[] };
  readonly program: {
    readonly members: { readonly edges: readonly { node: { id: string; account: string } }[] };
    readonly items: { readonly edges: readonly { node: { id: string } }[] };
  };
}

/** Founds a tenant with a member, an action, an item, keys and an invitation. */
export async function settleNeighbour(reached: Reached, token: Address): Promise<Neighbour> {
  const tenant = await createTenant(reached, { slug: SLUG, token });
  const { ask, owner, address, programId, key, wholeKey } = tenant;
  await until('the rules of the neighbour are read', async () => {
    const { errors } = await ask(RECORD);
    return errors === undefined;
  });
  const item = resultOf(await ask(ITEM)) as { transaction: { id: string } };
  const session = resultOf(await ask(SESSION)) as { token: string; session: { id: string } };
  resultOf(await ask(INVITE));
  const state = async (): Promise<State> => {
    const { data, errors } = await ask(STATE);
    if (data == null || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data as unknown as State;
  };
  const { organisation, person, apiKeys, program } = await state();
  const members = program.members.edges.map(({ node }) => node);
  const ids = [
    ...[organisation.id, person.id, session.session.id, item.transaction.id],
    ...organisation.invitations.map(({ id }) => id),
    ...person.sessions.map(({ id }) => id),
    ...apiKeys.edges.map(({ node }) => node.id),
  ];
  const accounts = members.map(({ account }) => account);
  const texts = [SLUG, MEMBER, EVENT];
  const unsent = [INVITED, `owner@${SLUG}.example`, `${SLUG}-till`, owner.cookie(), ...accounts];
  return {
    address,
    known: {
      ID: [programId, ...members.map(({ id }) => id), ...program.items.edges.map((e) => e.node.id)],
      String: [...texts, ...ids, 'neighbours-item-5e1f'],
      SentText: [MEMBER, EVENT],
      Address: [address],
    },
    secrets: [...texts, ...ids, ...unsent, key, wholeKey, session.token],
    state,
    goOn: async () => {
      const { name } = resultOf(await ask('{ program { name } }'));
      if (name !== 'Tea points') throw new Error(`the neighbour is told ${String(name)}`);
    },
  };
}
