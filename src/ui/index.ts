import { App, type Models } from "./app.ts";
import { pickLanguage, setLanguage } from "./texts/index.ts";
import { adoptTokens } from "./tokens.ts";

export { App, type ModelPath, type Models } from "./app.ts";
export type * from "./models/snapshots.ts";
export type { ModelFactory, PageModel } from "./router.ts";

/** Puts the app on the page in the person's language: once, from `main.ts`. */
export function startApp(models: Models): App {
  adoptTokens();
  setLanguage(pickLanguage(navigator.languages));
  const app = new App();
  app.models = models;
  document.body.append(app);
  return app;
}
