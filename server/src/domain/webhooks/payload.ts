/** Writes the fields of events as JSON has them. Pure. */
import { showPoints } from '../amounts.ts';
import { formatMoney } from '../money.ts';
import type { SettlementToken } from '../program.ts';
import { WEBHOOK_KINDS, type FieldType } from './eventKinds.ts';
import type { Telling } from './telling.ts';

/** What JSON has of each type, in the words of the client's language. */
export const JSON_TYPES: Readonly<Record<FieldType, 'string' | 'number' | 'boolean'>> = {
  points: 'string',
  money: 'string',
  number: 'number',
  text: 'string',
  flag: 'boolean',
  address: 'string',
  hex: 'string',
  time: 'string',
};

/** Fields that `data` of every event has beside those of its kind, with what they are. */
export const COMMON_FIELDS = {
  environment: "'test' | 'live'",
  programId: 'string | null',
  sequence: 'number',
  memberId: 'string | null',
  account: 'string | null',
  block: 'number | null',
  transaction: 'string | null',
} as const;

function written(
  value: unknown,
  type: FieldType,
  { decimals }: Pick<SettlementToken, 'decimals'>,
): unknown {
  if (value === null) return null;
  switch (type) {
    case 'points':
      return showPoints(value as bigint);
    case 'money':
      return formatMoney({ units: value as bigint, decimals });
    case 'time':
      return new Date(value as number).toISOString();
    default:
      return value;
  }
}

/** Writes the fields of a kind: points and money as the API does, times in ISO 8601. */
export function jsonOf(
  { kind, data }: Pick<Telling, 'kind' | 'data'>,
  token: Pick<SettlementToken, 'decimals'>,
): Record<string, unknown> {
  const fields: Readonly<Record<string, string>> = WEBHOOK_KINDS[kind].data;
  const values = data as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [
      name,
      written(values[name], type.replace('?', '') as FieldType, token),
    ]),
  );
}
