import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { fromBase, showMoney, toBase } from '../../shared/format/amounts.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { When } from '../../shared/ui/Values.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { useWritesOf } from '../writes/useWritesOf.ts';
import { WriteList } from '../writes/WriteList.tsx';
import { MoneyQuery, SendMutation, type MoneyView } from './queries.ts';
import { AddressGroups, SendForm } from './SendForm.tsx';
import './money.css';

const LINES = [120, 230];
const LOCAL_CHAIN = 31_337;
const isSend = ({ kind }: WriteState): boolean => kind === 'moneySend';

/** What waits in the contract, what lies in the account, and both together. */
function sumOf({ member, program }: MoneyView) {
  const { symbol, decimals } = program.settings.settlementToken;
  const { owed, account } = member?.money ?? { owed: '0', account: '0' };
  const all = toBase(owed, decimals) + toBase(account ?? '0', decimals);
  const inWords = (money: string): string => `${showMoney(money)} ${symbol}`;
  const lying = account === null ? null : inWords(account);
  return { all, sum: inWords(fromBase(all, decimals)), owed: inWords(owed), lying };
}

function Sums({ viewer }: { readonly viewer: MoneyView }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { all, sum, owed, lying } = sumOf(viewer);
  return (
    <section className="card">
      <p className="money-sum">{sum}</p>
      <p>{all > 0n ? t('money.from', { points }) : t('money.none', { points })}</p>
      {all > 0n && (
        <dl className="money-parts">
          <div>
            <dt>{t('money.owed')}</dt>
            <dd>{owed}</dd>
          </div>
          <div>
            <dt>{t('money.inAccount')}</dt>
            <dd>{lying ?? t('money.unknown')}</dd>
          </div>
        </dl>
      )}
    </section>
  );
}

/** Why sending may go on for a while, or did not go through, in the words of money. */
function SendNews({ writes }: { readonly writes: readonly WriteState[] }) {
  const { t } = useTranslation('wallet');
  const [last] = writes.slice(-1);
  const code = last?.errors[0]?.code;
  if (last?.phase === 'waiting' && code === 'BUSY') return <p>{t('money.goesOn')}</p>;
  if (last?.phase === 'refused' && code === 'MALFORMED') return <p>{t('money.checksum')}</p>;
  return null;
}

function Send({ viewer }: { readonly viewer: MoneyView }) {
  const { t } = useTranslation('wallet');
  const writes = useWritesOf(isSend);
  const { member, program } = viewer;
  const whyNot = useWhyNot(member?.money.stale ?? false);
  const { all, sum } = sumOf(viewer);
  if (member === null || (all === 0n && writes.all.length === 0)) return null;
  const { chainId } = program;
  const send = (to: `0x${string}`): void =>
    writes.start({ name: 'moneySend', kind: 'moneySend', document: SendMutation, input: { to } });
  return (
    <section className="card" aria-labelledby="send-title">
      <h2 id="send-title">{t('money.sendTitle')}</h2>
      {all > 0n && (
        <>
          <p>{t('money.sendWords')}</p>
          <SendForm
            sum={sum}
            network={
              chainId === LOCAL_CHAIN
                ? t('money.testNetwork')
                : t('money.networkNumber', { number: chainId })
            }
            ownAccount={member.ownAccount}
            account={member.account}
            isOff={whyNot !== null || writes.isBusy}
            onSend={send}
          />
        </>
      )}
      <WriteList writes={writes} />
      <SendNews writes={writes.all} />
    </section>
  );
}

function Sent({ viewer }: { readonly viewer: MoneyView }) {
  const { t } = useTranslation('wallet');
  const { symbol } = viewer.program.settings.settlementToken;
  const rows = viewer.member?.activity.edges.map(({ node }) => node) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="sent-title">
      <h2 id="sent-title">{t('money.sent')}</h2>
      <ul className="rows">
        {rows.map(({ at, money, to, moment }, index) => (
          <li key={`${at} ${index}`}>
            <div className="row">
              <span className="row-icon">
                <LookIcon icon={null} otherwise="coins" />
              </span>
              <span>
                <span className="row-title">
                  <When iso={at} />
                </span>
                {to !== null && <AddressGroups address={to} />}
              </span>
              <span className="row-value">{`${showMoney(money ?? '0')} ${symbol}`}</span>
            </div>
            {moment !== null && (
              <Details>
                <Fact name={t('line.transaction')}>{moment.transactionHash}</Fact>
              </Details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The member's money from buybacks, and the way out for it. */
export function MoneyPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { data, ...rest } = usePolled(MoneyQuery);
  const viewer = data?.viewer ?? null;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  const polled = { data: viewer, ...rest };
  return (
    <Page title={t('money.title')} back="/buyback">
      <Loaded polled={polled} lines={LINES} isStale={viewer?.member?.money.stale ?? false}>
        {(known) => (
          <>
            <Sums viewer={known} />
            <Send viewer={known} />
            <Sent viewer={known} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
