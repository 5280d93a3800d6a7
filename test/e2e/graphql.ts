import request from 'supertest';

/** A call of the API with a key; gives `data`, or throws what the API said. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

/** Calls the service at `baseUrl` over HTTP, as an app's backend does. */
export function createAsk(baseUrl: string, apiKey: string): Ask {
  return async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await request(baseUrl)
      .post('/graphql')
      .set('authorization', `Bearer ${apiKey}`)
      .send({ query, variables });
    const body = response.body as { data?: T; errors?: { message: string }[] };
    if (body.errors !== undefined || body.data === undefined) {
      throw new Error(`${response.status}: ${JSON.stringify(body)}`);
    }
    return body.data;
  };
}
