import { DAY_MS, MINUTE_MS } from '@dewpoint/server/testing/builders/time.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage } from './consoleStage.ts';
import { isStruckAsListed } from './strikes/strikes.ts';

const VISIT = { en: 'Check-in', zh: '签到' };
const REVIEW = { en: 'Review', zh: '评价' };
const NAME = 'Dewdrop Café';
const NOTICE_MS = 7 * DAY_MS;

let stage: ConsoleStage;
let browser: OpenBrowser;
beforeAll(async () => {
  // Of one organisation alone: its people may move the clock of the chain.
  const started = startConsole({ hasOneOrganisation: true });
  [stage, browser] = await Promise.all([started, openBrowser()]);
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** A café with members who did something. */
async function openBusyCafe(): Promise<Cafe> {
  const cafe = await stage.openCafe({ name: NAME });
  await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 2 }]);
  await cafe.earn('li-wei', [{ rule: 'purchase', amount: '40000' }, { rule: 'visit' }]);
  return cafe;
}
const stateOf = async (cafe: Cafe, number: number): Promise<string> => {
  const query = `{ program { change(number: ${number}) { state } } }`;
  const { program } = await cafe.ask<{ program: { change: { state: string } } }>(query);
  return program.change.state;
};

it.each(variantsOf(1))(
  'an owner splits a change, announces what hurts, and it is struck down, $language $width $theme',
  async (variant) => {
    const cafe = await openBusyCafe();
    const { language } = variant;
    const operator = await stage.open(browser, variant, {
      ...{ role: 'owner', programId: cafe.program.id, path: '/rules' },
    });
    const { page, say } = operator;
    const perAction = (rule: string) =>
      page.getByLabel(say('rules:edit.label.perAction', { rule }), { exact: true });
    const verdict = (key: string) =>
      page.getByRole('heading', { level: 2, name: say(`rules:verdict.${key}.title`) });
    const announce = page.getByRole('button', { name: say('console:announcing.go') });
    await operator.isAt('rules:title');
    await operator.looks('console-rules');

    await page.getByRole('link', { name: say('rules:change'), exact: true }).click();
    await operator.isAt('rules:edit.title');
    await verdict('none').waitFor();
    await perAction(VISIT[language]).fill('1.00');
    await perAction(REVIEW[language]).fill('8');
    await verdict('members').waitFor();
    // The contract has spoken: the dates are real, and so is what strikes it down.
    await page.getByText(say('console:announcing.timeline.announced')).waitFor();
    await page.getByRole('button', { name: say('rules:preview.who') }).click();
    await page.getByRole('cell', { name: '\u22121.00' }).first().waitFor();
    expect(await announce.isDisabled()).toBe(true);
    await page.evaluate(() => scrollTo(0, 0));
    await forgetShifts(page);
    await operator.looks('console-rule-change');

    // What was typed is still there after a reload.
    await page.reload();
    await operator.isAt('rules:edit.title');
    expect(await perAction(VISIT[language]).inputValue()).toBe('1.00');
    await page.getByRole('button', { name: say('rules:split.go') }).click();
    await verdict('better').waitFor();
    await page.getByText(say('rules:split.first')).waitFor();
    await page.getByLabel(say('console:announcing.iKnow')).check();
    await announce.click();
    await page.getByText(say('rules:split.second')).waitFor();
    await verdict('members').waitFor();
    expect(await stateOf(cafe, 1)).toBe('ENACTED');

    const notice = language === 'en' ? '7 days' : '7 天';
    await page.getByLabel(say('console:announcing.iKnowHurts', { notice })).check();
    expect(await announce.isDisabled()).toBe(true);
    await page.getByLabel(say('console:announcing.name', { name: NAME })).fill(NAME);
    await announce.dblclick();
    await page
      .getByRole('heading', { level: 1, name: say('changes:one', { number: 2 }), exact: true })
      .waitFor();
    await page.getByRole('heading', { name: say('changes:outcome.PENDING.title') }).waitFor();
    // What the first announcement changed in the form was asked for.
    await forgetShifts(page);
    await operator.looks('console-change-announced');

    await page.getByRole('button', { name: say('changes:acts.withdraw'), exact: true }).click();
    await page.getByText(say('changes:acts.iKnow')).waitFor();
    await operator.looks('console-change-withdraw');
    await page.getByRole('button', { name: say('changes:acts.leave') }).click();

    await cafe.pass(DAY_MS);
    await cafe.act('changeObject', { memberId: 'mei', change: 2, amount: '1.00' });
    await cafe.act('changeObject', { memberId: 'li-wei', change: 2, amount: '14.00' });
    expect(await stateOf(cafe, 2)).toBe('STRUCK_DOWN');
    await page.reload();
    await page.getByRole('heading', { name: say('changes:outcome.STRUCK_DOWN.title') }).waitFor();
    await operator.looks('console-change-struck-down');
    await page.getByRole('button', { name: say('changes:objections.asTable') }).click();
    await page.getByRole('cell', { name: '15.00' }).first().waitFor();

    // A milder one is begun from it, and has to wait.
    await page.getByRole('link', { name: say('changes:milder') }).click();
    await operator.isAt('rules:edit.title');
    expect(await perAction(VISIT[language]).inputValue()).toBe('1.00');
    const [rest = ''] = say('console:announcing.blocked.COOLDOWN', { at: '|' }).split('|');
    await page.getByText(rest).first().waitFor();
    expect(await announce.isDisabled()).toBe(true);

    await operator.goTo(cafe.program.id, '/changes');
    await operator.isAt('changes:title');
    await page.getByText(say('changes:state.STRUCK_DOWN')).waitFor();
    await operator.looks('console-changes');
    await operator.goTo(cafe.program.id, '/rules/1');
    await page
      .getByRole('heading', { level: 1, name: say('rules:version', { version: 1 }), exact: true })
      .waitFor();
    await page.getByText(say('rules:one.differences', { version: 0 })).waitFor();
    await operator.looks('console-rules-version');
  },
);

