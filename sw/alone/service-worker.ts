import { mountAccounts } from "../account-host.ts";
import { type FilesScope, serveFiles } from "../app-files.ts";
import { mountRelay } from "../relay-host.ts";

declare const self: FilesScope;

// Of the build for hosts without a server, and of no other: a service worker that answers for accounts is never where one could.
serveFiles(self, self.__WB_MANIFEST);
const { admit } = mountAccounts(self);
mountRelay(self, admit);
