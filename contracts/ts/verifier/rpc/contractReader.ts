import type { Interface } from 'ethers';
import type { Address } from '../../statement.ts';
import { call, type Rpc } from './rpc.ts';

/** Reads one contract at the newest block. */
export class ContractReader {
  readonly address: Address;
  readonly #rpc: Rpc;
  readonly #contract: Interface;

  constructor(rpc: Rpc, address: Address, contract: Interface) {
    this.#rpc = rpc;
    this.address = address;
    this.#contract = contract;
  }

  /** All values that a function answers. */
  async read(name: string, ...values: unknown[]): Promise<readonly unknown[]> {
    const data = this.#contract.encodeFunctionData(name, values);
    const answer = await call(this.#rpc, this.address, data);
    // Deep: ethers' own results throw where an array has undefined.
    return this.#contract.decodeFunctionResult(name, answer).toArray(true) as readonly unknown[];
  }

  /** The first value, which must fit. */
  async number(name: string, ...values: unknown[]): Promise<number> {
    return Number((await this.read(name, ...values))[0]);
  }

  async amount(name: string, ...values: unknown[]): Promise<bigint> {
    return BigInt((await this.read(name, ...values))[0] as bigint);
  }

  /** In lower case. */
  async account(name: string, ...values: unknown[]): Promise<Address> {
    return String((await this.read(name, ...values))[0]).toLowerCase() as Address;
  }

  /** The first value, a struct, by position. */
  async struct(name: string, ...values: unknown[]): Promise<readonly unknown[]> {
    return (await this.read(name, ...values))[0] as readonly unknown[];
  }
}