it('tells a manager and a viewer who may announce and withdraw', async () => {
  const cafe = await openBusyCafe();
  await cafe.announceLessForVisits();
  const programId = cafe.program.id;
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  for (const role of ['manager', 'viewer'] as const) {
    const operator = await stage.open(browser, variant, { role, programId, path: '/rules/new' });
    const { page, say } = operator;
    await operator.isAt('rules:edit.title');
    const field = say('rules:edit.label.perAction', { rule: VISIT.en });
    await page.getByLabel(field, { exact: true }).fill('1.50');
    await page.getByText(say('rules:preview.title')).waitFor();
    if (role === 'manager')
      await page.getByText(say('console:announcing.timeline.announced')).waitFor();
    else await page.getByText(say('console:announcing.timeline.notYours')).waitFor();
    const announce = page.getByRole('button', { name: say('console:announcing.go') });
    expect(await announce.isDisabled()).toBe(true);
    await page.getByText(say('console:only.OWNER')).waitFor();
    await operator.looks(`console-rule-change-${role}`);
    if (role === 'manager') {
      await page.getByRole('button', { name: say('rules:edit.add') }).click();
      await page.getByLabel(say('rules:edit.name')).fill('visit');
      await page.getByLabel(say('rules:edit.text')).fill('Points for coming by.');
      await page.getByText(say('console:announcing.refusal.RULE_NAME_TAKEN')).first().waitFor();
      await operator.looks('console-rule-change-refused');
    }
    await operator.goTo(programId, '/changes/1');
    const withdraw = page.getByRole('button', { name: say('changes:acts.withdraw'), exact: true });
    await withdraw.waitFor();
    expect(await withdraw.isDisabled()).toBe(true);
    await operator.looks(`console-change-${role}`);
  }
});

it('says that nothing was ever changed, and finds no change that is not there', async () => {
  const cafe = await stage.openCafe({ name: NAME });
  const variant = { language: 'zh', width: 390, theme: 'light' } as const;
  const operator = await stage.open(browser, variant, {
    ...{ role: 'owner', programId: cafe.program.id, path: '/changes' },
  });
  await operator.isAt('changes:title');
  await operator.page.getByText(operator.say('changes:none.title')).waitFor();
  await operator.looks('console-changes-none');
  await operator.goTo(cafe.program.id, '/changes/9');
  await operator.page.getByText(operator.say('console:notHere.title')).waitFor();
});

