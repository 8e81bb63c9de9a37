//! Files of the site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file that belongs to the site, which is asked for at once; none if it cannot be had.
pub fn text(path: &str) -> impl Future<Output = Option<String>> + use<> {
    let bytes = bytes(path);
    async move { String::from_utf8(bytes.await?).ok() }
}

/// The bytes of a file that belongs to the site, which is asked for at once; none if it cannot be had.
pub fn bytes(path: &str) -> impl Future<Output = Option<Vec<u8>>> + use<> {
    let request = gloo::utils::window().fetch_with_str(path);
    async move {
        let response: Response = JsFuture::from(request).await.ok()?.dyn_into().ok()?;
        if !response.ok() {
            return None;
        }
        let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}
