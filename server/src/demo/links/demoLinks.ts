import { randomUUID } from 'node:crypto';
import type { Program } from '../../domain/program.ts';
import type { LinkTickets } from '../../services/access/linkTickets.ts';
import type { RunningDemo } from '../prepareDemo.ts';

/** Makes the link to the audit page of a program, which reads the chain from the node that the link names. */
export function auditLink(
  { chainId, address, createdAtBlock }: Program,
  rpc: string | undefined,
): string {
  const asked = new URLSearchParams({
    from: `${createdAtBlock}`,
    ...(rpc !== undefined && { rpc }),
  });
  return `/audit/#/${chainId}/${address}?${asked.toString()}`;
}

/** Makes links into the demo of a local chain. @param demo Returns the demo, once there is one. */
export function createDemoLinks(deps: {
  demo: () => RunningDemo | null;
  isLocal: boolean;
  rpcUrls: readonly string[];
  linkTickets: Pick<LinkTickets, 'create'>;
}): { wallet(): Promise<string | null>; audit(): string | null } {
  const { demo, isLocal, rpcUrls, linkTickets } = deps;
  return {
    wallet: async () => {
      const running = isLocal ? demo() : null;
      if (running === null) return null;
      const { program, access } = running;
      const { ticket } = await linkTickets.create(program, {
        memberId: access.memberId,
        idempotencyKey: randomUUID(),
        isOwn: false,
      });
      return `/w/${program.id}#t=${ticket}`;
    },
    audit: () => {
      const running = demo();
      return running === null ? null : auditLink(running.program, isLocal ? rpcUrls[0] : undefined);
    },
  };
}
