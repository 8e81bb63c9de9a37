//! What the linker leaves in the program.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=NICSCOPE_RELOCATIONS");
    // `cargo xtask build` divides the program, for which it has to know what uses which data.
    let is_wasm = std::env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm");
    if is_wasm && std::env::var_os("NICSCOPE_RELOCATIONS").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
