//! The colours of a picture that stands by itself: those of static/css/tokens.css, which a test compares.

/// The theme of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system says.
    System,
    /// Dark letters on light ground.
    Light,
    /// Light letters on dark ground.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What stands in a file's name behind the struct's: nothing, `.light` or `.dark`.
    #[must_use]
    pub const fn of_file(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => ".light",
            Self::Dark => ".dark",
        }
    }

    /// The value of `color-scheme`.
    #[must_use]
    pub const fn color_scheme(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// A class of its own, so that two pictures in one document keep their colours.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::System => "nicscope-map",
            Self::Light => "nicscope-map-light",
            Self::Dark => "nicscope-map-dark",
        }
    }
}

/// What is coloured, by the name of its token; for light and dark.
const COLOURS: [(&str, &str, &str); 9] = [
    ("paper", "#f5f7fa", "#0e1319"),
    ("panel", "#ffffff", "#151b23"),
    ("line", "#d2d9e2", "#2b3645"),
    ("line-strong", "#75828f", "#66778c"),
    ("ink", "#16202b", "#e8eef5"),
    ("ink-soft", "#4c5968", "#a5b3c3"),
    ("pointer-head", "#0b58b0", "#7dbcff"),
    ("accent", "#0b6f66", "#7ee0d2"),
    ("accent-soft", "#d9f1ee", "#17322f"),
];

/// The rules, with a token's name in parentheses where its colour belongs. Plain properties: programs that draw
/// pictures know neither variables nor `light-dark`.
const RULES: [(&str, &str); 11] = [
    ("", "background:(paper)"),
    (" text", "fill:(ink);font:12px (font)"),
    (" rect", "fill:(panel);stroke:(line)"),
    (" .paper", "fill:(paper);stroke:none"),
    (" .pointer .name", "fill:(pointer-head)"),
    (" .soft", "fill:(ink-soft)"),
    (" .line-start", "font-weight:700"),
    (" .title", "font-size:17px;font-weight:700"),
    (" .hole rect", "fill:url(#(class)-hatch)"),
    (" .hatch", "stroke:(line-strong);stroke-opacity:.6"),
    (" .marked rect", "fill:(accent-soft);stroke:(accent);stroke-width:2"),
];

const FONT: &str = "ui-monospace,\"SF Mono\",\"Cascadia Mono\",\"Noto Sans Mono\",\"DejaVu Sans Mono\",\
                    Menlo,Consolas,\"Noto Sans Mono CJK KR\",\"Noto Sans CJK KR\",monospace";

/// The content of a picture's `<style>`.
pub(super) fn style(theme: Theme) -> String {
    match theme {
        Theme::Light => rules(theme, false),
        Theme::Dark => rules(theme, true),
        Theme::System => {
            let (light, dark) = (rules(theme, false), rules(theme, true));
            format!("{light}@media (prefers-color-scheme:dark){{{dark}}}")
        }
    }
}

fn rules(theme: Theme, is_dark: bool) -> String {
    let class = theme.class();
    let mut text = String::new();
    for (what, rule) in RULES {
        let mut rule = rule.replace("(class)", class).replace("(font)", FONT);
        for (token, light, dark) in COLOURS {
            rule = rule.replace(&format!("({token})"), if is_dark { dark } else { light });
        }
        text.push_str(&format!(".{class}{what}{{{rule}}}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{COLOURS, RULES};

    const TOKENS: &str = include_str!("../../../static/css/tokens.css");

    #[test]
    fn the_colours_are_the_pages() {
        for (token, light, dark) in COLOURS {
            let line = format!("  --{token}: light-dark({light}, {dark});");
            assert!(TOKENS.lines().any(|own| own == line), "{line}");
        }
    }

    #[test]
    fn every_colour_is_used_and_every_one_that_is_used_is_known() {
        let rules: String = RULES.iter().map(|(_, rule)| *rule).collect();
        for (token, ..) in COLOURS {
            assert!(rules.contains(&format!("({token})")), "{token}");
        }
        let light = super::rules(super::Theme::Light, false);
        assert!(!light.contains("((") && !light.contains(":("), "{light}");
    }
}
