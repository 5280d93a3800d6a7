import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { showDay } from '../../../../shared/format/dates.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { epochBegins } from '../../../terms/epochs.ts';
import { MemberReceiptQuery, type DeskMember, type ProgramOfMember } from './queries.ts';

const LINES = [80] as const;

function Chosen({
  memberId,
  epoch,
}: {
  readonly memberId: string;
  readonly epoch: number;
}): JSX.Element {
  const { t } = useTranslation('members');
  return (
    <Asked of={usePolled(MemberReceiptQuery, { memberId, epoch })} lines={LINES}>
      {({ member }) => {
        const receipt = member?.receipt ?? null;
        if (receipt === null) return <p className="member-quiet">{t('receipt.none')}</p>;
        return (
          <>
            <p className="member-quiet">
              {t('receipt.says', { points: showPoints(receipt.pointsEarned) })}
            </p>
            <CopyButton text={JSON.stringify(receipt, null, 2)} label={t('receipt.copy')} />
          </>
        );
      }}
    </Asked>
  );
}

/** A signed statement for one day, to hand to the member: with it points can be settled without the service. */
export function ReceiptPart({
  member,
  clock,
}: {
  readonly member: DeskMember;
  readonly clock: ProgramOfMember['clock'];
}): JSX.Element | null {
  const { t, i18n } = useTranslation('members');
  const epochs = [...new Set(member.history.edges.map(({ node }) => node.epoch))];
  const [chosen, setChosen] = useState<number | null>(null);
  const epoch = chosen ?? epochs[0];
  if (epoch === undefined) return null;
  return (
    <section className="panel" aria-labelledby="receipt">
      <div className="panel-head">
        <h2 id="receipt">{t('receipt.title')}</h2>
      </div>
      <div className="part member-receipt">
        <p className="member-quiet">{t('receipt.words')}</p>
        <NativeSelect
          label={t('receipt.day')}
          data={epochs.map((value) => ({
            value: `${value}`,
            label: showDay(epochBegins(clock, value), i18n.language),
          }))}
          value={`${epoch}`}
          onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
        />
        <Chosen memberId={member.memberId} epoch={epoch} />
      </div>
    </section>
  );
}
