/** Tells the worker of this process that there is something to do; others find it by polling. */
export interface Wake {
  wake(): void;
}
