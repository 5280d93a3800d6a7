import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/graphql/client.ts';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { useOnline, useWallet } from '../shell/wallet.ts';
import { linkPath, linkWithTicket } from './linkTicket.ts';

/** Leads to the page for an own wallet: by itself in a page, by the app around it in a frame. */
export function OwnWalletButton({
  isOwn,
}: {
  /** Whether the member has one already. */
  readonly isOwn: boolean;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const isOnline = useOnline();
  const { programId, session, client, host } = useWallet();
  const words = isOwn ? t('ownWallet.show') : t('ownWallet.use');
  const [code, setCode] = useState<string | null>(null);
  if (session.place === 'page') {
    return (
      <a className="button quiet" href={linkPath(programId)}>
        {words}
      </a>
    );
  }
  const open = async (): Promise<void> => {
    setCode(null);
    try {
      const made = await linkWithTicket(client, programId);
      if (made === null) setCode('INTERNAL');
      else host.post({ type: 'openTop', path: made.path });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setCode(error.code);
    }
  };
  return (
    <>
      <button
        className="button quiet"
        type="button"
        disabled={!isOnline}
        onClick={() => void open()}
      >
        {words}
      </button>
      {code !== null && <p role="alert">{errorWords(code)}</p>}
    </>
  );
}
