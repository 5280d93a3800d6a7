import { useEffect, useState } from 'react';
import { graphql } from '../../shared/graphql/graphql.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { CallFlaw, type CallDifference } from './callFlaw.ts';
import type { CallToSign, UnreadCall } from './ownWrites.ts';
import type { ReadCall } from './readCall.ts';

/** Where calls of the member may go, and from which wallet. */
const ContractsQuery = graphql(`
  query Contracts {
    viewer {
      program {
        chainId
        settings {
          buyback
          charter
          catalogue
          settlementToken {
            symbol
          }
        }
      }
      member {
        ownAccount
      }
    }
  }
`);

/** A call that was read, or why it is none that a wallet may be asked for. */
export type CallVerdict =
  | { readonly call: UnreadCall; readonly read: ReadCall; readonly from: string }
  | { readonly call: UnreadCall; readonly flaw: CallDifference };

/** Reads what the wallet is to be asked; null until it is read. What reads it is loaded here, and not before. */
export function useReadCall(asked: CallToSign | null): CallVerdict | null {
  const { data } = usePolled(ContractsQuery);
  const [verdict, setVerdict] = useState<CallVerdict | null>(null);
  const call = asked?.call ?? null;
  const text = JSON.stringify(data?.viewer.program ?? null);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      if (asked === null || call === null || data === null) return;
      const { chainId, settings } = data.viewer.program;
      const { readCall } = await import('./readCall.ts');
      if (isOver) return;
      const from = asked.input['ownWallet'] as string;
      try {
        setVerdict({ call, from, read: readCall(asked, call, chainId, settings) });
      } catch (error) {
        if (!(error instanceof CallFlaw)) throw error;
        setVerdict({ call, flaw: error.difference });
      }
    };
    void read();
    return () => {
      isOver = true;
    };
    // It is read again for another call, and where the program says something else; not with every answer.
  }, [call, text]);
  return verdict?.call === call ? verdict : null;
}
