import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { Random } from './random.ts';

/** Values as an app sends them, by the name of their type. */
const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  Address: ['0x000000000000000000000000000000000000dEaD'],
  Amount: [0, '1000', 1_050],
  Boolean: [true, false],
  DateTime: ['2026-01-01T00:00:00Z', '2026-01-03T12:00:00.5+08:00', '2026-03-01T00:00:00Z'],
  Hex: ['0x', '0x00ff', `0x${'ab'.repeat(65)}`],
  ID: ['TWVtYmVyOjE', 'id'],
  Int: [0, 1, 3, 100],
  Money: ['0', '1.5'],
  Points: ['0', '1', '12.50'],
  String: ['member-1', 'member-2', 'visit', 'event-1', '会员', 'key'],
  UInt: [0, 1, 2, 50],
};

/** Values that no field expects, or that only just fit. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, [], {}, [[]], [null], { a: 1 }, { __typename: 'X' }, '', ' ', '0', '-1'],
  ...[0, -0, -1, 1.5, 1e21, -1e21, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, Number.MIN_VALUE],
  ...['null', 'NaN', '1e9', '10.50', '1'.repeat(400), '0x', '0xZZ', `0x${'f'.repeat(99_998)}`],
  ...[
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999-23:59',
  ],
  ...['1969-12-31T23:59:59Z', '0001-01-01T00:00:00+23:59', '2026-01-01T24:00:00Z'],
  ...[
    '\u0000',
    '\ud800',
    '\u202e\u200b',
    'e\u0301',
    '\ufeffx',
    '🂡'.repeat(200),
    'x'.repeat(10_000),
  ],
  ...[
    '"; drop',
    '$where',
    '{"$gt":""}',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '${1}',
    '%00',
  ],
  ...['UHJvZ3JhbTp4', 'Um91bmQ6Og', 'T3JkZXI6eDo5OTk5OTk5OTk5OTk5OTk', 'MC4weA'],
];

const LONG_LISTS = [60, 101, 501];
const DEEPEST = 6;

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

/** Values that there are in a world, its ids and names above all, by the name of their type. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

/** A value for an input of this type: mostly one that fits, with some that do not anywhere in it. */
export function valueFor(
  type: GraphQLInputType,
  random: Random,
  known: KnownValues = {},
  depth = 0,
): unknown {
  if (random.chance(0.06)) return random.chance(0.05) ? nested(500) : random.pick(HOSTILE);
  if (!isNonNullType(type) && random.chance(0.3)) return random.chance(0.5) ? null : undefined;
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const length = random.chance(0.04) ? random.pick(LONG_LISTS) : random.below(4);
    return Array.from({ length }, () => valueFor(inner.ofType, random, known, depth + 1) ?? null);
  }
  if (isEnumType(inner)) return random.pick(inner.getValues()).name;
  if (isInputObjectType(inner)) {
    if (depth > DEEPEST) return {};
    const given = Object.values(inner.getFields()).flatMap((field) => {
      const isLeftOut = random.chance(isNonNullType(field.type) ? 0.04 : 0.4);
      return isLeftOut
        ? []
        : [[field.name, valueFor(field.type, random, known, depth + 1)] as const];
    });
    const more = random.chance(0.03) ? [['another', 1] as const] : [];
    return Object.fromEntries([...given, ...more]);
  }
  const there = known[inner.name] ?? [];
  return random.pick(
    there.length > 0 && random.chance(0.4) ? there : (GOOD[inner.name] ?? HOSTILE),
  );
}
