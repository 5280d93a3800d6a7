import { buttonRow, type ControlRow, type Looker } from '../controlRow.ts';

const chooseAll = async ({ page, say }: Looker): Promise<void> => {
  const [words = ''] = say('review:allShown', { count: '|' }).split('|');
  const all = page.getByRole('button', { name: words });
  if ((await all.count()) > 0) await all.click();
};

/** Each decision, in the queue, and about one action of a member. */
const decision = (mutation: string, name: string): readonly ControlRow[] => [
  buttonRow(mutation, 'MANAGER', 'review', `console:action.${name}.go`, chooseAll),
  buttonRow(mutation, 'MANAGER', 'memberOfReview', `console:action.${name}.go`),
];

const confirm =
  (key: string, values: Readonly<Record<string, string>>) =>
  ({ field }: Looker): Promise<void> =>
    field(key, values).fill('mei');

async function nameOther(at: Looker): Promise<void> {
  await at.field('members:merge.other').fill('li-wei');
  await confirm('members:merge.confirm', { from: 'mei', into: 'li-wei' })(at);
}

/** Members, and what they did. */
export const MEMBER_ROWS: readonly ControlRow[] = [
  ...decision('ActionsHold', 'hold'),
  ...decision('ActionsRelease', 'release'),
  ...decision('ActionsVoid', 'void'),
  buttonRow('ActionsGrant', 'MANAGER', 'member', 'members:acts.grant'),
  buttonRow('MemberMerge', 'MANAGER', 'member', 'members:acts.merge'),
  buttonRow('MemberErase', 'OWNER', 'member', 'members:acts.erase'),
  buttonRow('ActionsGrant', 'MANAGER', 'grant', 'members:grant.go'),
  buttonRow('MemberMerge', 'MANAGER', 'merge', 'members:merge.go', nameOther),
  buttonRow(
    ...(['MemberErase', 'OWNER', 'erase', 'members:erase.go'] as const),
    confirm('members:erase.confirm', { memberId: 'mei' }),
  ),
];

const typeIn =
  (key: string, text: string) =>
  ({ field }: Looker): Promise<void> =>
    field(key).fill(text);

/** What members get for points. */
export const SHOP_ROWS: readonly ControlRow[] = [
  buttonRow('DeskItemAdd', 'MANAGER', 'catalogue', 'catalogue:add.go'),
  buttonRow(
    ...(['DeskItemPriceSet', 'MANAGER', 'item', 'catalogue:price.go'] as const),
    typeIn('catalogue:price.new', '4'),
  ),
  buttonRow(
    ...(['DeskItemStockAdd', 'MANAGER', 'item', 'catalogue:stock.go'] as const),
    typeIn('catalogue:stock.added', '5'),
  ),
  buttonRow(
    ...(['DeskItemLooksSet', 'MANAGER', 'item', 'catalogue:look.go'] as const),
    typeIn('catalogue:look.en', 'Tea'),
  ),
  buttonRow('DeskItemWithdraw', 'MANAGER', 'item', 'catalogue:withdraw.go'),
  buttonRow('DeskItemKeep', 'MANAGER', 'itemWithdrawn', 'catalogue:withdraw.keep'),
  buttonRow('DeskOrderFulfil', 'FULFILLER', 'order', 'orders:handOver.go'),
  buttonRow('DeskOrderRefund', 'FULFILLER', 'order', 'orders:refund.go'),
  buttonRow(
    ...(['DeskOrderNoteSet', 'FULFILLER', 'order', 'orders:note.go'] as const),
    typeIn('orders:note.label', 'Table 4.'),
  ),
];
