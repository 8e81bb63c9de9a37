// The search in all names of a kernel, and two libraries on the same names and queries: `ready`, then
// `measure(engine, typed, rounds)`. A query's time is from the letter typed to the rows as text.
const SHOWN = 10;
const read = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());

const [program, ...files] = await Promise.all(["bench.wasm", "vmlinux.btf", "ice.btf", "igb.btf"].map(read));
const wasm = (await WebAssembly.instantiate(program, {})).instance.exports;
const put = (at, bytes) => new Uint8Array(wasm.memory.buffer).set(bytes, at);
const text = (at) => new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, at, wasm.text_bytes()));
const lines = (text) => text.split("\n").slice(0, -1);

// `?index`: what the libraries are given, the same names, made into an index; nothing has run before.
if (location.search === "?index") {
    const given = await read("names.txt");
    const start = performance.now();
    put(wasm.text(given.length), given);
    wasm.index();
    window.index_ms = performance.now() - start;
}

for (const file of files) put(wasm.file(file.length), file);
const before = wasm.memory.buffer.byteLength;
const built = performance.now();
wasm.kernel_read();
const build_ms = { nicscope: performance.now() - built };
const bytes = wasm.memory.buffer.byteLength - before;
const names = lines(text(wasm.names()));

const engines = {
    nicscope() {
        return (typed) => {
            const letters = new TextEncoder().encode(typed);
            put(wasm.text(letters.length), letters);
            return lines(text(wasm.find()));
        };
    },
    minisearch() {
        const search = new MiniSearch({ fields: ["name"], searchOptions: { prefix: true, fuzzy: 0.2, combineWith: "AND" } });
        search.addAll(names.map((name, id) => ({ id, name })));
        return (typed) => search.search(typed).slice(0, SHOWN).map(({ id }) => names[id]);
    },
    ufuzzy() {
        // One letter may be wrong, and parts come in any order.
        const search = new uFuzzy({ intraMode: 1 });
        return (typed) => {
            const [places, info, order] = search.search(names, typed, 1);
            const best = order ? order.slice(0, SHOWN).map((place) => info.idx[place]) : (places ?? []).slice(0, SHOWN);
            return best.map((place) => names[place]);
        };
    },
};

// What each query took in ms, the median of its rounds; and the rows of each.
window.measure = (engine, typed, rounds) => {
    const start = performance.now();
    const find = engines[engine]();
    build_ms[engine] ??= performance.now() - start;
    const rows = typed.map(find);
    const times = typed.map(() => []);
    for (let round = 0; round < rounds; round++) {
        typed.forEach((query, number) => {
            const begin = performance.now();
            find(query);
            times[number].push(performance.now() - begin);
        });
    }
    const median = (list) => list.toSorted((one, other) => one - other)[list.length >> 1];
    return { build_ms: build_ms[engine], bytes, names: names.length, rows, times: times.map(median) };
};
window.ready = true;
