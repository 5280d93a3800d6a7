/** What a link to the audit page says. All of it is in the fragment: no server sees what is looked at, or where it is read. */
export interface AuditLink {
  readonly chainId: number;
  readonly program: `0x${string}`;
  /** Where to begin to look for logs; null when the link does not say. */
  readonly fromBlock: number | null;
  /** The part of the page to go to. */
  readonly at: string | null;
  /** The node; null for that of the chain. */
  readonly nodeUrl: string | null;
}

const PROGRAM = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/;
const PATH = /^#?\/(\d{1,15})\/(0x[0-9a-fA-F]{40})\/?(?:\?(.*))?$/;
const BLOCK = /^\d{1,15}$/;

/** Reads a fragment; null when it names no program. */
export function linkIn(fragment: string): AuditLink | null {
  const [, chainId, program, query] = PATH.exec(fragment) ?? [];
  if (chainId === undefined || program === undefined) return null;
  const values = new URLSearchParams(query ?? '');
  const from = values.get('from') ?? '';
  const nodeUrl = values.get('rpc');
  return {
    chainId: Number(chainId),
    program: program as `0x${string}`,
    fromBlock: BLOCK.test(from) ? Number(from) : null,
    at: values.get('at'),
    nodeUrl: nodeUrl !== null && isNodeUrl(nodeUrl) ? nodeUrl : null,
  };
}

/** Writes a fragment. A node is named only where that gives no key away. */
export function fragmentOf({ chainId, program, fromBlock, at, nodeUrl }: AuditLink): string {
  const query = [
    ...(fromBlock === null ? [] : [`from=${fromBlock}`]),
    ...(at === null ? [] : [`at=${at}`]),
    ...(nodeUrl === null || hasKey(nodeUrl) ? [] : [`rpc=${encodeURIComponent(nodeUrl)}`]),
  ].join('&');
  return `#/${chainId}/${program}${query === '' ? '' : `?${query}`}`;
}

/** What a visitor pasted: a link of this page, or any text with an address. */
export function pasted(text: string): (Pick<AuditLink, 'program'> & Partial<AuditLink>) | null {
  const at = text.indexOf('#/');
  const link = at < 0 ? null : linkIn(text.slice(at).trim());
  if (link !== null) return link;
  const program = PROGRAM.exec(text)?.[0];
  return program === undefined ? null : { program: program as `0x${string}` };
}

/** Whether a text is the address of a node. */
export function isNodeUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** A part of a path that is longer than a word, a query or a login may be a key. */
const WORD = /^[A-Za-z0-9._-]{0,14}$/;

/** Whether the address of a node may hold a key: such an address stays in memory. */
export function hasKey(nodeUrl: string): boolean {
  const { username, password, search, pathname } = new URL(nodeUrl);
  if (username !== '' || password !== '' || search !== '') return true;
  return !pathname.split('/').every((part) => WORD.test(part));
}
