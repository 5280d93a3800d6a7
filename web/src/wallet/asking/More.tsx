import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { ErrorCard } from '../../shared/ui/States.tsx';
import { useWallet } from '../shell/wallet.ts';

/** Pages of a list after its first one, which is polled. */
export interface More<Part> {
  /** In their order. */
  readonly older: readonly Part[];
  /** Why the last page that was asked for did not come. */
  readonly error: ApiError | null;
  /** Asks for the next page. @param after `endCursor` of the page before */
  show(after: string | null): void;
  /** Begins anew, as when another list is shown. */
  forget(): void;
}

/** @param ask gives the page after a cursor; null where there is none. Throws ApiError */
export function useMore<Part>(
  ask: (client: Client, after: string | null) => Promise<Part | null>,
): More<Part> {
  const { client } = useWallet();
  const [older, setOlder] = useState<readonly Part[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const show = async (after: string | null): Promise<void> => {
    try {
      const part = await ask(client, after);
      setError(null);
      if (part !== null) setOlder((known) => [...known, part]);
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed);
    }
  };
  return { older, error, show: (after) => void show(after), forget: () => setOlder([]) };
}

/** Shows the way to the next page, or why it did not come. @param props.end of the last page that is there */
export function ShowMore({
  more: { error, show },
  end,
}: {
  readonly more: Pick<More<unknown>, 'error' | 'show'>;
  readonly end: { readonly hasNextPage: boolean; readonly endCursor: string | null } | undefined;
}): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const showNext = (): void => show(end?.endCursor ?? null);
  if (error !== null) return <ErrorCard error={error} onAgain={showNext} />;
  if (end?.hasNextPage !== true) return null;
  return (
    <button className="button quiet" type="button" onClick={showNext}>
      {t('activity.more')}
    </button>
  );
}
