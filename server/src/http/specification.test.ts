/** The public audits of the GraphQL over HTTP specification, as its working group publishes them in `graphql-http`. */
import { createServer, type Server } from 'node:http';
import { serverAudits, type Audit } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpOnlyApp } from '../testing/httpOnly.ts';

/** Apollo documents these statuses, and clients rely on them: a request that was not run is 400 whatever it accepts. */
const APOLLO_ANSWERS_400 = `"Errors" in the documentation of Apollo Server 4 and later: a document that can not be parsed or
  validated, and variables that do not fit (status400ForVariableCoercionErrors), are 400.`;
/** GET is for people: a page of another site could have a browser send it, and caches and logs would keep its query. */
const NO_QUERIES_BY_GET = 'The specification leaves it to the server; queries are sent by POST.';

/** What is not as an audit would have it, each with the reason; none of it is a MUST. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'SHOULD use 200 status code on document parsing failure when accepting application/json':
    APOLLO_ANSWERS_400,
  'SHOULD use 200 status code on document validation failure when accepting application/json':
    APOLLO_ANSWERS_400,
  'SHOULD use a status code of 200 on variable coercion failure when accepting application/json':
    APOLLO_ANSWERS_400,
  'MAY accept application/x-www-form-urlencoded formatted GET requests': NO_QUERIES_BY_GET,
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json':
    NO_QUERIES_BY_GET,
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json':
    NO_QUERIES_BY_GET,
};

let server: Server;
beforeAll(async () => {
  server = createServer(await createHttpOnlyApp({}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const AUDITS: readonly Audit[] = serverAudits({
  url: () => {
    const { port } = server.address() as { port: number };
    return `http://127.0.0.1:${port}/graphql`;
  },
  fetchFn: fetch,
});
const howMany = (word: string): number =>
  AUDITS.filter(({ name }) => name.startsWith(`${word} `)).length;

describe('GraphQL over HTTP', () => {
  it('has all the audits that were looked at: 13 MUST, 23 SHOULD, 25 MAY', () => {
    expect(['MUST', 'SHOULD', 'MAY'].map(howMany)).toEqual([13, 23, 25]);
  });

  it('has exceptions that are audits, and no MUST', () => {
    const names: readonly string[] = AUDITS.map(({ name }) => name);
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((name) => name.startsWith('MUST'))).toEqual([]);
  });

  it.each(AUDITS.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn();
    const reason = result.status === 'ok' ? null : result.reason;
    if (name in EXCEPTIONS) expect(reason).toBe('Response status code is not 200');
    else expect(reason).toBeNull();
  });
});
