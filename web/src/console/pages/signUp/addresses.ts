/** What the person wants to come to once the address is confirmed. */
interface Wanted {
  /** An address of the console; null for none. */
  readonly to: string | null;
  /** Name of the organisation to create; empty for none. */
  readonly organisation: string;
}

/** Address that the link of a letter leads to, with what comes after it. */
export function verifiedAddress({ to, organisation }: Wanted): string {
  const query = new URLSearchParams({
    ...(to !== null && { to }),
    ...(organisation !== '' && { organisation }),
  }).toString();
  return `/console/verified${query === '' ? '' : `?${query}`}`;
}

/** Makes the name of an organisation in addresses out of its own: what is no Latin letter is left out. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
