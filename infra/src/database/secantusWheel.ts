import type { EngineSearch } from './databaseEngines.ts';
import { installPythonTool, type PythonTool } from '../processes/pythonTool.ts';

const SECANTUS: PythonTool = {
  distribution: 'secantusdb',
  version: '0.7.0b3',
  program: 'secantusd-py',
  oldestPython: [3, 10],
};

/** @returns SecantusDB's server out of a Python environment of our own, installed when it is not there yet */
export const installSecantus = (onProgress: (line: string) => void): Promise<EngineSearch> =>
  installPythonTool(SECANTUS, () =>
    onProgress('Database: installing SecantusDB (60 MB, once) ...'),
  );
