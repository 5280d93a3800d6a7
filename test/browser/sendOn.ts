import type { APIResponse, Route } from 'playwright-core';

/** What a browser does of itself: a kept connection may be closed in the very moment in which a request begins on it. */
export const ON_KEPT_CONNECTION = { maxRetries: 3 } as const;

/** Sends a request of a page to the service, and gives its answer to the test instead of the page. */
export const sendOn = (route: Route): Promise<APIResponse> => route.fetch(ON_KEPT_CONNECTION);
