import type { Environment } from '../../domain/environment.ts';
import type { Mail } from '../../ports/mail.ts';
import type { Teams } from '../../ports/people.ts';
import type { WebhookEndpointRecord, WebhookEndpointStore } from '../../ports/webhooks.ts';

/** Tells the owners of organisations of endpoints that were given up. A letter can come twice, and is not lost. */
export type EndAlerts = () => Promise<void>;

const AT_ONCE = 10;
const LOOK_EVERY_MS = 5_000;
/** After a mail server did not take a letter. */
const PAUSE_MS = 60_000;

const REASONS = {
  DISABLED:
    'It answered with 410, which says that it is gone. It is disabled, and what was on its way to it was given up.',
  DEAD: 'It took nothing for 24 hours. Nothing is sent to it any more, and what was on its way to it was given up.',
};

/** @returns the letter about an endpoint that ended */
function letterOf(
  to: string,
  name: string,
  { id, url, environment, state }: WebhookEndpointRecord,
) {
  const paragraphs = [
    `Webhooks of ${name} (${environment}) do not reach ${new URL(url).host} any more.`,
    state === 'DISABLED' ? REASONS.DISABLED : REASONS.DEAD,
    `Once it works again, enable the endpoint ${id} by "webhookEndpointUpdate" and have what it missed sent by "webhookResendSince": events are kept for 30 days.`,
  ];
  return {
    to,
    subject: `Webhooks of ${name} do not arrive`,
    text: `${paragraphs.join('\n\n')}\n`,
  };
}

export function createEndAlerts(deps: {
  environment: Environment;
  webhookEndpoints: Pick<WebhookEndpointStore, 'listUntold' | 'noteTold'>;
  teams: Pick<Teams, 'organisation' | 'team'>;
  mail: Pick<Mail, 'send'>;
  onMailFailure: (error: unknown) => void;
  wallNowMs: () => number;
}): EndAlerts {
  const { webhookEndpoints, teams, mail, wallNowMs } = deps;
  let lookFromMs = 0;

  const tell = async (endpoint: WebhookEndpointRecord): Promise<void> => {
    const { organisationId } = endpoint;
    const organisation = await teams.organisation(organisationId);
    const owners = (await teams.team(organisationId)).filter(({ role }) => role === 'owner');
    for (const { person } of owners) {
      await mail.send(letterOf(person.email, organisation?.name ?? organisationId, endpoint));
    }
    await webhookEndpoints.noteTold(endpoint.id);
  };

  return async () => {
    if (wallNowMs() < lookFromMs) return;
    lookFromMs = wallNowMs() + LOOK_EVERY_MS;
    for (const endpoint of await webhookEndpoints.listUntold(deps.environment, AT_ONCE)) {
      try {
        await tell(endpoint);
      } catch (error) {
        lookFromMs = wallNowMs() + PAUSE_MS;
        deps.onMailFailure(error);
      }
    }
  };
}
