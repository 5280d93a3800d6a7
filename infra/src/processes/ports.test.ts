import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { LOCALHOST, choosePort, freePort, isPortFree } from './ports.ts';

const API = { what: 'the API', variable: 'PORT', defaultPort: 4_000 };

test('a port in use is one sentence that names the port and the variable', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, LOCALHOST, resolve));
  const port = (server.address() as { port: number }).port;
  expect(await isPortFree(port)).toBe(false);
  await expect(choosePort(API, { PORT: `${port}` })).rejects.toThrow(
    `Port ${port}, which the API needs, is in use: stop what uses it, or choose another with PORT=${port + 1}.`,
  );
  await new Promise((resolve) => server.close(resolve));
  expect(await choosePort(API, { PORT: `${port}` })).toBe(port);
});

test('the default port is taken when the environment names none', async () => {
  const defaultPort = await freePort();
  expect(await choosePort({ ...API, defaultPort }, {})).toBe(defaultPort);
  expect(await choosePort({ ...API, defaultPort }, { PORT: '' })).toBe(defaultPort);
});

test.each(['no', '0', '65536', '80.5', '-1'])('PORT=%s is refused', async (PORT) => {
  await expect(choosePort(API, { PORT })).rejects.toThrow(`PORT=${PORT} is not a port`);
});
