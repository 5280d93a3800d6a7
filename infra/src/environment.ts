/** What this workspace reads of the environment, besides the server's own variables. */
export const INFRA_VARIABLES = [
  'DEWPOINT_CHAIN_HOST',
  'DEWPOINT_CHAIN_PORT',
  'DEWPOINT_DATABASE_PORT',
  'DEWPOINT_DIR',
] as const;

/** The ones that the server refuses, as it does with every DEWPOINT_ name that it does not know. */
export type InfraVariable = (typeof INFRA_VARIABLES)[number];

/** Reads one of them. An empty variable counts as not set. */
export const readVariable = (
  name: InfraVariable,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined => environment[name] || undefined;
