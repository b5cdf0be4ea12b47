// What the build puts before the page's scripts (`xtask/src/site.rs`), and what they share.

/** A file beside the script, with its SRI value. */
type PinnedFile = [name: string, integrity: string];

// Before `boot.js`.

/** The files that each split point of the module needs. Until `PARTS` is loaded, those of the first. */
declare const CHUNKS: Record<string, PinnedFile[]>;

/** The file that names all others. */
declare const PARTS: PinnedFile;

// From wasm-bindgen, before `boot.js`.

declare const wasm: WebAssembly.ModuleImports & { __indirect_function_table: WebAssembly.Table };
declare function __wbg_get_imports(): WebAssembly.Imports;
declare function __wbg_finalize_init(instance: WebAssembly.Instance, module: WebAssembly.Module): unknown;

/** Starts the app (`app/src/lib.rs`). */
declare function start(
  data: PageData,
  fetchWords: () => Promise<boolean>,
  fetchList: (name: string) => Promise<string>,
  root: PageRoot,
): void;

/** The data that the portal puts into its page (`app/src/pages/data.rs`), or `element.js` into its shadow root. */
interface PageData {
  tenant: string;
  language: string;
  /** The portal's page only. */
  flow?: string;
  /** Texts by key; one with arguments or plural forms is an object. */
  words: Record<string, unknown>;
  /** The address of the texts of the later steps. */
  later: string;
  laterIntegrity?: string;
  /** The address at which people sign in, if the tenant has named one. */
  signIn?: string | null;
  key: string;
  now: number;
  /** A flow that the sandbox page began: the user name that is filled in. */
  name?: string;
  /** The element: the portal's address. A flow with a problem of the sandbox page: the address below which it is. */
  base?: string;
  /** The element only: the thumbprints of the keys that it pins. */
  pins?: string[];
  /** Set by `boot.js`: the portal serves a newer build. */
  outdated?: boolean;
}

/** The shadow root of a `<postern-reset>`, where `boot.js` finds the page. */
declare var posternRoot: PosternRoot | undefined;
type PosternRoot = ShadowRoot & { host: HTMLElement };

/** The document or that shadow root, as far as `boot.js` uses it. What is clicked in it is an element. */
interface PageRoot extends DocumentOrShadowRoot, NonElementParentNode, Pick<ParentNode, 'querySelector'> {
  host?: HTMLElement;
  getElementById(id: string): HTMLElement | null;
  addEventListener(type: 'click', listener: (event: { target: HTMLElement }) => void): void;
}

// Before `theme.js`, which comes before `embed.js` and `element.js`.

/** The texts of these scripts, by language and key. */
declare const WORDS: Record<string, Record<string, string>>;

/** The style of the element. */
declare const STYLE: string;

/** The answer of `/api/{tenant}/page` (`server/src/embedding.rs`), from which `element.js` makes the page. */
interface ElementPage {
  tenant: string;
  /** The addresses of the files. */
  script: string;
  wasm: string;
  later: string;
  words: Record<string, unknown>;
  footer: CardFooter;
  signIn: string | null;
  color: string;
  colorDark: string;
  now: number;
}

interface CardFooter {
  /** The label of the button that copies the support code, and its label afterwards. */
  copy: string;
  copied: string;
  /** The address and the text of the link to the helpdesk. */
  contact: [href: string, label: string] | null;
}

/** `theme.js` asks only HTML elements for their language. */
interface Element {
  closest(selectors: '[lang]'): HTMLElement | null;
}
