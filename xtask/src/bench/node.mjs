// Runs the measured work in wasm. Each line of input is `function argument…`; each line of output is
// what it gave, how long it took in ms, and the wasm memory's size after it. `seeks N` gives all times.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const wasm = instance.exports;

function timed(name, ...values) {
    const start = performance.now();
    const value = wasm[name](...values);
    return { value, ms: performance.now() - start };
}

for await (const line of createInterface({ input: process.stdin })) {
    const [name, ...values] = line.split(" ");
    const numbers = values.map(Number);
    const answer =
        name === "seeks"
            ? { value: numbers[0], all: Array.from({ length: numbers[0] }, (_, n) => timed("seek", n).ms) }
            : timed(name, ...numbers);
    console.log(JSON.stringify({ ...answer, bytes: wasm.memory.buffer.byteLength }));
}
