/** Every place of the schema in which a caller can name something of a tenant, derived from the schema. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql';
import { schema } from '../../graphql/schema.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import { inputTypeOf, MUTATIONS, sampleOf } from '../sampleInput.ts';

/** What of a tenant a text or a number can name. */
export type ThingKind =
  | 'account'
  | 'apiKeyId'
  | 'changeNumber'
  | 'cursor'
  | 'eventId'
  | 'globalId'
  | 'idempotencyKey'
  | 'invitationId'
  | 'itemNumber'
  | 'memberId'
  | 'memberSessionId'
  | 'orderNumber'
  | 'organisationId'
  | 'personId'
  | 'personSessionId'
  | 'programId'
  | 'signingRequestId'
  | 'transactionId'
  | 'webhookDeliveryId'
  | 'webhookEndpointId';

/** Names nothing of a tenant that is not public. */
const PLAIN = 'PLAIN';
export type Named = ThingKind | typeof PLAIN;

/** What arguments and fields of inputs name, by `Type.field.name` where it differs, else by their name. */
const NAMES: Readonly<Record<string, Named>> = {
  after: 'cursor',
  change: 'changeNumber',
  eventId: 'eventId',
  fromMemberId: 'memberId',
  idempotencyKey: 'idempotencyKey',
  ids: 'globalId',
  intoMemberId: 'memberId',
  item: 'itemNumber',
  memberId: 'memberId',
  order: 'orderNumber',
  organisationId: 'organisationId',
  ownWallet: 'account',
  personId: 'personId',
  sessionId: 'memberSessionId',
  'Mutation.apiKeyCreate.programId': 'programId',
  'Mutation.apiKeyRevoke.id': 'apiKeyId',
  'Mutation.apiKeyRotate.id': 'apiKeyId',
  'Mutation.invitationAccept.id': 'invitationId',
  'Mutation.invitationCancel.id': 'invitationId',
  'Query.invitation.id': 'invitationId',
  'Mutation.sessionRevoke.id': 'personSessionId',
  'Mutation.transactionSign.id': 'signingRequestId',
  deliveryId: 'webhookDeliveryId',
  endpointId: 'webhookEndpointId',
  'Mutation.webhookEndpointCreate.programId': 'programId',
  'Mutation.webhookEndpointDelete.id': 'webhookEndpointId',
  'Mutation.webhookEndpointUpdate.id': 'webhookEndpointId',
  'Mutation.webhookSecretRotate.id': 'webhookEndpointId',
  'Mutation.webhookTest.id': 'webhookEndpointId',
  'Program.change.number': 'changeNumber',
  'Program.item.number': 'itemNumber',
  'Program.members.search': 'memberId',
  'Program.order.number': 'orderNumber',
  'Query.node.id': 'globalId',
  'Query.transaction.id': 'transactionId',
  // That there is a program, and what of it is public, anybody may know.
  'Query.program.address': PLAIN,
  'Query.program.id': PLAIN,
  programId: PLAIN,
  // Rounds follow from the clock: each program has every one of them.
  round: PLAIN,
  'Program.round.number': PLAIN,
  // Accounts of the chain, whoever's they are.
  account: PLAIN,
  operator: PLAIN,
  settlementToken: PLAIN,
  to: PLAIN,
  // Slugs are one for all organisations: that one is taken is told, and not whose it is.
  slug: PLAIN,
  // Texts are found by their hash alone: who has it has the text.
  documentHash: PLAIN,
  // A credential: whoever has it is let in, once.
  ticket: PLAIN,
  // Numbers and texts of the caller's own.
  ...{
    accent: PLAIN,
    url: PLAIN,
    description: PLAIN,
    accentDark: PLAIN,
    actor: PLAIN,
    added: PLAIN,
    email: PLAIN,
    en: PLAIN,
  },
  ...{ epoch: PLAIN, epochSeconds: PLAIN, evidenceHash: PLAIN, first: PLAIN, fromEpoch: PLAIN },
  ...{ icon: PLAIN, logo: PLAIN, maxCount: PLAIN, message: PLAIN, mutation: PLAIN, name: PLAIN },
  ...{ notBefore: PLAIN, note: PLAIN, noticeSeconds: PLAIN, objectionThresholdBps: PLAIN },
  ...{ oldGoodForHours: PLAIN, orderDeadlineSeconds: PLAIN, origins: PLAIN, publicKey: PLAIN },
  ...{ quantity: PLAIN, reason: PLAIN, roundPeriodSeconds: PLAIN, roundWindowSeconds: PLAIN },
  ...{ days: PLAIN, last: PLAIN, revision: PLAIN, rule: PLAIN, ruleId: PLAIN, ruleSet: PLAIN },
  ...{ settlementWindow: PLAIN, signature: PLAIN, stock: PLAIN },
  ...{ symbol: PLAIN, terms: PLAIN, text: PLAIN, untilEpoch: PLAIN, zh: PLAIN },
};

