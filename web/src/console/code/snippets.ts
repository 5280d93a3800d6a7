/** What the code to paste is about: all of it real. */
export interface FirstCall {
  /** Where the service is, such as "https://points.example". */
  readonly url: string;
  readonly key: string;
  /** Name of a rule of the program. */
  readonly rule: string;
  /** Whether the rule counts money. */
  readonly isSpent: boolean;
  /** A time by the clock of the chain. */
  readonly occurredAt: string;
}

export const FIRST_MEMBER = 'mei';
const FIRST_EVENT = 'first-1';
/** 42.00 in hundredths. */
const FIRST_AMOUNT = 4_200;

const QUERY =
  'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status code field message } } }';

const actionOf = ({ rule, isSpent, occurredAt }: FirstCall) => ({
  ...{ memberId: FIRST_MEMBER, eventId: FIRST_EVENT, rule },
  ...(isSpent && { amount: FIRST_AMOUNT }),
  occurredAt,
});

/** Puts a text between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A call for a terminal. */
export function curlOf(call: FirstCall): string {
  const body = { query: QUERY, variables: { input: { actions: [actionOf(call)] } } };
  return [
    `curl -s ${call.url}/graphql \\`,
    `  -H ${quoted(`authorization: Bearer ${call.key}`)} \\`,
    `  -H 'content-type: application/json' \\`,
    // On lines of their own, as people read it.
    `  -d ${quoted(JSON.stringify(body, null, 2))}`,
  ].join('\n');
}

/** A program for Node. */
export function clientOf(call: FirstCall): string {
  const fields = Object.entries(actionOf(call)).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)},`,
  );
  return [
    `import { createClient } from '@dewpoint/client';`,
    ``,
    `const dewpoint = createClient({`,
    `  url: ${JSON.stringify(call.url)},`,
    `  key: ${JSON.stringify(call.key)},`,
    `});`,
    `const { status } = await dewpoint.recordAction({`,
    ...fields,
    `});`,
    `console.log(status);`,
    `await dewpoint.close();`,
  ].join('\n');
}
