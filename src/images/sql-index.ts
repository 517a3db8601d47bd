import { type Bytes, type CborValue, concat, decodeCbor, encodeCbor } from "../base/index.ts";
import type { BlindState } from "../seal/check.ts";
import type { ImageIndex } from "./store.ts";
import { recordingKey, type StoredRecording } from "./stored-recording.ts";

/** What is asked of a Durable Object's SQLite: `ctx.storage` has all of it. */
export interface SqlStore {
  readonly sql: {
    exec(query: string, ...values: (string | number | Uint8Array)[]): Iterable<Record<string, unknown>>;
  };
  transactionSync<T>(act: () => T): T;
}

const tables = [
  "create table if not exists recordings (name text primary key, value blob not null) without rowid",
  "create table if not exists chunks (name text, number integer, start integer, length integer, primary key (name, number)) without rowid",
  "create table if not exists entries (name text, number integer, value blob not null, primary key (name, number)) without rowid",
  "create table if not exists burnt (nonce text primary key, until integer not null) without rowid",
];

/** An index in the SQLite of a Durable Object: its answers wait until what was written is on the disk. */
export const sqlImageIndex = (store: SqlStore): ImageIndex => {
  const { sql } = store;
  for (const table of tables) sql.exec(table);
  return {
    read: async (name) => {
      const [row] = sql.exec("select value from recordings where name = ?", recordingKey(name));
      return row ? decode(row.value) : null;
    },
    list: async () => [...sql.exec("select value from recordings")].map(({ value }) => decode(value)),
    write: async (recording, chunk, entries) => {
      const name = recordingKey(recording);
      store.transactionSync(() => {
        sql.exec("insert or replace into recordings values (?, ?)", name, encode(recording));
        if (!chunk) return;
        const { number, from, length } = chunk;
        sql.exec("insert or replace into chunks values (?, ?, ?, ?)", name, number, from, length);
        if (entries) sql.exec("insert or replace into entries values (?, ?, ?)", name, number, entries);
      });
    },
    entries: async (name) => {
      const query = "select value from entries where name = ? order by number";
      return concat(...[...sql.exec(query, recordingKey(name))].map(({ value }) => bytesOf(value)));
    },
    chunks: async (name, from, to) => {
      const query =
        "select number, start, length from chunks where name = ? and start < ? and start + length > ? order by number";
      return [...sql.exec(query, recordingKey(name), to, from)].map((row) => ({
        ...{ number: Number(row.number), from: Number(row.start), length: Number(row.length) },
      }));
    },
    erase: async (name) => {
      store.transactionSync(() => {
        sql.exec("delete from recordings where name = ?", recordingKey(name));
        sql.exec("delete from chunks where name = ?", recordingKey(name));
        sql.exec("delete from entries where name = ?", recordingKey(name));
      });
    },
    burn: async (nonce, until, now) =>
      store.transactionSync(() => {
        sql.exec("delete from burnt where until <= ?", now);
        if ([...sql.exec("select 1 from burnt where nonce = ?", nonce)].length > 0) return false;
        sql.exec("insert into burnt values (?, ?)", nonce, until);
        return true;
      }),
  };
};

/** Its own writing, read by itself alone: a map of the fields, in the one encoding. */
const encode = (recording: StoredRecording): Bytes => {
  const { stream, span, ...plain } = recording;
  const state = [
    stream.head,
    [...stream.epochs],
    stream.last.map(([track, sequence, epoch = 0]) => [track, sequence, epoch]),
    stream.hasEnded,
  ];
  const tree = [span.size, [...span.peaks]];
  return encodeCbor(
    new Map<string, CborValue>([...Object.entries(plain), ["stream", state], ["span", tree]]),
  );
};

const decode = (value: unknown): StoredRecording => {
  const fields = decodeCbor(bytesOf(value)) as Map<string, CborValue>;
  const { stream, span, ...plain } = Object.fromEntries(fields) as Record<string, never>;
  const [head, epochs, last, hasEnded] = stream as unknown as [Bytes, number[], BlindState["last"], boolean];
  const [size, peaks] = span as unknown as [number, Bytes[]];
  return {
    ...(plain as unknown as Omit<StoredRecording, "stream" | "span">),
    ...{ stream: { head, epochs, last, hasEnded }, span: { size, peaks } },
  };
};

/** A blob of SQLite, which the runtime gives as a buffer. */
const bytesOf = (value: unknown): Bytes =>
  value instanceof Uint8Array ? value.slice() : new Uint8Array(value as ArrayBuffer);
