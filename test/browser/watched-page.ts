/** A browser page that remembers everything a console page must never do. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ARGUMENTS });
}

const ONE_MORE_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";

export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /**
   * Console errors, uncaught errors, dialogs, refused resources and requests that left the server, in order. Asks the
   * page for one more frame first, so that what was on its way has arrived.
   */
  complaints(): Promise<readonly string[]>;
}

/** Runs in the page before anything else of it. */
const REPORT_REFUSALS = `document.addEventListener("securitypolicyviolation", (event) => console.error("refused by CSP: " + event.violatedDirective + " " + event.blockedURI))`;

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  await page.addInitScript(REPORT_REFUSALS);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) complaints.push(`went out: ${request.url()}`);
  });
  return {
    page,
    complaints: async () => {
      await page.evaluate(ONE_MORE_FRAME);
      return complaints;
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}
