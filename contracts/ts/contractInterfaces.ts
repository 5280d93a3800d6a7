import { Interface } from 'ethers';
import { buybackAbi } from './abi/buybackAbi.ts';
import { catalogueAbi } from './abi/catalogueAbi.ts';
import { charterAbi } from './abi/charterAbi.ts';
import { localMoneyAbi } from './abi/localMoneyAbi.ts';
import { pointsAbi } from './abi/pointsAbi.ts';
import { programsAbi } from './abi/programsAbi.ts';

/** Encode calls of the contracts and decode their answers, events and errors. */
export const pointsInterface = /* @__PURE__ */ new Interface(pointsAbi);
export const charterInterface = /* @__PURE__ */ new Interface(charterAbi);
export const buybackInterface = /* @__PURE__ */ new Interface(buybackAbi);
export const catalogueInterface = /* @__PURE__ */ new Interface(catalogueAbi);
export const programsInterface = /* @__PURE__ */ new Interface(programsAbi);
export const localMoneyInterface = /* @__PURE__ */ new Interface(localMoneyAbi);
