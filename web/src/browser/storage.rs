//! What is remembered for the next visit. Where the browser refuses, nothing is.

fn local() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok()?
}

/// What was remembered under this name.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    local()?.get_item(name).ok()?
}

/// Remembers it, or, with none, forgets it.
pub fn write(name: &str, value: Option<&str>) {
    let Some(local) = local() else { return };
    let _ = match value {
        Some(value) => local.set_item(name, value),
        None => local.remove_item(name),
    };
}
