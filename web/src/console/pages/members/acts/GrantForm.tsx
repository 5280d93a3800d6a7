import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { serviceNowMs } from '../../../../shared/clock/serviceClock.ts';
import { nameInWords, oneLine, wordsIn } from '../../../../shared/format/words.ts';
import type { VariablesOf } from '../../../../shared/graphql/graphql.ts';
import { newIdempotencyKey } from '../../../../shared/transactions/intents.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import type { DeskRule } from '../../../terms/fields.ts';
import { fieldErrors, type Act } from '../../../writes/useAct.ts';
import { countsAmount, readGrant, type TypedGrant } from './grant.ts';
import type { ActionsGrant } from './queries.ts';

const MAX_REASON = 500;
const HOUR_MS = 3_600_000;
const HOURS = ['0', '1', '24'] as const;

type GrantInput = VariablesOf<typeof ActionsGrant>['input'];

/** What is granted, under which rule, and why. Each field says what is wrong with it once it was sent. */
export function GrantForm({
  memberId,
  name,
  typed,
  rule,
  rules,
  act,
  onType,
}: {
  readonly memberId: string;
  /** Name of the write. */
  readonly name: string;
  readonly typed: TypedGrant;
  readonly rule: DeskRule;
  readonly rules: readonly DeskRule[];
  readonly act: Act<GrantInput>;
  readonly onType: (typed: TypedGrant) => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const errorWords = useErrorWords();
  const [isTried, setTried] = useState(false);
  const { grant, errors } = readGrant(typed, rule);
  const refused = fieldErrors(act.write, errorWords);
  const errorOf = (field: 'count' | 'amount' | 'reason'): string | undefined => {
    const wrong = isTried ? errors[field] : undefined;
    return wrong === undefined ? refused[`actions[0].${field}`] : t(`grant.wrong.${wrong}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (grant === null || Object.keys(errors).length > 0) return;
    const nowMs = serviceNowMs();
    const hours = Number(typed.hours);
    act.start({
      actions: [
        {
          // Made once, and kept with what is sent: it counts once, however often it is sent.
          ...{ memberId, eventId: `grant-${newIdempotencyKey()}`, rule: rule.name, ...grant },
          occurredAt: new Date(nowMs).toISOString(),
          ...(hours > 0 && { maturesAt: new Date(nowMs + hours * HOUR_MS).toISOString() }),
          // The service writes down who it was.
          reason: oneLine(typed.reason),
        },
      ],
    });
  };
  return (
    <form className="panel" aria-label={t('grant.title')} noValidate onSubmit={submit}>
      <div className="panel-head">
        <h2>{t('grant.what')}</h2>
      </div>
      <div className="part member-form">
        <NativeSelect
          label={t('grant.rule')}
          data={rules.map((each) => ({
            value: each.name,
            label: wordsIn(each.look?.label, i18n.language) ?? nameInWords(each.name),
          }))}
          error={refused['actions[0].rule']}
          value={rule.name}
          onChange={({ currentTarget }) => onType({ ...typed, rule: currentTarget.value })}
        />
        <TextInput
          label={t('grant.count')}
          inputMode="numeric"
          autoComplete="off"
          error={errorOf('count')}
          value={typed.count}
          onChange={({ currentTarget }) => onType({ ...typed, count: currentTarget.value })}
        />
        {countsAmount(rule) && (
          <TextInput
            label={t('grant.amount')}
            description={t('grant.amountHow')}
            inputMode="numeric"
            autoComplete="off"
            error={errorOf('amount')}
            value={typed.amount}
            onChange={({ currentTarget }) => onType({ ...typed, amount: currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t('grant.hours')}
          description={t('grant.hoursWhy')}
          data={HOURS.map((value) => ({ value, label: t(`grant.after.${value}`) }))}
          error={refused['actions[0].maturesAt']}
          value={typed.hours}
          onChange={({ currentTarget }) => onType({ ...typed, hours: currentTarget.value })}
        />
        <Textarea
          label={t('grant.reason')}
          description={t('grant.reasonWhy')}
          autosize
          minRows={2}
          maxLength={MAX_REASON}
          error={errorOf('reason')}
          value={typed.reason}
          onChange={({ currentTarget }) => onType({ ...typed, reason: currentTarget.value })}
        />
        <TransactionStatus name={name} />
        <ActButton needs="MANAGER" type="submit" loading={act.isUnderWay}>
          {t('grant.go')}
        </ActButton>
      </div>
    </form>
  );
}
