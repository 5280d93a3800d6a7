import { buildWeb } from '@dewpoint/infra/start/webBuild.ts';

/** Builds the pages once for all tests that open them, as people get them; nothing where they are built already. */
export async function setup(): Promise<void> {
  await buildWeb(() => undefined);
}
