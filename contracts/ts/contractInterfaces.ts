import { Interface } from 'ethers';
import { buybackAbi } from './abi/buybackAbi.ts';
import { catalogueAbi } from './abi/catalogueAbi.ts';
import { charterAbi } from './abi/charterAbi.ts';
import { localMoneyAbi } from './abi/localMoneyAbi.ts';
import { pointsAbi } from './abi/pointsAbi.ts';
import { programsAbi } from './abi/programsAbi.ts';

/** Encode calls of the contracts and decode their answers, events and errors. */
export const pointsInterface = new Interface(pointsAbi);
export const charterInterface = new Interface(charterAbi);
export const buybackInterface = new Interface(buybackAbi);
export const catalogueInterface = new Interface(catalogueAbi);
export const programsInterface = new Interface(programsAbi);
export const localMoneyInterface = new Interface(localMoneyAbi);
