/** `npm run schema`: writes the schema to the committed file, for review. */
import { writeFile } from 'node:fs/promises';
import { schemaText } from '../graphql/schema.ts';

await writeFile(new URL('../../schema.graphql', import.meta.url), schemaText());
