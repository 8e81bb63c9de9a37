//! The only place that talks to the browser: clock, keyboard, storage, files, media, document.

pub mod animation;
pub mod clock;
pub mod dialog;
pub mod document;
pub mod failure;
pub mod fetch;
pub mod files;
pub mod input;
pub mod keyboard;
pub mod later;
pub mod location;
pub mod media;
pub mod pointer;
pub mod size;
pub mod storage;
pub mod style;
