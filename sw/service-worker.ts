import { type FilesScope, serveFiles } from "./app-files.ts";
import { mountRelay } from "./relay-host.ts";

declare const self: FilesScope;

serveFiles(self, self.__WB_MANIFEST);
mountRelay(self);
