/** This computer's own names and addresses, as `URL` writes them. */
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What to tell `fetch` of where a node is: Chrome lets a public page talk to this very computer only when the request says that it
 * means to, and the user agrees.
 */
export function addressSpaceOf(url: string): { readonly targetAddressSpace?: 'loopback' } {
  if (!LOOPBACK.test(new URL(url).hostname)) return {};
  const init = { targetAddressSpace: 'loopback' } as const;
  try {
    // Chrome before 142 has other words for it, and refuses one that it does not know. Other browsers do not look.
    new Request(url, init as RequestInit);
    return init;
  } catch {
    return {};
  }
}
