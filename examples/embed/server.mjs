/**
 * A page of a shop with the wallet in it: `node examples/embed/server.mjs`.
 *
 * DEWPOINT_URL, DEWPOINT_KEY and DEWPOINT_PROGRAM say which service, with which API key, for which program; SHOP_PORT where the shop
 * answers, SHOP_MEMBER whom it takes everybody for. The program has to allow this shop: programLookSet(input: { origins: ["http://localhost:5000"], ... }).
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { DEWPOINT_URL, DEWPOINT_KEY, DEWPOINT_PROGRAM } = process.env;
const { SHOP_PORT = '5000', SHOP_MEMBER = 'mei' } = process.env;
if (!DEWPOINT_URL || !DEWPOINT_KEY || !DEWPOINT_PROGRAM) {
  console.error('Set DEWPOINT_URL, DEWPOINT_KEY and DEWPOINT_PROGRAM.');
  process.exit(2);
}

/** Whom the shop's own sign-in knows: here everybody is the same member. */
const memberOf = () => ({ memberId: SHOP_MEMBER, displayName: 'Mei' });

const SESSION = `mutation ($input: MemberSessionCreateInput!) {
  memberSessionCreate(input: $input) { token session { expiresAt } userErrors { code message } }
}`;

/** What the script in the page asks for: a session of ten minutes, for this member alone. */
async function openSession() {
  const { memberId, displayName } = memberOf();
  const answer = await fetch(`${DEWPOINT_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${DEWPOINT_KEY}` },
    body: JSON.stringify({
      query: SESSION,
      variables: { input: { memberId, idempotencyKey: randomUUID() } },
    }),
  });
  const { data, errors } = await answer.json();
  const opened = data?.memberSessionCreate;
  if (!opened?.token) throw new Error(JSON.stringify(errors ?? opened));
  return { token: opened.token, expiresAt: opened.session.expiresAt, displayName };
}

const page = (await readFile(new URL('page.html', import.meta.url), 'utf8'))
  .replaceAll('DEWPOINT_URL', DEWPOINT_URL)
  .replaceAll('DEWPOINT_PROGRAM', DEWPOINT_PROGRAM);

const shop = createServer(async (request, response) => {
  try {
    if (request.method === 'POST' && request.url === '/dewpoint/session') {
      const body = JSON.stringify(await openSession());
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(body);
    } else if (request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    } else response.writeHead(404).end();
  } catch (error) {
    console.error(error);
    response.writeHead(502).end();
  }
});
shop.listen(Number(SHOP_PORT), () =>
  console.log(`The shop: http://localhost:${shop.address().port}/`),
);
