import { TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Client } from '../../../shared/graphql/client.ts';
import { iconOfItem, useItemWords } from '../../../shared/items/itemWords.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { LookIcon } from '../../../shared/ui/icons.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { useTyped } from '../../typed/useTyped.ts';
import { useAct } from '../../writes/useAct.ts';
import { ItemLooksQuery, ItemLooksSet, type DeskItem, type WholeItem } from './queries.ts';

const ICONS = ['cup', 'pot', 'bag', 'gift', 'coins', 'leaf', 'star', 'pin'] as const;
const MOST_LABEL = 64;
const MOST_ICON = 32;

type LookOfItem = Pick<DeskItem, 'number' | 'look'>;

/** As the API takes a look. */
const lookInput = ({ number, look }: LookOfItem) => {
  const { en = null, zh = null } = look?.label ?? {};
  return {
    item: number,
    ...(look?.icon != null && { icon: look.icon }),
    ...((en !== null || zh !== null) && {
      label: { ...(en !== null && { en }), ...(zh !== null && { zh }) },
    }),
  };
};

/** Reads how all items are shown right now: they are written together, in the place of those before. */
async function allLooks(client: Client): Promise<LookOfItem[]> {
  const looks: LookOfItem[] = [];
  for (let after: string | null = null; ;) {
    const variables: { after: string | null } = { after };
    const { program } = await client.ask(ItemLooksQuery, variables);
    if (program === null) return looks;
    const { edges, pageInfo } = program.items;
    looks.push(...edges.map(({ node }) => node).filter(({ look }) => look !== null));
    if (!pageInfo.hasNextPage) return looks;
    after = pageInfo.endCursor;
  }
}

/** The sign and the short name that members see; decoration, which can change at any time. */
export function ItemLookPart({ item }: { readonly item: WholeItem }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { nameOf } = useItemWords();
  const errorWords = useErrorWords();
  const { api } = useWorkplace();
  const name = `itemLook:${item.number}`;
  const first = { icon: item.look?.icon ?? '', ...labelsOf(item) };
  const [typed, set] = useTyped(first);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [isReading, setReading] = useState(false);
  const act = useAct({ name, kind: 'programLookSet', document: ItemLooksSet });
  const [icon, en, zh] = [typed.icon, typed.en, typed.zh].map((text) => text.trim()) as [
    string,
    string,
    string,
  ];
  const isSame = icon === first.icon && en === first.en && zh === first.zh;
  const tooLong = (text: string, most: number): string | undefined =>
    [...text].length > most ? t('look.tooLong', { most }) : undefined;
  const hasFlaw = [tooLong(icon, MOST_ICON), tooLong(en, MOST_LABEL), tooLong(zh, MOST_LABEL)].some(
    (flaw) => flaw !== undefined,
  );
  const label = en === '' && zh === '' ? null : { en: en || null, zh: zh || null };
  const shown = { ...item, look: { icon: icon || null, label } };
  const save = async (): Promise<void> => {
    setReading(true);
    setFailure(null);
    try {
      const others = (await allLooks(api.client)).filter(({ number }) => number !== item.number);
      act.start({ items: [...others, shown].map(lookInput) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error);
    } finally {
      setReading(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isSame && !hasFlaw && !isReading && !act.isUnderWay) void save();
  };
  return (
    <form className="panel" aria-labelledby="item-look" noValidate onSubmit={submit}>
      <div className="panel-head">
        <h2 id="item-look">{t('look.title')}</h2>
      </div>
      <div className="part item-form">
        <p className="item-shown">
          <span className="item-sign">
            <LookIcon icon={icon} otherwise={iconOfItem(item)} />
          </span>
          <b>{nameOf(shown)}</b>
        </p>
        <fieldset className="item-icons">
          <legend>{t('look.icon')}</legend>
          {ICONS.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="item-icon"
                checked={icon === each}
                onChange={() => set({ icon: each })}
              />
              <LookIcon icon={each} otherwise={each} />
              <span className="visually-hidden">{t(`look.icons.${each}`)}</span>
            </label>
          ))}
        </fieldset>
        <TextInput
          label={t('look.emoji')}
          autoComplete="off"
          error={tooLong(icon, MOST_ICON)}
          value={ICONS.some((each) => each === typed.icon) ? '' : typed.icon}
          onChange={({ currentTarget }) => set({ icon: currentTarget.value })}
        />
        <div className="item-two">
          <TextInput
            label={t('look.en')}
            autoComplete="off"
            error={tooLong(en, MOST_LABEL)}
            value={typed.en}
            onChange={({ currentTarget }) => set({ en: currentTarget.value })}
          />
          <TextInput
            label={t('look.zh')}
            autoComplete="off"
            error={tooLong(zh, MOST_LABEL)}
            value={typed.zh}
            onChange={({ currentTarget }) => set({ zh: currentTarget.value })}
          />
        </div>
        <p className="item-effect">{t('look.words')}</p>
        <ActButton
          needs="MANAGER"
          type="submit"
          variant="default"
          disabled={isSame || hasFlaw || isReading || act.isUnderWay}
        >
          {t('look.go')}
        </ActButton>
        {failure !== null && (
          <p className="item-flaw" role="alert">
            {errorWords(failure.code)}
          </p>
        )}
        <TransactionStatus name={name} />
      </div>
    </form>
  );
}

const labelsOf = ({ look }: LookOfItem): { readonly en: string; readonly zh: string } => ({
  en: look?.label?.en ?? '',
  zh: look?.label?.zh ?? '',
});
