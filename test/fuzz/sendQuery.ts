/** What came back for a query. */
export interface Sent {
  readonly status: number;
  readonly bytes: number;
  /** Codes of its errors. */
  readonly codes: readonly string[];
}

interface Body {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Sends a query, with a key or without one. */
export async function sendQuery(apiUrl: string, key: string | null, query: string): Promise<Sent> {
  const response = await fetch(apiUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as Body;
  const codes = errors.map(({ extensions }) => extensions.code);
  return { status: response.status, bytes: Buffer.byteLength(text), codes };
}
