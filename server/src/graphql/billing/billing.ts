import { SUBSCRIPTION_STATES, STOP_REASONS, STANDINGS } from '../../domain/billing/subscription.ts';
import type { RecordingStop, Subscription } from '../../domain/billing/subscription.ts';
import { UserError } from '../../domain/errors.ts';
import type { Invoice } from '../../ports/payments.ts';
import type { UsageDay } from '../../ports/stores/billing/meterHours.ts';
import type { BillingView } from '../../services/billing/billing.ts';
import type { TopUpTerms } from '../../services/billing/topUps/topUps.ts';
import { builder } from '../core/builder.ts';

/** All of the organisation's people who read what is of it. */
const READERS = { 'organisation:read': true } as const;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 31;
const MAX_DAYS = 92;
const DEFAULT_INVOICES = 12;
const MAX_INVOICES = 100;
/** A call of the provider of payments. */
const PROVIDER_COST = 100;
const READ_COST = 20;

const StandingEnum = builder.enumType('BillingStanding', {
  description: 'How an organisation stands with its payments.',
  values: {
    IDLE: { value: STANDINGS[0], description: 'Nothing to pay: no plan, and nothing live.' },
    PAID: { value: STANDINGS[1], description: 'The plan is paid, or in its trial.' },
    GRACE: {
      value: STANDINGS[2],
      description: 'Not paid for; recording goes on until `graceUntil`.',
    },
    STOPPED: { value: STANDINGS[3], description: 'Live actions are not recorded.' },
  } as const,
});

const SubscriptionStateEnum = builder.enumType('BillingPlanState', {
  description: 'State of a plan at the provider of payments.',
  values: {
    INCOMPLETE: { value: SUBSCRIPTION_STATES[0], description: 'The first bill is not paid yet.' },
    TRIALING: { value: SUBSCRIPTION_STATES[1], description: 'In its trial.' },
    ACTIVE: { value: SUBSCRIPTION_STATES[2], description: 'Paid.' },
    PAST_DUE: { value: SUBSCRIPTION_STATES[3], description: 'A bill is open, and is tried again.' },
    UNPAID: { value: SUBSCRIPTION_STATES[4], description: 'A bill is open for good.' },
    PAUSED: { value: SUBSCRIPTION_STATES[5], description: 'The trial is over without a card.' },
    CANCELED: { value: SUBSCRIPTION_STATES[6], description: 'Ended.' },
  } as const,
});

const StopReasonEnum = builder.enumType('RecordingStopReason', {
  description: 'Why live actions are not recorded.',
  values: {
    UNPAID: { value: STOP_REASONS[0], description: 'A bill is not paid.' },
    NO_PLAN: { value: STOP_REASONS[1], description: 'The organisation has no plan.' },
  } as const,
});

export const RecordingStopType = builder.objectRef<RecordingStop>('RecordingStop').implement({
  description:
    'Since when live actions are not recorded, and why. What was recorded stays, and is settled.',
  authScopes: {
    $any: { 'actions:write': true, 'program:read': true, 'member:self': true, ...READERS },
  },
  fields: (t) => ({
    since: t.field({
      type: 'DateTime',
      description: 'Time from which nothing is recorded.',
      resolve: ({ sinceMs }) => sinceMs,
    }),
    reason: t.expose('reason', { type: StopReasonEnum, description: 'Why.' }),
  }),
});

const PlanType = builder.objectRef<Subscription>('BillingPlan').implement({
  description: 'The plan of an organisation. Source: the provider of payments, up to an hour late.',
  authScopes: READERS,
  fields: (t) => ({
    state: t.expose('state', { type: SubscriptionStateEnum, description: 'State of the plan.' }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'Time from which full hours are billed.',
      resolve: ({ startedAtMs }) => startedAtMs,
    }),
    periodStart: t.field({
      type: 'DateTime',
      description: 'Start of the current period.',
      resolve: ({ periodStartMs }) => periodStartMs,
    }),
    periodEnd: t.field({
      type: 'DateTime',
      description: 'End of the current period, when the next bill is made.',
      resolve: ({ periodEndMs }) => periodEndMs,
    }),
    cancelsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which it ends by itself; null when it goes on.',
      resolve: ({ cancelsAtMs }) => cancelsAtMs,
    }),
  }),
});

const DayType = builder.objectRef<UsageDay>('BillingDay').implement({
  description:
    'Live actions of all programs of an organisation on a day (UTC). Source: the ledger of closed hours.',
  authScopes: READERS,
  fields: (t) => ({
    day: t.field({
      type: 'DateTime',
      description: 'Start of the day.',
      resolve: ({ day }) => day * DAY_MS,
    }),
    actions: t.field({
      type: 'UInt',
      description: 'Actions that were recorded, void ones too; those of the last hour are missing.',
      resolve: ({ count }) => count,
    }),
    free: t.field({
      type: 'UInt',
      description: 'Of these, actions that are not billed, as there was no plan.',
      resolve: ({ waived }) => waived,
    }),
  }),
});

const InvoiceStateEnum = builder.enumType('BillingInvoiceState', {
  description: 'State of a bill.',
  values: {
    DRAFT: { description: 'Not sent yet.' },
    OPEN: { description: 'To be paid.' },
    PAID: { description: 'Paid.' },
    UNCOLLECTIBLE: { description: 'Given up.' },
    VOID: { description: 'Taken back.' },
  } as const,
});