it.each(variantsOf(2))(
  'a manager leaves a draft, which an owner announces, $language $width $theme',
  async (variant) => {
    const cafe = await openBusyCafe();
    const { language } = variant;
    const programId = cafe.program.id;
    const note = language === 'en' ? 'Fewer for visits, as agreed.' : '按说好的，签到少给一些。';
    const at = { programId, path: '/rules/new' };
    const manager = await stage.open(browser, variant, { role: 'manager', ...at });
    const { say } = manager;
    const perAction = ({ page }: typeof manager) =>
      page.getByLabel(say('rules:edit.label.perAction', { rule: VISIT[language] }), {
        exact: true,
      });
    await manager.isAt('rules:edit.title');
    const save = manager.page.getByRole('button', { name: say('console:announcing.draft.save') });
    await perAction(manager).fill('many');
    const wrong = { level: 2, name: say('rules:verdict.wrong.title') };
    await manager.page.getByRole('heading', wrong).waitFor();
    expect(await save.isDisabled()).toBe(true);
    await perAction(manager).fill('1.25');
    await manager.page.getByLabel(say('console:announcing.draft.note')).focus();
    await manager.page.keyboard.insertText(note);
    await manager.page.keyboard.press('Tab');
    await manager.page.keyboard.press('Enter');
    await manager.page.getByText(say('console:announcing.draft.saved')).waitFor();
    await manager.page.getByText(say('console:announcing.timeline.announced')).waitFor();
    await forgetShifts(manager.page);
    await manager.looks('console-draft-saved');

    const owner = await stage.open(browser, variant, { role: 'owner', programId });
    await owner.isAt('today:title');
    await owner.page.getByText(say('today:due.rulesDraft', { name: 'Ann Baker' })).waitFor();
    await owner.looks('console-today-draft');
    await owner.page.getByRole('link', { name: say('today:due.to.rulesDraft') }).click();
    await owner.isAt('rules:edit.title');
    await owner.page.getByText(note).waitFor();
    await owner.looks('console-draft-found');
    await owner.page.getByRole('button', { name: say('console:announcing.draft.use') }).click();
    expect(await perAction(owner).inputValue()).toBe('1.25');
    await owner.page.getByText(say('console:announcing.draft.isUsed')).waitFor();
    const notice = language === 'en' ? '7 days' : '7 天';

    // Another one saves over it: nobody writes over theirs unseen.
    const drafts = '{ program { termsDraft(target: RULES) { revision terms } } }';
    const { program } = await cafe.ask<{ program: { termsDraft: object } }>(drafts);
    const other = { target: 'RULES', ...program.termsDraft };
    await cafe.act('termsDraftSave', other, { isSent: false });
    await manager.page.getByLabel(say('console:announcing.draft.note')).fill(`${note} 2`);
    const [, news = ''] = say('console:announcing.draft.news', { name: '|' }).split('|');
    const seen = manager.page.getByLabel(news.trim());
    await seen.waitFor();
    expect(await save.isDisabled()).toBe(true);
    await forgetShifts(manager.page);
    await manager.looks('console-draft-news');
    await seen.click();
    await save.click();
    await manager.page.getByText(say('console:announcing.draft.saved')).waitFor();
    await owner.page.getByText(`${note} 2`).waitFor();
    await owner.page.getByRole('button', { name: say('console:announcing.draft.use') }).click();
    await owner.page.getByText(say('console:announcing.draft.isUsed')).waitFor();
    await owner.page.getByLabel(say('console:announcing.iKnowHurts', { notice })).check();
    await owner.page.getByLabel(say('console:announcing.name', { name: NAME })).fill(NAME);
    await owner.page.getByRole('button', { name: say('console:announcing.go') }).click();
    await owner.page
      .getByRole('heading', { level: 1, name: say('changes:one', { number: 1 }), exact: true })
      .waitFor();
    const query = '{ program { termsDraft(target: RULES) { revision } } }';
    await expect.poll(() => cafe.ask(query)).toEqual({ program: { termsDraft: null } });
  },
);

it.each(variantsOf(0))(
  'a manager closes the day on test, and the first drop settles, $language $width $theme',
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    await cafe.record('mei', [{ rule: 'visit' }]);
    const openedMs = await cafe.now();
    const manager = await stage.open(browser, variant, {
      ...{ role: 'manager', programId: cafe.program.id, path: '/developers/connect' },
    });
    const { page, say } = manager;
    const arrived = page.locator('.dev-arrived');
    await manager.isAt('developers:titles.connect');
    await arrived.getByText(say('developers:live.pending'), { exact: true }).waitFor();
    await forgetShifts(page);
    await manager.looks('console-day-open');
    await page.getByRole('button', { name: say('developers:clock.NEXT_DAY') }).dblclick();
    await arrived.getByText(say('developers:live.settled'), { exact: true }).waitFor();
    expect(await cafe.balance('mei')).toMatchObject({ settled: '2.00', pending: '0.00' });
    // One day, whatever was clicked and sent again.
    const passedMs = (await cafe.now()) - openedMs;
    expect([passedMs > 0, passedMs < 2 * DAY_MS]).toEqual([true, true]);
    await forgetShifts(page);
    await manager.looks('console-day-closed');
    await manager.watched.context.close();
  },
);

it.each(variantsOf(3))(
  'a manager enacts a change that is due, $language $width $theme',
  async (variant) => {
    const cafe = await openBusyCafe();
    await cafe.announceLessForVisits();
    const manager = await stage.open(browser, variant, {
      ...{ role: 'manager', programId: cafe.program.id, path: '/changes/1' },
    });
    const { page, say } = manager;
    const enact = page.getByRole('button', { name: say('changes:acts.enact'), exact: true });
    const sees = (key: string): Promise<void> =>
      page
        .getByText(say(key, { at: '|' }).split('|')[0] ?? '')
        .first()
        .waitFor();
    await sees('changes:acts.notDue');
    expect(await enact.isDisabled()).toBe(true);
    // Nothing comes into a block: what the worker does as well is not through before it is pressed.
    await stage.holdBlocks();
    await stage.service.moveClockTo((await cafe.now()) + NOTICE_MS + MINUTE_MS);
    await page.reload();
    await sees('changes:outcome.PENDING.due');
    await forgetShifts(page);
    await manager.looks('console-change-due');
    await enact.dblclick();
    await page.locator('.transaction-status').first().waitFor();
    await stage.releaseBlocks();
    await page.getByRole('heading', { name: say('changes:outcome.ENACTED.title') }).waitFor();
    expect(await stateOf(cafe, 1)).toBe('ENACTED');
    expect(await enact.count()).toBe(0);
    await forgetShifts(page);
    await manager.looks('console-change-enacted');
    await manager.watched.context.close();
  },
);
