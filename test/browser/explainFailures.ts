import { afterEach, type TestContext } from 'vitest';
import { describeOpenPages } from './openPages.ts';

/** Adds to the error of a test that failed what its pages show, so that it can be understood without being seen again. */
async function explain({ task }: TestContext): Promise<void> {
  const error = task.result?.errors?.[0];
  if (task.result?.state !== 'fail' || error === undefined) return;
  const explained = [error.message, ...(await describeOpenPages())].join('\n\n');
  error.stack = error.stack?.replace(error.message, () => explained) ?? explained;
  error.message = explained;
}

afterEach(explain);
