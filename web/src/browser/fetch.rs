//! Files of the site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file that belongs to the site; none if it cannot be had.
pub async fn text(path: &str) -> Option<String> {
    String::from_utf8(bytes(path).await?).ok()
}

/// The bytes of a file that belongs to the site; none if it cannot be had.
pub async fn bytes(path: &str) -> Option<Vec<u8>> {
    let request = gloo::utils::window().fetch_with_str(path);
    let response: Response = JsFuture::from(request).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
