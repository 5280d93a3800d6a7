import { PASSWORD, totpCode } from '@dewpoint/server/testing/people/people.ts';
import type { Page } from 'playwright-core';
import { ON_KEPT_CONNECTION } from '../sendOn.ts';
import type { ConsoleStage } from './consoleStage.ts';

/** Sets up an authenticator app for the person who is signed in. */
export async function turnOnSecondFactor(
  { service: { url } }: Pick<ConsoleStage, 'service'>,
  page: Page,
): Promise<void> {
  const post = async (step: string, data: object): Promise<unknown> => {
    const response = await page.request.post(`${url}/auth/two-factor/${step}`, {
      ...{ ...ON_KEPT_CONNECTION, headers: { origin: url }, data },
    });
    if (!response.ok()) throw new Error(`${step}: ${response.status()}`);
    return response.json();
  };
  const { totpURI } = (await post('enable', { password: PASSWORD })) as { totpURI: string };
  await post('verify-totp', { code: totpCode(totpURI) });
}
