/**
 * The health check of the images: `node infra/docker/healthCheck.mjs service|chain` ends with 0 when that part of this container
 * answers. Whether the service can reach its database is for `/readyz`: a restart of the service would not bring that back.
 */
const { DEWPOINT_PORT, DEWPOINT_CHAIN_PORT } = process.env;

const askChain = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
};
const PROBES = {
  service: () => fetch(`http://127.0.0.1:${DEWPOINT_PORT}/healthz`),
  chain: () => fetch(`http://127.0.0.1:${DEWPOINT_CHAIN_PORT}`, askChain),
};

const probe = PROBES[process.argv[2]];
if (probe === undefined) throw new Error('Say what to ask: service or chain.');
try {
  const { ok, status } = await probe();
  if (!ok) throw new Error(`it answered with status ${status}`);
} catch (error) {
  console.error(`Not healthy: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
