// Loads the application named by this script's own tag. It is a file and not an inline script because
// the page's policy allows no inline script; Trunk.toml writes the tag.

const tag = document.querySelector("script[data-wasm]");
const address = (path) => new URL(path, document.baseURI).href;

/** The link's language, or the one that was chosen, or the first that the reader wants and the page speaks. */
function firstLanguage() {
  let chosen = null;
  try {
    chosen = localStorage.getItem("nicscope.language");
  } catch {
    // The browser keeps nothing: then nothing was chosen.
  }
  const linked = /[&/]lang=([a-z]+)/.exec(location.hash)?.[1];
  const wanted = [linked, chosen, ...navigator.languages].map((tag) => tag?.split("-")[0].toLowerCase());
  return wanted.find((language) => ["en", "ko"].includes(language)) ?? "en";
}

/** The bytes of a file; null if it cannot be had. */
const bytesOf = (path) =>
  fetch(address(path))
    .then((file) => (file.ok ? file.arrayBuffer() : null))
    .catch(() => null);

/** By path, what the application asks for first: it comes while the program is still compiled. */
const begun = {};

/** The bytes of the file that stands in the page itself, if it is this one; how it is written says `xtask/src/pack.rs`. */
function enclosed(path) {
  const lines = document.querySelector(`template[data-file="${path}"]`)?.content.textContent.split("\n");
  const last = {};
  const records = lines?.map((line) => {
    const added = line
      .match(/[g-z]|../g)
      .flatMap((part) => (part[1] ? parseInt(part, 16) : Array(part.charCodeAt() - 102).fill(0)));
    const before = last[added.length];
    return (last[added.length] = added.map((byte, place) => (byte + (before?.[place] ?? 0)) & 255));
  });
  return records && Uint8Array.from(records.flat()).buffer;
}

/** A file that is waited for. */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  // As bytes: a request that is waited for gives text only.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) {
    throw new Error(`${address}: ${request.status}`);
  }
  return Uint8Array.from(request.response, (letter) => letter.charCodeAt(0));
}

/** What the program exports. */
let exports = null;

/** Whether the program comes in several files: `trunk serve` leaves it as it is. */
const isDivided = () => exports.later !== undefined;

/** A file of the program behind its first, and behind another. */
class Part {
  constructor(name, before) {
    this.name = name;
    this.before = before;
    this.address = address(tag.dataset.wasm).replace("_bg.wasm", `_${name}.wasm`);
  }

  isHere() {
    return exports[this.name].value === 1;
  }

  link(module) {
    this.before?.loadNow();
    if (this.isHere()) return;
    // It asks for functions of the first by their places in its table.
    const first = { ...exports };
    for (const { name, kind } of WebAssembly.Module.imports(module)) {
      if (kind === "function") first[name] = exports.t0.get(Number(name));
    }
    new WebAssembly.Instance(module, { first });
    exports[this.name].value = 1;
  }

  /** Has it come, once. */
  come() {
    return (this.coming ??= this.fetched().catch(console.warn));
  }

  async fetched() {
    const module = await WebAssembly.compileStreaming(fetch(this.address));
    await this.before?.come();
    this.link(module);
  }

  /** It is needed: the page waits for it. */
  loadNow() {
    if (!this.isHere()) this.link(new WebAssembly.Module(fetchNow(this.address)));
  }
}

/** What the first step does not need comes while the page is drawn. */
const soon = new Part("soon");
/** What no first visit needs comes once the reader has done something. */
const later = new Part("later", soon);

/** Words that come after those of the page, by path: those of steps come soon, what a first visit says nowhere later. */
const words = {};

async function fetchWords(path) {
  if (path in words) return true;
  const file = await fetch(address(path));
  if (file.ok) words[path] ??= await file.text();
  return file.ok;
}

const wordsNow = (path) => (words[path] ??= new TextDecoder().decode(fetchNow(address(path))));

/** Why the page stands still. */
let failure = null;

/** Does it; if it fails, the page stands still from here on, within what it was about to do: timers that call
 * again get the same answer, since what was left half done must not go on. */
function orFail(deed) {
  if (failure) throw failure;
  try {
    return deed();
  } catch (error) {
    showFailure(error);
    throw (failure = error);
  }
}

// What the program calls.
globalThis.nicscope = {
  bytes: (path) => {
    const file = begun[path] ?? bytesOf(path);
    delete begun[path];
    return file;
  },
  offer: (program) => {
    exports = program;
    if (isDivided()) soon.come();
    fetchWords(`text/${document.documentElement.lang}/facts.ftl`).catch(console.warn);
  },
  come: async (all) => {
    if (isDivided()) await (all ? later : soon).come();
  },
  isHere: () => !isDivided() || soon.isHere(),
  loadSoon: () => orFail(() => soon.loadNow()),
  loadLater: () => orFail(() => later.loadNow()),
  fetchWords: (path) => fetchWords(path).catch(() => false),
  laterWords: (path) => orFail(() => wordsNow(path)),
};

for (const deed of ["pointerdown", "keydown"]) {
  const come = () => {
    if (!isDivided()) return;
    later.come();
    fetchWords(`text/${document.documentElement.lang}/later.ftl`).catch(console.warn);
  };
  // Not at once: first comes what was asked for.
  addEventListener(deed, () => setTimeout(come, 1000), { once: true });
}

/** Says in the page what went wrong: a blank page helps nobody. */
function showFailure(error) {
  const paragraph = (language, text) => {
    const element = document.createElement("p");
    element.lang = language;
    element.textContent = text;
    return element;
  };
  const detail = document.createElement("pre");
  detail.textContent = String(error);
  document.getElementById("boot-failure")?.remove();
  const box = document.createElement("div");
  box.id = "boot-failure";
  box.setAttribute("role", "alert");
  box.append(
    paragraph(
      "en",
      "nicscope could not be loaded. Reload the page; if that does not help, the files are incomplete or this browser is too old for WebAssembly.",
    ),
    paragraph(
      "ko",
      "nicscope를 불러오지 못했습니다. 페이지를 새로 고쳐 보세요. 그래도 안 되면 파일이 빠져 있거나 이 브라우저가 WebAssembly를 지원하지 않는 것입니다.",
    ),
    detail,
  );
  const loading = document.getElementById("loading");
  if (loading) {
    loading.replaceWith(box);
  } else {
    document.body.append(box);
  }
}

// The application reads its first language here.
document.documentElement.lang = firstLanguage();
for (const file of ["terms", "page"]) {
  const path = `text/${document.documentElement.lang}/${file}.ftl`;
  begun[path] = bytesOf(path);
}
// What the page opens with where no link says otherwise.
if (location.hash === "") {
  const path = "captures/udp-small.pcap";
  begun[path] = Promise.resolve(enclosed(path) ?? bytesOf(path));
}

try {
  const application = await import(address(tag.dataset.js));
  await application.default({ module_or_path: address(tag.dataset.wasm) });
} catch (error) {
  showFailure(error);
  // Also to the console, with its stack.
  console.error(error);
}
