/**
 * Locking and opening the password slot: the costly part of a card (scrypt, about a second and 256 MiB that stay with
 * the realm that ran it). `passwordSlots` works where it is called, `workerSlots` in a worker that ends with the call.
 */
export interface PasswordSlots {
  /** [CF5] The slot's file for an age identity and a canonical password. */
  wrap(identity: string, password: string): Promise<string>;
  /** The identity; `null` when the password is wrong. Faults "card-cost", "card-damaged". */
  unwrap(file: string, password: string): Promise<string | null>;
}
