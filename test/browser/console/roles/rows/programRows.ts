import { CAFE_NAME } from '../cafeName.ts';
import { buttonRow, type ControlRow, type Looker } from '../controlRow.ts';

/** Ticks and types what an announcement that hurts asks for. */
async function confirm({ page, say, field }: Looker): Promise<void> {
  const [before = ''] = say('console:announcing.iKnowHurts', { notice: '|' }).split('|');
  await page.getByLabel(before).check();
  await field('console:announcing.name', { name: CAFE_NAME }).fill(CAFE_NAME);
}

/** Ticks and types what the announcement of small print asks for. */
async function confirmPrint({ field }: Looker): Promise<void> {
  await field('settings:print.iKnow').check();
  await field('settings:handOver.type', { name: CAFE_NAME }).fill(CAFE_NAME);
}

/** Asked by the page itself, of which there is no control. */
const outlook = (place: 'rules' | 'terms'): ControlRow => ({
  ...{ mutation: 'ContractOutlook', needs: 'MANAGER', place },
  control: ({ page, say }) => page.getByText(say('console:announcing.timeline.announced')),
  instead: ({ page, say }) => page.getByText(say('console:announcing.timeline.notYours')),
});

const amountIn = (form: string) => (at: Looker) =>
  at.page.locator(`form[aria-labelledby="${form}"] input`).fill('1');

/** Terms of a program, changes of them, its money and who signs for it. */
export const TERMS_ROWS: readonly ControlRow[] = [
  outlook('rules'),
  buttonRow('DeskAnnounce', 'OWNER', 'rules', 'console:announcing.go', confirm),
  buttonRow('DraftSave', 'MANAGER', 'rules', 'console:announcing.draft.save'),
  outlook('terms'),
  buttonRow('DeskAnnounce', 'OWNER', 'terms', 'console:announcing.go', confirm),
  buttonRow('DraftSave', 'MANAGER', 'terms', 'console:announcing.draft.save'),
  buttonRow('DraftDelete', 'MANAGER', 'terms', 'console:announcing.draft.delete'),
  buttonRow('DocumentPut', 'MANAGER', 'print', 'settings:print.store', ({ field }) =>
    field('settings:print.text').fill('Tea.'),
  ),
  buttonRow('DeskAnnounce', 'OWNER', 'printStored', 'settings:print.go', confirmPrint),
  buttonRow('ChangeWithdraw', 'OWNER', 'change', 'changes:acts.withdraw'),
  buttonRow('ChangeEnact', 'MANAGER', 'changeDue', 'changes:acts.enact'),
  buttonRow('DeskReserveDeposit', 'OWNER', 'buyback', 'buyback:put.go', amountIn('put')),
  buttonRow('DeskReserveWithdraw', 'OWNER', 'buyback', 'buyback:take.ask'),
  buttonRow('DeskTopUpStart', 'OWNER', 'buybackLive', 'buyback:card.go', amountIn('card')),
  buttonRow('DeskRoundSettle', 'MANAGER', 'buybackDue', 'buyback:due.go'),
  buttonRow('OperatorOffer', 'OWNER', 'operator', 'settings:handOver.go'),
  buttonRow('OperatorOffer', 'OWNER', 'offered', 'settings:offered.takeBack'),
  buttonRow('OperatorAccept', 'OWNER', 'offered', 'settings:offered.accept'),
];
