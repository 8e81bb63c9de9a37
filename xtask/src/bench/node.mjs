// Runs the measured work in wasm. Each line of input is `function argument…`; each line of output is
// what it gave, how long it took in ms, and the wasm memory's size after it. `seeks N` gives all times;
// `load FILE` hands a file over.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const wasm = instance.exports;

function timed(name, ...values) {
    const start = performance.now();
    const value = wasm[name](...values);
    return { value, ms: performance.now() - start };
}

function load(path) {
    const bytes = readFileSync(path);
    const at = wasm.file(bytes.length);
    new Uint8Array(wasm.memory.buffer).set(bytes, at);
    return { value: bytes.length, ms: 0 };
}

for await (const line of createInterface({ input: process.stdin })) {
    const [name, ...values] = line.split(" ");
    const numbers = values.map(Number);
    const seeks = () => Array.from({ length: numbers[0] }, (_, n) => timed("seek", n).ms);
    const answer =
        name === "load"
            ? load(values.join(" "))
            : name === "seeks"
              ? { value: numbers[0], all: seeks() }
              : timed(name, ...numbers);
    console.log(JSON.stringify({ ...answer, bytes: wasm.memory.buffer.byteLength }));
}
