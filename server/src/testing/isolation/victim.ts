/** A tenant that has one of everything, for others to ask for. */
import { randomUUID } from 'node:crypto';
import { getNamedType, type GraphQLInterfaceType } from 'graphql';
import { schema } from '../../graphql/schema.ts';
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import type { KeyedProgram, TestService } from '../service.ts';
import { patiently } from './asking.ts';
import { fill, keyFor, type AskAs, type Filled } from './filled.ts';
import type { Place, ThingKind } from './places.ts';
import { fieldsOf, fieldText, objectsIn, type ThingsThere } from './selections.ts';
import type { SignedIn } from './team.ts';

/** A name of something that is there, and one of the same form of something that is not. */
export interface Pair {
  readonly there: string | number;
  readonly missing: string | number;
}

/** What a tenant has. */
export interface Victim {
  readonly keyed: KeyedProgram;
  /** What can be named in a place. */
  named(place: Pick<Place, 'kind' | 'field' | 'on'>): readonly Pair[];
  /** What nobody else may be shown. */
  readonly secrets: readonly string[];
  /** Types of all objects that those who may are shown. */
  readonly types: ReadonlySet<string>;
  /** Every object that those who may are shown, without what time changes by itself. */
  state(): Promise<unknown>;
}

const MISSING_NUMBER = 987_654;
const DEEPEST = 4;
/** What asking, time and the blocks of others change; each look of a member has a session of its own. */
const VOLATILE =
  /^(asOfBlock|now|stale|lastUsedAt|lastActivityAt|expiresAt|quota|gasTank|sessions|sessionId|limits|webhookDeliveries|failures)$/;

/** A text of the same form that names nothing. */
const twinOf = (text: string): string =>
  `${text.slice(0, -3)}${text.endsWith('000') ? '111' : '000'}`;
const textPair = (there: string): Pair => ({ there, missing: twinOf(there) });
const numberPair = (there: number): Pair => ({ there, missing: MISSING_NUMBER });
/** Of a global id or a cursor. */
function sealedPair(there: string): Pair {
  const plain = Buffer.from(there, 'base64url').toString('utf8');
  const before = /^(.*[: ])\d+$/.exec(plain)?.[1];
  const other = before === undefined ? twinOf(plain) : `${before}${MISSING_NUMBER}`;
  return { there, missing: Buffer.from(other).toString('base64url') };
}

/** How deep one request may ask, by the kind of caller and the field. */
const DEPTHS = new Map<string, number>();

/**
 * Asks for everything below a field, as deep as one request may; less deep, too, where something below is refused, which takes
 * with it what is above that must not be null.
 *
 * @throws Error when whoever asks is let in no more
 */
async function everythingOf(
  ask: AskAs,
  field: string,
  text: (depth: number) => string,
): Promise<Record<string, unknown>[]> {
  const objects: Record<string, unknown>[] = [];
  for (let depth = DEPTHS.get(field) ?? DEEPEST; depth > 0; depth -= 1) {
    const { data, errors = [] } = await patiently(
      () => ask(text(depth)),
      (answer) => answer,
    );
    const codes = errors.map(({ extensions }) => extensions['code']);
    if (codes.includes('UNAUTHENTICATED')) throw new Error(`nobody is let in to see ${field}`);
    if (codes.includes('QUERY_TOO_COMPLEX')) continue;
    if (objects.length === 0) DEPTHS.set(field, depth);
    objects.push(...objectsIn(data));
    if (errors.length === 0) break;
  }
  return objects;
}

/** Asks for all root fields as each who may, and for all fields of the program and its member. */
async function harvest(
  asking: { readonly app: AskAs; readonly owner: AskAs; readonly member: AskAs },
  there: ThingsThere,
): Promise<Record<string, unknown>[]> {
  const member = `member(memberId: ${JSON.stringify(there.memberId)})`;
  const walks = [
    ...(['app', 'owner', 'member'] as const).map(
      (who) => ['Query', asking[who], (text: string) => `{ ${text} }`] as const,
    ),
    ['Program', asking.app, (text: string) => `{ program { ${text} } }`],
    ['Member', asking.app, (text: string) => `{ ${member} { ${text} } }`],
  ] as const;
  const found = walks.map(async ([on, ask, within], index) => {
    const objects: Record<string, unknown>[] = [];
    for (const field of fieldsOf(on)) {
      const text = (depth: number): string =>
        within(fieldText(on, field, depth, there) ?? '__typename');
      objects.push(...(await everythingOf(ask, `${index} ${field.name}`, text)));
    }
    return objects;
  });
  return (await Promise.all(found)).flat();
}

const lasting = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  // What pays for a chain is everybody's.
  if (Reflect.get(value, '__typename') === 'GasTank') return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !VOLATILE.test(name))
      .map(([name, inner]) => [name, lasting(inner)]),
  );
};

const textsOf = (objects: readonly Record<string, unknown>[], field: string): string[] => [
  ...new Set(objects.map((one) => one[field]).filter((text) => typeof text === 'string')),
];

const firstOf = (
  objects: readonly Record<string, unknown>[],
  type: string,
  field: string,
): string => {
  const found = objects.find((one) => one['__typename'] === type && typeof one[field] === 'string');
  if (found === undefined) throw new Error(`the victim was shown no ${type}`);
  return String(found[field]);
};

const NODE_TYPES = schema
  .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
  .map(({ name }) => name);
