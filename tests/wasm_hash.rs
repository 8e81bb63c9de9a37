//! Native and wasm compute the same. Runs in a browser, by wasm-bindgen-test-runner.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What the native build printed; xtask writes the file first.
const NATIVE: &str = include_str!(env!("NICSCOPE_NATIVE_HASHES"));

#[wasm_bindgen_test]
fn wasm_and_native_hashes_are_equal() {
    let wasm = nicscope_tests::hashes();
    for (line, (wasm, native)) in wasm.lines().zip(NATIVE.lines()).enumerate() {
        assert_eq!(wasm, native, "line {} differs (left: wasm, right: native)", line + 1);
    }
    assert_eq!(wasm.lines().count(), NATIVE.lines().count());
    assert!(!NATIVE.is_empty(), "the native side printed nothing");
}
