/** `npm run schema`: writes the schema to the committed file, for review, and the types of the pages and of the client by it. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { schemaText } from '../graphql/schema.ts';
import { webhookTypes, withWebhookTable } from './webhookTables.ts';

const HELP = `npm run schema

Writes the schema of the API to server/schema.graphql, for review, and the types of the pages and of the client by it. Says whether the schema has
changed.
`;
const [arg] = process.argv.slice(2);
if (arg === '--help' || arg === '-h') {
  process.stdout.write(HELP);
  process.exit(0);
} else if (arg !== undefined) {
  process.stderr.write(`There is no ${arg}: npm run schema -- --help says what there is.\n`);
  process.exit(2);
}

const file = new URL('../../schema.graphql', import.meta.url);
const text = schemaText();
const isNew = (await readFile(file, 'utf8').catch(() => '')) !== text;
if (isNew) await writeFile(file, text);
process.stdout.write(`server/schema.graphql: ${isNew ? 'written' : 'unchanged'}\n`);

/** Writes a file as prettier would. */
async function writeFormatted(place: string, written: string): Promise<void> {
  const filepath = fileURLToPath(new URL(place, import.meta.url));
  await writeFile(
    filepath,
    await format(written, { ...(await resolveConfig(filepath)), filepath }),
  );
}
await writeFormatted('../../../client/src/webhookEvents.ts', webhookTypes());
const guide = new URL('../../../docs/webhooks.md', import.meta.url);
await writeFormatted('../../../docs/webhooks.md', withWebhookTable(await readFile(guide, 'utf8')));

// From here, and not as a command of its own behind this one: options such as --help would be for that one alone.
for (const written of ['../../../web/graphqlTypes.mjs', '../../../client/codegen.mjs']) {
  const script = fileURLToPath(new URL(written, import.meta.url));
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
