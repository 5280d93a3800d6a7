/** `npm run schema`: writes the schema to the committed file, for review. */
import { readFile, writeFile } from 'node:fs/promises';
import { schemaText } from '../graphql/schema.ts';

const file = new URL('../../schema.graphql', import.meta.url);
const text = schemaText();
const isNew = (await readFile(file, 'utf8').catch(() => '')) !== text;
if (isNew) await writeFile(file, text);
process.stdout.write(`server/schema.graphql: ${isNew ? 'written' : 'unchanged'}\n`);
