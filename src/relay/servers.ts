/** The most other servers that one may name: a camera that is not found nearer is looked for at each. */
export const mostServers = 8;

// Names and addresses with a port at most: nothing that would mean more than one server where a policy lists it.
const secure = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;
const onThisMachine = /^http:\/\/localhost(:\d{1,5})?$/;

const isServer = (value: unknown): value is string =>
  typeof value === "string" &&
  (secure.test(value) || onThisMachine.test(value)) &&
  URL.canParse(value) &&
  new URL(value).origin === value;

/**
 * Origins of other servers that a page may connect to, as `location.origin` writes them: https, or http on localhost; at most 8, each
 * once. Throws TypeError on anything else.
 */
export const checkServers = (list: unknown): readonly string[] => {
  if (!Array.isArray(list) || list.length > mostServers || new Set(list).size !== list.length)
    throw new TypeError(`"servers" expected at most ${mostServers} origins, each once`);
  if (!list.every(isServer))
    throw new TypeError(`"servers" expected origins like https://b.example, got "${list.join(" ")}"`);
  return list;
};

/** Reads them as an operator writes them, with spaces between; nothing is none. Throws TypeError as `checkServers` does. */
export const readServers = (text: string | undefined): readonly string[] =>
  checkServers((text ?? "").split(" ").filter((one) => one !== ""));
