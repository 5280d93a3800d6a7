/**
 * Loaded into a server before its own code: its clock on the wall is ahead of the machine's by the milliseconds that a file says,
 * which a test writes. Timers go on as ever. So hours of billing can end within minutes.
 */
import { readFileSync } from 'node:fs';

/** A file that is read at every look at the clock would cost more than all else. */
const KEPT_MS = 10;
/** Named in the address of this module. */
const path = new URL(import.meta.url).searchParams.get('file') ?? '';
const machine = Date.now.bind(Date);
let [aheadMs, readAtMs] = [0, 0];

const nowMs = () => {
  const nowOfMachineMs = machine();
  if (nowOfMachineMs - readAtMs >= KEPT_MS) {
    aheadMs = Number(readFileSync(path, 'utf8'));
    readAtMs = nowOfMachineMs;
  }
  return nowOfMachineMs + aheadMs;
};

Date.now = nowMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [nowMs()] : args, made),
});
