import { Interface } from 'ethers';
import { pointsAbi } from '../abi/pointsAbi.ts';

/** Encodes reads of Points and decodes its answers and its rarer events. */
export const pointsInterface = new Interface(pointsAbi);
