//! The page: everything a person sees and touches.
//!
//! Layers, each may use only those before it: `browser` (the only one that talks to the browser), `player` (the
//! run), `atlas` (kernels' structs), `widgets` (controls that do not know the domain), `views` (parts of pages),
//! `pages`, [`app`]. The words are a crate of their own, which the static pages have too.

pub mod app;
pub mod atlas;
pub mod browser;
pub mod pages;
pub mod player;
pub mod views;
pub mod widgets;

/// Shows the application in the page.
///
/// # Panics
/// If index.html has no element with the id `app`.
pub fn start() {
    browser::later::allow();
    browser::failure::install();
    yew::platform::spawn_local(async {
        // Until its words and its run are there the page shows what index.html has: all is drawn once.
        let Some(words) = app::first_words().await else { return };
        let first = pages::walk::First::open().await;
        let root = browser::document::by_id("app").expect("index.html has an element of that id");
        let app = widgets::HeldProps::of(app::App { words, first });
        yew::Renderer::<widgets::Held>::with_root_and_props(root, app).render();
    });
}
