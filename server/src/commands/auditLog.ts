import { runAuditLog } from './auditLogCommand.ts';

process.exitCode = await runAuditLog(process.argv.slice(2), process);
