import { SegmentedControl } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { Snippet } from '../../../code/Snippet.tsx';
import { clientOf, curlOf, type FirstCall } from '../../../code/snippets.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { USUAL_SCOPES } from '../keys/KeyForm.tsx';
import { ApiKeyCreate, keyIn } from '../keys/queries.ts';
import { SecretOnce } from '../parts/SecretOnce.tsx';
import { LivePanel } from './LivePanel.tsx';
import { ConnectQuery } from './queries.ts';

type Connectable = NonNullable<ResultOf<typeof ConnectQuery>['program']>;

const LINES = [180, 260] as const;
const MAKE = 'apiKeyCreate:connect';
/** Without fractions of a second. */
const wholeSeconds = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');

/** The code for the first action. Its time stays as it was when the page was opened: what was copied stays what is shown. */
function Code({
  program,
  apiKey,
}: {
  readonly program: Connectable;
  /** Null before one was made here. */
  readonly apiKey: string | null;
}): JSX.Element {
  const { t } = useTranslation('developers');
  const { isTest } = useWorkplace();
  const [kind, setKind] = useState('curl');
  const [occurredAt] = useState(() => wholeSeconds(program.clock.now));
  const rule = program.ruleSets.edges[0]?.node.rules[0];
  if (rule === undefined) {
    return (
      <section className="panel quiet-panel" aria-label={t('connect.code')}>
        <p role="status">{t('connect.noRule')}</p>
      </section>
    );
  }
  const call: FirstCall = {
    url: location.origin,
    key: apiKey ?? (isTest ? 'dw_test_…' : 'dw_live_…'),
    rule: rule.name,
    isSpent: !/^0(\.0*)?$/.test(rule.perMillionUnits),
    occurredAt,
  };
  return (
    <section className="panel" aria-labelledby="dev-code">
      <div className="panel-head">
        <h2 id="dev-code">{t('connect.code')}</h2>
      </div>
      <div className="part dev-body">
        <p className="dev-why">
          {apiKey === null ? t('connect.codeWithout') : t('connect.codeWords')}
        </p>
        <SegmentedControl
          aria-label={t('connect.language')}
          value={kind}
          data={[
            { value: 'curl', label: t('connect.curl') },
            { value: 'client', label: t('connect.client') },
          ]}
          onChange={setKind}
        />
        <Snippet
          label={kind === 'curl' ? t('connect.curl') : t('connect.client')}
          code={kind === 'curl' ? curlOf(call) : clientOf(call)}
        />
      </div>
    </section>
  );
}

/** From a key to the first action that is seen. */
export function ConnectPage(): JSX.Element {
  const { t } = useTranslation('developers');
  const { program } = useWorkplace();
  const act = useAct({ name: MAKE, kind: 'apiKeyCreate', document: ApiKeyCreate });
  const secret = keyIn(act.write?.payload);
  const make = (): void =>
    act.start({ name: t('connect.keyName'), scopes: [...USUAL_SCOPES], programId: program.id });
  return (
    <div className="work">
      <div>
        {secret === null ? (
          <section className="panel" aria-labelledby="dev-make">
            <div className="panel-head">
              <h2 id="dev-make">{t('connect.make')}</h2>
            </div>
            <div className="part dev-body">
              <p className="dev-why">{t('connect.makeWords')}</p>
              <div className="dev-ways">
                <ActButton needs="OWNER" loading={act.isUnderWay} onClick={make}>
                  {t('keys.make')}
                </ActButton>
                <Link href="/developers">{t('connect.others')}</Link>
              </div>
              <TransactionStatus name={MAKE} />
            </div>
          </section>
        ) : (
          <SecretOnce title={t('keys.isMade')} words={t('connect.once')} secret={secret} />
        )}
        <Asked of={usePolled(ConnectQuery)} lines={LINES}>
          {(data) => data.program !== null && <Code program={data.program} apiKey={secret} />}
        </Asked>
      </div>
      <aside>
        <LivePanel />
      </aside>
    </div>
  );
}
