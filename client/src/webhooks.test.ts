import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WebhookError, verifyWebhook, type WebhookDelivery } from './webhooks.ts';

const SECRET = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}`;
const AT_S = 1_772_366_400;
const BODY = JSON.stringify({
  id: 'evt_1',
  type: 'drops.final',
  timestamp: 'T',
  data: { n: '水' },
});

const sign = (body: string, secret = SECRET, id = 'evt_1', at = AT_S): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
};

const headers = (signature = sign(BODY)): Record<string, string> => ({
  'webhook-id': 'evt_1',
  'webhook-timestamp': `${AT_S}`,
  'webhook-signature': signature,
});

const delivery = (over: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  body: BODY,
  headers: headers(),
  secret: SECRET,
  ...over,
});

const problem = async (wrong: WebhookDelivery, nowMs = AT_S * 1000): Promise<string> => {
  const error: unknown = await verifyWebhook(wrong, nowMs).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WebhookError);
  return (error as WebhookError).code;
};

describe('verifyWebhook', () => {
  it('reads what is signed, as text and as bytes, from each kind of headers', async () => {
    const wanted = { id: 'evt_1', type: 'drops.final', data: { n: '水' } };
    for (const over of [
      {},
      { body: Buffer.from(BODY) },
      { headers: new Headers(headers()) },
      { secret: [OTHER, SECRET] },
      { headers: headers(`v1a,AAAA ${sign(BODY, OTHER)} ${sign(BODY)}`) },
    ]) {
      expect(await verifyWebhook(delivery(over), AT_S * 1000)).toMatchObject(wanted);
    }
  });

  it('agrees with the example of the standard', async () => {
    const standard = {
      body: '{"test": 2432232314}',
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    };
    // The signature holds; that the body is none of our events is found after it.
    expect(await problem(standard, 1_614_265_330_000)).toBe('NO_EVENT');
    expect(await problem({ ...standard, body: '{"test": 2432232315}' }, 1_614_265_330_000)).toBe(
      'WRONG_SIGNATURE',
    );
  });

  it.each<[string, string, Partial<WebhookDelivery>]>([
    ['WRONG_SIGNATURE', 'another body', { body: BODY.replace('final', 'fina1') }],
    ['WRONG_SIGNATURE', 'another secret', { secret: OTHER }],
    ['WRONG_SIGNATURE', 'no signature of this version', { headers: headers('v2,AAAA') }],
    ['WRONG_SIGNATURE', 'a signature that is no base64', { headers: headers('v1,%%%') }],
    ['WRONG_SIGNATURE', 'another id', { headers: { ...headers(), 'webhook-id': 'evt_2' } }],
    ['NO_HEADERS', 'no headers', { headers: {} }],
    ['BAD_SECRET', 'no secret', { secret: 'whsec_%' }],
    ['WRONG_TIME', 'no time', { headers: { ...headers(), 'webhook-timestamp': 'soon' } }],
  ])('says %s of %s', async (code, _, over) => {
    expect(await problem(delivery(over))).toBe(code);
  });

  it('takes nothing that was signed more than five minutes ago or ahead', async () => {
    await verifyWebhook(delivery(), (AT_S + 300) * 1000);
    expect(await problem(delivery(), (AT_S + 301) * 1000)).toBe('WRONG_TIME');
    expect(await problem(delivery(), (AT_S - 301) * 1000)).toBe('WRONG_TIME');
  });
});
