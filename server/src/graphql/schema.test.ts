import { readFile } from 'node:fs/promises';
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isIntrospectionType,
  isListType,
  specifiedScalarTypes,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema, schemaText } from './schema.ts';

const types: GraphQLNamedType[] = Object.values(schema.getTypeMap()).filter(
  (type) =>
    !isIntrospectionType(type) && !specifiedScalarTypes.some(({ name }) => name === type.name),
);

interface Counted {
  readonly name: string;
  readonly args: readonly { readonly name: string }[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

interface PothosExtensions {
  readonly pothosOptions?: { readonly authScopes?: unknown };
}
/** What may be read without a key: wholly public types, and single fields of others. What is added here is a decision. */
const PUBLIC_TYPES = [
  'Anchor',
  'BuybackTerms',
  'BuybackTermsConnection',
  'BuybackTermsEdge',
  'ChainMoment',
  'Change',
  'ChangeConnection',
  'ChangeEdge',
  'ChangeRest',
  'Cover',
  'Document',
  'EpochClock',
  'ExpectedResult',
  'Item',
  'ItemConnection',
  'ItemEdge',
  'Look',
  'LookColors',
  'LookText',
  'MemberSession',
  'Node',
  'ObjectionsAt',
  'OrderCounts',
  'PageInfo',
  'ProgramLimits',
  'ProgramLook',
  'ProgramSettings',
  'ProposedBuyback',
  'ProposedRules',
  'Reserve',
  'Round',
  'RoundConnection',
  'RoundEdge',
  'RoundResult',
  'Rule',
  'RuleSet',
  'RuleSetConnection',
  'RuleSetEdge',
  'SettlementToken',
  'Supply',
  'UserError',
  'WalletLinkTicketRedeemPayload',
  'WalletNonceCreatePayload',
  'WalletVerifyPayload',
];
const PUBLIC_FIELDS = [
  'Item.orderCounts',
  'Mutation.walletLinkTicketRedeem',
  'Mutation.walletNonceCreate',
  'Mutation.walletVerify',
  'Program.address',
  'Program.anchor',
  'Program.buybackTerms',
  'Program.chainId',
  'Program.change',
  'Program.changeRest',
  'Program.changes',
  'Program.clock',
  'Program.createdAt',
  'Program.currentRound',
  'Program.document',
  'Program.holders',
  'Program.id',
  'Program.item',
  'Program.items',
  'Program.limits',
  'Program.look',
  'Program.name',
  'Program.nextRound',
  'Program.orderCounts',
  'Program.pendingChange',
  'Program.reserve',
  'Program.round',
  'Program.rounds',
  'Program.ruleSets',
  'Program.settings',
  'Program.settlementWindow',
  'Program.supply',
  'Program.symbol',
  'Program.transferable',
  'Query.program',
];

const scopesOf = ({ extensions }: { extensions: unknown }): unknown =>
  (extensions as PothosExtensions).pothosOptions?.authScopes;

describe('the schema', () => {
  it('is the one that is committed; after a wanted change: npm run schema', async () => {
    const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
    expect(schemaText()).toBe(committed);
  });

  it('puts every field of every type under a scope', () => {
    const open = types.flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      return Object.values(type.getFields())
        .filter(
          (field) => scopesOf(field) === undefined && (isRoot || scopesOf(type) === undefined),
        )
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(open).toEqual([]);
  });

  it('is open without a key where that was decided, and nowhere else', () => {
    const isPublic = (of: { extensions: unknown }): boolean =>
      JSON.stringify(scopesOf(of))?.includes('public') ?? false;
    const composites = types.filter((type) => isObjectType(type) || isInterfaceType(type));
    expect(
      composites
        .filter(isPublic)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(PUBLIC_TYPES);
    const fields = composites.flatMap((type) =>
      Object.values(type.getFields())
        .filter(isPublic)
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(fields.sort()).toEqual(PUBLIC_FIELDS);
  });

  it('opens what is not public of a program to its own callers alone', () => {
    // Anybody finds any program by its address: a scope says what a caller may do with its own, not with which it may.
    const scopes = ['Program', ...PUBLIC_TYPES].flatMap((name) => {
      const type = schema.getType(name);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields()).map(
        (field) => [`${name}.${field.name}`, scopesOf(field)] as const,
      );
    });
    const bare = scopes.filter(
      ([, scope]) =>
        scope !== undefined &&
        typeof scope !== 'function' &&
        !JSON.stringify(scope).includes('public'),
    );
    expect(bare.map(([name]) => name)).toEqual([]);
  });

  it('describes every type, field, argument and value', () => {
    const silent: string[] = [];
    const check = (
      name: string,
      { description }: { description?: string | null | undefined },
    ): void => {
      if (!description) silent.push(name);
    };
    for (const type of types) {
      check(type.name, type);
      if (isEnumType(type)) {
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      }
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          check(`${type.name}.${field.name}`, field);
        }
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) {
          // Pothos makes these by itself; their names and types say all there is.
          if (['input', 'id', 'ids'].includes(argument.name)) continue;
          check(`${type.name}.${field.name}(${argument.name})`, argument);
        }
      }
    }
    expect(silent).toEqual([]);
  });

  it('has no floating-point number', () => {
    expect(schema.getType('Float')).toBeUndefined();
    const scalars = types.filter(isScalarType).map(({ name }) => name);
    expect(scalars.sort()).toEqual([
      'Address',
      'Amount',
      'DateTime',
      'Hex',
      'Money',
      'Points',
      'SentNumber',
      'SentText',
      'SentTime',
      'UInt',
    ]);
  });

  it('knows how long each list can be, which is what a query costs', () => {
    const isKnown = (type: GraphQLNamedType, { name, args, extensions }: Counted): boolean => {
      // Of a connection by `first`, of the results of a batch by its input.
      if (['edges', 'results'].includes(name)) return /Connection$|Payload$/.test(type.name);
      return typeof extensions['rows'] === 'number' || args.some((given) => given.name === 'ids');
    };
    const unknown = types.flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => isListType(getNullableType(field.type)) && !isKnown(type, field))
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('answers every mutation with userErrors beside its result', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(field.args.map(({ name }) => name)).toEqual(['input']);
      const payload = getNamedType(field.type);
      expect(isObjectType(payload) && Object.keys(payload.getFields())).toContain('userErrors');
    }
  });
});
