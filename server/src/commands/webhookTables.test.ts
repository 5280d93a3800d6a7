import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { TOLD_KINDS } from '../domain/webhooks/eventKinds.ts';
import { webhookTypes, withWebhookTable } from './webhookTables.ts';

const ADVICE = 'npm run schema writes it';

async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

it('the table of events in the documents is that of the code', async () => {
  const path = fileURLToPath(new URL('../../../docs/webhooks.md', import.meta.url));
  const text = await readFile(path, 'utf8');
  for (const kind of TOLD_KINDS) expect(text).toContain(`| \`${kind}\``);
  expect(text, ADVICE).toBe(await formatted(path, withWebhookTable(text)));
});

it('the types of events of the client are those of the code', async () => {
  const path = fileURLToPath(new URL('../../../client/src/webhookEvents.ts', import.meta.url));
  expect(await readFile(path, 'utf8'), ADVICE).toBe(await formatted(path, webhookTypes()));
});
