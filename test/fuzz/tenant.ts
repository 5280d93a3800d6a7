import type { Address } from '@dewpoint/contracts/statement.ts';
import { goodProgram } from '@dewpoint/server/testing/badPrograms.ts';
import type { Mailbox } from '@dewpoint/server/testing/people/mailbox.ts';
import { openBrowser, PASSWORD, type Browser } from '@dewpoint/server/testing/people/people.ts';
import { finalAnswer, type Answer } from '@dewpoint/server/testing/service.ts';

/** An organisation with a program, made over the API alone. */
export interface Tenant {
  readonly owner: Browser;
  readonly slug: string;
  /** Global id of the program. */
  readonly programId: string;
  readonly address: Address;
  /** With every scope, for all programs of the organisation. */
  readonly wholeKey: string;
  /** With every scope, for the program. */
  readonly key: string;
  /** Asks as the owner, for the organisation and its program. */
  ask(query: string, variables?: object): Promise<Answer>;
}

/** The API of a service that runs, and the letters that it sends. */
export interface Reached {
  readonly url: string;
  readonly mailbox: Mailbox;
}

/** Signs a person up and in. */
export async function signUp({ url, mailbox }: Reached, email: string): Promise<Browser> {
  const browser = openBrowser(url);
  await browser.post('/auth/sign-up/email', { name: email, email, password: PASSWORD });
  const link = await mailbox.link(email, /verify-email/);
  await browser.get(link.slice(new URL(link).origin.length));
  const { status } = await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
  if (status !== 200) throw new Error(`${email} was not signed in: ${status}`);
  return browser;
}

/** Gives the field of an answer, or fails with what was refused. */
export function resultOf({ data, errors }: Answer): Record<string, unknown> {
  const [result] = Object.values(data ?? {}) as Record<string, unknown>[];
  const refused = (result?.['userErrors'] ?? []) as unknown[];
  if (result == null || errors !== undefined || refused.length > 0) {
    throw new Error(`refused: ${JSON.stringify(errors ?? refused)}`);
  }
  return result;
}

const ALL_SCOPES =
  '[ACTIONS_WRITE, MEMBERS_READ, MEMBERS_WRITE, ORDERS_WRITE, PROGRAM_READ, PROGRAM_WRITE]';

/** Founds an organisation with one program, whose buyback pays with a token. */
export async function createTenant(
  reached: Reached,
  { slug, token }: { readonly slug: string; readonly token: Address },
): Promise<Tenant> {
  const owner = await signUp(reached, `owner@${slug}.example`);
  const key = `found-${slug}`;
  const found = `mutation { organisationCreate(input: { name: "${slug}", slug: "${slug}", idempotencyKey: "${key}" }) { userErrors { code } } }`;
  resultOf(await owner.ask(found));
  const asOwner = (query: string, variables?: object): Promise<Answer> =>
    owner.ask(query, variables, { 'dewpoint-organisation': slug });
  const input = { ...goodProgram(token), idempotencyKey: key };
  const create = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
    program { id address } transaction { status } userErrors { code field message } } }`;
  const { program } = resultOf(await finalAnswer(() => asOwner(create, { input }))) as {
    program: { id: string; address: Address };
  };
  const keyFor = async (programId: string): Promise<string> => {
    const make = `mutation { apiKeyCreate(input: { name: "${slug}-till", scopes: ${ALL_SCOPES}, ${programId} idempotencyKey: "${key}${programId.length}" }) { key userErrors { code } } }`;
    return String(resultOf(await asOwner(make))['key']);
  };
  const headers = { 'dewpoint-organisation': slug, 'dewpoint-program': program.id };
  return {
    ...{ owner, slug, programId: program.id, address: program.address },
    wholeKey: await keyFor(''),
    key: await keyFor(`programId: "${program.id}",`),
    ask: (query, variables) => owner.ask(query, variables, headers),
  };
}
