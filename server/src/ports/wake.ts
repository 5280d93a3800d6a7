/** Wakes the worker of this process when there is work; others find it by polling. */
export interface Wake {
  wake(): void;
}
