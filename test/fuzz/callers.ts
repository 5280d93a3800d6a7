import type { Random } from './random.ts';

/** Who sends a request: a name for reports, and the headers that say so. */
export interface FuzzCaller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ODD_REQUESTS = 0.12;
const ODD_TEXTS = [
  ...['', ' ', 'test', 'live', 'TEST', 'org_0000000000000001', 'prg_31337_0', '__proto__'],
  ...['null', '[]', '{"$gt":""}', '../..', 'x'.repeat(4_000), '\u00ff\u00fe', 'a, b', '%00'],
];
const ODD_HEADERS = ['dewpoint-program', 'dewpoint-organisation', 'dewpoint-environment'];
const ODD_CREDENTIALS: readonly FuzzCaller['headers'][] = [
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Basic dXNlcjpwYXNz' },
  { authorization: `Bearer dw_test_${'0'.repeat(128)}` },
  { authorization: `Bearer dw_live_${'0'.repeat(128)}` },
  { authorization: `Bearer dw_member_${'0'.repeat(64)}` },
  { authorization: `Bearer ${'x'.repeat(4_000)}` },
  { cookie: 'dewpoint.session_token=x.y' },
  { cookie: ';;;=' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
];

/**
 * Headers of a caller: mostly as they should be, now and then with odd ones besides.
 *
 * @param names What is named in headers of programs and organisations: those of others too.
 */
export function headersOf(
  caller: FuzzCaller,
  names: readonly string[],
  random: Random,
): Readonly<Record<string, string>> {
  if (!random.chance(ODD_REQUESTS)) return caller.headers;
  if (random.chance(0.3)) return { ...caller.headers, ...random.pick(ODD_CREDENTIALS) };
  const value = random.pick(random.chance(0.5) && names.length > 0 ? names : ODD_TEXTS);
  return { ...caller.headers, [random.pick(ODD_HEADERS)]: value };
}
