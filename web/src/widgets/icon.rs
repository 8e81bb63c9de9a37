//! Pictures on buttons: inline SVG in the colour of the text.

use yew::prelude::*;

/// Which picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the picture of that name")]
pub enum Picture {
    First,
    Back,
    Play,
    Pause,
    Forward,
    Last,
    Help,
    Sun,
    Moon,
    System,
    Sliders,
    Close,
    File,
    Link,
    Note,
    Pin,
    Closer,
    Wider,
    Fit,
    Left,
    Right,
    List,
    Search,
}

impl Picture {
    /// Path data on a field of 24 by 24, and whether it is filled.
    const fn path(self) -> (&'static str, bool) {
        match self {
            Self::First => ("M6 5v14M19 6l-9 6 9 6z", true),
            Self::Back => ("M16 6l-9 6 9 6z", true),
            Self::Play => ("M8 5l11 7-11 7z", true),
            Self::Pause => ("M7 5h4v14H7zM13 5h4v14h-4z", true),
            Self::Forward => ("M8 6l9 6-9 6z", true),
            Self::Last => ("M18 5v14M5 6l9 6-9 6z", true),
            Self::Help => ("M9 9a3 3 0 1 1 4.2 2.8c-.9.4-1.2 1-1.2 2.2M12 17.5v.1", false),
            Self::Sun => (
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
                false,
            ),
            Self::Moon => ("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z", false),
            Self::System => ("M3 5h18v11H3zM8 20h8M12 16v4", false),
            Self::Sliders => ("M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4", false),
            Self::Close => ("M6 6l12 12M18 6L6 18", false),
            Self::Note => ("M9 4h6v3H9zM9 5H6v15h12V5h-3M9 12h6M9 16h4", false),
            Self::Pin => ("M9 4h6l-1 6 4 4H6l4-4zM12 14v6", false),
            Self::Closer => ("M5 12h14M12 5v14", false),
            Self::Wider => ("M5 12h14", false),
            Self::Fit => ("M4 6v12M20 6v12M8 12h8M10 9l-3 3 3 3M14 9l3 3-3 3", false),
            Self::Left => ("M19 12H5M11 6l-6 6 6 6", false),
            Self::Right => ("M5 12h14M13 6l6 6-6 6", false),
            Self::List => ("M9 6h11M9 12h11M9 18h11M4 6h.1M4 12h.1M4 18h.1", false),
            Self::Search => ("M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20", false),
            Self::File => ("M6 3h8l4 4v14H6zM14 3v4h4", false),
            Self::Link => (
                "M10 14a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3A4 4 0 0 0 10.7 19l1.3-1.3",
                false,
            ),
        }
    }
    /// As it stands in a page; what it stands beside or in carries its name.
    pub fn draw(self) -> Html {
        let (data, filled) = self.path();
        let class = if filled { "icon filled" } else { "icon" };
        html! {
            <svg {class} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
                <path d={data} />
            </svg>
        }
    }
}
