import { Textarea } from '@mantine/core';
import type { FormEvent, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { Snippet } from '../../../code/Snippet.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { useTyped } from '../../../typed/useTyped.ts';
import { useAct } from '../../../writes/useAct.ts';
import { Preview } from './Preview.tsx';
import { EmbedQuery, OriginsSet } from './queries.ts';

type Embedded = NonNullable<ResultOf<typeof EmbedQuery>['program']>;

const LINES = [220, 260] as const;
const NAME = 'programLookSet:origins';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function Origins({ known }: { readonly known: readonly string[] }): JSX.Element {
  const { t } = useTranslation('developers');
  const errorWords = useErrorWords();
  const [{ text }, setTyped] = useTyped({ text: known.join('\n') });
  const act = useAct({ name: NAME, kind: 'programLookSet', document: OriginsSet });
  const error = act.write?.phase === 'refused' ? act.write.errors[0] : undefined;
  const [, at] = /^origins\[(\d+)\]/.exec(error?.field ?? '') ?? [];
  const wrongLine = at === undefined ? null : linesOf(text)[Number(at)];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({ origins: linesOf(text) });
  };
  return (
    <form className="panel" aria-labelledby="origins" onSubmit={submit}>
      <div className="panel-head">
        <h2 id="origins">{t('embed.origins')}</h2>
        <span className="tag">{t('embed.count', { count: known.length })}</span>
      </div>
      <div className="part dev-body">
        <Textarea
          label={t('embed.originsLabel')}
          description={t('embed.originsWhy')}
          rows={4}
          spellCheck={false}
          error={
            error === undefined
              ? null
              : wrongLine == null
                ? errorWords(error.code)
                : t('embed.wrongOrigin', { origin: wrongLine })
          }
          value={text}
          onChange={({ currentTarget }) => setTyped({ text: currentTarget.value })}
        />
        <ActButton needs="MANAGER" type="submit" loading={act.isUnderWay}>
          {t('embed.save')}
        </ActButton>
        {error === undefined && <TransactionStatus name={NAME} />}
      </div>
    </form>
  );
}

function CodeOfPage({ programId }: { readonly programId: string }): JSX.Element {
  const { t } = useTranslation('developers');
  const page = [
    `<script src="${location.origin}/embed/v1.js"`,
    `  data-program="${programId}"`,
    `  data-session-url="/dewpoint/session" async></script>`,
    ``,
    `<div data-dewpoint="wallet"></div>`,
  ].join('\n');
  const backend = [
    `// POST /dewpoint/session`,
    `const session = await dewpoint.createMemberSession(memberId);`,
    `response.json(session);`,
  ].join('\n');
  return (
    <section className="panel" aria-labelledby="embed-code">
      <div className="panel-head">
        <h2 id="embed-code">{t('embed.code')}</h2>
      </div>
      <div className="part dev-body">
        <p className="dev-why">{t('embed.inPage')}</p>
        <Snippet code={page} label={t('embed.inPageLabel')} />
        <p className="dev-why">{t('embed.inBackend')}</p>
        <Snippet code={backend} label={t('embed.inBackendLabel')} />
      </div>
    </section>
  );
}

/** Puts the wallet into pages of the app: which ones, by which code, and how it looks there. */
export function EmbedPage(): JSX.Element {
  const { programId } = useWorkplace();
  const shown = (program: Embedded): JSX.Element => {
    const memberId = program.members.edges[0]?.node.memberId ?? null;
    return (
      <div className="work">
        <div>
          <Origins known={program.origins} />
          <CodeOfPage programId={programId} />
        </div>
        <aside>{memberId !== null && <Preview memberId={memberId} />}</aside>
      </div>
    );
  };
  return (
    <Asked of={usePolled(EmbedQuery)} lines={LINES}>
      {({ program }) => program !== null && shown(program)}
    </Asked>
  );
}
