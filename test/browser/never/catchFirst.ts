import type { Page, Route } from 'playwright-core';

/** A request on its way to be caught. */
export interface Catch {
  readonly caught: Promise<Route>;
}

/**
 * Catches the next request to the API that is wanted. All others go their way, also those of a page that is loaded again: nothing is
 * changed about its connection while it loads.
 *
 * @param isWanted tells by the body of a request
 */
export async function catchFirst(page: Page, isWanted: (body: string) => boolean): Promise<Catch> {
  let isCaught = false;
  let tell: (route: Route) => void = () => undefined;
  const caught = new Promise<Route>((resolve) => (tell = resolve));
  await page.route('**/graphql', async (route) => {
    if (isCaught || !isWanted(route.request().postData() ?? '{}')) return route.fallback();
    isCaught = true;
    tell(route);
  });
  return { caught };
}
