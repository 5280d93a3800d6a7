import { sendQuery, type Sent } from './sendQuery.ts';

/** A kind of document that can be written as large as one likes. */
export interface Family {
  readonly name: string;
  readonly isPublic: boolean;
  readonly write: (size: number) => string;
}

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const TYPES = '__schema { types { name description fields { name description type { name } } } }';
const ROUND = `number state opensAt closesAt tendered terms { version pricePerPoint budgetPerRound }
  cover { budget available covered } expected { filled } result { payout settled { at } }`;

/**
 * What costs most of the server by what it asks, each as large as the limits let it be.
 *
 * @param programId Global id of the program.
 */
export const families = (programId: string): readonly Family[] => [
  {
    ...{ name: 'one field under many names', isPublic: true },
    write: (size) => `{ program(id: "${programId}") { ${many(size, (i) => `a${i}: name`)} } }`,
  },
  {
    ...{ name: 'many objects', isPublic: true },
    write: (size) =>
      `{ program(id: "${programId}") { ${many(size, (i) => `a${i}: settings { charter }`)} } }`,
  },
  {
    ...{ name: 'pages of rounds', isPublic: true },
    write: (size) =>
      `{ program(id: "${programId}") { ${many(size, (i) => `a${i}: rounds(first: 10) { edges { cursor node { ${ROUND} } } }`)} } }`,
  },
  {
    ...{ name: 'questions to the database', isPublic: true },
    write: (size) =>
      `{ ${many(size, (i) => `a${i}: program(id: "${programId}") { reserve { owed } }`)} }`,
  },
  {
    ...{ name: 'errors', isPublic: true },
    write: (size) => `{ ${many(size, (i) => `a${i}: program(id: "x") { name }`)} }`,
  },
  {
    ...{ name: 'the schema, in new words', isPublic: true },
    write: (size) =>
      `{ ${TYPES} b${Math.random().toString(36).slice(2)}: __schema { types { ${many(size, (i) => `a${i}: name`)} } } }`,
  },
  {
    ...{ name: 'one field again and again', isPublic: true },
    write: (size) => `{ ${many(size, () => `program(id: "${programId}") { clock { now } }`)} }`,
  },
  {
    ...{ name: 'names, with a key', isPublic: false },
    write: (size) => `{ program { ${many(size, (i) => `a${i}: __typename`)} } }`,
  },
  {
    ...{ name: 'members', isPublic: false },
    write: (size) => `{ ${many(size, (i) => `a${i}: member(memberId: "m${i}") { account }`)} }`,
  },
  {
    ...{ name: 'balances', isPublic: false },
    write: (size) =>
      `{ ${many(size, (i) => `a${i}: member(memberId: "member-${i}") { balance { settled pending } }`)} }`,
  },
  {
    ...{ name: 'histories with receipts', isPublic: false },
    write: (size) =>
      `{ ${many(size, (i) => `a${i}: member(memberId: "member-${i}") { history(first: 1) { edges { node { points receipt { signature } } } } }`)} }`,
  },
];

const isTaken = ({ codes }: Sent): boolean =>
  !codes.includes('QUERY_TOO_COMPLEX') && !codes.includes('PAYLOAD_TOO_LARGE');

const MOST = 20_000;

/** The largest document of a family that is not refused, and what it is answered with. */
export async function largestOf(
  family: Family,
  send: { readonly apiUrl: string; readonly key: string },
): Promise<Sent & { readonly size: number; readonly query: string }> {
  const key = family.isPublic ? null : send.key;
  const tried = (size: number): Promise<Sent> => sendQuery(send.apiUrl, key, family.write(size));
  let [taken, refused] = [1, MOST];
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2);
    if (isTaken(await tried(middle))) taken = middle;
    else refused = middle;
  }
  const query = family.write(taken);
  return { ...(await sendQuery(send.apiUrl, key, query)), size: taken, query };
}
