import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { ListIcon, LookIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { iconOfRule, useRuleWords } from '../points/ruleWords.ts';
import { saveReceipts, type KeptReceipt } from '../receipts/saveReceipts.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { useWallet } from '../shell/wallet.ts';
import type { FullLine, RuleNumbers } from './queries.ts';
import { SumTable } from './SumTable.tsx';
import { useLine, type FoundLine } from './useLine.ts';
import './activity.css';

const LINES = [120, 160, 80];
const MS_PER_SECOND = 1_000;

/** The day on which an epoch began. */
const dayOf = ({ program }: FoundLine['viewer'], epoch: number): string => {
  const { startsAt, epochSeconds } = program.clock;
  return new Date(Date.parse(startsAt) + epoch * epochSeconds * MS_PER_SECOND).toISOString();
};

const sameNumbers = (a: RuleNumbers, b: RuleNumbers): boolean =>
  a.perAction === b.perAction &&
  a.perMillionUnits === b.perMillionUnits &&
  a.maxCount === b.maxCount &&
  a.maxPoints === b.maxPoints;

const LOOK: Partial<Readonly<Record<FullLine['state'], string>>> = {
  ...{ SETTLED: 'better', PENDING: 'waiting', MATURING: 'waiting', LAPSED: 'worse' },
  ...{ REFUSED: 'worse', RULE_NOT_IN_FORCE: 'worse' },
};

function LineDetails({ line }: { readonly line: FullLine }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { epoch, ruleSetVersion, rule, receipt, settled } = line;
  return (
    <Details>
      <Fact name={t('line.epoch')}>{epoch}</Fact>
      <Fact name={t('line.version')}>{ruleSetVersion}</Fact>
      <Fact name={t('line.rule')}>
        {rule.ruleId} ({rule.name})
      </Fact>
      {receipt !== null && <Fact name={t('line.statement')}>{receipt.lines}</Fact>}
      {settled !== null && <Fact name={t('line.transaction')}>{settled.transactionHash}</Fact>}
      {settled !== null && <Fact name={t('line.block')}>{settled.blockNumber}</Fact>}
    </Details>
  );
}

function Line({ found, line }: { readonly found: FoundLine; readonly line: FullLine }) {
  const { t, i18n } = useTranslation('wallet');
  const { textOf } = useRuleWords();
  const { rule, count, amount, points, minted, state, settled } = line;
  const newest = found.viewer.program.ruleSets.edges[0]?.node.rules;
  const today = newest?.find(({ ruleId }) => ruleId === rule.ruleId) ?? null;
  return (
    <>
      <section className="card">
        <div className="line-head">
          <span className="row-icon">
            <LookIcon icon={rule.look?.icon} otherwise={iconOfRule(rule)} />
          </span>
          <p className="line-number">+{showPoints(points)}</p>
          <span className={`tag line-state ${LOOK[state] ?? ''}`}>{t(`state.${state}`)}</span>
        </div>
        <p>{textOf(rule)}</p>
        <p>
          {settled !== null && state === 'SETTLED'
            ? t('line.finalSince', { moment: showMoment(settled.at, i18n.language) })
            : t(`line.why.${state}`)}
          {t('between')}
          {state === 'PENDING' &&
            minted !== '0.00' &&
            t('line.partly', { minted: showPoints(minted) })}
        </p>
      </section>
      <section className="card">
        <h2>{t('sum.title')}</h2>
        <SumTable numbers={rule} count={count} amount={amount} />
        {today !== null && !sameNumbers(today, rule) && (
          <>
            <p>{t('sum.otherToday')}</p>
            <SumTable numbers={today} count={count} amount={amount} />
          </>
        )}
      </section>
    </>
  );
}

/** Actions of the line that were taken back. */
function Voided({ found }: { readonly found: FoundLine }): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  return (
    <>
      {found.voided.map((entry) => (
        <p className="bar bad" key={entry.eventId}>
          {t('line.voided', {
            count: entry.count,
            moment: showMoment(entry.voidedAt ?? '', i18n.language),
            reason: entry.reason ?? t('line.noReason'),
          })}
        </p>
      ))}
    </>
  );
}

/** The proof of the whole day, to keep. */
function ReceiptCard({ receipt }: { readonly receipt: KeptReceipt }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { say } = useWallet();
  return (
    <section className="card">
      <h2>{t('receipts.one')}</h2>
      <p>{t('receipts.why')}</p>
      <div className="actions">
        <button
          className="button quiet"
          type="button"
          onClick={() => {
            saveReceipts([receipt], `receipt-${receipt.epoch}`);
            say(t('receipts.saved'));
          }}
        >
          {t('receipts.keepOne')}
        </button>
      </div>
    </section>
  );
}

/** One line, understood: what was done, by which numbers, and how far its points are. */
export function LinePage(): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  const { epoch = '', rule = '' } = useParams<{ epoch: string; rule: string }>();
  const found = useLine(Number(epoch), Number(rule));
  const line = found.data?.lines[0] ?? found.data?.voided[0] ?? null;
  const title =
    line === null || found.data === null
      ? t('line.title')
      : t('line.titleOf', {
          name: nameOf(line.rule),
          day: showDay(dayOf(found.data.viewer, line.epoch), i18n.language),
        });
  const receipt = line?.receipt ?? null;
  return (
    <Page title={title} back="/activity">
      <Loaded polled={found} lines={LINES} onAgain={found.again}>
        {(data) => (
          <>
            {line === null && <Empty picture={<ListIcon />} words={t('line.none')} />}
            {data.lines.map((each) => (
              <Line key={each.state} found={data} line={each} />
            ))}
            <Voided found={data} />
            {receipt !== null && <ReceiptCard receipt={receipt} />}
            {data.lines.map((each) => (
              <LineDetails key={each.state} line={each} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}
