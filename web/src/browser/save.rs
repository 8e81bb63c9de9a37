//! Taking things along: the clipboard, files, pictures.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

/// Puts text on the clipboard; says whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let navigator = gloo::utils::window().navigator();
    // Where the page did not come over https, there is no clipboard.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Has the browser keep text as a file.
pub fn file(name: &str, media_type: &str, text: &str) {
    if let Some(blob) = blob(media_type, text) {
        keep(name, &blob);
    }
}

/// Has the browser keep a picture, given as SVG, as a PNG file of so many pixels for each of its own.
pub async fn picture(name: &str, svg: &str, scale: u32) -> bool {
    let Some(png) = drawn(svg, scale).await else { return false };
    keep(name, &png);
    true
}

fn blob(media_type: &str, text: &str) -> Option<Blob> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()
}

fn keep(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    let link = gloo::utils::document().create_element("a");
    if let Some(link) = link.ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser has taken it by then.
    let _ = Url::revoke_object_url(&address);
}

async fn drawn(svg: &str, scale: u32) -> Option<Blob> {
    let address = Url::create_object_url_with_blob(&blob("image/svg+xml", svg)?).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&address);
    decoded.ok()?;
    let canvas = gloo::utils::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let (width, height) = (image.natural_width() * scale, image.natural_height() * scale);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (wide, high) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high).ok()?;
    let png = Promise::new(&mut |done, _| {
        // It calls back with nothing if it cannot.
        let _ = canvas.to_blob(&done);
    });
    let png: JsValue = JsFuture::from(png).await.ok()?;
    png.dyn_into().ok()
}
