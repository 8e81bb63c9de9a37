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

/** Has a file come that the application asks for first, while it is still compiled. */
function preload(path) {
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "fetch";
  link.crossOrigin = "anonymous";
  link.href = address(path);
  document.head.append(link);
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

/**
 * What is not needed to open the page: the program's second file and the words that a first visit says nowhere, which
 * are fetched once the reader has done something, and the words of steps, which come while the page is drawn. Should
 * one be needed before it is there, the page waits for it.
 */
const later = {
  address: address(tag.dataset.wasm).replace("_bg.wasm", "_later.wasm"),
  exports: null,
  /** By path, what has come. */
  words: {},

  /** Whether the program comes in two files: `trunk serve` leaves it as it is. */
  isDivided() {
    return this.exports?.loaded !== undefined;
  },

  link(module) {
    if (this.exports.loaded.value === 0) {
      // It asks for functions of the first by their places in its table.
      const first = { ...this.exports };
      for (const { name, kind } of WebAssembly.Module.imports(module)) {
        if (kind === "function") first[name] = this.exports.t0.get(Number(name));
      }
      new WebAssembly.Instance(module, { first });
      this.exports.loaded.value = 1;
    }
  },

  async fetchWords(path) {
    if (path in this.words) return;
    const words = await fetch(address(path));
    if (words.ok) this.words[path] ??= await words.text();
  },

  async fetch() {
    if (!this.isDivided()) return;
    const [program] = await Promise.all([
      WebAssembly.compileStreaming(fetch(this.address)),
      this.fetchWords(`text/${document.documentElement.lang}/later.ftl`),
    ]);
    this.link(program);
  },

  loadNow() {
    this.link(new WebAssembly.Module(fetchNow(this.address)));
  },

  wordsNow(path) {
    return (this.words[path] ??= new TextDecoder().decode(fetchNow(address(path))));
  },
};

/** Does it; if it fails, the page stands still from here on, within what it was about to do. */
function orFail(deed) {
  try {
    return deed();
  } catch (error) {
    showFailure(error);
    throw error;
  }
}

// What the program calls.
globalThis.nicscope = {
  offer: (exports) => {
    later.exports = exports;
    later.fetchWords(`text/${document.documentElement.lang}/facts.ftl`).catch(console.warn);
  },
  loadLater: () => orFail(() => later.loadNow()),
  fetchWords: (path) => later.fetchWords(path),
  laterWords: (path) => orFail(() => later.wordsNow(path)),
};

for (const deed of ["pointerdown", "keydown"]) {
  // Not at once: first comes what was asked for.
  addEventListener(deed, () => setTimeout(() => later.fetch().catch(console.warn), 1000), { once: true });
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
  preload(`text/${document.documentElement.lang}/${file}.ftl`);
}
// What the page opens with where no link says otherwise.
if (location.hash === "") preload("captures/udp-small.pcap");

try {
  const application = await import(address(tag.dataset.js));
  await application.default({ module_or_path: address(tag.dataset.wasm) });
} catch (error) {
  showFailure(error);
  // Also to the console, with its stack.
  console.error(error);
}
