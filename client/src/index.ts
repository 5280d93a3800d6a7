/** The typed client of Dewpoint. */
export {
  createClient,
  type Action,
  type ActionResult,
  type ActionVoid,
  type ActionVoidResult,
  type Client,
  type ClientOptions,
  type MemberSession,
  type MemberWithBalance,
} from './client.ts';
export { DewpointError, type ClientErrorCode, type DewpointErrorDetails } from './errors.ts';
export type { ErrorCode, Operation } from './generated.ts';
export type { WebhookCommon, WebhookData } from './webhookEvents.ts';
export {
  WebhookError,
  verifyWebhook,
  type WebhookDelivery,
  type WebhookEvent,
  type WebhookProblem,
} from './webhooks.ts';
