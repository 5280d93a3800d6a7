/** What a route of `/auth` answered. */
export interface AuthAnswer {
  readonly isGood: boolean;
  /** Code of what was refused, such as INVALID_EMAIL_OR_PASSWORD; OFFLINE without an answer, TOO_MANY for one that came too often. */
  readonly code: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether letters leave the service; otherwise they are in its log. */
  readonly isMailed: boolean;
}

const TOO_MANY_REQUESTS = 429;

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Asks a route of signing in. It never throws: what went wrong is in the answer. */
export async function postAuth(path: string, body: object = {}): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/auth${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as Readonly<
      Record<string, unknown>
    > | null;
    // One that is locked for longer has a code of its own.
    const refused =
      textOr(answer?.['code']) ?? (response.status === TOO_MANY_REQUESTS ? 'TOO_MANY' : null);
    return {
      isGood: response.ok,
      code: response.ok ? null : (refused ?? 'OTHER'),
      body: answer ?? {},
      isMailed: !response.headers.has('dewpoint-mail'),
    };
  } catch {
    return { isGood: false, code: 'OFFLINE', body: {}, isMailed: true };
  }
}
