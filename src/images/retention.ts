/** How long recordings stay, and how many. null: no limit. */
export interface RetentionRules {
  readonly days: number | null;
  /** All recordings together. */
  readonly bytes: number | null;
}

/** Why a recording was erased without a person: too old, too many bytes of recordings, or no room for the one that goes on. */
export type ErasedWhy = "age" | "size" | "room";

export interface Overdue {
  readonly name: string;
  readonly why: ErasedWhy;
}

/** What retention looks at of a recording. */
export interface Retained {
  readonly name: string;
  /** ms since 1970. */
  readonly begun: number;
  readonly bytes: number;
  /** A person protects it. */
  readonly isKept: boolean;
  readonly isWriting: boolean;
  /** Somebody else has all of it, too. */
  readonly isStored?: boolean;
}

const day = 86_400_000;

/**
 * Which recordings have to go: those that are too old, then as many as the size asks for, then as many as give `lack` more bytes. The
 * oldest first, and where it is about room alone, those before all others that somebody else has, too. Never one that a person protects,
 * nor one that is being written. Both count into the size.
 */
export const overdue = (
  entries: readonly Retained[],
  rules: RetentionRules,
  now: number,
  lack = 0,
): Overdue[] => {
  const may = entries
    .filter(({ isKept, isWriting }) => !isKept && !isWriting)
    .sort((a, b) => a.begun - b.begun || (a.name < b.name ? -1 : 1));
  const isOld = ({ begun }: Retained): boolean => rules.days !== null && now - begun > rules.days * day;
  const young = may.filter((one) => !isOld(one));
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let freed = 0;
  const gone: Overdue[] = [];
  const take = ({ name, bytes }: Retained, why: ErasedWhy): void => {
    gone.push({ name, why });
    total -= bytes;
    freed += bytes;
  };
  for (const one of may.filter(isOld)) take(one, "age");
  for (const one of [...young.filter(isElsewhere), ...young.filter((one) => !isElsewhere(one))]) {
    if (rules.bytes !== null && total > rules.bytes) take(one, "size");
    else if (freed < lack) take(one, "room");
    else break;
  }
  return gone;
};

const isElsewhere = ({ isStored }: Retained): boolean => isStored === true;
