import { Interface } from 'ethers';
import { buybackAbi } from '../../abi/buybackAbi.ts';
import { catalogueAbi } from '../../abi/catalogueAbi.ts';
import { charterAbi } from '../../abi/charterAbi.ts';
import { pointsAbi } from '../../abi/pointsAbi.ts';
import { programsAbi } from '../../abi/programsAbi.ts';

/** Encode reads of the contracts of a program and decode their answers and their rarer events. */
export const pointsInterface = new Interface(pointsAbi);
export const charterInterface = new Interface(charterAbi);
export const buybackInterface = new Interface(buybackAbi);
export const catalogueInterface = new Interface(catalogueAbi);
export const programsInterface = new Interface(programsAbi);
