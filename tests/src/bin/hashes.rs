//! Prints the hashes of this target, for the wasm test to compare with.

fn main() {
    print!("{}", nicscope_tests::hashes());
}