const InvoiceType = builder.objectRef<Invoice>('BillingInvoice').implement({
  description: 'A bill. Source: the provider of payments.',
  authScopes: READERS,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id at the provider.' }),
    number: t.exposeString('number', {
      nullable: true,
      description: 'Number for people; null for a draft.',
    }),
    state: t.expose('state', { type: InvoiceStateEnum, description: 'State of the bill.' }),
    totalMinorUnits: t.string({
      description: 'Total in the smallest unit of the currency, such as cents, as a whole number.',
      resolve: ({ totalMinorUnits }) => String(totalMinorUnits),
    }),
    currency: t.exposeString('currency', { description: 'Currency by ISO 4217, such as EUR.' }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Time of the bill.',
      resolve: ({ createdAtMs }) => createdAtMs,
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'Page to look at it and to pay it; null for a draft.',
    }),
    pdfUrl: t.exposeString('pdfUrl', {
      nullable: true,
      description: 'The bill as a PDF file; null for a draft.',
    }),
  }),
});

/** Reads a number of rows. @throws UserError OUT_OF_RANGE */
export function billingRows(
  name: string,
  given: number | null | undefined,
  usual: number,
  most: number,
): number {
  const rows = given ?? usual;
  if (rows >= 1 && rows <= most) return rows;
  throw new UserError({
    code: 'OUT_OF_RANGE',
    field: name,
    message: `${name} is ${rows}; it must be from 1 to ${most}.`,
  });
}

const TopUpTermsType = builder.objectRef<TopUpTerms>('BillingTopUps').implement({
  description:
    'Whether reserves of live programs are topped up by card, and out of what. One settlement token costs one unit of the currency.',
  authScopes: READERS,
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether top-ups by card are on.',
      resolve: ({ offBecause }) => offBecause === null,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why they are off; null while they are on.',
      resolve: ({ offBecause }) => offBecause,
    }),
    stopped: t.boolean({
      description: 'Whether no further one begins, as the organisation owes for one.',
      resolve: ({ isStopped }) => isStopped,
    }),
    treasury: t.expose('treasury', {
      type: 'Address',
      nullable: true,
      description: 'The account of the live chain that the tokens come from; null while off.',
    }),
    settlementToken: t.expose('token', {
      type: 'Address',
      nullable: true,
      description: 'The one settlement token that can be topped up; null while off.',
    }),
    currency: t.exposeString('currency', {
      nullable: true,
      description: 'Currency of the card by ISO 4217, such as EUR; null while off.',
    }),
  }),
});

const BillingType = builder.objectRef<BillingView>('Billing').implement({
  description:
    'What an organisation pays. Only live actions are billed: the test environment is free, and settling, claims, refunds, exports and audits never stop.',
  authScopes: READERS,
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether the service takes payments; nobody is billed while it does not.',
      resolve: (_view, _args, { billing }) => billing.offBecause === null,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why payments are off; null while they are on.',
      resolve: (_view, _args, { billing }) => billing.offBecause,
    }),
    standing: t.expose('standing', {
      type: StandingEnum,
      description: 'How the organisation stands.',
    }),
    plan: t.field({
      type: PlanType,
      nullable: true,
      description: 'The plan; null for none.',
      resolve: ({ subscription }) => subscription,
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time until which live actions are recorded although they are not paid for; null when all is paid.',
      resolve: ({ graceUntilMs }) => graceUntilMs,
    }),
    recordingStopped: t.field({
      type: RecordingStopType,
      nullable: true,
      description: 'All that has stopped; null while nothing has.',
      resolve: ({ recordingStop }) => recordingStop,
    }),
    topUps: t.field({
      type: TopUpTermsType,
      extensions: { cost: 5 },
      description: 'Top-ups of reserves by card.',
      resolve: ({ organisationId }, _args, { topUps }) => topUps.terms(organisationId),
    }),
    days: t.field({
      type: [DayType],
      extensions: { rows: MAX_DAYS, cost: READ_COST },
      description:
        'Live actions by day, newest first; days without any are left out. Errors: OUT_OF_RANGE.',
      args: {
        last: t.arg.int({
          description: 'Days (UTC) with the present one, 1 to 92; 31 when left out.',
        }),
      },
      resolve: ({ organisationId }, { last }, { billing }) =>
        billing.days(organisationId, billingRows('last', last, DEFAULT_DAYS, MAX_DAYS)),
    }),
    invoices: t.field({
      type: [InvoiceType],
      extensions: { rows: DEFAULT_INVOICES, cost: PROVIDER_COST },
      description: 'Newest bills. Errors: OUT_OF_RANGE, PAYMENTS_UNAVAILABLE.',
      args: { first: t.arg.int({ description: 'Number of bills, 1 to 100; 12 when left out.' }) },
      resolve: ({ organisationId }, { first }, { billing }) =>
        billing.invoices(
          organisationId,
          billingRows('first', first, DEFAULT_INVOICES, MAX_INVOICES),
        ),
    }),
  }),
});

builder.queryField('billing', (t) =>
  t.field({
    type: BillingType,
    authScopes: READERS,
    extensions: { cost: READ_COST },
    description:
      'Returns what the organisation of the request pays, named by the header `dewpoint-organisation`.',
    resolve: (_root, _args, { organisationId, billing }) => billing.view(organisationId),
  }),
);
