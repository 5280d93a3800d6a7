/** `npm run schema`: writes the schema to the committed file, for review. */
import { readFile, writeFile } from 'node:fs/promises';
import { schemaText } from '../graphql/schema.ts';

const HELP = `npm run schema

Writes the schema of the API to server/schema.graphql, for review. Says whether it has changed.
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
