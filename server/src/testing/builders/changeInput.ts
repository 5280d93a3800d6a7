/** Inputs of `changeAnnounce` for a program with the settings of the mutation tests. */
import { DAY_MS, STARTS_AT_MS } from './time.ts';

/** As input: a point for each action. */
export const rule = (ruleId: number, name: string, more: object = {}): object => ({
  ruleId,
  name,
  text: `${name} in words`,
  perAction: '1.00',
  ...more,
});

/** What a test asks for of an announcement. */
export const OUTLOOK = `outlook { kind hurtsMembers hurtsHolders noticeEndsAt lastRound { round opensAt closesAt }
  earliestEnactment earliestEffect diesAt objectionsNeeded
  differences { kind ruleId rule field before after hurtsMembers hurtsHolders message } blockedBy { field code } } change { number state }`;
export const iso = (ms: number): string => new Date(ms).toISOString();
export const inDays = (days: number): string => iso(STARTS_AT_MS + days * DAY_MS);

/** The published rules, with changes. */
export const rules = (visit: object = {}, more: object[] = []): object[] => [
  rule(1, 'visit', { perAction: '2.00', ...visit }),
  rule(2, 'review'),
  ...more,
];
export const ruleTerms = (more: object = {}): object => ({
  ruleSet: { budgetPerEpoch: '1000', rules: rules(), ...more },
});
export const buyback = (more: object = {}): object => ({
  buyback: { pricePerPoint: '0.5', budgetPerRound: '20', minTender: '1', ...more },
});
