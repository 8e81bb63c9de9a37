//! How the page is looked at: size, theme, language, motion.

use serde_json::{Value, json};

/// What the browser tells the page about its screen and its reader.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Width of the viewport in CSS pixels.
    pub(crate) width: u32,
    /// Height of the viewport in CSS pixels.
    pub(crate) height: u32,
    /// The reader prefers a dark theme.
    pub(crate) dark: bool,
    /// The reader prefers reduced motion.
    pub(crate) reduced_motion: bool,
    /// The browser's language, such as `ko-KR`.
    pub(crate) language: &'static str,
}

impl Look {
    /// A desktop screen in English, with the light theme.
    pub(crate) const DESKTOP: Self =
        Self { width: 1440, height: 900, dark: false, reduced_motion: false, language: "en-US" };
    /// A phone, otherwise the same.
    pub(crate) const PHONE: Self = Self { width: 390, height: 844, ..Self::DESKTOP };

    /// Desktop and phone, light and dark, English and Korean.
    pub(crate) fn all() -> Vec<Self> {
        let mut looks = Vec::new();
        for screen in [Self::DESKTOP, Self::PHONE] {
            for dark in [false, true] {
                for language in ["en-US", "ko-KR"] {
                    looks.push(Self { dark, language, ..screen });
                }
            }
        }
        looks
    }

    /// For file names: `1440-dark-ko`.
    pub(crate) fn name(&self) -> String {
        let theme = if self.dark { "dark" } else { "light" };
        format!("{}-{theme}-{}", self.width, &self.language[..2])
    }

    /// The commands of the Chrome DevTools Protocol that make a page see all this.
    pub(crate) fn commands(&self, user_agent: &str) -> [(&'static str, Value); 4] {
        let scheme = if self.dark { "dark" } else { "light" };
        let motion = if self.reduced_motion { "reduce" } else { "no-preference" };
        [
            (
                "Emulation.setDeviceMetricsOverride",
                json!({
                    "width": self.width, "height": self.height,
                    "deviceScaleFactor": 1, "mobile": false,
                }),
            ),
            (
                "Emulation.setEmulatedMedia",
                json!({ "features": [
                    { "name": "prefers-color-scheme", "value": scheme },
                    { "name": "prefers-reduced-motion", "value": motion },
                ] }),
            ),
            // `navigator.language`; the protocol has it beside the user agent.
            (
                "Emulation.setUserAgentOverride",
                json!({ "userAgent": user_agent, "acceptLanguage": self.language }),
            ),
            // `Intl`.
            ("Emulation.setLocaleOverride", json!({ "locale": self.language })),
        ]
    }
}
