//! Files of the site.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableWritablePair, Response};

#[wasm_bindgen]
extern "C" {
    /// boot.js has the bytes of a file come, or had them come before they were asked for; null if it cannot be had.
    #[wasm_bindgen(js_namespace = nicscope, js_name = bytes)]
    fn asked(path: &str) -> Promise;

    /// The browser's own unpacker. `web-sys` has it among what is not stable only.
    #[wasm_bindgen(extends = ReadableWritablePair, js_name = DecompressionStream)]
    type Unpacker;

    #[wasm_bindgen(constructor, js_class = DecompressionStream)]
    fn new(format: &str) -> Unpacker;
}

/// The text of a file that belongs to the site, which is asked for at once; none if it cannot be had.
pub fn text(path: &str) -> impl Future<Output = Option<String>> + use<> {
    let bytes = bytes(path);
    async move { String::from_utf8(bytes.await?).ok() }
}

/// The bytes of a file that belongs to the site, which is asked for at once; none if it cannot be had.
pub fn bytes(path: &str) -> impl Future<Output = Option<Vec<u8>>> + use<> {
    let request = asked(path);
    async move {
        let buffer = JsFuture::from(request).await.ok().filter(|buffer| !buffer.is_null())?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// The bytes of a file that belongs to the site; `told` hears how many have come.
pub async fn as_they_come(path: &str, told: impl Fn(u32)) -> Option<Vec<u8>> {
    let response: Response =
        JsFuture::from(gloo::utils::window().fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let reader = response.body()?.get_reader();
    let reader: ReadableStreamDefaultReader = reader.unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.ok()?;
        let value = Reflect::get(&chunk, &"value".into()).ok()?;
        let Ok(part) = value.dyn_into::<Uint8Array>() else { return Some(bytes) };
        bytes.extend(part.to_vec());
        told(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    }
}

/// What is packed with gzip, unpacked; the same bytes if they are not packed: some hosts unpack.
pub async fn unzipped(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(bytes);
    }
    let packed = Response::new_with_opt_u8_array(Some(&mut { bytes })).ok()?.body()?;
    let unpacked = packed.pipe_through(&Unpacker::new("gzip"));
    let response = Response::new_with_opt_readable_stream(Some(&unpacked)).ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
