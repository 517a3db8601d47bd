import { StoredRecordings } from "../../src/ui/models/stored-recordings.ts";
import { readListing } from "../../src/ui/models/stored-server.ts";
import { check, found, same } from "./bench.ts";
import { until } from "./until.ts";

const number = "A".repeat(52);
const hash = "A".repeat(43);
const entry = {
  ...{ hash, begun: 1, started: 2, first: 3, last: 4, frames: 5, bytes: 6, until: 7 },
  ...{ isComplete: true, isWriting: false, isProtected: false },
};
const listing = { recordings: [entry], mayManage: true, room: { used: 6, of: 100 } };
const rights = { live: true, recordings: true, manage: true };
const camera = { number: hash, owner: "anna", own: true, rights, shares: [] };

/** A server that answers what a test says, by method and path; "gone" where it says nothing. */
const answering = async (
  answers: Record<string, unknown>,
  act: (asked: string[], answers: Record<string, unknown>) => Promise<void>,
): Promise<void> => {
  const { fetch } = window;
  const asked: string[] = [];
  window.fetch = async (path, init) => {
    const request = `${init?.method ?? "GET"} ${path}`;
    asked.push(request);
    const answer = answers[request];
    if (answer instanceof Error) throw answer;
    if (answer === null) return new Response(null, { status: 204 });
    return answer === undefined
      ? Response.json({ code: "not-found" }, { status: 404 })
      : Response.json(answer as object);
  };
  try {
    await act(asked, answers);
  } finally {
    window.fetch = fetch;
  }
};

const base = `GET /api/cameras/${number}/recordings`;
const signedIn = {
  "GET /api/account/open": { signUp: "open", name: "anna" },
  "GET /api/cameras": { cameras: [camera] },
  [base]: listing,
};

const settledModel = async (): Promise<StoredRecordings> => {
  const model = new StoredRecordings(() => undefined);
  await until("it has looked", () => model.snapshot.step !== "reading" || model.snapshot.fault !== null);
  await until("it is at rest", () => model.snapshot.busy === null);
  return model;
};

describe("what stands behind the list of what the server keeps", () => {
  it("asks for the cameras whose recordings are for this account, and for no others", () =>
    answering(
      {
        ...signedIn,
        "GET /api/cameras": {
          cameras: [
            camera,
            {
              ...camera,
              number: `${"A".repeat(42)}E`,
              rights: { ...rights, recordings: false, manage: false },
            },
          ],
        },
      },
      async (asked) => {
        const model = await settledModel();
        same(model.snapshot.cameras, [
          { number, owner: "anna", own: true, recordings: [entry], mayManage: true, fault: null },
        ]);
        same(model.snapshot.room, { used: 6, of: 100 });
        same(
          asked.filter((one) => one.includes("recordings")),
          [base],
        );
        model.dispose();
      },
    ));

  it("is silent where nobody is signed in, and where there are no accounts", async () => {
    await answering({ "GET /api/account/open": { signUp: "open", name: null } }, async (asked) => {
      const model = await settledModel();
      same([model.snapshot.step, model.snapshot.fault], ["out", null]);
      same(asked.length, 1, "nothing else is asked");
      model.dispose();
    });
    const { fetch } = window;
    // As in a browser without service workers: none is waited for that could answer in a server's place.
    Object.defineProperty(navigator, "serviceWorker", { value: undefined, configurable: true });
    window.fetch = async () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
    try {
      const model = await settledModel();
      same([model.snapshot.step, model.snapshot.fault], ["none", null]);
      model.dispose();
    } finally {
      Reflect.deleteProperty(navigator, "serviceWorker");
      window.fetch = fetch;
    }
  });

  it("says what it cannot read, and looks again when it is told to", () =>
    answering({ "GET /api/account/open": new TypeError("no network") }, async (_, answers) => {
      const model = await settledModel();
      same(model.snapshot.fault, "offline");
      Object.assign(answers, signedIn, { [base]: { ...listing, recordings: [{ ...entry, bytes: "6" }] } });
      await found(model.snapshot.again, "again")();
      same(model.snapshot.cameras[0]?.fault, "stored-answer", "one list that is none");
      Object.assign(answers, { [base]: listing });
      await model.snapshot.protect?.({ camera: number, hash }, true);
      same(model.snapshot.fault, "stored-none", "what went meanwhile");
      same(model.snapshot.cameras[0]?.recordings?.length, 1);
      model.dispose();
    }));

  it("protects and erases, and shows what has become of it", () => {
    const path = `/api/cameras/${number}/recordings/${hash}`;
    return answering(
      { ...signedIn, [`PUT ${path}/protected`]: null, [`DELETE ${path}`]: null },
      async (asked, answers) => {
        const model = await settledModel();
        answers[base] = { ...listing, recordings: [{ ...entry, isProtected: true, until: null }] };
        await model.snapshot.protect?.({ camera: number, hash }, true);
        check(asked.includes(`PUT ${path}/protected`), "it was asked for");
        same(model.snapshot.cameras[0]?.recordings?.[0]?.isProtected, true);
        answers[base] = { ...listing, recordings: [] };
        await model.snapshot.erase?.({ camera: number, hash });
        check(asked.includes(`DELETE ${path}`), "it was erased");
        same(model.snapshot.cameras[0]?.recordings, []);
        same(model.snapshot.fault, null);
        model.dispose();
      },
    );
  });

  it("takes a list for one only where it is exactly that", () => {
    same(readListing(listing), listing);
    same(readListing({ ...listing, room: null })?.room, null);
    const wrong: unknown[] = [
      ...[null, [], "", {}, { ...listing, recordings: null }, { ...listing, mayManage: 1 }],
      ...[
        { ...listing, room: undefined },
        { ...listing, room: { used: -1, of: null } },
      ],
      ...[
        { hash: "../x" },
        { hash: "" },
        { bytes: -1 },
        { begun: 1.5 },
        { until: "7" },
        { isComplete: 1 },
      ].map((change) => ({ ...listing, recordings: [{ ...entry, ...change }] })),
    ];
    for (const one of wrong) same(readListing(one), null, JSON.stringify(one));
  });
});