const plainOf = (sealed: string): string => Buffer.from(sealed, 'base64url').toString('utf8');
const listOf = (cursor: string): string => plainOf(cursor).split(' ')[0] ?? '';
const typeOf = (id: string): string => plainOf(id).split(':')[0] ?? '';
/** The last text of each kind: that with the highest number, where they have numbers. */
const oneOfEach = (texts: readonly string[], kindOf: (text: string) => string): string[] => [
  ...new Map(texts.toSorted().map((text) => [kindOf(text), text])).values(),
];

/** The cursors that fit a list, by the type of its rows; one of another list where there is none. That no other one fits is in `cursor.test.ts`. */
function cursorsOf(cursors: readonly Pair[], on: string, field: string): readonly Pair[] {
  const typeBelow = (type: string, name: string): string => {
    const found = fieldsOf(type).find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no field ${type}.${name}`);
    return getNamedType(found.type).name;
  };
  const rows = typeBelow(typeBelow(typeBelow(on, field), 'edges'), 'node');
  const fitting = cursors.filter(({ there }) => listOf(String(there)) === rows);
  return fitting.length > 0 ? fitting : cursors.slice(0, 1);
}

/** Lists what is there and what is not, of each kind but keys. */
function thingsOf(
  filled: Filled,
  all: readonly Record<string, unknown>[],
  args: {
    readonly items: number;
    readonly organisationId: string;
    readonly personId: string;
    readonly programId: string;
  },
): Readonly<Record<Exclude<ThingKind, 'idempotencyKey'>, readonly Pair[]>> {
  const { items, organisationId, personId, programId } = args;
  const ids = all.filter(({ __typename: type }) => NODE_TYPES.includes(String(type)));
  return {
    account: [textPair(firstOf(all, 'Member', 'account').toLowerCase())],
    apiKeyId: [textPair(filled.apiKeyId)],
    changeNumber: [numberPair(items)],
    cursor: oneOfEach(textsOf(all, 'endCursor'), listOf).map(sealedPair),
    eventId: [textPair(filled.eventId)],
    globalId: oneOfEach(textsOf(ids, 'id'), typeOf).map(sealedPair),
    invitationId: [textPair(filled.invitationId)],
    itemNumber: [numberPair(items)],
    memberId: [textPair(filled.memberId)],
    memberSessionId: [textPair(filled.memberSessionId)],
    orderNumber: [numberPair(items)],
    organisationId: [textPair(organisationId)],
    personId: [textPair(personId)],
    personSessionId: [textPair(firstOf(all, 'PersonSession', 'id'))],
    programId: [sealedPair(programId)],
    signingRequestId: [textPair(filled.signingRequestId)],
    transactionId: [textPair(filled.transactionId)],
    webhookDeliveryId: [textPair(filled.webhookDeliveryId)],
    webhookEndpointId: [textPair(filled.webhookEndpointId)],
  };
}

/**
 * Makes a victim of a program.
 *
 * @param args.tag In the names of all that it has.
 * @param args.items How many items, orders and changes, 1 or 2: those with the highest numbers are its alone, if others have fewer.
 * @param args.owner Owner of its organisation.
 */
export async function createVictim(
  service: TestService,
  keyed: KeyedProgram,
  args: { readonly tag: string; readonly items: number; readonly owner: SignedIn },
): Promise<Victim> {
  const { tag, items, owner } = args;
  const { program, key } = keyed;
  const programId = encodeGlobalId('Program', program.id);
  const headers = {
    'dewpoint-organisation': program.organisationId,
    'dewpoint-program': programId,
  };
  const asOwner: AskAs = (query, variables) => owner.browser.ask(query, variables, headers);
  // Without a program: an owner changes what is live with an authenticator app only.
  const asFounder: AskAs = (query, variables) =>
    owner.browser.ask(query, variables, { 'dewpoint-organisation': program.organisationId });
  const filled = await fill(service, keyed, { tag, items, asOwner: asFounder });
  const { memberId, eventId, transactionId, token } = filled;
  const numbers = { orderNumber: items, itemNumber: items, changeNumber: items };
  const there: ThingsThere = { memberId, eventId, transactionId, globalId: programId, ...numbers };
  const by =
    (credential: string): AskAs =>
    (query, variables) =>
      service.ask(credential, query, variables);
  const shown = async (): Promise<Record<string, unknown>[]> => {
    // A session of a member is good for minutes, which a walk may take. Opened without the API, it is in no audit log.
    const session = await service.services.memberSessions.create(program, {
      ...{ memberId, idempotencyKey: randomUUID() },
    });
    return harvest({ app: by(key), owner: asOwner, member: by(session.token) }, there);
  };
  const all = await shown();
  const { organisationId } = program;
  const things = thingsOf(filled, all, { items, organisationId, personId: owner.id, programId });
  const { texts, ticket, apiKey, apiKeyId, memberSessionId, invitationId } = filled;
  return {
    keyed,
    named: ({ kind, field, on }) => {
      if (kind === 'idempotencyKey') {
        return [textPair(keyFor(tag, on === 'Mutation' ? field : 'itemAdd'))];
      }
      return kind === 'cursor' ? cursorsOf(things.cursor, on, field) : things[kind];
    },
    secrets: [
      ...[memberId, eventId, transactionId, token, ticket, apiKey, apiKeyId, key, ...texts],
      ...[memberSessionId, invitationId, filled.signingRequestId],
      ...[filled.webhookEndpointId, filled.webhookDeliveryId, filled.webhookSecret],
      firstOf(all, 'Member', 'account'),
    ],
    types: new Set(all.map(({ __typename: type }) => String(type))),
    state: async () => lasting(await shown()),
  };
}
