import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { inRequestScope, requestIdFrom } from './requestScope.ts';

const capture = (): { lines: string[]; log: ReturnType<typeof createLogger> } => {
  const lines: string[] = [];
  const log = createLogger({
    level: 'info',
    pretty: false,
    destination: { write: (line: string) => void lines.push(line) },
  });
  return { lines, log };
};

describe('createLogger', () => {
  it('never writes a secret, whether it comes by name or inside the text of an error', () => {
    const { lines, log } = capture();
    log.info({ apiKey: 'dw_test_hunter2', headers: { authorization: 'Bearer hunter2' } }, 'call');
    log.error(
      { err: new Error('no mongodb://root:hunter2@db', { cause: new Error('dw_test_hunter2') }) },
      'down',
    );
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('marks lines of a request with its id', async () => {
    const { lines, log } = capture();
    await inRequestScope({ requestId: 'req-12345', ip: null, userAgent: null }, async () => {
      await Promise.resolve();
      log.info('inside');
    });
    log.info('outside');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'req-12345', msg: 'inside' });
    expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('requestId');
  });
});

describe('requestIdFrom', () => {
  it('keeps a plain id and replaces one that could forge log lines', () => {
    expect(requestIdFrom('order-4711.a_b')).toBe('order-4711.a_b');
    for (const bad of [undefined, 'short', 'with space 123', 'a\nb1234567', 'x'.repeat(65)]) {
      expect(requestIdFrom(bad)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
