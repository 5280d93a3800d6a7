import type { Locator } from 'playwright-core';
import { buttonRow, type ControlRow, type Looker } from '../controlRow.ts';
import type { PlaceName } from '../places.ts';

/** Says who may, in the place of a page or of a part of one. */
const managersMay =
  (part: string) =>
  ({ page, say }: Looker): Locator =>
    page.locator(part).getByText(say('console:only.MANAGER'), { exact: true });

/** Not there for those whom the page itself is not open to. */
const onPage = (mutation: string, place: PlaceName, key: string): ControlRow => ({
  ...buttonRow(mutation, 'MANAGER', place, key),
  instead: managersMay('main'),
});

/** Keys, and what apps are connected by. */
export const DEVELOPER_ROWS: readonly ControlRow[] = [
  buttonRow('ApiKeyCreate', 'OWNER', 'keys', 'developers:keys.new'),
  buttonRow('ApiKeyRotate', 'OWNER', 'keys', 'developers:keys.rotate'),
  buttonRow('ApiKeyRevoke', 'OWNER', 'keys', 'developers:keys.revoke'),
  buttonRow('ApiKeyCreate', 'OWNER', 'connect', 'developers:keys.make'),
  buttonRow('WalletLinkTicketCreate', 'MANAGER', 'connect', 'developers:member.go'),
  buttonRow('ClockMove', 'MANAGER', 'connect', 'developers:clock.NEXT_DAY'),
  buttonRow('OriginsSet', 'MANAGER', 'embed', 'developers:embed.save'),
  {
    ...{ mutation: 'PreviewSession', needs: 'MANAGER', place: 'embed' },
    control: ({ page }) => page.locator('.dev-preview iframe'),
    instead: managersMay('section[aria-labelledby="dev-preview"]'),
  },
  buttonRow('EndpointCreate', 'MANAGER', 'webhooks', 'developers:hooks.new'),
  onPage('EndpointTest', 'endpoint', 'developers:hooks.testGo'),
  onPage('ResendSince', 'endpoint', 'developers:since.go'),
  onPage('EndpointUpdate', 'endpoint', 'developers:hooks.disable'),
  onPage('SecretRotate', 'endpoint', 'developers:secret.rotate'),
  onPage('EndpointDelete', 'endpoint', 'developers:hooks.delete'),
  onPage('DeliveryResend', 'endpoint', 'developers:log.resend'),
];

/** The team, the plan and new programs. */
export const ORGANISATION_ROWS: readonly ControlRow[] = [
  buttonRow('InvitationCreate', 'OWNER', 'team', 'team:invite.go'),
  buttonRow('InvitationCancel', 'OWNER', 'team', 'team:invitations.cancel'),
  buttonRow('TeamMemberRemove', 'OWNER', 'team', 'team:people.remove'),
  {
    ...{ mutation: 'TeamRoleSet', needs: 'OWNER', place: 'team' },
    control: ({ field }) => field('team:people.roleOf', { name: 'Ada Cole' }),
  },
  buttonRow('ConsoleCheckout', 'OWNER', 'billing', 'billing:open.checkout'),
  buttonRow('ConsolePortal', 'OWNER', 'billingPaid', 'billing:open.portal'),
  onPage('ProgramCreate', 'newProgram', 'newProgram:next'),
];
