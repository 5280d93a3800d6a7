import AuditWorker from './worker.ts?worker';

/** Starts the worker from its own file. The page that works from a disk has it inside: see `auditFile.config.ts`. */
export function startWorker(): Worker {
  return new AuditWorker();
}