/** Of these types a value names nothing. */
const NAMELESS = [
  ...['Amount', 'Boolean', 'DateTime', 'Money', 'Points', 'SentNumber', 'SentTime'],
];

/** A place for a name: an argument, or a field within the input of a mutation. */
export interface Place {
  /** Such as `Mutation.actionsVoid.actions.memberId`. */
  readonly where: string;
  /** `Query`, `Mutation` or `Program`, and the field. */
  readonly on: string;
  readonly field: string;
  readonly kind: ThingKind;
  /** Variables of the field with a value in this place, and beside it what is required. */
  readonly variables: (value: string | number) => Record<string, unknown>;
}

/** Says what is named by the values of a place; fails for one that nobody has thought of. */
export function kindOf(where: string, name: string, type: GraphQLInputType): Named {
  const named = getNamedType(type);
  if (isEnumType(named) || NAMELESS.includes(named.name)) return PLAIN;
  const known = NAMES[where] ?? NAMES[name];
  if (known !== undefined) return known;
  throw new Error(
    `${where} is new. Say in NAMES of server/src/testing/isolation/places.ts what of a tenant it names, by "${name}" or "${where}": a kind that there is, a new one (which victim.ts then has to have), or PLAIN.`,
  );
}

/** A value of a type with one in a place within it. */
function withValue(type: GraphQLInputType, path: readonly string[], value: unknown): unknown {
  if (isNonNullType(type)) return withValue(type.ofType, path, value);
  if (isListType(type)) return [withValue(type.ofType, path, value)];
  const [next, ...rest] = path;
  if (next === undefined || !isInputObjectType(type)) return value;
  const fields = Object.values(type.getFields());
  const given = fields.filter(
    (field) => field.name === next || (!type.isOneOf && isRequiredInputField(field)),
  );
  return Object.fromEntries(
    given.map(({ name, type: of }) => [
      name,
      name === next ? withValue(of, rest, value) : sampleOf(of),
    ]),
  );
}

/** Paths of all leaves of an input, with the type of each. */
function leavesOf(
  type: GraphQLInputType,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly type: GraphQLInputType }[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [{ path, type }];
  return Object.values(named.getFields()).flatMap((field) =>
    leavesOf(field.type, [...path, field.name]),
  );
}

/** Arguments of the fields of a type. */
function argumentPlaces(on: 'Query' | 'Program'): Place[] {
  const type = schema.getType(on);
  if (!isObjectType(type)) throw new Error(`there is no type ${on}`);
  return Object.values(type.getFields()).flatMap(({ name: field, args }) =>
    args.flatMap(({ name, type: of }) => {
      const where = `${on}.${field}.${name}`;
      const kind = kindOf(where, name, of);
      if (kind === PLAIN) return [];
      const required = args.filter((one) => isNonNullType(one.type));
      const samples = Object.fromEntries(required.map((one) => [one.name, sampleOf(one.type)]));
      const variables: Place['variables'] = (value) => ({
        ...samples,
        [name]: withValue(of, [], value),
      });
      return [{ where, on, field, kind, variables }];
    }),
  );
}

function inputPlaces(): Place[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name: field }) => {
    const input = schema.getType(inputTypeOf(field).replace('!', ''));
    if (!isInputObjectType(input)) throw new Error(`${field} has no input`);
    return leavesOf(input).flatMap(({ path, type }) => {
      const name = path.at(-1) ?? '';
      const where = `Mutation.${field}.${path.join('.')}`;
      const kind = kindOf(where, name, type);
      if (kind === PLAIN) return [];
      const variables: Place['variables'] = (value) => ({
        input: withValue(input, path, value),
      });
      return [{ where, on: 'Mutation', field, kind, variables }];
    });
  });
}

/** All places of the schema. @throws Error for a new name of which nobody said what it names */
export const placesOf = (): Place[] => [
  ...argumentPlaces('Query'),
  ...argumentPlaces('Program'),
  ...inputPlaces(),
];

/** Places of mutations for which one of the scopes is needed, and none of these is it. */
export const placesBeyond = (scopes: readonly CallerScope[]): Place[] => {
  const open: readonly string[] = ['public', 'member:self', 'person:self', ...scopes];
  const closed = MUTATIONS.filter(
    ({ scope, otherScope = scope }) => !open.includes(scope) && !open.includes(otherScope),
  ).map(({ name }) => name);
  return inputPlaces().filter(({ field }) => closed.includes(field));
};

/** What everybody in a program is told of: it names nothing of one of its members. */
const OF_ALL_MEMBERS: readonly ThingKind[] = ['changeNumber', 'cursor', 'itemNumber'];

/** Places in which a member can name something of another member of the same program. */
export const placesOfMembers = (): Place[] =>
  placesOf().filter(({ kind }) => !OF_ALL_MEMBERS.includes(kind));
