/**
 * A shop that gives loyalty points: check-out, refunds, reviews, and the wallet in its page. `node examples/shop/server.mjs`.
 *
 * DEWPOINT_URL, DEWPOINT_KEY and DEWPOINT_PROGRAM say which service, with which API key, for which program; SHOP_PORT where the shop
 * answers. The program has to allow the shop's page: programLookSet(input: { origins: ["http://localhost:5000"], ... }).
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createClient } from '@dewpoint/client';
import express from 'express';

const { DEWPOINT_URL, DEWPOINT_KEY, DEWPOINT_PROGRAM, SHOP_PORT = '5000' } = process.env;
if (!DEWPOINT_URL || !DEWPOINT_KEY || !DEWPOINT_PROGRAM) {
  console.error('Set DEWPOINT_URL, DEWPOINT_KEY and DEWPOINT_PROGRAM.');
  process.exit(2);
}

const dewpoint = createClient({ url: DEWPOINT_URL, key: DEWPOINT_KEY });
/** What the shop sells. Prices in cents. */
const TEAS = { sencha: 1200, oolong: 1850, puer: 4200 };
/** For as long a tea can be sent back: until then its points ripen. */
const RETURNS_MS = 14 * 24 * 60 * 60 * 1000;
const TELL_AGAIN_MS = 10_000;

/** The shop's database would hold these. What has to be told to Dewpoint stays in the outbox until it was, in its order. */
const [orders, reviews, outbox] = [new Map(), new Map(), []];
let isTelling = false;

/** Whom the shop's own sign-in knows: here everybody is Mei. */
const memberOf = () => ({ memberId: 'mei', displayName: 'Mei' });

/** Neither a crash nor an outage costs a member points this way, and what is told twice counts once. */
async function tellAll() {
  if (isTelling) return;
  isTelling = true;
  for (let tell = outbox[0]; tell !== undefined; tell = outbox[0]) {
    const error = await tell().catch((thrown) => thrown);
    // What passes is told again later; what is wrong stays wrong, and is for the shop's people to look at.
    if (error.isRetryable) break;
    if (error instanceof Error) console.error(`${error.code}: ${error.message}`);
    outbox.shift();
  }
  isTelling = false;
}
setInterval(tellAll, TELL_AGAIN_MS).unref();

/** The buyer does not wait for it. */
function report(tell) {
  outbox.push(tell);
  void tellAll();
}

const app = express();
app.use(express.json());

app.post('/checkout', (request, response) => {
  const { tea } = request.body;
  if (!Object.hasOwn(TEAS, tea)) return response.status(400).json({ error: `No tea is ${tea}.` });
  const { memberId } = memberOf(request);
  const order = { id: randomUUID(), tea, cents: TEAS[tea], placedAt: new Date() };
  orders.set(order.id, order);
  const maturesAt = new Date(order.placedAt.getTime() + RETURNS_MS);
  const purchase = { memberId, eventId: `order-${order.id}`, rule: 'purchase', maturesAt };
  const [amount, occurredAt] = [order.cents, order.placedAt];
  report(() => dewpoint.recordAction({ ...purchase, amount, occurredAt }));
  response.status(201).json(order);
});

app.post('/orders/:id/refund', (request, response) => {
  const order = orders.get(request.params.id);
  if (order === undefined) return response.status(404).json({ error: 'No such order.' });
  const { memberId } = memberOf(request);
  order.refundedAt ??= new Date();
  const purchase = { memberId, eventId: `order-${order.id}`, reason: 'sent back' };
  report(() => dewpoint.voidAction(purchase));
  response.json(order);
});

app.post('/reviews', (request, response) => {
  const { tea, text } = request.body;
  if (typeof text !== 'string' || text.length < 20) {
    return response.status(400).json({ error: 'A review has 20 characters or more.' });
  }
  const { memberId } = memberOf(request);
  if (reviews.has(tea)) return response.status(409).json({ error: `${tea} has your review.` });
  const review = { memberId, eventId: `review-${tea}`, rule: 'review', occurredAt: new Date() };
  reviews.set(tea, { ...review, text });
  report(() => dewpoint.recordAction(review));
  response.status(201).json({ tea });
});

/** What the wallet in the page asks for: a session of ten minutes, for this member alone. */
app.post('/dewpoint/session', async (request, response) => {
  const { memberId, displayName } = memberOf(request);
  response.json({ ...(await dewpoint.createMemberSession(memberId)), displayName });
});

const page = (await readFile(new URL('page.html', import.meta.url), 'utf8'))
  .replaceAll('DEWPOINT_URL', DEWPOINT_URL)
  .replaceAll('DEWPOINT_PROGRAM', DEWPOINT_PROGRAM);
app.get('/', (_, response) => response.type('html').send(page));

const server = app.listen(Number(SHOP_PORT), () => {
  console.log(`The shop is open: http://localhost:${SHOP_PORT}`);
});
process.once('SIGTERM', () => {
  server.close();
  void dewpoint.close().then(() => process.exit(0));
});
