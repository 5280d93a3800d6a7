/**
 * Outlives a supervisor that was killed outright and ends what it left behind.
 *
 * The supervisor holds the other end of standard input and writes "+PID" for each process group that it starts and "-PID" when one
 * has ended. However the supervisor dies, the system closes the pipe; then every group still listed is asked to stop, and killed if
 * it does not. Plain JavaScript on purpose: it has to be running before anything else is started.
 */
import { createInterface } from 'node:readline';

/** A database needs a moment to write its last checkpoint. */
const GRACE_MS = 5_000;

const groups = new Set();

const signal = (pid, name) => {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
    return true;
  } catch {
    return false; // Ended by itself meanwhile: nothing is left to stop.
  }
};

// A terminal's Ctrl-C and a closing terminal are for the supervisor; this process ends after it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
}

const left = [...groups].filter((pid) => signal(pid, 'SIGTERM'));
if (left.length > 0) {
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && left.some((pid) => signal(pid, 0))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const pid of left) signal(pid, 'SIGKILL');
}
