/**
 * Prints the path of a mongod that mongodb-memory-server has, or fetches. A process of its own, because a download that hangs can
 * only be stopped by ending its process.
 *
 * Arguments: "locate" or "download", and the folder for downloads.
 */
import { MongoBinary } from 'mongodb-memory-server-core/lib/util/MongoBinary.js';

const [mode, downloadDir] = process.argv.slice(2);
process.env.MONGOMS_RUNTIME_DOWNLOAD = mode === 'download' ? 'true' : 'false';
process.stdout.write(await MongoBinary.getPath({ downloadDir }));
