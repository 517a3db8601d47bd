import type { ByteSource } from "../seal/check.ts";

/** One source for two readers: what is to be shown comes first, what is judged beside it waits for that. */
export const readOrder = (
  source: ByteSource,
): { readonly first: ByteSource; readonly second: ByteSource } => {
  let underWay = 0;
  let free = Promise.withResolvers<void>();
  return {
    first: {
      size: source.size,
      async read(offset, length) {
        if (underWay === 0) free = Promise.withResolvers();
        underWay += 1;
        try {
          return await source.read(offset, length);
        } finally {
          underWay -= 1;
          if (underWay === 0) free.resolve();
        }
      },
    },
    second: {
      size: source.size,
      async read(offset, length) {
        while (underWay > 0) await free.promise;
        return source.read(offset, length);
      },
    },
  };
};
