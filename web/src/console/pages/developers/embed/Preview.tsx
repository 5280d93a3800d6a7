import { useEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Client } from '../../../../shared/graphql/client.ts';
import { newIdempotencyKey } from '../../../../shared/transactions/intents.ts';
import { useBarrier, useMay } from '../../../access/barrier.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { PreviewSession } from './queries.ts';

/** The loader, as pages of apps have it. */
interface Loader {
  mount(
    element: HTMLElement,
    options: {
      readonly program: string;
      readonly language: 'en' | 'zh';
      readonly getSession: () => Promise<{ readonly token: string; readonly expiresAt: string }>;
    },
  ): { unmount(): void };
}

const LOADER = '/embed/v1.js';

const loaded = (): Loader | undefined => (globalThis as { Dewpoint?: Loader }).Dewpoint;

/** Loads the loader once, as any page of an app would. */
const load = (): Promise<Loader> =>
  new Promise((resolve, reject) => {
    const known = loaded();
    if (known !== undefined) return resolve(known);
    const script = document.createElement('script');
    script.src = LOADER;
    script.onload = () => {
      const loader = loaded();
      if (loader === undefined) reject(new Error('the loader is not there'));
      else resolve(loader);
    };
    script.onerror = () => reject(new Error('the loader did not come'));
    document.head.append(script);
  });

/** Waits before the tries after one that had no answer. */
const AGAIN_MS = [1_000, 4_000] as const;

/** Opens a session, one, however often it is asked for again. @returns null when none was opened */
async function openSession(client: Client, memberId: string) {
  const input = { memberId, idempotencyKey: newIdempotencyKey() };
  for (const wait of [...AGAIN_MS, null]) {
    try {
      const { token, session } = (await client.ask(PreviewSession, { input })).payload;
      return token === null || session === null ? null : { token, expiresAt: session.expiresAt };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return null;
}

/** The wallet of a member as it looks in a page of the app, by the same script: in test alone. */
export function Preview({ memberId }: { readonly memberId: string }): JSX.Element | null {
  const { t, i18n } = useTranslation('developers');
  const { isTest, programId, api } = useWorkplace();
  const mayOpen = useMay('MANAGER');
  const barrier = useBarrier('MANAGER');
  const place = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  const isShown = isTest && mayOpen;
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  useEffect(() => {
    const element = place.current;
    if (!isShown || element === null) return undefined;
    // An element of its own: the loader answers for the same one with the same wallet.
    const inner = document.createElement('div');
    element.append(inner);
    let handle: { unmount(): void } | null = null;
    let isOver = false;
    load().then(
      (loader) => {
        if (isOver) return;
        handle = loader.mount(inner, {
          ...{ program: programId, language },
          getSession: async () => {
            const session = await openSession(api.client, memberId);
            if (session !== null) return session;
            if (!isOver) setFailed(true);
            // The wallet goes with the place that it is in.
            return new Promise(() => undefined);
          },
        });
      },
      () => setFailed(true),
    );
    return () => {
      isOver = true;
      handle?.unmount();
      inner.remove();
    };
  }, [isShown, programId, language, api, memberId]);
  if (!isTest) return null;
  return (
    <section className="panel" aria-labelledby="dev-preview">
      <div className="panel-head">
        <h2 id="dev-preview">{t('embed.preview')}</h2>
        <span className="tag">{memberId}</span>
      </div>
      {!mayOpen ? (
        <p className="part barrier">{barrier}</p>
      ) : hasFailed ? (
        <p className="part form-refused" role="alert">
          {t('embed.previewFailed')}
        </p>
      ) : (
        <div className="dev-preview" ref={place} />
      )}
    </section>
  );
}
